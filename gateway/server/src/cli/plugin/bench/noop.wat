;; A plugin that does nothing in every hook. IN is at 64 KiB, OUT at 128 KiB, each 64 KiB large.
(module
  (memory (export "memory") 4)
  ;; The areas: IN address, IN capacity, OUT address, OUT capacity.
  (data (i32.const 16) "\00\00\01\00" "\00\00\01\00" "\00\00\02\00" "\00\00\01\00")
  ;; The descriptor: name, version, description, order 0, a schema that takes anything, all hooks but the tick.
  (data (i32.const 64) "\04noop" "\050.1.0" "\08Nothing." "\00" "\02{}" "\7f")
  ;; The declaration: no wants, the same hooks, no names, no ticks.
  (data (i32.const 128) "\00" "\7f" "\00\00\00" "\00")
  (func (export "sluice-abi-0.1"))
  (func (export "sluice1:areas") (result i32) (i32.const 16))
  (func (export "sluice1:reserve") (param i32))
  (func (export "sluice1:describe") (result i32)
    (memory.copy (i32.const 131072) (i32.const 64) (i32.const 25))
    (i32.const 25))
  ;; NEXT, with the declaration's length.
  (func (export "sluice1:configure") (param i32) (result i64)
    (memory.copy (i32.const 131072) (i32.const 128) (i32.const 6))
    (i64.const 0x0000_0006_0000_0000))
  ;; NEXT with an empty state, and the later hooks too.
  (func $next (result i64)
    (i32.store16 (i32.const 131072) (i32.const 0))
    (i64.const 0x0000_0002_0001_0000))
  (func (export "sluice1:on-request") (param i32) (result i64) (call $next))
  (func (export "sluice1:on-request-body") (param i32) (result i64) (call $next))
  (func (export "sluice1:on-request-chunk") (param i32 i32 i32) (result i64) (call $next))
  (func (export "sluice1:on-response") (param i32 i32) (result i64) (call $next))
  (func (export "sluice1:on-response-body") (param i32) (result i64) (call $next))
  (func (export "sluice1:on-response-chunk") (param i32 i32 i32) (result i64) (call $next))
  (func (export "sluice1:on-log") (param i32 i32) (result i64) (call $next)))
