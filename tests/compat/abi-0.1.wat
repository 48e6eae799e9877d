(module
(type (;0;) (func (param i32 i32 i32) (result i32)))
(type (;1;) (func (param i32 i32) (result i32)))
(type (;2;) (func (param i32 i32)))
(type (;3;) (func (param i32)))
(type (;4;) (func (param i32 i32 i32 i64 i32 i32 i32 i32 i32 i32) (result i32)))
(type (;5;) (func (param i32 i32 i32 i64 i32 i32 i32 i32) (result i32)))
(type (;6;) (func (param i32 i32 i32 i32 i32) (result i32)))
(type (;7;) (func (param i32 f64 i32 i32)))
(type (;8;) (func (param i32 i64)))
(type (;9;) (func (param i32 i32 i32 i32) (result i32)))
(type (;10;) (func (result i64)))
(type (;11;) (func (param i32 i32 i32 i32 i32 i32) (result i32)))
(type (;12;) (func (param i32) (result i32)))
(type (;13;) (func (param i32 i32 i32)))
(type (;14;) (func (param i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
(type (;15;) (func (param i64 i32 i32 i32) (result i32)))
(type (;16;) (func (param i32 i32 i32 i32)))
(type (;17;) (func (param i64 i32)))
(type (;18;) (func (param i32 i64 i32)))
(type (;19;) (func (param i32 i32 i64 i32 i32)))
(type (;20;) (func (param i32 i32 i32 i32 i32 i32)))
(type (;21;) (func (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
(type (;22;) (func (param i32 i32 i32 i32 i64)))
(type (;23;) (func (param i32 i32 i32 i32 i32)))
(type (;24;) (func (param i32 i32 i32) (result i64)))
(type (;25;) (func (param i32 i32 i32 i32 i32 i32 i32)))
(type (;26;) (func (param i32 i32 i32 i32 i32 i32) (result i64)))
(type (;27;) (func (param i32 i32 i32 i64)))
(type (;28;) (func (param i32 i32 i64)))
(type (;29;) (func (param i32 i32 i32 i32) (result i64)))
(type (;30;) (func (param i32 i32 i32 i32 i32 i32 i32 i32)))
(type (;31;) (func (param i32 f64)))
(type (;32;) (func (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
(type (;33;) (func))
(type (;34;) (func (result i32)))
(type (;35;) (func (param i32) (result i64)))
(type (;36;) (func (param i32 i32) (result i64)))
(type (;37;) (func (param i32 i32 i32 i64 i32)))
(type (;38;) (func (param i32 i64 i64 i64 i64)))
(import "sluice:plugin/kv@0.1.0" "compare-and-set" (func (;0;) (type 4)))
(import "sluice:sys@0.1.0" "take" (func (;1;) (type 1)))
(import "sluice:plugin/kv@0.1.0" "increment" (func (;2;) (type 5)))
(import "sluice:plugin/crypto@0.1.0" "verify-hmac-sha256" (func (;3;) (type 6)))
(import "sluice:plugin/metrics@0.1.0" "observe" (func (;4;) (type 7)))
(import "sluice:plugin/metrics@0.1.0" "add" (func (;5;) (type 8)))
(import "sluice:plugin/callout-detached@0.1.0" "post" (func (;6;) (type 9)))
(import "sluice:plugin/callout@0.1.0" "send-all" (func (;7;) (type 9)))
(import "sluice:plugin/crypto@0.1.0" "sha256" (func (;8;) (type 9)))
(import "sluice:plugin/crypto@0.1.0" "hmac-sha256" (func (;9;) (type 6)))
(import "sluice:plugin/random@0.1.0" "next-u64" (func (;10;) (type 10)))
(import "sluice:plugin/rate-limit@0.1.0" "acquire" (func (;11;) (type 11)))
(import "sluice:plugin/rate-limit@0.1.0" "acquire-plan" (func (;12;) (type 0)))
(import "sluice:plugin/identity@0.1.0" "verify-api-key" (func (;13;) (type 9)))
(import "sluice:plugin/identity@0.1.0" "consumer-exists" (func (;14;) (type 1)))
(import "sluice:plugin/cache@0.1.0" "purge" (func (;15;) (type 1)))
(import "sluice:plugin/cache@0.1.0" "purge-tag" (func (;16;) (type 1)))
(import "sluice:plugin/load@0.1.0" "sample" (func (;17;) (type 1)))
(import "sluice:plugin/current@0.1.0" "request-headers" (func (;18;) (type 1)))
(import "sluice:plugin/current@0.1.0" "response-header" (func (;19;) (type 9)))
(import "sluice:plugin/clock@0.1.0" "now-unix-ms" (func (;20;) (type 10)))
(import "sluice:plugin/clock@0.1.0" "monotonic-ns" (func (;21;) (type 10)))
(import "sluice:plugin/crypto@0.1.0" "define-hmac" (func (;22;) (type 9)))
(import "sluice:plugin/rate-limit@0.1.0" "define" (func (;23;) (type 9)))
(import "sluice:plugin/metrics@0.1.0" "define-counter" (func (;24;) (type 9)))
(import "sluice:plugin/log@0.1.0" "enabled" (func (;25;) (type 12)))
(import "sluice:plugin/log@0.1.0" "write" (func (;26;) (type 13)))
(import "sluice:plugin/body@0.1.0" "len" (func (;27;) (type 10)))
(import "sluice:plugin/body@0.1.0" "find" (func (;28;) (type 9)))
(import "sluice:plugin/body@0.1.0" "sha256" (func (;29;) (type 1)))
(import "sluice:plugin/body@0.1.0" "replace" (func (;30;) (type 2)))
(import "sluice:plugin/kv@0.1.0" "get" (func (;31;) (type 6)))
(import "sluice:plugin/kv@0.1.0" "keys" (func (;32;) (type 11)))
(import "sluice:plugin/kv@0.1.0" "delete" (func (;33;) (type 0)))
(import "sluice:plugin/metrics@0.1.0" "define-metric" (func (;34;) (type 9)))
(import "sluice:plugin/crypto@0.1.0" "constant-time-eq" (func (;35;) (type 9)))
(import "sluice:plugin/kv@0.1.0" "set" (func (;36;) (type 14)))
(import "sluice:plugin/body@0.1.0" "read" (func (;37;) (type 15)))
(import "sluice:plugin/cache@0.1.0" "lookup" (func (;38;) (type 9)))
(import "sluice:plugin/kv@0.1.0" "open" (func (;39;) (type 9)))
(import "sluice:plugin/random@0.1.0" "bytes" (func (;40;) (type 0)))
(import "sluice:plugin/callout@0.1.0" "send" (func (;41;) (type 9)))
(import "sluice:plugin/current@0.1.0" "request-header" (func (;42;) (type 9)))
(import "sluice:plugin/current@0.1.0" "attribute" (func (;43;) (type 9)))
(import "sluice:sys@0.1.0" "panic" (func (;44;) (type 2)))
(table (;0;) 87 87 funcref)
(memory (;0;) 4)
(global (;0;) (mut i32) i32.const 65536)
(global (;1;) i32 i32.const 214605)
(global (;2;) i32 i32.const 214608)
(export "memory" (memory 0))
(export "sluice-abi-0.1" (func 247))
(export "sluice1:areas" (func 248))
(export "sluice1:configure" (func 250))
(export "sluice1:describe" (func 283))
(export "sluice1:on-log" (func 289))
(export "sluice1:on-request" (func 300))
(export "sluice1:on-request-body" (func 307))
(export "sluice1:on-request-chunk" (func 314))
(export "sluice1:on-response" (func 316))
(export "sluice1:on-response-body" (func 319))
(export "sluice1:on-response-chunk" (func 321))
(export "sluice1:on-tick" (func 322))
(export "sluice1:reserve" (func 323))
(export "__data_end" (global 1))
(export "__heap_base" (global 2))
(elem (;0;) (i32.const 1) func 57 492 338 337 60 293 67 162 64 177 65 59 206 207 208 215 213 210 69 209 217 255 263 389 404 359 242 218 350 348 349 352 354 390 444 358 219 336 335 230 460 229 231 235 56 220 468 240 233 90 405 239 232 331 332 333 334 330 340 341 342 391 392 393 458 457 442 443 456 445 448 294 483 484 485 486 487 488 489 476 477 478 479 471 472 482)
(func (;45;) (type 13) (param i32 i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 3
global.set 0
local.get 3
i32.const 4
i32.add
local.get 1
local.get 2
call 46
local.get 0
local.get 3
i32.load offset=12
local.tee 2
i32.store offset=8
local.get 0
local.get 3
i64.load offset=4 align=4
i64.store align=4
local.get 3
i32.load offset=8
local.set 0
block ;; label = @1
loop ;; label = @2
local.get 2
i32.eqz
br_if 1 (;@1;)
local.get 0
i32.const 32
i32.const 0
local.get 0
i32.load8_u
local.tee 1
i32.const -65
i32.add
i32.const 255
i32.and
i32.const 26
i32.lt_u
select
local.get 1
i32.or
i32.store8
local.get 2
i32.const -1
i32.add
local.set 2
local.get 0
i32.const 1
i32.add
local.set 0
br 0 (;@2;)
end
end
local.get 3
i32.const 16
i32.add
global.set 0
)
(func (;46;) (type 13) (param i32 i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 3
global.set 0
local.get 3
i32.const 8
i32.add
local.get 2
i32.const 1
i32.const 1
call 48
local.get 3
i32.load offset=8
local.set 4
local.get 3
i32.load offset=12
local.set 5
local.get 0
i32.const 0
i32.store offset=8
local.get 0
local.get 5
i32.store offset=4
local.get 0
local.get 4
i32.store
block ;; label = @1
local.get 2
i32.eqz
br_if 0 (;@1;)
block ;; label = @2
local.get 2
i32.eqz
br_if 0 (;@2;)
local.get 5
local.get 1
local.get 2
memory.copy
end
local.get 0
local.get 2
i32.store offset=8
end
local.get 3
i32.const 16
i32.add
global.set 0
)
(func (;47;) (type 13) (param i32 i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
local.get 3
i32.const 8
i32.add
local.get 2
i32.const 1
i32.const 1
call 48
local.get 3
i32.const 0
i32.store offset=28
local.get 3
local.get 3
i64.load offset=8
i64.store offset=20 align=4
local.get 3
i32.const 20
i32.add
local.get 1
i32.const 1
call 49
local.get 3
i32.load offset=28
local.set 1
local.get 3
i32.load offset=24
local.set 4
local.get 2
local.set 5
loop ;; label = @1
block ;; label = @2
local.get 5
i32.const 1
i32.shr_u
local.tee 5
br_if 0 (;@2;)
local.get 3
local.get 1
i32.store offset=28
block ;; label = @3
local.get 2
local.get 1
i32.eq
br_if 0 (;@3;)
block ;; label = @4
local.get 2
local.get 1
i32.sub
local.tee 5
i32.eqz
br_if 0 (;@4;)
local.get 4
local.get 1
i32.add
local.get 4
local.get 5
memory.copy
end
local.get 3
local.get 2
i32.store offset=28
end
local.get 0
local.get 3
i32.load offset=28
i32.store offset=8
local.get 0
local.get 3
i64.load offset=20 align=4
i64.store align=4
local.get 3
i32.const 32
i32.add
global.set 0
return
end
block ;; label = @2
local.get 1
i32.eqz
br_if 0 (;@2;)
local.get 4
local.get 1
i32.add
local.get 4
local.get 1
memory.copy
end
local.get 1
i32.const 1
i32.shl
local.set 1
br 0 (;@1;)
end
)
(func (;48;) (type 16) (param i32 i32 i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 4
global.set 0
local.get 4
i32.const 4
i32.add
local.get 1
i32.const 0
local.get 2
local.get 3
call 238
local.get 4
i32.load offset=8
local.set 3
block ;; label = @1
local.get 4
i32.load offset=4
i32.const 1
i32.ne
br_if 0 (;@1;)
local.get 3
local.get 4
i32.load offset=12
call 125
unreachable
end
local.get 0
local.get 4
i32.load offset=12
i32.store offset=4
local.get 0
local.get 3
i32.store
local.get 4
i32.const 16
i32.add
global.set 0
)
(func (;49;) (type 13) (param i32 i32 i32)
(local i32)
local.get 0
local.get 2
call 153
local.get 0
i32.load offset=8
local.set 3
block ;; label = @1
local.get 2
i32.eqz
br_if 0 (;@1;)
local.get 2
i32.eqz
br_if 0 (;@1;)
local.get 0
i32.load offset=4
local.get 3
i32.add
local.get 1
local.get 2
memory.copy
end
local.get 0
local.get 3
local.get 2
i32.add
i32.store offset=8
)
(func (;50;) (type 13) (param i32 i32 i32)
local.get 0
local.get 1
local.get 2
call 46
local.get 0
i32.load offset=8
local.set 2
local.get 0
i32.load offset=4
local.set 0
loop ;; label = @1
block ;; label = @2
local.get 2
br_if 0 (;@2;)
return
end
local.get 0
i32.const 32
i32.const 0
local.get 0
i32.load8_u
local.tee 1
i32.const -97
i32.add
i32.const 255
i32.and
i32.const 26
i32.lt_u
select
local.get 1
i32.xor
i32.store8
local.get 2
i32.const -1
i32.add
local.set 2
local.get 0
i32.const 1
i32.add
local.set 0
br 0 (;@1;)
end
)
(func (;51;) (type 13) (param i32 i32 i32)
block ;; label = @1
local.get 2
i32.const 1
i32.and
i32.eqz
br_if 0 (;@1;)
local.get 0
local.get 1
local.get 2
i32.const 1
i32.shr_u
call 46
return
end
local.get 0
local.get 1
local.get 2
call 52
)
(func (;52;) (type 13) (param i32 i32 i32)
(local i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 3
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
block ;; label = @8
local.get 2
i32.const 1
i32.and
i32.eqz
br_if 0 (;@8;)
local.get 2
i32.const 1
i32.shr_u
local.set 4
br 1 (;@7;)
end
local.get 1
i32.load8_u
local.tee 4
i32.eqz
br_if 1 (;@6;)
i32.const 0
local.set 5
local.get 1
local.set 6
i32.const 0
local.set 7
loop ;; label = @8
local.get 6
i32.const 1
i32.add
local.set 6
block ;; label = @9
block ;; label = @10
local.get 4
i32.extend8_s
i32.const -1
i32.gt_s
br_if 0 (;@10;)
block ;; label = @11
local.get 4
i32.const 255
i32.and
i32.const 128
i32.ne
br_if 0 (;@11;)
local.get 5
local.get 6
i32.load16_u align=1
local.tee 4
i32.add
local.set 5
local.get 6
local.get 4
i32.add
i32.const 2
i32.add
local.set 6
br 2 (;@9;)
end
local.get 6
local.get 4
i32.const 3
i32.and
i32.const 8
i32.rotr
local.tee 8
i32.const 5
i32.shl
i32.const 1073741824
i32.and
local.get 8
i32.const 7
i32.shl
i32.or
i32.const 29
i32.shr_u
i32.add
local.get 4
i32.const 1
i32.shr_u
i32.const 2
i32.and
i32.add
local.get 4
i32.const 2
i32.shr_u
i32.const 2
i32.and
i32.add
local.set 6
local.get 5
i32.eqz
local.get 7
i32.or
local.set 7
br 1 (;@9;)
end
local.get 6
local.get 4
i32.const 255
i32.and
local.tee 4
i32.add
local.set 6
local.get 5
local.get 4
i32.add
local.set 5
end
local.get 6
i32.load8_u
local.tee 4
br_if 0 (;@8;)
end
i32.const 0
local.set 4
local.get 7
local.get 5
i32.const 16
i32.lt_u
i32.and
br_if 0 (;@7;)
local.get 5
i32.const 1
i32.shl
local.tee 4
i32.const -1
i32.le_s
br_if 4 (;@3;)
end
local.get 4
br_if 1 (;@5;)
end
i32.const 1
local.set 6
i32.const 0
local.set 4
br 1 (;@4;)
end
local.get 4
call 54
local.tee 6
i32.eqz
br_if 2 (;@2;)
end
local.get 3
i32.const 0
i32.store offset=8
local.get 3
local.get 6
i32.store offset=4
local.get 3
local.get 4
i32.store
local.get 3
i32.const 70840
local.get 1
local.get 2
call 329
i32.eqz
br_if 2 (;@1;)
i32.const 70880
i32.const 86
local.get 3
i32.const 15
i32.add
i32.const 70864
i32.const 70968
call 112
unreachable
end
call 326
unreachable
end
i32.const 1
local.get 4
call 125
unreachable
end
local.get 0
local.get 3
i32.load offset=8
i32.store offset=8
local.get 0
local.get 3
i64.load align=4
i64.store align=4
local.get 3
i32.const 16
i32.add
global.set 0
)
(func (;53;) (type 12) (param i32) (result i32)
(local i32)
block ;; label = @1
local.get 0
call 54
local.tee 1
br_if 0 (;@1;)
i32.const 4
local.get 0
call 55
unreachable
end
local.get 1
)
(func (;54;) (type 12) (param i32) (result i32)
(local i32 i32 i32 i32 i32 i32 i32 i32 i64)
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
local.get 0
i32.const 245
i32.lt_u
br_if 0 (;@4;)
block ;; label = @5
local.get 0
i32.const -65588
i32.le_u
br_if 0 (;@5;)
i32.const 0
return
end
local.get 0
i32.const 11
i32.add
local.tee 1
i32.const -8
i32.and
local.set 2
i32.const 0
i32.load offset=214564
local.tee 3
i32.eqz
br_if 2 (;@2;)
i32.const 31
local.set 4
local.get 0
i32.const 16777205
i32.ge_u
br_if 1 (;@3;)
local.get 2
i32.const 38
local.get 1
i32.const 8
i32.shr_u
i32.clz
local.tee 0
i32.sub
i32.shr_u
i32.const 1
i32.and
local.get 0
i32.const 1
i32.shl
i32.sub
i32.const 62
i32.add
local.set 4
br 1 (;@3;)
end
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
block ;; label = @8
block ;; label = @9
i32.const 0
i32.load offset=214560
local.tee 5
i32.const 16
local.get 0
i32.const 11
i32.add
i32.const 504
i32.and
local.get 0
i32.const 11
i32.lt_u
select
local.tee 2
i32.const 3
i32.shr_u
local.tee 1
i32.shr_u
local.tee 0
i32.const 3
i32.and
i32.eqz
br_if 0 (;@9;)
local.get 0
i32.const -1
i32.xor
i32.const 1
i32.and
local.get 1
i32.add
local.tee 6
i32.const 3
i32.shl
local.tee 0
i32.const 214296
i32.add
local.tee 1
local.get 0
i32.const 214304
i32.add
i32.load
local.tee 2
i32.load offset=8
local.tee 7
i32.eq
br_if 1 (;@8;)
local.get 7
local.get 1
i32.store offset=12
local.get 1
local.get 7
i32.store offset=8
br 2 (;@7;)
end
local.get 2
i32.const 0
i32.load offset=214568
i32.le_u
br_if 6 (;@2;)
local.get 0
br_if 2 (;@6;)
i32.const 0
i32.load offset=214564
local.tee 0
i32.eqz
br_if 6 (;@2;)
local.get 0
i32.ctz
i32.const 2
i32.shl
i32.const 214152
i32.add
i32.load
local.tee 7
i32.load offset=4
i32.const -8
i32.and
local.get 2
i32.sub
local.set 1
local.get 7
local.set 5
loop ;; label = @9
block ;; label = @10
local.get 7
i32.load offset=16
local.tee 0
br_if 0 (;@10;)
local.get 7
i32.load offset=20
local.tee 0
br_if 0 (;@10;)
local.get 5
i32.load offset=24
local.set 4
block ;; label = @11
block ;; label = @12
block ;; label = @13
local.get 5
i32.load offset=12
local.tee 0
local.get 5
i32.ne
br_if 0 (;@13;)
local.get 5
i32.const 20
i32.const 16
local.get 5
i32.load offset=20
local.tee 0
select
i32.add
i32.load
local.tee 7
br_if 1 (;@12;)
i32.const 0
local.set 0
br 2 (;@11;)
end
local.get 5
i32.load offset=8
local.tee 7
local.get 0
i32.store offset=12
local.get 0
local.get 7
i32.store offset=8
br 1 (;@11;)
end
local.get 5
i32.const 20
i32.add
local.get 5
i32.const 16
i32.add
local.get 0
select
local.set 6
loop ;; label = @12
local.get 6
local.set 8
local.get 7
local.tee 0
i32.const 20
i32.add
local.get 0
i32.const 16
i32.add
local.get 0
i32.load offset=20
local.tee 7
select
local.set 6
local.get 0
i32.const 20
i32.const 16
local.get 7
select
i32.add
i32.load
local.tee 7
br_if 0 (;@12;)
end
local.get 8
i32.const 0
i32.store
end
local.get 4
i32.eqz
br_if 6 (;@4;)
block ;; label = @11
block ;; label = @12
local.get 5
local.get 5
i32.load offset=28
i32.const 2
i32.shl
i32.const 214152
i32.add
local.tee 7
i32.load
i32.eq
br_if 0 (;@12;)
block ;; label = @13
local.get 4
i32.load offset=16
local.get 5
i32.eq
br_if 0 (;@13;)
local.get 4
local.get 0
i32.store offset=20
local.get 0
br_if 2 (;@11;)
br 9 (;@4;)
end
local.get 4
local.get 0
i32.store offset=16
local.get 0
br_if 1 (;@11;)
br 8 (;@4;)
end
local.get 7
local.get 0
i32.store
local.get 0
i32.eqz
br_if 6 (;@5;)
end
local.get 0
local.get 4
i32.store offset=24
block ;; label = @11
local.get 5
i32.load offset=16
local.tee 7
i32.eqz
br_if 0 (;@11;)
local.get 0
local.get 7
i32.store offset=16
local.get 7
local.get 0
i32.store offset=24
end
local.get 5
i32.load offset=20
local.tee 7
i32.eqz
br_if 6 (;@4;)
local.get 0
local.get 7
i32.store offset=20
local.get 7
local.get 0
i32.store offset=24
br 6 (;@4;)
end
local.get 0
i32.load offset=4
i32.const -8
i32.and
local.get 2
i32.sub
local.tee 7
local.get 1
local.get 7
local.get 1
i32.lt_u
local.tee 7
select
local.set 1
local.get 0
local.get 5
local.get 7
select
local.set 5
local.get 0
local.set 7
br 0 (;@9;)
end
end
i32.const 0
local.get 5
i32.const -2
local.get 6
i32.rotl
i32.and
i32.store offset=214560
end
local.get 2
local.get 0
i32.const 3
i32.or
i32.store offset=4
local.get 2
local.get 0
i32.add
local.tee 0
local.get 0
i32.load offset=4
i32.const 1
i32.or
i32.store offset=4
local.get 2
i32.const 8
i32.add
return
end
block ;; label = @6
block ;; label = @7
local.get 0
local.get 1
i32.shl
i32.const 2
local.get 1
i32.shl
local.tee 0
i32.const 0
local.get 0
i32.sub
i32.or
i32.and
i32.ctz
local.tee 8
i32.const 3
i32.shl
local.tee 1
i32.const 214296
i32.add
local.tee 7
local.get 1
i32.const 214304
i32.add
i32.load
local.tee 0
i32.load offset=8
local.tee 6
i32.eq
br_if 0 (;@7;)
local.get 6
local.get 7
i32.store offset=12
local.get 7
local.get 6
i32.store offset=8
br 1 (;@6;)
end
i32.const 0
local.get 5
i32.const -2
local.get 8
i32.rotl
i32.and
i32.store offset=214560
end
local.get 0
local.get 2
i32.const 3
i32.or
i32.store offset=4
local.get 0
local.get 2
i32.add
local.tee 5
local.get 1
local.get 2
i32.sub
local.tee 7
i32.const 1
i32.or
i32.store offset=4
local.get 0
local.get 1
i32.add
local.get 7
i32.store
block ;; label = @6
i32.const 0
i32.load offset=214568
local.tee 1
i32.eqz
br_if 0 (;@6;)
i32.const 0
i32.load offset=214576
local.set 2
block ;; label = @7
block ;; label = @8
i32.const 0
i32.load offset=214560
local.tee 6
i32.const 1
local.get 1
i32.const 3
i32.shr_u
i32.shl
local.tee 8
i32.and
br_if 0 (;@8;)
i32.const 0
local.get 6
local.get 8
i32.or
i32.store offset=214560
local.get 1
i32.const -8
i32.and
i32.const 214296
i32.add
local.tee 1
local.set 6
br 1 (;@7;)
end
local.get 1
i32.const -8
i32.and
local.tee 1
i32.const 214296
i32.add
local.set 6
local.get 1
i32.const 214304
i32.add
i32.load
local.set 1
end
local.get 6
local.get 2
i32.store offset=8
local.get 1
local.get 2
i32.store offset=12
local.get 2
local.get 6
i32.store offset=12
local.get 2
local.get 1
i32.store offset=8
end
i32.const 0
local.get 5
i32.store offset=214576
i32.const 0
local.get 7
i32.store offset=214568
local.get 0
i32.const 8
i32.add
return
end
i32.const 0
i32.const 0
i32.load offset=214564
i32.const -2
local.get 5
i32.load offset=28
i32.rotl
i32.and
i32.store offset=214564
end
block ;; label = @4
block ;; label = @5
block ;; label = @6
local.get 1
i32.const 16
i32.lt_u
br_if 0 (;@6;)
local.get 5
local.get 2
i32.const 3
i32.or
i32.store offset=4
local.get 5
local.get 2
i32.add
local.tee 7
local.get 1
i32.const 1
i32.or
i32.store offset=4
local.get 7
local.get 1
i32.add
local.get 1
i32.store
i32.const 0
i32.load offset=214568
local.tee 6
i32.eqz
br_if 1 (;@5;)
i32.const 0
i32.load offset=214576
local.set 0
block ;; label = @7
block ;; label = @8
i32.const 0
i32.load offset=214560
local.tee 8
i32.const 1
local.get 6
i32.const 3
i32.shr_u
i32.shl
local.tee 4
i32.and
br_if 0 (;@8;)
i32.const 0
local.get 8
local.get 4
i32.or
i32.store offset=214560
local.get 6
i32.const -8
i32.and
i32.const 214296
i32.add
local.tee 6
local.set 8
br 1 (;@7;)
end
local.get 6
i32.const -8
i32.and
local.tee 6
i32.const 214296
i32.add
local.set 8
local.get 6
i32.const 214304
i32.add
i32.load
local.set 6
end
local.get 8
local.get 0
i32.store offset=8
local.get 6
local.get 0
i32.store offset=12
local.get 0
local.get 8
i32.store offset=12
local.get 0
local.get 6
i32.store offset=8
br 1 (;@5;)
end
local.get 5
local.get 1
local.get 2
i32.add
local.tee 0
i32.const 3
i32.or
i32.store offset=4
local.get 5
local.get 0
i32.add
local.tee 0
local.get 0
i32.load offset=4
i32.const 1
i32.or
i32.store offset=4
br 1 (;@4;)
end
i32.const 0
local.get 7
i32.store offset=214576
i32.const 0
local.get 1
i32.store offset=214568
end
local.get 5
i32.const 8
i32.add
local.tee 0
i32.eqz
br_if 1 (;@2;)
br 2 (;@1;)
end
i32.const 0
local.get 2
i32.sub
local.set 1
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
local.get 4
i32.const 2
i32.shl
i32.const 214152
i32.add
i32.load
local.tee 5
br_if 0 (;@6;)
i32.const 0
local.set 7
i32.const 0
local.set 0
br 1 (;@5;)
end
i32.const 0
local.set 7
local.get 2
i32.const 0
i32.const 25
local.get 4
i32.const 1
i32.shr_u
i32.sub
local.get 4
i32.const 31
i32.eq
select
i32.shl
local.set 6
i32.const 0
local.set 0
loop ;; label = @6
block ;; label = @7
local.get 5
local.tee 5
i32.load offset=4
i32.const -8
i32.and
local.tee 8
local.get 2
i32.lt_u
br_if 0 (;@7;)
local.get 8
local.get 2
i32.sub
local.tee 8
local.get 1
i32.ge_u
br_if 0 (;@7;)
local.get 5
local.set 7
local.get 8
local.set 1
local.get 8
br_if 0 (;@7;)
i32.const 0
local.set 1
local.get 5
local.set 0
local.get 5
local.set 7
br 3 (;@4;)
end
local.get 5
i32.load offset=20
local.tee 8
local.get 0
local.get 8
local.get 5
local.get 6
i32.const 29
i32.shr_u
i32.const 4
i32.and
i32.add
i32.load offset=16
local.tee 5
i32.ne
select
local.get 0
local.get 8
select
local.set 0
local.get 6
i32.const 1
i32.shl
local.set 6
local.get 5
br_if 0 (;@6;)
end
end
block ;; label = @5
local.get 0
local.get 7
i32.or
br_if 0 (;@5;)
i32.const 0
local.set 7
i32.const 2
local.get 4
i32.shl
local.tee 0
i32.const 0
local.get 0
i32.sub
i32.or
local.get 3
i32.and
local.tee 0
i32.eqz
br_if 3 (;@2;)
local.get 0
i32.ctz
i32.const 2
i32.shl
i32.const 214152
i32.add
i32.load
local.set 0
end
local.get 0
i32.eqz
br_if 1 (;@3;)
end
loop ;; label = @4
local.get 0
i32.load offset=4
i32.const -8
i32.and
local.tee 5
local.get 2
i32.sub
local.tee 6
local.get 1
local.get 6
local.get 1
i32.lt_u
local.tee 8
select
local.set 4
local.get 5
local.get 2
i32.lt_u
local.set 6
local.get 0
local.get 7
local.get 8
select
local.set 8
block ;; label = @5
local.get 0
i32.load offset=16
local.tee 5
br_if 0 (;@5;)
local.get 0
i32.load offset=20
local.set 5
end
local.get 1
local.get 4
local.get 6
select
local.set 1
local.get 7
local.get 8
local.get 6
select
local.set 7
local.get 5
local.set 0
local.get 5
br_if 0 (;@4;)
end
end
local.get 7
i32.eqz
br_if 0 (;@2;)
block ;; label = @3
i32.const 0
i32.load offset=214568
local.tee 0
local.get 2
i32.lt_u
br_if 0 (;@3;)
local.get 1
local.get 0
local.get 2
i32.sub
i32.ge_u
br_if 1 (;@2;)
end
local.get 7
i32.load offset=24
local.set 4
block ;; label = @3
block ;; label = @4
block ;; label = @5
local.get 7
i32.load offset=12
local.tee 0
local.get 7
i32.ne
br_if 0 (;@5;)
local.get 7
i32.const 20
i32.const 16
local.get 7
i32.load offset=20
local.tee 0
select
i32.add
i32.load
local.tee 5
br_if 1 (;@4;)
i32.const 0
local.set 0
br 2 (;@3;)
end
local.get 7
i32.load offset=8
local.tee 5
local.get 0
i32.store offset=12
local.get 0
local.get 5
i32.store offset=8
br 1 (;@3;)
end
local.get 7
i32.const 20
i32.add
local.get 7
i32.const 16
i32.add
local.get 0
select
local.set 6
loop ;; label = @4
local.get 6
local.set 8
local.get 5
local.tee 0
i32.const 20
i32.add
local.get 0
i32.const 16
i32.add
local.get 0
i32.load offset=20
local.tee 5
select
local.set 6
local.get 0
i32.const 20
i32.const 16
local.get 5
select
i32.add
i32.load
local.tee 5
br_if 0 (;@4;)
end
local.get 8
i32.const 0
i32.store
end
block ;; label = @3
local.get 4
i32.eqz
br_if 0 (;@3;)
block ;; label = @4
block ;; label = @5
block ;; label = @6
local.get 7
local.get 7
i32.load offset=28
i32.const 2
i32.shl
i32.const 214152
i32.add
local.tee 5
i32.load
i32.eq
br_if 0 (;@6;)
block ;; label = @7
local.get 4
i32.load offset=16
local.get 7
i32.eq
br_if 0 (;@7;)
local.get 4
local.get 0
i32.store offset=20
local.get 0
br_if 2 (;@5;)
br 4 (;@3;)
end
local.get 4
local.get 0
i32.store offset=16
local.get 0
br_if 1 (;@5;)
br 3 (;@3;)
end
local.get 5
local.get 0
i32.store
local.get 0
i32.eqz
br_if 1 (;@4;)
end
local.get 0
local.get 4
i32.store offset=24
block ;; label = @5
local.get 7
i32.load offset=16
local.tee 5
i32.eqz
br_if 0 (;@5;)
local.get 0
local.get 5
i32.store offset=16
local.get 5
local.get 0
i32.store offset=24
end
local.get 7
i32.load offset=20
local.tee 5
i32.eqz
br_if 1 (;@3;)
local.get 0
local.get 5
i32.store offset=20
local.get 5
local.get 0
i32.store offset=24
br 1 (;@3;)
end
i32.const 0
i32.const 0
i32.load offset=214564
i32.const -2
local.get 7
i32.load offset=28
i32.rotl
i32.and
i32.store offset=214564
end
block ;; label = @3
block ;; label = @4
local.get 1
i32.const 16
i32.lt_u
br_if 0 (;@4;)
local.get 7
local.get 2
i32.const 3
i32.or
i32.store offset=4
local.get 7
local.get 2
i32.add
local.tee 0
local.get 1
i32.const 1
i32.or
i32.store offset=4
local.get 0
local.get 1
i32.add
local.get 1
i32.store
block ;; label = @5
local.get 1
i32.const 256
i32.lt_u
br_if 0 (;@5;)
local.get 0
local.get 1
call 490
br 2 (;@3;)
end
block ;; label = @5
block ;; label = @6
i32.const 0
i32.load offset=214560
local.tee 5
i32.const 1
local.get 1
i32.const 3
i32.shr_u
i32.shl
local.tee 6
i32.and
br_if 0 (;@6;)
i32.const 0
local.get 5
local.get 6
i32.or
i32.store offset=214560
local.get 1
i32.const 248
i32.and
i32.const 214296
i32.add
local.tee 1
local.set 5
br 1 (;@5;)
end
local.get 1
i32.const 248
i32.and
local.tee 1
i32.const 214296
i32.add
local.set 5
local.get 1
i32.const 214304
i32.add
i32.load
local.set 1
end
local.get 5
local.get 0
i32.store offset=8
local.get 1
local.get 0
i32.store offset=12
local.get 0
local.get 5
i32.store offset=12
local.get 0
local.get 1
i32.store offset=8
br 1 (;@3;)
end
local.get 7
local.get 1
local.get 2
i32.add
local.tee 0
i32.const 3
i32.or
i32.store offset=4
local.get 7
local.get 0
i32.add
local.tee 0
local.get 0
i32.load offset=4
i32.const 1
i32.or
i32.store offset=4
end
local.get 7
i32.const 8
i32.add
local.tee 0
br_if 1 (;@1;)
end
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
i32.const 0
i32.load offset=214568
local.tee 0
local.get 2
i32.ge_u
br_if 0 (;@7;)
block ;; label = @8
i32.const 0
i32.load offset=214572
local.tee 0
local.get 2
i32.gt_u
br_if 0 (;@8;)
block ;; label = @9
local.get 2
i32.const 65583
i32.add
local.tee 7
i32.const 16
i32.shr_u
memory.grow
local.tee 1
i32.const -1
i32.ne
br_if 0 (;@9;)
i32.const 0
return
end
i32.const 0
local.set 0
local.get 1
i32.const 16
i32.shl
local.tee 5
i32.eqz
br_if 7 (;@1;)
i32.const 0
i32.const 0
i32.load offset=214584
local.get 7
i32.const -65536
i32.and
local.tee 0
i32.const -16
i32.add
local.get 0
local.get 5
i32.const 0
local.get 0
i32.sub
i32.eq
select
local.tee 8
i32.add
local.tee 0
i32.store offset=214584
i32.const 0
local.get 0
i32.const 0
i32.load offset=214588
local.tee 1
local.get 0
local.get 1
i32.gt_u
select
i32.store offset=214588
block ;; label = @9
block ;; label = @10
block ;; label = @11
i32.const 0
i32.load offset=214580
local.tee 1
i32.eqz
br_if 0 (;@11;)
i32.const 214280
local.set 0
loop ;; label = @12
local.get 0
i32.load
local.tee 7
local.get 0
i32.load offset=4
local.tee 6
i32.add
local.get 5
i32.eq
br_if 2 (;@10;)
local.get 0
i32.load offset=8
local.tee 0
br_if 0 (;@12;)
br 3 (;@9;)
end
end
block ;; label = @11
block ;; label = @12
i32.const 0
i32.load offset=214596
local.tee 0
i32.eqz
br_if 0 (;@12;)
local.get 0
local.get 5
i32.le_u
br_if 1 (;@11;)
end
i32.const 0
local.get 5
i32.store offset=214596
end
i32.const 0
i32.const 4095
i32.store offset=214600
i32.const 0
local.get 8
i32.store offset=214284
i32.const 0
local.get 5
i32.store offset=214280
i32.const 0
i32.const 214296
i32.store offset=214308
i32.const 0
i32.const 214304
i32.store offset=214316
i32.const 0
i32.const 214296
i32.store offset=214304
i32.const 0
i32.const 214312
i32.store offset=214324
i32.const 0
i32.const 214304
i32.store offset=214312
i32.const 0
i32.const 214320
i32.store offset=214332
i32.const 0
i32.const 214312
i32.store offset=214320
i32.const 0
i32.const 214328
i32.store offset=214340
i32.const 0
i32.const 214320
i32.store offset=214328
i32.const 0
i32.const 214336
i32.store offset=214348
i32.const 0
i32.const 214328
i32.store offset=214336
i32.const 0
i32.const 214344
i32.store offset=214356
i32.const 0
i32.const 214336
i32.store offset=214344
i32.const 0
i32.const 214352
i32.store offset=214364
i32.const 0
i32.const 214344
i32.store offset=214352
i32.const 0
i32.const 0
i32.store offset=214292
i32.const 0
i32.const 214360
i32.store offset=214372
i32.const 0
i32.const 214352
i32.store offset=214360
i32.const 0
i32.const 214360
i32.store offset=214368
i32.const 0
i32.const 214368
i32.store offset=214380
i32.const 0
i32.const 214368
i32.store offset=214376
i32.const 0
i32.const 214376
i32.store offset=214388
i32.const 0
i32.const 214376
i32.store offset=214384
i32.const 0
i32.const 214384
i32.store offset=214396
i32.const 0
i32.const 214384
i32.store offset=214392
i32.const 0
i32.const 214392
i32.store offset=214404
i32.const 0
i32.const 214392
i32.store offset=214400
i32.const 0
i32.const 214400
i32.store offset=214412
i32.const 0
i32.const 214400
i32.store offset=214408
i32.const 0
i32.const 214408
i32.store offset=214420
i32.const 0
i32.const 214408
i32.store offset=214416
i32.const 0
i32.const 214416
i32.store offset=214428
i32.const 0
i32.const 214416
i32.store offset=214424
i32.const 0
i32.const 214424
i32.store offset=214436
i32.const 0
i32.const 214432
i32.store offset=214444
i32.const 0
i32.const 214424
i32.store offset=214432
i32.const 0
i32.const 214440
i32.store offset=214452
i32.const 0
i32.const 214432
i32.store offset=214440
i32.const 0
i32.const 214448
i32.store offset=214460
i32.const 0
i32.const 214440
i32.store offset=214448
i32.const 0
i32.const 214456
i32.store offset=214468
i32.const 0
i32.const 214448
i32.store offset=214456
i32.const 0
i32.const 214464
i32.store offset=214476
i32.const 0
i32.const 214456
i32.store offset=214464
i32.const 0
i32.const 214472
i32.store offset=214484
i32.const 0
i32.const 214464
i32.store offset=214472
i32.const 0
i32.const 214480
i32.store offset=214492
i32.const 0
i32.const 214472
i32.store offset=214480
i32.const 0
i32.const 214488
i32.store offset=214500
i32.const 0
i32.const 214480
i32.store offset=214488
i32.const 0
i32.const 214496
i32.store offset=214508
i32.const 0
i32.const 214488
i32.store offset=214496
i32.const 0
i32.const 214504
i32.store offset=214516
i32.const 0
i32.const 214496
i32.store offset=214504
i32.const 0
i32.const 214512
i32.store offset=214524
i32.const 0
i32.const 214504
i32.store offset=214512
i32.const 0
i32.const 214520
i32.store offset=214532
i32.const 0
i32.const 214512
i32.store offset=214520
i32.const 0
i32.const 214528
i32.store offset=214540
i32.const 0
i32.const 214520
i32.store offset=214528
i32.const 0
i32.const 214536
i32.store offset=214548
i32.const 0
i32.const 214528
i32.store offset=214536
i32.const 0
i32.const 214544
i32.store offset=214556
i32.const 0
i32.const 214536
i32.store offset=214544
i32.const 0
local.get 5
i32.store offset=214580
i32.const 0
i32.const 214544
i32.store offset=214552
i32.const 0
local.get 8
i32.const -40
i32.add
local.tee 0
i32.store offset=214572
local.get 5
local.get 0
i32.const 1
i32.or
i32.store offset=4
local.get 5
local.get 0
i32.add
i32.const 40
i32.store offset=4
i32.const 0
i32.const 2097152
i32.store offset=214592
br 8 (;@2;)
end
local.get 1
local.get 5
i32.ge_u
br_if 0 (;@9;)
local.get 7
local.get 1
i32.gt_u
br_if 0 (;@9;)
local.get 0
i32.load offset=12
i32.eqz
br_if 3 (;@6;)
end
i32.const 0
i32.const 0
i32.load offset=214596
local.tee 0
local.get 5
local.get 0
local.get 5
i32.lt_u
select
i32.store offset=214596
local.get 5
local.get 8
i32.add
local.set 7
i32.const 214280
local.set 0
block ;; label = @9
block ;; label = @10
block ;; label = @11
loop ;; label = @12
local.get 0
i32.load
local.tee 6
local.get 7
i32.eq
br_if 1 (;@11;)
local.get 0
i32.load offset=8
local.tee 0
br_if 0 (;@12;)
br 2 (;@10;)
end
end
local.get 0
i32.load offset=12
i32.eqz
br_if 1 (;@9;)
end
i32.const 214280
local.set 0
block ;; label = @10
loop ;; label = @11
block ;; label = @12
local.get 0
i32.load
local.tee 7
local.get 1
i32.gt_u
br_if 0 (;@12;)
local.get 1
local.get 7
local.get 0
i32.load offset=4
i32.add
local.tee 7
i32.lt_u
br_if 2 (;@10;)
end
local.get 0
i32.load offset=8
local.set 0
br 0 (;@11;)
end
end
i32.const 0
local.get 5
i32.store offset=214580
i32.const 0
local.get 8
i32.const -40
i32.add
local.tee 0
i32.store offset=214572
local.get 5
local.get 0
i32.const 1
i32.or
i32.store offset=4
local.get 5
local.get 0
i32.add
i32.const 40
i32.store offset=4
i32.const 0
i32.const 2097152
i32.store offset=214592
local.get 1
local.get 7
i32.const -32
i32.add
i32.const -8
i32.and
i32.const -8
i32.add
local.tee 0
local.get 0
local.get 1
i32.const 16
i32.add
i32.lt_u
select
local.tee 6
i32.const 27
i32.store offset=4
i32.const 0
i64.load offset=214280 align=4
local.set 9
local.get 6
i32.const 16
i32.add
i32.const 0
i64.load offset=214288 align=4
i64.store align=4
local.get 6
i32.const 8
i32.add
local.tee 0
local.get 9
i64.store align=4
i32.const 0
local.get 8
i32.store offset=214284
i32.const 0
local.get 5
i32.store offset=214280
i32.const 0
local.get 0
i32.store offset=214288
i32.const 0
i32.const 0
i32.store offset=214292
local.get 6
i32.const 28
i32.add
local.set 0
loop ;; label = @10
local.get 0
i32.const 7
i32.store
local.get 0
i32.const 4
i32.add
local.tee 0
local.get 7
i32.lt_u
br_if 0 (;@10;)
end
local.get 6
local.get 1
i32.eq
br_if 7 (;@2;)
local.get 6
local.get 6
i32.load offset=4
i32.const -2
i32.and
i32.store offset=4
local.get 1
local.get 6
local.get 1
i32.sub
local.tee 0
i32.const 1
i32.or
i32.store offset=4
local.get 6
local.get 0
i32.store
block ;; label = @10
local.get 0
i32.const 256
i32.lt_u
br_if 0 (;@10;)
local.get 1
local.get 0
call 490
br 8 (;@2;)
end
block ;; label = @10
block ;; label = @11
i32.const 0
i32.load offset=214560
local.tee 7
i32.const 1
local.get 0
i32.const 3
i32.shr_u
i32.shl
local.tee 5
i32.and
br_if 0 (;@11;)
i32.const 0
local.get 7
local.get 5
i32.or
i32.store offset=214560
local.get 0
i32.const 248
i32.and
i32.const 214296
i32.add
local.tee 0
local.set 7
br 1 (;@10;)
end
local.get 0
i32.const 248
i32.and
local.tee 0
i32.const 214296
i32.add
local.set 7
local.get 0
i32.const 214304
i32.add
i32.load
local.set 0
end
local.get 7
local.get 1
i32.store offset=8
local.get 0
local.get 1
i32.store offset=12
local.get 1
local.get 7
i32.store offset=12
local.get 1
local.get 0
i32.store offset=8
br 7 (;@2;)
end
local.get 0
local.get 5
i32.store
local.get 0
local.get 0
i32.load offset=4
local.get 8
i32.add
i32.store offset=4
local.get 5
local.get 2
i32.const 3
i32.or
i32.store offset=4
local.get 6
i32.const 15
i32.add
i32.const -8
i32.and
i32.const -8
i32.add
local.tee 1
local.get 5
local.get 2
i32.add
local.tee 0
i32.sub
local.set 2
local.get 1
i32.const 0
i32.load offset=214580
i32.eq
br_if 3 (;@5;)
local.get 1
i32.const 0
i32.load offset=214576
i32.eq
br_if 4 (;@4;)
block ;; label = @9
local.get 1
i32.load offset=4
local.tee 7
i32.const 3
i32.and
i32.const 1
i32.ne
br_if 0 (;@9;)
local.get 1
local.get 7
i32.const -8
i32.and
local.tee 7
call 356
local.get 7
local.get 2
i32.add
local.set 2
local.get 1
local.get 7
i32.add
local.tee 1
i32.load offset=4
local.set 7
end
local.get 1
local.get 7
i32.const -2
i32.and
i32.store offset=4
local.get 0
local.get 2
i32.const 1
i32.or
i32.store offset=4
local.get 0
local.get 2
i32.add
local.get 2
i32.store
block ;; label = @9
local.get 2
i32.const 256
i32.lt_u
br_if 0 (;@9;)
local.get 0
local.get 2
call 490
br 6 (;@3;)
end
block ;; label = @9
block ;; label = @10
i32.const 0
i32.load offset=214560
local.tee 1
i32.const 1
local.get 2
i32.const 3
i32.shr_u
i32.shl
local.tee 7
i32.and
br_if 0 (;@10;)
i32.const 0
local.get 1
local.get 7
i32.or
i32.store offset=214560
local.get 2
i32.const 248
i32.and
i32.const 214296
i32.add
local.tee 2
local.set 1
br 1 (;@9;)
end
local.get 2
i32.const 248
i32.and
local.tee 2
i32.const 214296
i32.add
local.set 1
local.get 2
i32.const 214304
i32.add
i32.load
local.set 2
end
local.get 1
local.get 0
i32.store offset=8
local.get 2
local.get 0
i32.store offset=12
local.get 0
local.get 1
i32.store offset=12
local.get 0
local.get 2
i32.store offset=8
br 5 (;@3;)
end
i32.const 0
local.get 0
local.get 2
i32.sub
local.tee 1
i32.store offset=214572
i32.const 0
i32.const 0
i32.load offset=214580
local.tee 0
local.get 2
i32.add
local.tee 7
i32.store offset=214580
local.get 7
local.get 1
i32.const 1
i32.or
i32.store offset=4
local.get 0
local.get 2
i32.const 3
i32.or
i32.store offset=4
local.get 0
i32.const 8
i32.add
local.set 0
br 6 (;@1;)
end
i32.const 0
i32.load offset=214576
local.set 1
block ;; label = @7
block ;; label = @8
local.get 0
local.get 2
i32.sub
local.tee 7
i32.const 15
i32.gt_u
br_if 0 (;@8;)
i32.const 0
i32.const 0
i32.store offset=214576
i32.const 0
i32.const 0
i32.store offset=214568
local.get 1
local.get 0
i32.const 3
i32.or
i32.store offset=4
local.get 1
local.get 0
i32.add
local.tee 0
local.get 0
i32.load offset=4
i32.const 1
i32.or
i32.store offset=4
br 1 (;@7;)
end
i32.const 0
local.get 7
i32.store offset=214568
i32.const 0
local.get 1
local.get 2
i32.add
local.tee 5
i32.store offset=214576
local.get 5
local.get 7
i32.const 1
i32.or
i32.store offset=4
local.get 1
local.get 0
i32.add
local.get 7
i32.store
local.get 1
local.get 2
i32.const 3
i32.or
i32.store offset=4
end
local.get 1
i32.const 8
i32.add
return
end
local.get 0
local.get 6
local.get 8
i32.add
i32.store offset=4
i32.const 0
i32.const 0
i32.load offset=214580
local.tee 0
i32.const 15
i32.add
i32.const -8
i32.and
local.tee 1
i32.const -8
i32.add
local.tee 7
i32.store offset=214580
i32.const 0
local.get 0
local.get 1
i32.sub
i32.const 0
i32.load offset=214572
local.get 8
i32.add
local.tee 1
i32.add
i32.const 8
i32.add
local.tee 5
i32.store offset=214572
local.get 7
local.get 5
i32.const 1
i32.or
i32.store offset=4
local.get 0
local.get 1
i32.add
i32.const 40
i32.store offset=4
i32.const 0
i32.const 2097152
i32.store offset=214592
br 3 (;@2;)
end
i32.const 0
local.get 0
i32.store offset=214580
i32.const 0
i32.const 0
i32.load offset=214572
local.get 2
i32.add
local.tee 2
i32.store offset=214572
local.get 0
local.get 2
i32.const 1
i32.or
i32.store offset=4
br 1 (;@3;)
end
i32.const 0
local.get 0
i32.store offset=214576
i32.const 0
i32.const 0
i32.load offset=214568
local.get 2
i32.add
local.tee 2
i32.store offset=214568
local.get 0
local.get 2
i32.const 1
i32.or
i32.store offset=4
local.get 0
local.get 2
i32.add
local.get 2
i32.store
end
local.get 5
i32.const 8
i32.add
return
end
i32.const 0
local.set 0
i32.const 0
i32.load offset=214572
local.tee 1
local.get 2
i32.le_u
br_if 0 (;@1;)
i32.const 0
local.get 1
local.get 2
i32.sub
local.tee 1
i32.store offset=214572
i32.const 0
i32.const 0
i32.load offset=214580
local.tee 0
local.get 2
i32.add
local.tee 7
i32.store offset=214580
local.get 7
local.get 1
i32.const 1
i32.or
i32.store offset=4
local.get 0
local.get 2
i32.const 3
i32.or
i32.store offset=4
local.get 0
i32.const 8
i32.add
return
end
local.get 0
)
(func (;55;) (type 2) (param i32 i32)
local.get 1
local.get 0
call 328
unreachable
)
(func (;56;) (type 1) (param i32 i32) (result i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
local.get 0
i32.store offset=12
local.get 1
i32.const 76216
i32.const 15
local.get 2
i32.const 12
i32.add
i32.const 1
call 58
local.set 0
local.get 2
i32.const 16
i32.add
global.set 0
local.get 0
)
(func (;57;) (type 1) (param i32 i32) (result i32)
local.get 1
i32.const 74056
i32.const 2
call 68
)
(func (;58;) (type 6) (param i32 i32 i32 i32 i32) (result i32)
(local i32 i32 i32 i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 5
global.set 0
i32.const 1
local.set 6
block ;; label = @1
local.get 0
i32.load
local.tee 7
local.get 1
local.get 2
local.get 0
i32.load offset=4
local.tee 8
i32.load offset=12
local.tee 9
call_indirect (type 0)
br_if 0 (;@1;)
block ;; label = @2
block ;; label = @3
local.get 0
i32.load8_u offset=10
i32.const 128
i32.and
br_if 0 (;@3;)
i32.const 1
local.set 6
local.get 7
i32.const 71775
i32.const 1
local.get 9
call_indirect (type 0)
br_if 2 (;@1;)
local.get 3
local.get 0
local.get 4
call_indirect (type 1)
br_if 2 (;@1;)
local.get 0
i32.load
local.set 7
local.get 0
i32.load offset=4
i32.load offset=12
local.set 9
br 1 (;@2;)
end
local.get 7
i32.const 71776
i32.const 2
local.get 9
call_indirect (type 0)
br_if 1 (;@1;)
i32.const 1
local.set 6
local.get 5
i32.const 1
i32.store8 offset=15
local.get 5
local.get 8
i32.store offset=4
local.get 5
local.get 7
i32.store
local.get 5
i32.const 71784
i32.store offset=20
local.get 5
local.get 0
i64.load offset=8 align=4
i64.store offset=24 align=4
local.get 5
local.get 5
i32.const 15
i32.add
i32.store offset=8
local.get 5
local.get 5
i32.store offset=16
local.get 3
local.get 5
i32.const 16
i32.add
local.get 4
call_indirect (type 1)
br_if 1 (;@1;)
local.get 5
i32.load offset=16
i32.const 71773
i32.const 2
local.get 5
i32.load offset=20
i32.load offset=12
call_indirect (type 0)
br_if 1 (;@1;)
end
local.get 7
i32.const 71779
i32.const 1
local.get 9
call_indirect (type 0)
local.set 6
end
local.get 5
i32.const 32
i32.add
global.set 0
local.get 6
)
(func (;59;) (type 1) (param i32 i32) (result i32)
(local i32)
block ;; label = @1
local.get 1
i32.load offset=8
local.tee 2
i32.const 33554432
i32.and
br_if 0 (;@1;)
block ;; label = @2
local.get 2
i32.const 67108864
i32.and
br_if 0 (;@2;)
local.get 0
local.get 1
call 60
return
end
local.get 0
i32.load
local.get 1
call 61
return
end
local.get 0
i32.load
local.get 1
call 62
)
(func (;60;) (type 1) (param i32 i32) (result i32)
(local i32 i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
i32.const 10
local.set 3
local.get 0
i32.load
local.tee 4
local.set 5
block ;; label = @1
local.get 4
i32.const 1000
i32.lt_u
br_if 0 (;@1;)
i32.const 10
local.set 3
local.get 4
local.set 5
loop ;; label = @2
local.get 2
i32.const 6
i32.add
local.get 3
i32.add
local.tee 6
i32.const -4
i32.add
local.get 5
local.tee 0
local.get 0
i32.const 10000
i32.div_u
local.tee 5
i32.const 10000
i32.mul
i32.sub
local.tee 7
i32.const 65535
i32.and
i32.const 100
i32.div_u
local.tee 8
i32.const 1
i32.shl
i32.load16_u offset=71856 align=1
i32.store16 align=1
local.get 6
i32.const -2
i32.add
local.get 7
local.get 8
i32.const 100
i32.mul
i32.sub
i32.const 65535
i32.and
i32.const 1
i32.shl
i32.load16_u offset=71856 align=1
i32.store16 align=1
local.get 3
i32.const -4
i32.add
local.set 3
local.get 0
i32.const 9999999
i32.gt_u
br_if 0 (;@2;)
end
end
block ;; label = @1
block ;; label = @2
local.get 5
i32.const 9
i32.gt_u
br_if 0 (;@2;)
local.get 5
local.set 0
br 1 (;@1;)
end
local.get 2
i32.const 6
i32.add
local.get 3
i32.const -2
i32.add
local.tee 3
i32.add
local.get 5
local.get 5
i32.const 65535
i32.and
i32.const 100
i32.div_u
local.tee 0
i32.const 100
i32.mul
i32.sub
i32.const 65535
i32.and
i32.const 1
i32.shl
i32.load16_u offset=71856 align=1
i32.store16 align=1
end
block ;; label = @1
block ;; label = @2
local.get 4
i32.eqz
br_if 0 (;@2;)
local.get 0
i32.eqz
br_if 1 (;@1;)
end
local.get 2
i32.const 6
i32.add
local.get 3
i32.const -1
i32.add
local.tee 3
i32.add
local.get 0
i32.const 1
i32.shl
i32.load8_u offset=71857
i32.store8
end
local.get 1
i32.const 1
i32.const 1
i32.const 0
local.get 2
i32.const 6
i32.add
local.get 3
i32.add
i32.const 10
local.get 3
i32.sub
call 214
local.set 3
local.get 2
i32.const 16
i32.add
global.set 0
local.get 3
)
(func (;61;) (type 1) (param i32 i32) (result i32)
(local i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
i32.const 9
local.set 3
loop ;; label = @1
local.get 2
i32.const 8
i32.add
local.get 3
i32.add
i32.const -2
i32.add
local.get 0
i32.const 15
i32.and
i32.load8_u offset=73948
i32.store8
local.get 3
i32.const -1
i32.add
local.set 3
local.get 0
i32.const 4
i32.shr_u
local.tee 0
br_if 0 (;@1;)
end
local.get 1
i32.const 1
i32.const 73946
i32.const 2
local.get 2
i32.const 8
i32.add
local.get 3
i32.add
i32.const -1
i32.add
i32.const 9
local.get 3
i32.sub
call 214
local.set 3
local.get 2
i32.const 16
i32.add
global.set 0
local.get 3
)
(func (;62;) (type 1) (param i32 i32) (result i32)
(local i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
i32.const 9
local.set 3
loop ;; label = @1
local.get 2
i32.const 8
i32.add
local.get 3
i32.add
i32.const -2
i32.add
local.get 0
i32.const 15
i32.and
i32.load8_u offset=71751
i32.store8
local.get 3
i32.const -1
i32.add
local.set 3
local.get 0
i32.const 4
i32.shr_u
local.tee 0
br_if 0 (;@1;)
end
local.get 1
i32.const 1
i32.const 73946
i32.const 2
local.get 2
i32.const 8
i32.add
local.get 3
i32.add
i32.const -1
i32.add
i32.const 9
local.get 3
i32.sub
call 214
local.set 3
local.get 2
i32.const 16
i32.add
global.set 0
local.get 3
)
(func (;63;) (type 9) (param i32 i32 i32 i32) (result i32)
(local i32)
i32.const 0
local.set 4
block ;; label = @1
local.get 1
local.get 3
i32.ne
br_if 0 (;@1;)
local.get 0
local.get 2
local.get 1
call 493
i32.eqz
local.set 4
end
local.get 4
)
(func (;64;) (type 1) (param i32 i32) (result i32)
local.get 0
local.get 1
call 65
)
(func (;65;) (type 1) (param i32 i32) (result i32)
block ;; label = @1
local.get 0
i32.load8_u
br_if 0 (;@1;)
local.get 1
i32.const 79840
i32.const 5
call 68
return
end
local.get 1
i32.const 73964
i32.const 4
call 68
)
(func (;66;) (type 12) (param i32) (result i32)
(local i32)
i32.const 12
call 53
local.tee 1
local.get 0
i32.load offset=8
i32.store offset=8
local.get 1
local.get 0
i64.load align=4
i64.store align=4
local.get 1
)
(func (;67;) (type 1) (param i32 i32) (result i32)
local.get 1
local.get 0
i32.load offset=4
local.get 0
i32.load offset=8
call 68
)
(func (;68;) (type 0) (param i32 i32 i32) (result i32)
(local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
block ;; label = @1
block ;; label = @2
local.get 0
i32.load offset=8
local.tee 3
i32.const 402653184
i32.and
i32.eqz
br_if 0 (;@2;)
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
local.get 3
i32.const 268435456
i32.and
i32.eqz
br_if 0 (;@7;)
local.get 0
i32.load16_u offset=14
local.tee 4
br_if 1 (;@6;)
i32.const 0
local.set 2
br 2 (;@5;)
end
block ;; label = @7
local.get 2
i32.const 16
i32.lt_u
br_if 0 (;@7;)
local.get 2
local.get 1
local.get 1
i32.const 3
i32.add
i32.const -4
i32.and
local.tee 5
i32.sub
local.tee 6
i32.add
local.tee 7
i32.const 3
i32.and
local.set 8
i32.const 0
local.set 9
i32.const 0
local.set 4
block ;; label = @8
local.get 1
local.get 5
i32.eq
br_if 0 (;@8;)
i32.const 0
local.set 4
local.get 1
local.set 10
loop ;; label = @9
local.get 4
local.get 10
i32.load8_s
i32.const -65
i32.gt_s
i32.add
local.set 4
local.get 10
i32.const 1
i32.add
local.set 10
local.get 6
i32.const 1
i32.add
local.tee 6
br_if 0 (;@9;)
end
end
block ;; label = @8
local.get 8
i32.eqz
br_if 0 (;@8;)
local.get 5
local.get 7
i32.const 2147483644
i32.and
i32.add
local.set 10
i32.const 0
local.set 9
loop ;; label = @9
local.get 9
local.get 10
i32.load8_s
i32.const -65
i32.gt_s
i32.add
local.set 9
local.get 10
i32.const 1
i32.add
local.set 10
local.get 8
i32.const -1
i32.add
local.tee 8
br_if 0 (;@9;)
end
end
local.get 7
i32.const 2
i32.shr_u
local.set 6
local.get 9
local.get 4
i32.add
local.set 4
loop ;; label = @8
local.get 5
local.set 7
local.get 6
i32.eqz
br_if 5 (;@3;)
local.get 6
i32.const 192
local.get 6
i32.const 192
i32.lt_u
select
local.tee 11
i32.const 3
i32.and
local.set 12
block ;; label = @9
block ;; label = @10
local.get 11
i32.const 2
i32.shl
local.tee 13
i32.const 1008
i32.and
local.tee 10
br_if 0 (;@10;)
i32.const 0
local.set 9
br 1 (;@9;)
end
local.get 7
local.get 10
i32.add
local.set 5
i32.const 0
local.set 9
local.get 7
local.set 10
loop ;; label = @10
local.get 10
i32.const 12
i32.add
i32.load
local.tee 8
i32.const -1
i32.xor
i32.const 7
i32.shr_u
local.get 8
i32.const 6
i32.shr_u
i32.or
i32.const 16843009
i32.and
local.get 10
i32.const 8
i32.add
i32.load
local.tee 8
i32.const -1
i32.xor
i32.const 7
i32.shr_u
local.get 8
i32.const 6
i32.shr_u
i32.or
i32.const 16843009
i32.and
local.get 10
i32.const 4
i32.add
i32.load
local.tee 8
i32.const -1
i32.xor
i32.const 7
i32.shr_u
local.get 8
i32.const 6
i32.shr_u
i32.or
i32.const 16843009
i32.and
local.get 10
i32.load
local.tee 8
i32.const -1
i32.xor
i32.const 7
i32.shr_u
local.get 8
i32.const 6
i32.shr_u
i32.or
i32.const 16843009
i32.and
local.get 9
i32.add
i32.add
i32.add
i32.add
local.set 9
local.get 10
i32.const 16
i32.add
local.tee 10
local.get 5
i32.ne
br_if 0 (;@10;)
end
end
local.get 6
local.get 11
i32.sub
local.set 6
local.get 7
local.get 13
i32.add
local.set 5
local.get 9
i32.const 8
i32.shr_u
i32.const 16711935
i32.and
local.get 9
i32.const 16711935
i32.and
i32.add
i32.const 65537
i32.mul
i32.const 16
i32.shr_u
local.get 4
i32.add
local.set 4
local.get 12
i32.eqz
br_if 0 (;@8;)
end
local.get 12
i32.const 2
i32.shl
local.set 8
local.get 7
local.get 11
i32.const 252
i32.and
i32.const 2
i32.shl
i32.add
local.set 10
i32.const 0
local.set 9
loop ;; label = @8
local.get 10
i32.load
local.tee 5
i32.const -1
i32.xor
i32.const 7
i32.shr_u
local.get 5
i32.const 6
i32.shr_u
i32.or
i32.const 16843009
i32.and
local.get 9
i32.add
local.set 9
local.get 10
i32.const 4
i32.add
local.set 10
local.get 8
i32.const -4
i32.add
local.tee 8
br_if 0 (;@8;)
end
local.get 9
i32.const 8
i32.shr_u
i32.const 16711935
i32.and
local.get 9
i32.const 16711935
i32.and
i32.add
i32.const 65537
i32.mul
i32.const 16
i32.shr_u
local.get 4
i32.add
local.set 4
br 4 (;@3;)
end
i32.const 0
local.set 4
local.get 2
i32.eqz
br_if 3 (;@3;)
local.get 1
local.set 10
local.get 2
local.set 9
loop ;; label = @7
local.get 4
local.get 10
i32.load8_s
i32.const -65
i32.gt_s
i32.add
local.set 4
local.get 10
i32.const 1
i32.add
local.set 10
local.get 9
i32.const -1
i32.add
local.tee 9
br_if 0 (;@7;)
br 4 (;@3;)
end
end
local.get 1
local.get 2
i32.add
local.set 5
i32.const 0
local.set 2
local.get 1
local.set 9
local.get 4
local.set 8
loop ;; label = @6
local.get 9
local.tee 10
local.get 5
i32.eq
br_if 2 (;@4;)
block ;; label = @7
block ;; label = @8
local.get 10
i32.load8_s
local.tee 9
i32.const -1
i32.le_s
br_if 0 (;@8;)
local.get 10
i32.const 1
i32.add
local.set 9
br 1 (;@7;)
end
block ;; label = @8
local.get 9
i32.const -32
i32.ge_u
br_if 0 (;@8;)
local.get 10
i32.const 2
i32.add
local.set 9
br 1 (;@7;)
end
local.get 10
i32.const 4
i32.const 3
local.get 9
i32.const -17
i32.gt_u
select
i32.add
local.set 9
end
local.get 9
local.get 10
i32.sub
local.get 2
i32.add
local.set 2
local.get 8
i32.const -1
i32.add
local.tee 8
br_if 0 (;@6;)
end
end
i32.const 0
local.set 8
end
local.get 4
local.get 8
i32.sub
local.set 4
end
local.get 4
local.get 0
i32.load16_u offset=12
local.tee 10
i32.ge_u
br_if 0 (;@2;)
local.get 10
local.get 4
i32.sub
local.set 7
i32.const 0
local.set 10
i32.const 0
local.set 6
block ;; label = @3
block ;; label = @4
block ;; label = @5
local.get 3
i32.const 29
i32.shr_u
i32.const 3
i32.and
br_table 2 (;@3;) 0 (;@5;) 1 (;@4;) 2 (;@3;) 2 (;@3;)
end
local.get 7
local.set 6
br 1 (;@3;)
end
local.get 7
i32.const 65534
i32.and
i32.const 1
i32.shr_u
local.set 6
end
local.get 3
i32.const 2097151
i32.and
local.set 4
local.get 0
i32.load offset=4
local.set 8
local.get 0
i32.load
local.set 5
block ;; label = @3
loop ;; label = @4
local.get 10
i32.const 65535
i32.and
local.get 6
i32.const 65535
i32.and
i32.ge_u
br_if 1 (;@3;)
i32.const 1
local.set 9
local.get 10
i32.const 1
i32.add
local.set 10
local.get 5
local.get 4
local.get 8
i32.load offset=16
call_indirect (type 1)
br_if 3 (;@1;)
br 0 (;@4;)
end
end
i32.const 1
local.set 9
local.get 5
local.get 1
local.get 2
local.get 8
i32.load offset=12
call_indirect (type 0)
br_if 1 (;@1;)
local.get 7
local.get 6
i32.sub
i32.const 65535
i32.and
local.set 6
i32.const 0
local.set 10
loop ;; label = @3
block ;; label = @4
local.get 10
i32.const 65535
i32.and
local.get 6
i32.lt_u
br_if 0 (;@4;)
i32.const 0
return
end
i32.const 1
local.set 9
local.get 10
i32.const 1
i32.add
local.set 10
local.get 5
local.get 4
local.get 8
i32.load offset=16
call_indirect (type 1)
br_if 2 (;@1;)
br 0 (;@3;)
end
end
local.get 0
i32.load
local.get 1
local.get 2
local.get 0
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 9
end
local.get 9
)
(func (;69;) (type 1) (param i32 i32) (result i32)
local.get 0
i32.load offset=4
local.get 0
i32.load offset=8
local.get 1
i32.load
local.get 1
i32.load offset=4
call 70
)
(func (;70;) (type 9) (param i32 i32 i32 i32) (result i32)
(local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 4
global.set 0
i32.const 1
local.set 5
block ;; label = @1
local.get 2
i32.const 34
local.get 3
i32.load offset=16
local.tee 6
call_indirect (type 1)
br_if 0 (;@1;)
block ;; label = @2
block ;; label = @3
block ;; label = @4
local.get 1
br_if 0 (;@4;)
i32.const 0
local.set 1
i32.const 0
local.set 7
br 1 (;@3;)
end
i32.const 0
local.set 8
i32.const 0
local.set 9
local.get 1
local.set 10
local.get 0
local.set 11
loop ;; label = @4
local.get 11
local.get 10
i32.add
local.set 12
i32.const 0
local.set 7
block ;; label = @5
block ;; label = @6
loop ;; label = @7
local.get 11
local.get 7
i32.add
local.tee 13
i32.load8_u
local.tee 14
i32.const -127
i32.add
i32.const 255
i32.and
i32.const 161
i32.lt_u
br_if 1 (;@6;)
local.get 14
i32.const 34
i32.eq
br_if 1 (;@6;)
local.get 14
i32.const 92
i32.eq
br_if 1 (;@6;)
local.get 10
local.get 7
i32.const 1
i32.add
local.tee 7
i32.ne
br_if 0 (;@7;)
end
local.get 9
local.get 10
i32.add
local.set 9
br 1 (;@5;)
end
block ;; label = @6
block ;; label = @7
local.get 13
i32.load8_s
local.tee 14
i32.const -1
i32.le_s
br_if 0 (;@7;)
local.get 13
i32.const 1
i32.add
local.set 11
local.get 14
i32.const 255
i32.and
local.set 14
br 1 (;@6;)
end
local.get 13
i32.load8_u offset=1
i32.const 63
i32.and
local.set 10
local.get 14
i32.const 31
i32.and
local.set 11
block ;; label = @7
local.get 14
i32.const -33
i32.gt_u
br_if 0 (;@7;)
local.get 11
i32.const 6
i32.shl
local.get 10
i32.or
local.set 14
local.get 13
i32.const 2
i32.add
local.set 11
br 1 (;@6;)
end
local.get 10
i32.const 6
i32.shl
local.get 13
i32.load8_u offset=2
i32.const 63
i32.and
i32.or
local.set 10
block ;; label = @7
local.get 14
i32.const -16
i32.ge_u
br_if 0 (;@7;)
local.get 10
local.get 11
i32.const 12
i32.shl
i32.or
local.set 14
local.get 13
i32.const 3
i32.add
local.set 11
br 1 (;@6;)
end
local.get 10
i32.const 6
i32.shl
local.get 13
i32.load8_u offset=3
i32.const 63
i32.and
i32.or
local.get 11
i32.const 18
i32.shl
i32.const 1835008
i32.and
i32.or
local.set 14
local.get 13
i32.const 4
i32.add
local.set 11
end
local.get 7
local.get 9
i32.add
local.set 7
local.get 4
local.get 14
i32.const 65537
call 344
block ;; label = @6
local.get 4
i32.load8_u offset=13
local.tee 13
local.get 4
i32.load8_u offset=12
local.tee 10
i32.sub
local.tee 9
i32.const 255
i32.and
i32.const 1
i32.eq
br_if 0 (;@6;)
block ;; label = @7
block ;; label = @8
block ;; label = @9
local.get 7
local.get 8
i32.lt_u
br_if 0 (;@9;)
block ;; label = @10
local.get 8
i32.eqz
br_if 0 (;@10;)
block ;; label = @11
local.get 8
local.get 1
i32.lt_u
br_if 0 (;@11;)
local.get 8
local.get 1
i32.ne
br_if 2 (;@9;)
br 1 (;@10;)
end
local.get 0
local.get 8
i32.add
i32.load8_s
i32.const -65
i32.le_s
br_if 1 (;@9;)
end
block ;; label = @10
local.get 7
i32.eqz
br_if 0 (;@10;)
block ;; label = @11
local.get 7
local.get 1
i32.lt_u
br_if 0 (;@11;)
local.get 7
local.get 1
i32.eq
br_if 1 (;@10;)
br 2 (;@9;)
end
local.get 0
local.get 7
i32.add
i32.load8_s
i32.const -65
i32.le_s
br_if 1 (;@9;)
end
local.get 2
local.get 0
local.get 8
i32.add
local.get 7
local.get 8
i32.sub
local.get 3
i32.load offset=12
local.tee 8
call_indirect (type 0)
i32.eqz
br_if 1 (;@8;)
br 2 (;@7;)
end
local.get 0
local.get 1
local.get 8
local.get 7
i32.const 73968
call 313
unreachable
end
block ;; label = @8
block ;; label = @9
local.get 13
i32.const 129
i32.lt_u
br_if 0 (;@9;)
local.get 2
local.get 4
i32.load
local.get 6
call_indirect (type 1)
br_if 2 (;@7;)
br 1 (;@8;)
end
local.get 2
local.get 4
local.get 10
i32.add
local.get 9
local.get 8
call_indirect (type 0)
br_if 1 (;@7;)
end
block ;; label = @8
local.get 14
i32.const 128
i32.ge_u
br_if 0 (;@8;)
i32.const 1
local.get 7
i32.add
local.set 8
br 2 (;@6;)
end
block ;; label = @8
local.get 14
i32.const 2048
i32.ge_u
br_if 0 (;@8;)
i32.const 2
local.get 7
i32.add
local.set 8
br 2 (;@6;)
end
i32.const 3
i32.const 4
local.get 14
i32.const 65536
i32.lt_u
select
local.get 7
i32.add
local.set 8
br 1 (;@6;)
end
i32.const 1
local.set 5
br 5 (;@1;)
end
block ;; label = @6
block ;; label = @7
local.get 14
i32.const 128
i32.ge_u
br_if 0 (;@7;)
i32.const 1
local.set 14
br 1 (;@6;)
end
block ;; label = @7
local.get 14
i32.const 2048
i32.ge_u
br_if 0 (;@7;)
i32.const 2
local.set 14
br 1 (;@6;)
end
i32.const 3
i32.const 4
local.get 14
i32.const 65536
i32.lt_u
select
local.set 14
end
local.get 14
local.get 7
i32.add
local.set 9
local.get 12
local.get 11
i32.sub
local.tee 10
br_if 1 (;@4;)
end
end
local.get 8
local.get 9
i32.gt_u
br_if 1 (;@2;)
i32.const 0
local.set 7
block ;; label = @4
local.get 8
i32.eqz
br_if 0 (;@4;)
block ;; label = @5
local.get 8
local.get 1
i32.lt_u
br_if 0 (;@5;)
local.get 1
local.set 7
local.get 8
local.get 1
i32.ne
br_if 3 (;@2;)
br 1 (;@4;)
end
local.get 8
local.set 7
local.get 0
local.get 8
i32.add
i32.load8_s
i32.const -65
i32.le_s
br_if 2 (;@2;)
end
block ;; label = @4
local.get 9
br_if 0 (;@4;)
i32.const 0
local.set 1
br 1 (;@3;)
end
block ;; label = @4
local.get 9
local.get 1
i32.lt_u
br_if 0 (;@4;)
local.get 9
local.get 1
i32.eq
br_if 1 (;@3;)
local.get 7
local.set 8
br 2 (;@2;)
end
block ;; label = @4
local.get 0
local.get 9
i32.add
i32.load8_s
i32.const -65
i32.gt_s
br_if 0 (;@4;)
local.get 7
local.set 8
br 2 (;@2;)
end
local.get 9
local.set 1
end
local.get 2
local.get 0
local.get 7
i32.add
local.get 1
local.get 7
i32.sub
local.get 3
i32.load offset=12
call_indirect (type 0)
br_if 1 (;@1;)
local.get 2
i32.const 34
local.get 6
call_indirect (type 1)
local.set 5
br 1 (;@1;)
end
local.get 0
local.get 1
local.get 8
local.get 9
i32.const 73984
call 313
unreachable
end
local.get 4
i32.const 16
i32.add
global.set 0
local.get 5
)
(func (;71;) (type 2) (param i32 i32)
(local i32)
block ;; label = @1
local.get 0
i32.load offset=8
local.tee 2
local.get 0
i32.load
i32.ne
br_if 0 (;@1;)
local.get 0
call 72
end
local.get 0
local.get 2
i32.const 1
i32.add
i32.store offset=8
local.get 0
i32.load offset=4
local.get 2
i32.add
local.get 1
i32.store8
)
(func (;72;) (type 3) (param i32)
(local i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 1
global.set 0
local.get 1
i32.const 4
i32.add
local.get 0
i32.load
local.tee 2
local.get 0
i32.load offset=4
local.get 2
i32.const 1
i32.shl
local.tee 2
i32.const 8
local.get 2
i32.const 8
i32.gt_u
select
local.tee 2
call 327
block ;; label = @1
local.get 1
i32.load offset=4
i32.const 1
i32.ne
br_if 0 (;@1;)
local.get 1
i32.load offset=8
local.get 1
i32.load offset=12
call 125
unreachable
end
local.get 1
i32.load offset=8
local.set 3
local.get 0
local.get 2
i32.store
local.get 0
local.get 3
i32.store offset=4
local.get 1
i32.const 16
i32.add
global.set 0
)
(func (;73;) (type 0) (param i32 i32 i32) (result i32)
(local i32 i32)
i32.const 2
local.set 3
block ;; label = @1
local.get 0
local.get 2
call 74
i32.const 255
i32.and
i32.const 16
i32.ne
br_if 0 (;@1;)
local.get 2
local.get 0
i32.load offset=8
local.get 0
i32.load offset=4
local.tee 4
i32.sub
i32.gt_u
br_if 0 (;@1;)
block ;; label = @2
local.get 2
i32.eqz
br_if 0 (;@2;)
local.get 4
local.get 1
local.get 2
memory.copy
end
local.get 0
local.get 4
local.get 2
i32.add
i32.store offset=4
i32.const 16
local.set 3
end
local.get 3
)
(func (;74;) (type 1) (param i32 i32) (result i32)
(local i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 0
i32.store8 offset=12
local.get 2
i32.const 0
i32.store offset=8
local.get 2
local.get 1
local.get 2
i32.const 8
i32.add
call 245
i32.const 2
local.set 1
block ;; label = @1
local.get 2
i32.load offset=4
local.tee 3
local.get 0
i32.load offset=8
local.get 0
i32.load offset=4
local.tee 4
i32.sub
i32.gt_u
br_if 0 (;@1;)
block ;; label = @2
local.get 3
i32.eqz
br_if 0 (;@2;)
local.get 4
local.get 2
i32.load
local.get 3
memory.copy
end
local.get 0
local.get 4
local.get 3
i32.add
i32.store offset=4
i32.const 16
local.set 1
end
local.get 2
i32.const 16
i32.add
global.set 0
local.get 1
)
(func (;75;) (type 13) (param i32 i32 i32)
local.get 0
local.get 2
call 76
local.get 0
local.get 1
local.get 2
call 77
)
(func (;76;) (type 2) (param i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 0
i32.store8 offset=12
local.get 2
i32.const 0
i32.store offset=8
local.get 2
local.get 1
local.get 2
i32.const 8
i32.add
call 245
local.get 0
local.get 2
i32.load
local.get 2
i32.load offset=4
call 77
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;77;) (type 13) (param i32 i32 i32)
local.get 0
local.get 1
local.get 1
local.get 2
i32.add
call 315
)
(func (;78;) (type 2) (param i32 i32)
(local i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 8
i32.add
local.get 1
call 79
block ;; label = @1
block ;; label = @2
local.get 2
i32.load8_u offset=8
i32.const 1
i32.ne
br_if 0 (;@2;)
local.get 2
i32.load8_u offset=9
local.set 1
local.get 0
i32.const 2
i32.store8
local.get 0
local.get 1
i32.store8 offset=1
br 1 (;@1;)
end
local.get 2
local.get 2
i32.load offset=12
call 80
local.get 2
i32.load8_u offset=1
local.set 3
block ;; label = @2
local.get 2
i32.load8_u
i32.eqz
br_if 0 (;@2;)
local.get 0
i32.const 2
i32.store8
local.get 0
local.get 3
i32.store8 offset=1
br 1 (;@1;)
end
local.get 0
local.get 1
i32.store offset=4
local.get 0
local.get 3
i32.const 1
i32.and
i32.store8
end
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;79;) (type 2) (param i32 i32)
(local i32 i32 i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
i32.const -1
local.set 3
i32.const 0
local.set 4
i32.const 0
local.set 5
block ;; label = @1
block ;; label = @2
loop ;; label = @3
block ;; label = @4
block ;; label = @5
local.get 3
i32.const 4
i32.eq
br_if 0 (;@5;)
local.get 2
i32.const 8
i32.add
local.get 1
call 243
local.get 2
i32.load8_u offset=9
local.set 6
local.get 2
i32.load8_u offset=8
i32.eqz
br_if 1 (;@4;)
local.get 0
local.get 6
i32.store8 offset=1
br 3 (;@2;)
end
local.get 0
i32.const 5
i32.store8 offset=1
br 2 (;@2;)
end
local.get 3
i32.const 1
i32.add
local.set 3
local.get 6
i32.const 127
i32.and
local.get 4
i32.shl
local.get 5
i32.or
local.set 5
local.get 4
i32.const 7
i32.add
local.set 4
local.get 6
i32.extend8_s
i32.const 0
i32.lt_s
br_if 0 (;@3;)
end
block ;; label = @3
block ;; label = @4
local.get 3
i32.const 4
i32.ne
br_if 0 (;@4;)
local.get 6
i32.const 255
i32.and
i32.const 15
i32.gt_u
br_if 1 (;@3;)
end
local.get 0
local.get 5
i32.store offset=4
i32.const 0
local.set 3
br 2 (;@1;)
end
local.get 0
i32.const 5
i32.store8 offset=1
end
i32.const 1
local.set 3
end
local.get 0
local.get 3
i32.store8
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;80;) (type 2) (param i32 i32)
(local i32 i32)
i32.const 0
local.set 2
i32.const 0
local.set 3
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 1
br_table 2 (;@1;) 1 (;@2;) 0 (;@3;)
end
i32.const 1
local.set 2
i32.const 14
local.set 3
br 1 (;@1;)
end
i32.const 1
local.set 3
end
local.get 0
local.get 3
i32.store8 offset=1
local.get 0
local.get 2
i32.store8
)
(func (;81;) (type 17) (param i64 i32)
(local i32)
global.get 0
i32.const 32
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 0
i32.store16 offset=24
local.get 2
i64.const 0
i64.store offset=16
local.get 2
i32.const 8
i32.add
local.get 0
local.get 2
i32.const 16
i32.add
call 82
local.get 1
local.get 2
i32.load offset=8
local.get 2
i32.load offset=12
call 77
local.get 2
i32.const 32
i32.add
global.set 0
)
(func (;82;) (type 18) (param i32 i64 i32)
(local i32 i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 3
global.set 0
i32.const 0
local.set 4
block ;; label = @1
loop ;; label = @2
block ;; label = @3
local.get 4
i32.const 10
i32.ne
br_if 0 (;@3;)
i32.const 10
local.set 4
br 2 (;@1;)
end
local.get 2
local.get 4
i32.add
local.tee 5
local.get 1
i32.wrap_i64
local.tee 6
i32.store8
block ;; label = @3
local.get 1
i64.const 128
i64.lt_u
br_if 0 (;@3;)
local.get 5
local.get 6
i32.const 128
i32.or
i32.store8
local.get 1
i64.const 7
i64.shr_u
local.set 1
local.get 4
i32.const 1
i32.add
local.set 4
br 1 (;@2;)
end
end
local.get 3
i32.const 8
i32.add
local.get 4
local.get 2
i32.const 10
i32.const 81036
call 246
local.get 3
i32.load offset=12
local.set 4
local.get 3
i32.load offset=8
local.set 2
end
local.get 0
local.get 2
i32.store
local.get 0
local.get 4
i32.store offset=4
local.get 3
i32.const 16
i32.add
global.set 0
)
(func (;83;) (type 16) (param i32 i32 i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 4
global.set 0
local.get 4
local.get 3
i32.const 256
i32.add
i32.store offset=12
local.get 4
local.get 3
i32.store offset=8
local.get 4
local.get 3
i32.store offset=4
i32.const 0
local.set 5
i32.const 2
local.set 3
block ;; label = @1
local.get 4
i32.const 4
i32.add
local.get 2
call 74
i32.const 255
i32.and
i32.const 16
i32.ne
br_if 0 (;@1;)
local.get 2
i32.const 3
i32.shl
local.set 3
block ;; label = @2
loop ;; label = @3
local.get 3
i32.eqz
br_if 1 (;@2;)
local.get 3
i32.const -8
i32.add
local.set 3
local.get 1
i32.load offset=4
local.set 2
local.get 1
i32.load
local.set 6
local.get 1
i32.const 8
i32.add
local.set 1
local.get 4
i32.const 4
i32.add
local.get 6
local.get 2
call 73
local.tee 2
i32.const 255
i32.and
i32.const 16
i32.eq
br_if 0 (;@3;)
end
local.get 2
i32.const 255
i32.and
local.set 3
br 1 (;@1;)
end
local.get 4
i32.load offset=8
local.get 4
i32.load offset=4
local.tee 5
i32.sub
i32.const 2
local.get 5
select
local.set 3
end
local.get 0
local.get 3
i32.store offset=4
local.get 0
local.get 5
i32.store
local.get 4
i32.const 16
i32.add
global.set 0
)
(func (;84;) (type 13) (param i32 i32 i32)
(local i32 i64)
global.get 0
i32.const 48
i32.sub
local.tee 3
global.set 0
local.get 3
local.get 1
i32.store offset=12
local.get 3
local.get 1
local.get 2
i32.add
i32.store offset=16
local.get 3
i32.const 24
i32.add
local.get 3
i32.const 12
i32.add
call 78
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
local.get 3
i32.load8_u offset=24
local.tee 1
i32.const 2
i32.ne
br_if 0 (;@5;)
local.get 3
i32.load8_u offset=25
local.set 1
br 1 (;@4;)
end
local.get 3
i32.load offset=28
local.set 2
block ;; label = @5
local.get 1
i32.const 1
i32.and
i32.eqz
br_if 0 (;@5;)
local.get 3
i32.const 32
i32.add
local.get 2
call 85
local.get 3
i32.load8_u offset=36
local.set 1
local.get 3
i32.load offset=32
local.tee 2
i32.const 6
i32.eq
br_if 1 (;@4;)
local.get 3
local.get 3
i32.load8_u offset=39
i32.store8 offset=22
local.get 3
local.get 3
i32.load16_u offset=37 align=1
i32.store16 offset=20
local.get 3
i64.load offset=40 align=4
local.set 4
br 3 (;@2;)
end
local.get 3
i32.const 32
i32.add
local.get 2
call 86
local.get 3
i32.load8_u offset=32
i32.eqz
br_if 1 (;@3;)
local.get 3
i32.load8_u offset=33
local.set 1
end
local.get 0
i32.const 7
i32.store
local.get 0
local.get 1
i32.store8 offset=4
br 2 (;@1;)
end
local.get 3
i64.load offset=40
local.set 4
i32.const 6
local.set 2
end
local.get 0
local.get 1
i32.store8 offset=4
local.get 0
local.get 2
i32.store
local.get 0
local.get 3
i32.load16_u offset=20
i32.store16 offset=5 align=1
local.get 0
local.get 3
i32.load8_u offset=22
i32.store8 offset=7
local.get 0
local.get 4
i64.store offset=8
end
local.get 3
i32.const 48
i32.add
global.set 0
)
(func (;85;) (type 2) (param i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 4
i32.add
local.get 1
call 410
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 2
i32.load8_u offset=4
i32.const 1
i32.ne
br_if 0 (;@3;)
local.get 2
i32.load8_u offset=5
local.set 3
br 1 (;@2;)
end
i32.const 14
local.set 3
local.get 2
i32.load offset=8
local.tee 4
i32.const 5
i32.gt_u
br_if 0 (;@2;)
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
block ;; label = @8
local.get 4
br_table 0 (;@8;) 1 (;@7;) 4 (;@4;) 2 (;@6;) 3 (;@5;) 5 (;@3;) 0 (;@8;)
end
local.get 2
i32.const 4
i32.add
local.get 1
call 134
block ;; label = @8
block ;; label = @9
local.get 2
i32.load offset=4
i32.const -2147483648
i32.ne
br_if 0 (;@9;)
local.get 0
local.get 2
i32.load8_u offset=8
i32.store8 offset=4
i32.const 6
local.set 1
br 1 (;@8;)
end
local.get 0
local.get 2
i32.load offset=12
i32.store offset=12
local.get 0
local.get 2
i64.load offset=4 align=4
i64.store offset=4 align=4
i32.const 0
local.set 1
end
local.get 0
local.get 1
i32.store
br 6 (;@1;)
end
local.get 2
i32.const 4
i32.add
local.get 1
call 134
block ;; label = @7
block ;; label = @8
local.get 2
i32.load offset=4
i32.const -2147483648
i32.ne
br_if 0 (;@8;)
local.get 0
local.get 2
i32.load8_u offset=8
i32.store8 offset=4
i32.const 6
local.set 1
br 1 (;@7;)
end
local.get 0
local.get 2
i32.load offset=12
i32.store offset=12
local.get 0
local.get 2
i64.load offset=4 align=4
i64.store offset=4 align=4
i32.const 1
local.set 1
end
local.get 0
local.get 1
i32.store
br 5 (;@1;)
end
local.get 2
i32.const 4
i32.add
local.get 1
call 134
block ;; label = @6
block ;; label = @7
local.get 2
i32.load offset=4
i32.const -2147483648
i32.ne
br_if 0 (;@7;)
local.get 0
local.get 2
i32.load8_u offset=8
i32.store8 offset=4
i32.const 6
local.set 1
br 1 (;@6;)
end
local.get 0
local.get 2
i32.load offset=12
i32.store offset=12
local.get 0
local.get 2
i64.load offset=4 align=4
i64.store offset=4 align=4
i32.const 3
local.set 1
end
local.get 0
local.get 1
i32.store
br 4 (;@1;)
end
local.get 2
i32.const 4
i32.add
local.get 1
call 134
block ;; label = @5
block ;; label = @6
local.get 2
i32.load offset=4
i32.const -2147483648
i32.ne
br_if 0 (;@6;)
local.get 0
local.get 2
i32.load8_u offset=8
i32.store8 offset=4
i32.const 6
local.set 1
br 1 (;@5;)
end
local.get 0
local.get 2
i32.load offset=12
i32.store offset=12
local.get 0
local.get 2
i64.load offset=4 align=4
i64.store offset=4 align=4
i32.const 4
local.set 1
end
local.get 0
local.get 1
i32.store
br 3 (;@1;)
end
local.get 0
i32.const 2
i32.store
br 2 (;@1;)
end
local.get 0
i32.const 5
i32.store
br 1 (;@1;)
end
local.get 0
i32.const 6
i32.store
local.get 0
local.get 3
i32.store8 offset=4
end
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;86;) (type 2) (param i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
local.get 1
call 94
i32.const 1
local.set 1
block ;; label = @1
block ;; label = @2
local.get 2
i32.load8_u
i32.const 1
i32.ne
br_if 0 (;@2;)
local.get 0
local.get 2
i32.load8_u offset=1
i32.store8 offset=1
br 1 (;@1;)
end
local.get 0
local.get 2
i64.load offset=8
i64.store offset=8
i32.const 0
local.set 1
end
local.get 0
local.get 1
i32.store8
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;87;) (type 13) (param i32 i32 i32)
(local i32 i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 96
i32.sub
local.tee 3
global.set 0
local.get 3
local.get 1
i32.store offset=12
local.get 3
local.get 1
local.get 2
i32.add
i32.store offset=16
local.get 3
i32.const 68
i32.add
local.get 3
i32.const 12
i32.add
call 79
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 3
i32.load8_u offset=68
i32.const 1
i32.ne
br_if 0 (;@3;)
local.get 3
i32.load8_u offset=69
local.set 4
br 1 (;@2;)
end
i32.const 0
local.set 1
local.get 3
i32.const 0
local.get 3
i32.load offset=72
local.tee 5
i32.const 37449
local.get 5
i32.const 37449
i32.lt_u
select
local.get 3
i32.load offset=16
local.get 3
i32.load offset=12
i32.sub
local.get 5
i32.lt_u
select
i32.const 4
i32.const 28
call 48
local.get 3
i32.const 0
i32.store offset=36
local.get 3
local.get 3
i32.load offset=4
local.tee 6
i32.store offset=32
local.get 3
local.get 3
i32.load
i32.store offset=28
i32.const 5
local.set 7
local.get 3
i32.const 68
i32.add
i32.const 5
i32.add
local.set 8
loop ;; label = @3
block ;; label = @4
block ;; label = @5
local.get 5
local.get 1
i32.eq
br_if 0 (;@5;)
local.get 3
i32.const 68
i32.add
local.get 3
i32.const 12
i32.add
call 88
local.get 3
i32.load8_u offset=72
local.set 4
local.get 3
i32.load offset=68
local.tee 9
i32.const -2147483647
i32.ne
br_if 1 (;@4;)
local.get 3
i32.load offset=32
local.tee 7
local.set 2
loop ;; label = @6
block ;; label = @7
block ;; label = @8
local.get 1
i32.eqz
br_if 0 (;@8;)
block ;; label = @9
local.get 2
i32.load
i32.const -2147483648
i32.eq
br_if 0 (;@9;)
local.get 2
call 89
br 2 (;@7;)
end
local.get 2
i32.const 4
i32.add
call 90
br 1 (;@7;)
end
local.get 3
i32.load offset=28
local.get 7
call 91
br 5 (;@2;)
end
local.get 1
i32.const -1
i32.add
local.set 1
local.get 2
i32.const 28
i32.add
local.set 2
br 0 (;@6;)
end
end
local.get 3
local.get 3
i32.load offset=33 align=1
i32.store offset=20
local.get 3
local.get 3
i32.load offset=36 align=1
i32.store offset=23 align=1
local.get 3
i32.load8_u offset=32
local.set 4
local.get 3
i32.load offset=28
local.tee 1
i32.const -2147483648
i32.eq
br_if 2 (;@2;)
local.get 0
local.get 3
i32.load offset=23 align=1
i32.store offset=8 align=1
local.get 0
local.get 3
i32.load offset=20
i32.store offset=5 align=1
local.get 0
local.get 4
i32.store8 offset=4
local.get 0
local.get 1
i32.store
br 3 (;@1;)
end
local.get 3
local.get 8
i64.load offset=15 align=1
i64.store offset=55 align=1
local.get 3
local.get 8
i64.load offset=8 align=1
i64.store offset=48
local.get 3
local.get 8
i64.load align=1
i64.store offset=40
block ;; label = @4
local.get 1
local.get 3
i32.load offset=28
i32.ne
br_if 0 (;@4;)
local.get 3
i32.const 28
i32.add
call 92
local.get 3
i32.load offset=32
local.set 6
end
local.get 6
local.get 7
i32.add
local.tee 2
i32.const -1
i32.add
local.get 4
i32.store8
local.get 2
i32.const -5
i32.add
local.get 9
i32.store
local.get 2
local.get 3
i64.load offset=40
i64.store align=1
local.get 2
local.get 3
i64.load offset=48
i64.store offset=8 align=1
local.get 2
local.get 3
i64.load offset=55 align=1
i64.store offset=15 align=1
local.get 3
local.get 1
i32.const 1
i32.add
local.tee 1
i32.store offset=36
local.get 7
i32.const 28
i32.add
local.set 7
br 0 (;@3;)
end
end
local.get 0
i32.const -2147483648
i32.store
local.get 0
local.get 4
i32.store8 offset=4
end
local.get 3
i32.const 96
i32.add
global.set 0
)
(func (;88;) (type 2) (param i32 i32)
(local i32 i32 i32 i32 i32 i32 i32 i64 i64 i64)
global.get 0
i32.const 48
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 4
i32.add
local.get 1
call 417
block ;; label = @1
block ;; label = @2
local.get 2
i32.load8_u offset=4
local.tee 1
i32.const 2
i32.ne
br_if 0 (;@2;)
local.get 0
local.get 2
i32.load8_u offset=5
i32.store8 offset=4
local.get 0
i32.const -2147483647
i32.store
br 1 (;@1;)
end
local.get 2
i32.load offset=8
local.set 3
block ;; label = @2
local.get 1
i32.const 1
i32.and
i32.eqz
br_if 0 (;@2;)
local.get 2
i32.const 20
i32.add
local.get 3
call 85
block ;; label = @3
block ;; label = @4
local.get 2
i32.load offset=20
i32.const 6
i32.ne
br_if 0 (;@4;)
local.get 0
local.get 2
i32.load8_u offset=24
i32.store8 offset=4
i32.const -2147483647
local.set 1
br 1 (;@3;)
end
local.get 0
local.get 2
i64.load offset=28 align=4
i64.store offset=12 align=4
local.get 0
local.get 2
i64.load offset=20 align=4
i64.store offset=4 align=4
i32.const -2147483648
local.set 1
end
local.get 0
local.get 1
i32.store
br 1 (;@1;)
end
i32.const -1
local.set 1
i32.const 0
local.set 4
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
loop ;; label = @6
i32.const 1281
local.set 5
local.get 1
i32.const 2
i32.eq
br_if 2 (;@4;)
local.get 2
local.get 3
call 243
local.get 2
i32.load8_u offset=1
local.set 6
block ;; label = @7
local.get 2
i32.load8_u
i32.eqz
br_if 0 (;@7;)
local.get 6
i32.const 255
i32.and
i32.const 8
i32.shl
i32.const 1
i32.or
local.set 5
br 2 (;@5;)
end
local.get 6
i32.const 127
i32.and
local.get 1
i32.const 1
i32.add
local.tee 1
i32.const 7
i32.mul
i32.const 65535
i32.and
i32.shl
local.get 4
i32.or
local.set 4
local.get 6
i32.extend8_s
i32.const 0
i32.lt_s
br_if 0 (;@6;)
end
block ;; label = @6
local.get 1
i32.const 2
i32.ne
br_if 0 (;@6;)
local.get 6
i32.const 255
i32.and
i32.const 3
i32.gt_u
br_if 2 (;@4;)
end
local.get 4
i32.const 16
i32.shl
local.set 5
end
local.get 5
i32.const 1
i32.and
i32.eqz
br_if 1 (;@3;)
end
local.get 5
i32.const 65280
i32.and
i32.const 1
i32.or
local.set 1
br 1 (;@2;)
end
local.get 5
i32.const -65536
i32.and
local.set 1
end
i32.const 2
local.get 1
i32.const 8
i32.shl
i32.const 983040
i32.and
i32.const 2
i32.or
local.get 1
i32.const -65536
i32.and
i32.const 1
i32.or
local.get 1
i32.const 1
i32.and
select
local.tee 1
i32.const -16777216
i32.and
local.get 1
i32.const 3
i32.and
local.tee 4
i32.const 2
i32.eq
select
local.get 1
i32.const 16711680
i32.and
i32.or
i32.const 16
i32.shr_u
local.set 6
block ;; label = @2
block ;; label = @3
local.get 4
i32.const 2
i32.eq
br_if 0 (;@3;)
block ;; label = @4
local.get 1
i32.const 1
i32.and
br_if 0 (;@4;)
i32.const 14
local.set 6
br 1 (;@3;)
end
local.get 2
i32.const 20
i32.add
local.get 3
call 412
local.get 2
i32.load8_u offset=24
local.set 1
block ;; label = @4
local.get 2
i32.load offset=20
local.tee 4
i32.const -2147483648
i32.ne
br_if 0 (;@4;)
local.get 1
local.set 6
br 1 (;@3;)
end
local.get 2
local.get 4
i32.store offset=36
local.get 2
local.get 2
i64.load32_u offset=25 align=1
local.get 2
i32.const 31
i32.add
local.tee 5
i64.load8_u
i64.const 48
i64.shl
local.get 2
i32.const 29
i32.add
local.tee 7
i64.load16_u align=1
i64.const 32
i64.shl
i64.or
i64.or
i64.const 8
i64.shl
local.get 1
i64.extend_i32_u
i64.const 255
i64.and
i64.or
i64.store offset=40 align=4
local.get 2
i32.const 20
i32.add
local.get 3
call 413
local.get 2
i32.load8_u offset=24
local.set 3
local.get 2
i32.load offset=20
local.tee 8
i32.const -2147483648
i32.ne
br_if 1 (;@2;)
local.get 2
i32.const 36
i32.add
call 185
local.get 3
local.set 6
end
local.get 0
i32.const -2147483647
i32.store
local.get 0
local.get 6
i32.store8 offset=4
br 1 (;@1;)
end
local.get 2
local.get 2
i32.load offset=41 align=1
i32.store offset=12
local.get 2
local.get 2
i32.load offset=44 align=1
i32.store offset=15 align=1
local.get 5
i64.load8_u
local.set 9
local.get 7
i64.load16_u align=1
local.set 10
local.get 2
i64.load32_u offset=25 align=1
local.set 11
local.get 0
local.get 1
i32.store8 offset=4
local.get 0
local.get 4
i32.store
local.get 0
local.get 2
i32.load offset=12
i32.store offset=5 align=1
local.get 0
local.get 2
i32.load offset=15 align=1
i32.store offset=8 align=1
local.get 0
local.get 6
i32.store16 offset=24
local.get 0
local.get 8
i32.store offset=12
local.get 0
local.get 11
local.get 9
i64.const 48
i64.shl
local.get 10
i64.const 32
i64.shl
i64.or
i64.or
i64.const 8
i64.shl
local.get 3
i64.extend_i32_u
i64.const 255
i64.and
i64.or
i64.store offset=16 align=4
end
local.get 2
i32.const 48
i32.add
global.set 0
)
(func (;89;) (type 3) (param i32)
local.get 0
call 185
local.get 0
i32.load offset=12
local.get 0
i32.load offset=16
call 104
)
(func (;90;) (type 3) (param i32)
(local i32)
block ;; label = @1
local.get 0
i32.load
local.tee 1
i32.const 4
i32.gt_u
br_if 0 (;@1;)
local.get 1
i32.const 2
i32.eq
br_if 0 (;@1;)
local.get 0
i32.load offset=4
local.get 0
i32.load offset=8
call 104
end
)
(func (;91;) (type 2) (param i32 i32)
local.get 0
local.get 1
i32.const 4
i32.const 28
call 150
)
(func (;92;) (type 3) (param i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 1
global.set 0
local.get 1
i32.const 8
i32.add
local.get 0
local.get 0
i32.load
i32.const 1
i32.const 4
i32.const 28
call 237
block ;; label = @1
local.get 1
i32.load offset=8
local.tee 0
i32.const -2147483647
i32.eq
br_if 0 (;@1;)
local.get 0
local.get 1
i32.load offset=12
call 125
unreachable
end
local.get 1
i32.const 16
i32.add
global.set 0
)
(func (;93;) (type 13) (param i32 i32 i32)
(local i32 i64)
global.get 0
i32.const 48
i32.sub
local.tee 3
global.set 0
local.get 3
local.get 1
i32.store offset=12
local.get 3
local.get 1
local.get 2
i32.add
i32.store offset=16
local.get 3
i32.const 24
i32.add
local.get 3
i32.const 12
i32.add
call 78
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
local.get 3
i32.load8_u offset=24
local.tee 1
i32.const 2
i32.ne
br_if 0 (;@5;)
local.get 3
i32.load8_u offset=25
local.set 1
br 1 (;@4;)
end
local.get 3
i32.load offset=28
local.set 2
block ;; label = @5
local.get 1
i32.const 1
i32.and
i32.eqz
br_if 0 (;@5;)
local.get 3
i32.const 32
i32.add
local.get 2
call 85
local.get 3
i32.load8_u offset=36
local.set 1
local.get 3
i32.load offset=32
local.tee 2
i32.const 6
i32.eq
br_if 1 (;@4;)
local.get 3
local.get 3
i32.load8_u offset=39
i32.store8 offset=22
local.get 3
local.get 3
i32.load16_u offset=37 align=1
i32.store16 offset=20
local.get 3
i64.load offset=40 align=4
local.set 4
br 3 (;@2;)
end
local.get 3
i32.const 32
i32.add
local.get 2
call 94
local.get 3
i32.load8_u offset=32
i32.const 1
i32.ne
br_if 1 (;@3;)
local.get 3
i32.load8_u offset=33
local.set 1
end
local.get 0
i32.const 7
i32.store
local.get 0
local.get 1
i32.store8 offset=4
br 2 (;@1;)
end
local.get 3
i64.load offset=40
local.tee 4
i64.const 1
i64.shr_u
i64.const 0
local.get 4
i64.const 1
i64.and
i64.sub
i64.xor
local.set 4
i32.const 6
local.set 2
end
local.get 0
local.get 1
i32.store8 offset=4
local.get 0
local.get 2
i32.store
local.get 0
local.get 3
i32.load16_u offset=20
i32.store16 offset=5 align=1
local.get 0
local.get 3
i32.load8_u offset=22
i32.store8 offset=7
local.get 0
local.get 4
i64.store offset=8
end
local.get 3
i32.const 48
i32.add
global.set 0
)
(func (;94;) (type 2) (param i32 i32)
(local i32 i64 i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
i64.const 0
local.set 3
i32.const -1
local.set 4
i32.const 0
local.set 5
block ;; label = @1
loop ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
local.get 4
i32.const 9
i32.eq
br_if 0 (;@5;)
local.get 2
i32.const 8
i32.add
local.get 1
call 243
local.get 2
i32.load8_u offset=9
local.set 6
local.get 2
i32.load8_u offset=8
i32.eqz
br_if 2 (;@3;)
local.get 0
local.get 6
i32.store8 offset=1
br 1 (;@4;)
end
local.get 0
i32.const 5
i32.store8 offset=1
end
i32.const 1
local.set 4
br 2 (;@1;)
end
local.get 4
i32.const 1
i32.add
local.set 4
local.get 6
i64.extend_i32_u
i64.const 127
i64.and
local.get 5
i64.extend_i32_u
i64.shl
local.get 3
i64.or
local.set 3
local.get 5
i32.const 7
i32.add
local.set 5
local.get 6
i32.extend8_s
i32.const 0
i32.lt_s
br_if 0 (;@2;)
end
block ;; label = @2
block ;; label = @3
local.get 4
i32.const 9
i32.ne
br_if 0 (;@3;)
i32.const 1
local.set 4
local.get 6
i32.const 255
i32.and
i32.const 1
i32.gt_u
br_if 1 (;@2;)
end
local.get 0
local.get 3
i64.store offset=8
i32.const 0
local.set 4
br 1 (;@1;)
end
local.get 0
i32.const 5
i32.store8 offset=1
end
local.get 0
local.get 4
i32.store8
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;95;) (type 13) (param i32 i32 i32)
(local i32 i64)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
local.get 3
local.get 1
i32.store offset=8
local.get 3
local.get 1
local.get 2
i32.add
i32.store offset=12
local.get 3
i32.const 16
i32.add
local.get 3
i32.const 8
i32.add
call 96
block ;; label = @1
block ;; label = @2
local.get 3
i64.load offset=16
local.tee 4
i64.const 2
i64.ne
br_if 0 (;@2;)
local.get 0
local.get 3
i32.load8_u offset=24
i32.store8 offset=8
br 1 (;@1;)
end
local.get 0
local.get 3
i64.load offset=24
i64.store offset=8
end
local.get 0
local.get 4
i64.store
local.get 3
i32.const 32
i32.add
global.set 0
)
(func (;96;) (type 2) (param i32 i32)
(local i32 i32 i64)
global.get 0
i32.const 32
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 8
i32.add
local.get 1
call 243
local.get 2
i32.load8_u offset=9
local.set 3
block ;; label = @1
block ;; label = @2
local.get 2
i32.load8_u offset=8
i32.eqz
br_if 0 (;@2;)
local.get 0
i64.const 2
i64.store
local.get 0
local.get 3
i32.store8 offset=8
br 1 (;@1;)
end
block ;; label = @2
block ;; label = @3
block ;; label = @4
local.get 3
i32.const 255
i32.and
br_table 1 (;@3;) 2 (;@2;) 0 (;@4;)
end
local.get 0
i64.const 2
i64.store
local.get 0
i32.const 9
i32.store8 offset=8
br 2 (;@1;)
end
local.get 0
i64.const 0
i64.store
br 1 (;@1;)
end
local.get 2
i32.const 16
i32.add
local.get 1
call 416
block ;; label = @2
block ;; label = @3
local.get 2
i32.load8_u offset=16
i32.const 1
i32.ne
br_if 0 (;@3;)
local.get 0
local.get 2
i32.load8_u offset=17
i32.store8 offset=8
i64.const 2
local.set 4
br 1 (;@2;)
end
local.get 0
local.get 2
i64.load offset=24
i64.store offset=8
i64.const 1
local.set 4
end
local.get 0
local.get 4
i64.store
end
local.get 2
i32.const 32
i32.add
global.set 0
)
(func (;97;) (type 13) (param i32 i32 i32)
(local i32)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
local.get 3
i32.const 0
i32.store offset=28
local.get 3
i64.const 4294967296
i64.store offset=20 align=4
local.get 3
i32.const 20
i32.add
local.get 2
call 76
local.get 2
i32.const 3
i32.shl
local.set 2
block ;; label = @1
loop ;; label = @2
local.get 2
i32.eqz
br_if 1 (;@1;)
local.get 3
i32.const 20
i32.add
local.get 1
i32.load
local.get 1
i32.load offset=4
call 75
local.get 2
i32.const -8
i32.add
local.set 2
local.get 1
i32.const 8
i32.add
local.set 1
br 0 (;@2;)
end
end
block ;; label = @1
block ;; label = @2
local.get 3
i32.load offset=20
local.tee 1
i32.const -2147483648
i32.ne
br_if 0 (;@2;)
local.get 3
i32.const 2
i32.store8 offset=12
br 1 (;@1;)
end
local.get 3
local.get 3
i64.load offset=24 align=4
i64.store offset=12 align=4
end
local.get 3
local.get 1
i32.store offset=8
local.get 0
local.get 3
i32.const 8
i32.add
call 98
local.get 3
i32.const 32
i32.add
global.set 0
)
(func (;98;) (type 2) (param i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
block ;; label = @1
local.get 1
i32.load
i32.const -2147483648
i32.ne
br_if 0 (;@1;)
local.get 2
local.get 1
i32.load8_u offset=4
i32.store8 offset=15
i32.const 78809
i32.const 33
local.get 2
i32.const 15
i32.add
i32.const 69804
i32.const 78844
call 112
unreachable
end
local.get 0
local.get 1
i32.load offset=8
i32.store offset=8
local.get 0
local.get 1
i64.load align=4
i64.store align=4
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;99;) (type 19) (param i32 i32 i64 i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 80
i32.sub
local.tee 5
global.set 0
local.get 5
i32.const 32
i32.add
local.get 2
i32.const 1000000000
call 100
local.get 5
i32.const 24
i32.add
i32.const 82876
call 101
local.get 5
i32.load offset=28
local.set 6
local.get 5
i32.load offset=24
local.set 7
local.get 5
i32.const 16
i32.add
local.get 5
i32.const 32
i32.add
call 102
block ;; label = @1
block ;; label = @2
local.get 1
i32.const 69754
i32.const 3
local.get 2
local.get 3
local.get 4
local.get 5
i32.load offset=16
local.get 5
i32.load offset=20
local.get 7
i32.const 160
call 0
local.tee 4
i32.const -1
i32.gt_s
br_if 0 (;@2;)
local.get 5
i32.const 64
i32.add
i32.const 0
local.get 4
i32.sub
call 103
local.get 5
i32.load offset=68
local.tee 7
local.get 5
i32.load offset=72
local.tee 4
call 1
drop
local.get 5
i32.const 48
i32.add
local.get 7
local.get 4
call 84
local.get 5
i32.load offset=64
local.get 7
call 104
br 1 (;@1;)
end
local.get 5
i32.const 8
i32.add
local.get 7
local.get 4
call 105
local.get 5
i32.const 48
i32.add
local.get 5
i32.load offset=8
local.get 5
i32.load offset=12
call 84
end
local.get 6
local.get 6
i32.load
i32.const 1
i32.add
i32.store
local.get 5
local.get 5
i64.load offset=52 align=4
i64.store offset=64
local.get 5
local.get 5
i32.load offset=60
i32.store offset=72
block ;; label = @1
local.get 5
i32.load offset=48
local.tee 6
i32.const 8
i32.ne
br_if 0 (;@1;)
i32.const 80080
call 106
unreachable
end
local.get 5
local.get 6
i32.store offset=48
local.get 5
local.get 5
i64.load offset=64
i64.store offset=52 align=4
local.get 5
local.get 5
i32.load offset=72
i32.store offset=60
local.get 0
local.get 5
i32.const 48
i32.add
call 107
local.get 5
i32.const 80
i32.add
global.set 0
)
(func (;100;) (type 18) (param i32 i64 i32)
(local i32 i64 i32)
global.get 0
i32.const 64
i32.sub
local.tee 3
global.set 0
block ;; label = @1
block ;; label = @2
local.get 2
i32.const 1000000000
i32.eq
br_if 0 (;@2;)
local.get 3
local.get 1
i64.const 0
i64.const 1000
i64.const 0
call 494
local.get 3
i64.const 0
i64.store offset=32
local.get 3
i32.const 0
i32.store offset=39 align=1
local.get 3
i32.const 1
i32.store8 offset=32
local.get 3
i32.const 0
i32.store16 offset=56
local.get 3
i64.const 0
i64.store offset=48
local.get 3
i32.const 24
i32.add
local.get 3
i64.load
local.tee 1
local.get 2
i32.const 1000000
i32.div_u
i64.extend_i32_u
i64.add
local.tee 4
i64.const -1
local.get 3
i64.load offset=8
local.get 4
local.get 1
i64.lt_u
i64.extend_i32_u
i64.add
i64.eqz
select
local.get 3
i32.const 48
i32.add
call 82
block ;; label = @3
local.get 3
i32.load offset=28
local.tee 2
i32.const 10
i32.gt_u
br_if 0 (;@3;)
local.get 3
i32.const 32
i32.add
i32.const 1
i32.or
local.set 5
block ;; label = @4
local.get 2
i32.eqz
br_if 0 (;@4;)
local.get 5
local.get 3
i32.load offset=24
local.get 2
memory.copy
end
local.get 5
local.get 2
i32.add
local.set 2
br 2 (;@1;)
end
i32.const 79112
i32.const 33
i32.const 79148
call 198
unreachable
end
local.get 3
i32.const 0
i32.store offset=39 align=1
local.get 3
i64.const 0
i64.store offset=32
local.get 3
i32.const 32
i32.add
i32.const 1
i32.or
local.set 2
end
local.get 0
local.get 3
i32.load offset=39 align=1
i32.store offset=11 align=1
local.get 0
local.get 3
i64.load offset=32
i64.store offset=4 align=1
local.get 0
local.get 2
local.get 3
i32.const 32
i32.add
i32.sub
i32.store
local.get 3
i32.const 64
i32.add
global.set 0
)
(func (;101;) (type 2) (param i32 i32)
block ;; label = @1
local.get 1
i32.load
br_if 0 (;@1;)
local.get 1
i32.const -1
i32.store
local.get 0
local.get 1
i32.store offset=4
local.get 0
local.get 1
i32.const 4
i32.add
i32.store
return
end
i32.const 80112
call 325
unreachable
)
(func (;102;) (type 2) (param i32 i32)
(local i32)
block ;; label = @1
local.get 1
i32.load
local.tee 2
i32.const 12
i32.lt_u
br_if 0 (;@1;)
i32.const 0
local.get 2
i32.const 11
i32.const 79164
call 142
unreachable
end
local.get 0
local.get 2
i32.store offset=4
local.get 0
local.get 1
i32.const 4
i32.add
i32.store
)
(func (;103;) (type 2) (param i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 4
i32.add
local.get 1
i32.const 1
i32.const 1
i32.const 1
call 238
local.get 2
i32.load offset=8
local.set 3
block ;; label = @1
local.get 2
i32.load offset=4
i32.const 1
i32.ne
br_if 0 (;@1;)
local.get 3
local.get 2
i32.load offset=12
call 125
unreachable
end
local.get 2
i32.load offset=12
local.set 4
local.get 0
local.get 1
i32.store offset=8
local.get 0
local.get 4
i32.store offset=4
local.get 0
local.get 3
i32.store
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;104;) (type 2) (param i32 i32)
local.get 0
local.get 1
i32.const 1
i32.const 1
call 150
)
(func (;105;) (type 13) (param i32 i32 i32)
block ;; label = @1
local.get 2
i32.const 161
i32.lt_u
br_if 0 (;@1;)
i32.const 0
local.get 2
i32.const 160
i32.const 79020
call 142
unreachable
end
local.get 0
local.get 2
i32.store offset=4
local.get 0
local.get 1
i32.store
)
(func (;106;) (type 3) (param i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 1
global.set 0
local.get 1
i32.const 2
i64.extend_i32_u
i64.const 32
i64.shl
local.get 1
i32.const 15
i32.add
i64.extend_i32_u
i64.or
i64.store
i32.const 66830
local.get 1
local.get 0
call 122
unreachable
)
(func (;107;) (type 2) (param i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
block ;; label = @1
local.get 1
i32.load
i32.const 7
i32.ne
br_if 0 (;@1;)
local.get 2
local.get 1
i32.load8_u offset=4
i32.store8 offset=15
i32.const 78956
i32.const 32
local.get 2
i32.const 15
i32.add
i32.const 69804
i32.const 79004
call 112
unreachable
end
local.get 0
local.get 1
i64.load offset=8
i64.store offset=8
local.get 0
local.get 1
i64.load
i64.store
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;108;) (type 20) (param i32 i32 i32 i32 i32 i32)
(local i32 i64 i32 i32)
global.get 0
i32.const 80
i32.sub
local.tee 6
global.set 0
local.get 6
i32.const 32
i32.add
local.get 7
i32.const 1000000000
call 100
local.get 6
i32.const 24
i32.add
i32.const 82876
call 101
local.get 6
i32.load offset=28
local.set 8
local.get 6
i32.load offset=24
local.set 9
local.get 6
i32.const 16
i32.add
local.get 6
i32.const 32
i32.add
call 102
block ;; label = @1
block ;; label = @2
local.get 1
local.get 2
local.get 3
local.get 4
local.get 5
local.get 6
i32.load offset=16
local.get 6
i32.load offset=20
local.get 9
call 109
local.tee 5
i32.const -1
i32.gt_s
br_if 0 (;@2;)
local.get 6
i32.const 64
i32.add
i32.const 0
local.get 5
i32.sub
call 103
local.get 6
i32.load offset=68
local.tee 9
local.get 6
i32.load offset=72
local.tee 5
call 1
drop
local.get 6
i32.const 48
i32.add
local.get 9
local.get 5
call 84
local.get 6
i32.load offset=64
local.get 9
call 104
br 1 (;@1;)
end
local.get 6
i32.const 8
i32.add
local.get 9
local.get 5
call 105
local.get 6
i32.const 48
i32.add
local.get 6
i32.load offset=8
local.get 6
i32.load offset=12
call 84
end
local.get 8
local.get 8
i32.load
i32.const 1
i32.add
i32.store
local.get 6
local.get 6
i64.load offset=52 align=4
i64.store offset=64
local.get 6
local.get 6
i32.load offset=60
i32.store offset=72
block ;; label = @1
local.get 6
i32.load offset=48
local.tee 8
i32.const 8
i32.ne
br_if 0 (;@1;)
i32.const 80080
call 106
unreachable
end
local.get 6
local.get 8
i32.store offset=48
local.get 6
local.get 6
i64.load offset=64
i64.store offset=52 align=4
local.get 6
local.get 6
i32.load offset=72
i32.store offset=60
local.get 0
local.get 6
i32.const 48
i32.add
call 107
local.get 6
i32.const 80
i32.add
global.set 0
)
(func (;109;) (type 21) (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
local.get 0
local.get 1
local.get 2
local.get 3
local.get 4
local.get 5
local.get 6
local.get 7
i32.const 160
call 36
)
(func (;110;) (type 22) (param i32 i32 i32 i32 i64)
(local i32 i32 i32)
global.get 0
i32.const 80
i32.sub
local.tee 5
global.set 0
local.get 5
i32.const 32
i32.add
local.get 4
i32.const 0
call 100
local.get 5
i32.const 24
i32.add
i32.const 82876
call 101
local.get 5
i32.load offset=28
local.set 6
local.get 5
i32.load offset=24
local.set 7
local.get 5
i32.const 16
i32.add
local.get 5
i32.const 32
i32.add
call 102
block ;; label = @1
block ;; label = @2
local.get 1
local.get 2
local.get 3
i32.const 69669
i32.const 1
local.get 5
i32.load offset=16
local.get 5
i32.load offset=20
local.get 7
call 109
local.tee 3
i32.const -1
i32.gt_s
br_if 0 (;@2;)
local.get 5
i32.const 64
i32.add
i32.const 0
local.get 3
i32.sub
call 103
local.get 5
i32.load offset=68
local.tee 7
local.get 5
i32.load offset=72
local.tee 3
call 1
drop
local.get 5
i32.const 48
i32.add
local.get 7
local.get 3
call 84
local.get 5
i32.load offset=64
local.get 7
call 104
br 1 (;@1;)
end
local.get 5
i32.const 8
i32.add
local.get 7
local.get 3
call 105
local.get 5
i32.const 48
i32.add
local.get 5
i32.load offset=8
local.get 5
i32.load offset=12
call 84
end
local.get 6
local.get 6
i32.load
i32.const 1
i32.add
i32.store
local.get 5
local.get 5
i64.load offset=52 align=4
i64.store offset=64
local.get 5
local.get 5
i32.load offset=60
i32.store offset=72
block ;; label = @1
local.get 5
i32.load offset=48
local.tee 6
i32.const 8
i32.ne
br_if 0 (;@1;)
i32.const 80080
call 106
unreachable
end
local.get 5
local.get 6
i32.store offset=48
local.get 5
local.get 5
i64.load offset=64
i64.store offset=52 align=4
local.get 5
local.get 5
i32.load offset=72
i32.store offset=60
local.get 0
local.get 5
i32.const 48
i32.add
call 107
local.get 5
i32.const 80
i32.add
global.set 0
)
(func (;111;) (type 22) (param i32 i32 i32 i32 i64)
(local i32 i32 i32)
global.get 0
i32.const 80
i32.sub
local.tee 5
global.set 0
local.get 5
i32.const 32
i32.add
local.get 4
i32.const 1000000000
call 100
local.get 5
i32.const 24
i32.add
i32.const 82876
call 101
local.get 5
i32.load offset=28
local.set 6
local.get 5
i32.load offset=24
local.set 7
local.get 5
i32.const 16
i32.add
local.get 5
i32.const 32
i32.add
call 102
block ;; label = @1
block ;; label = @2
local.get 1
local.get 2
local.get 3
local.get 4
local.get 5
i32.load offset=16
local.get 5
i32.load offset=20
local.get 7
i32.const 160
call 2
local.tee 3
i32.const -1
i32.gt_s
br_if 0 (;@2;)
local.get 5
i32.const 64
i32.add
i32.const 0
local.get 3
i32.sub
call 103
local.get 5
i32.load offset=68
local.tee 7
local.get 5
i32.load offset=72
local.tee 3
call 1
drop
local.get 5
i32.const 48
i32.add
local.get 7
local.get 3
call 93
local.get 5
i32.load offset=64
local.get 7
call 104
br 1 (;@1;)
end
local.get 5
i32.const 8
i32.add
local.get 7
local.get 3
call 105
local.get 5
i32.const 48
i32.add
local.get 5
i32.load offset=8
local.get 5
i32.load offset=12
call 93
end
local.get 6
local.get 6
i32.load
i32.const 1
i32.add
i32.store
local.get 5
local.get 5
i64.load offset=53 align=1
i64.store offset=64
local.get 5
local.get 5
i32.load offset=60 align=1
i32.store offset=71 align=1
block ;; label = @1
block ;; label = @2
local.get 5
i32.load offset=48
local.tee 6
i32.const 8
i32.eq
br_if 0 (;@2;)
local.get 5
i32.load8_u offset=52
local.set 7
local.get 5
local.get 5
i32.load offset=71 align=1
i32.store offset=55 align=1
local.get 5
local.get 5
i64.load offset=64
i64.store offset=48
local.get 6
i32.const 7
i32.eq
br_if 1 (;@1;)
local.get 0
local.get 7
i32.store8 offset=4
local.get 0
local.get 6
i32.store
local.get 0
local.get 5
i64.load offset=48
i64.store offset=5 align=1
local.get 0
local.get 5
i32.load offset=55 align=1
i32.store offset=12 align=1
local.get 5
i32.const 80
i32.add
global.set 0
return
end
i32.const 80080
call 106
unreachable
end
local.get 5
local.get 7
i32.store8 offset=64
i32.const 78956
i32.const 32
local.get 5
i32.const 64
i32.add
i32.const 69804
i32.const 79004
call 112
unreachable
)
(func (;112;) (type 23) (param i32 i32 i32 i32 i32)
(local i32)
global.get 0
i32.const 32
i32.sub
local.tee 5
global.set 0
local.get 5
local.get 1
i32.store offset=4
local.get 5
local.get 0
i32.store
local.get 5
local.get 3
i32.store offset=12
local.get 5
local.get 2
i32.store offset=8
local.get 5
i32.const 3
i64.extend_i32_u
i64.const 32
i64.shl
local.get 5
i32.const 8
i32.add
i64.extend_i32_u
i64.or
i64.store offset=24
local.get 5
i32.const 4
i64.extend_i32_u
i64.const 32
i64.shl
local.get 5
i64.extend_i32_u
i64.or
i64.store offset=16
i32.const 67050
local.get 5
i32.const 16
i32.add
local.get 4
call 122
unreachable
)
(func (;113;) (type 2) (param i32 i32)
(local i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 0
i32.store offset=28
local.get 2
i64.const 4294967296
i64.store offset=20 align=4
local.get 2
i32.const 20
i32.add
local.get 1
i32.load8_u offset=48
call 114
local.get 2
i32.const 20
i32.add
local.get 1
i32.load offset=4
local.get 1
i32.load offset=8
call 75
local.get 2
i32.const 20
i32.add
local.get 1
i32.load offset=16
local.get 1
i32.load offset=20
call 75
local.get 2
i32.const 20
i32.add
local.get 1
i32.load offset=28
local.get 1
i32.load offset=32
call 115
local.get 1
i32.load offset=40
local.set 3
local.get 2
i32.const 20
i32.add
local.get 1
i32.load offset=44
local.tee 1
call 76
local.get 1
i32.const 3
i32.shl
local.set 1
block ;; label = @1
loop ;; label = @2
local.get 1
i32.eqz
br_if 1 (;@1;)
local.get 2
local.get 3
f64.load
f64.store offset=8
local.get 1
i32.const -8
i32.add
local.set 1
local.get 2
i32.const 20
i32.add
local.get 2
i32.const 8
i32.add
i32.const 8
call 49
local.get 3
i32.const 8
i32.add
local.set 3
br 0 (;@2;)
end
end
block ;; label = @1
block ;; label = @2
local.get 2
i32.load offset=20
local.tee 1
i32.const -2147483648
i32.ne
br_if 0 (;@2;)
local.get 2
i32.const 2
i32.store8 offset=12
br 1 (;@1;)
end
local.get 2
local.get 2
i64.load offset=24 align=4
i64.store offset=12 align=4
end
local.get 2
local.get 1
i32.store offset=8
local.get 0
local.get 2
i32.const 8
i32.add
call 98
local.get 2
i32.const 32
i32.add
global.set 0
)
(func (;114;) (type 2) (param i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
i32.const 0
local.set 3
local.get 2
i32.const 0
i32.store8 offset=12
local.get 2
i32.const 0
i32.store offset=8
block ;; label = @1
loop ;; label = @2
block ;; label = @3
local.get 3
i32.const 5
i32.ne
br_if 0 (;@3;)
i32.const 5
local.set 1
local.get 2
i32.const 8
i32.add
local.set 3
br 2 (;@1;)
end
local.get 2
i32.const 8
i32.add
local.get 3
i32.add
local.tee 4
local.get 1
i32.store8
block ;; label = @3
local.get 1
i32.const 128
i32.lt_u
br_if 0 (;@3;)
local.get 4
local.get 1
i32.const 128
i32.or
i32.store8
local.get 1
i32.const 7
i32.shr_u
local.set 1
local.get 3
i32.const 1
i32.add
local.set 3
br 1 (;@2;)
end
end
local.get 2
local.get 2
i32.const 8
i32.add
local.get 3
i32.const 81020
call 244
local.get 2
i32.load offset=4
local.set 1
local.get 2
i32.load
local.set 3
end
local.get 0
local.get 3
local.get 1
call 77
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;115;) (type 13) (param i32 i32 i32)
local.get 0
local.get 2
call 418
local.get 2
i32.const 12
i32.mul
local.set 2
block ;; label = @1
loop ;; label = @2
local.get 2
i32.eqz
br_if 1 (;@1;)
local.get 0
local.get 1
i32.const 4
i32.add
i32.load
local.get 1
i32.const 8
i32.add
i32.load
call 277
local.get 2
i32.const -12
i32.add
local.set 2
local.get 1
i32.const 12
i32.add
local.set 1
br 0 (;@2;)
end
end
)
(func (;116;) (type 24) (param i32 i32 i32) (result i64)
(local i32 i32 i32 i64)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
i32.const 0
local.set 4
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 0
i32.load
local.tee 5
i32.const -2147483648
i32.xor
i32.const 1
local.get 5
i32.const 0
i32.lt_s
select
br_table 2 (;@1;) 0 (;@3;) 1 (;@2;) 2 (;@1;)
end
local.get 0
i32.load offset=4
local.set 4
local.get 3
local.get 0
i32.load offset=8
i32.store offset=16
local.get 3
local.get 4
i32.store offset=12
local.get 3
i32.const 5
i32.store16 offset=8
local.get 2
local.get 3
i32.const 8
i32.add
call 117
local.get 5
local.get 4
call 104
i32.const 0
local.set 4
br 1 (;@1;)
end
i32.const 5
local.set 4
end
local.get 2
local.get 1
call 118
local.get 2
local.get 4
i32.const 0
call 119
local.set 6
local.get 3
i32.const 32
i32.add
global.set 0
local.get 6
)
(func (;117;) (type 2) (param i32 i32)
(local i32 i32 i64 i32 i64 i32 i32 i32 i32 i32)
global.get 0
i32.const 80
i32.sub
local.tee 2
global.set 0
local.get 0
local.get 0
i32.load offset=28
i32.const 1
i32.add
local.tee 3
i32.store offset=28
block ;; label = @1
block ;; label = @2
local.get 3
i32.const 256
i32.gt_u
br_if 0 (;@2;)
local.get 1
i64.load offset=8
local.tee 4
i64.const 32
i64.shr_u
i32.wrap_i64
local.set 5
local.get 1
i64.load offset=4 align=4
local.set 6
local.get 1
i32.load16_u offset=2
local.set 7
local.get 1
i32.load offset=16
local.set 8
local.get 1
i32.load offset=8
local.set 9
local.get 1
i32.load offset=4
local.set 10
local.get 1
i32.load16_u
local.set 3
local.get 4
i32.wrap_i64
local.set 11
loop ;; label = @3
local.get 0
i32.load offset=24
local.set 1
local.get 2
i32.const 16
i32.add
local.get 0
call 137
local.get 2
i32.const 8
i32.add
local.get 1
local.get 2
i32.load offset=16
local.get 2
i32.load offset=20
call 450
local.get 2
i32.const 0
i32.store offset=36
local.get 2
local.get 2
i64.load offset=8
i64.store offset=28 align=4
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
block ;; label = @8
block ;; label = @9
block ;; label = @10
block ;; label = @11
block ;; label = @12
block ;; label = @13
block ;; label = @14
block ;; label = @15
block ;; label = @16
block ;; label = @17
block ;; label = @18
block ;; label = @19
block ;; label = @20
block ;; label = @21
block ;; label = @22
block ;; label = @23
block ;; label = @24
local.get 3
br_table 18 (;@6;) 17 (;@7;) 0 (;@24;) 1 (;@23;) 2 (;@22;) 3 (;@21;) 4 (;@20;) 5 (;@19;) 6 (;@18;) 7 (;@17;) 8 (;@16;) 9 (;@15;) 10 (;@14;) 11 (;@13;) 12 (;@12;) 13 (;@11;) 14 (;@10;) 15 (;@9;) 16 (;@8;) 18 (;@6;)
end
local.get 2
i32.const 1
i32.store offset=68
local.get 2
local.get 6
i64.store offset=72 align=4
local.get 2
i32.const 28
i32.add
i32.const 3
local.get 2
i32.const 68
i32.add
i32.const 1
i32.const 0
call 140
br_if 19 (;@4;)
br 18 (;@5;)
end
local.get 2
i32.const 0
i32.store offset=68
local.get 2
local.get 7
i32.store16 offset=56
local.get 2
i32.const 28
i32.add
i32.const 4
local.get 2
i32.const 68
i32.add
local.get 2
i32.const 56
i32.add
i32.const 2
call 140
br_if 18 (;@4;)
br 17 (;@5;)
end
local.get 2
i32.const 0
i32.store offset=68
local.get 2
i32.const 28
i32.add
i32.const 5
local.get 2
i32.const 68
i32.add
local.get 10
local.get 11
call 140
br_if 17 (;@4;)
br 16 (;@5;)
end
local.get 2
i32.const 0
i32.store offset=68
local.get 2
i32.const 28
i32.add
i32.const 6
local.get 2
i32.const 68
i32.add
local.get 10
local.get 11
call 140
br_if 16 (;@4;)
br 15 (;@5;)
end
local.get 2
i32.const 0
i32.store offset=68
local.get 2
i32.const 28
i32.add
i32.const 7
local.get 2
i32.const 68
i32.add
local.get 10
local.get 11
call 140
br_if 15 (;@4;)
br 14 (;@5;)
end
local.get 2
i32.const 0
i32.store offset=68
local.get 2
i32.const 28
i32.add
i32.const 8
local.get 2
i32.const 68
i32.add
local.get 10
local.get 11
call 140
br_if 14 (;@4;)
br 13 (;@5;)
end
local.get 2
i32.const 0
i32.store offset=68
local.get 2
i32.const 28
i32.add
i32.const 9
local.get 2
i32.const 68
i32.add
local.get 10
local.get 11
call 140
br_if 13 (;@4;)
br 12 (;@5;)
end
local.get 2
i32.const 0
i32.store offset=68
local.get 2
i32.const 28
i32.add
i32.const 10
local.get 2
i32.const 68
i32.add
local.get 10
local.get 11
call 140
br_if 12 (;@4;)
br 11 (;@5;)
end
local.get 2
i32.const 0
i32.store offset=68
local.get 2
i32.const 28
i32.add
i32.const 11
local.get 2
i32.const 68
i32.add
local.get 10
local.get 11
call 140
br_if 11 (;@4;)
br 10 (;@5;)
end
local.get 2
i32.const 0
i32.store offset=68
local.get 2
i32.const 28
i32.add
i32.const 12
local.get 2
i32.const 68
i32.add
local.get 10
local.get 11
call 140
br_if 10 (;@4;)
br 9 (;@5;)
end
local.get 2
i32.const 0
i32.store offset=68
local.get 2
i32.const 28
i32.add
i32.const 13
local.get 2
i32.const 68
i32.add
i32.const 1
i32.const 0
call 140
br_if 9 (;@4;)
br 8 (;@5;)
end
local.get 2
i32.const 0
i32.store offset=68
local.get 2
i32.const 28
i32.add
i32.const 14
local.get 2
i32.const 68
i32.add
local.get 10
local.get 11
call 140
br_if 8 (;@4;)
br 7 (;@5;)
end
local.get 2
i32.const 0
i32.store offset=68
local.get 2
local.get 4
i64.store offset=56
local.get 2
i32.const 28
i32.add
i32.const 15
local.get 2
i32.const 68
i32.add
local.get 2
i32.const 56
i32.add
i32.const 8
call 140
br_if 7 (;@4;)
br 6 (;@5;)
end
local.get 2
local.get 11
i32.store offset=76
local.get 2
local.get 10
i32.store offset=72
local.get 2
i32.const 1
i32.store offset=68
local.get 2
i32.const 28
i32.add
i32.const 16
local.get 2
i32.const 68
i32.add
local.get 5
local.get 8
call 140
br_if 6 (;@4;)
br 5 (;@5;)
end
local.get 2
i32.const 0
i32.store offset=68
local.get 2
i32.const 28
i32.add
i32.const 17
local.get 2
i32.const 68
i32.add
local.get 10
local.get 11
call 140
br_if 5 (;@4;)
br 4 (;@5;)
end
local.get 2
i32.const 0
i32.store offset=68
local.get 2
local.get 4
i64.store offset=56
local.get 2
i32.const 28
i32.add
i32.const 18
local.get 2
i32.const 68
i32.add
local.get 2
i32.const 56
i32.add
i32.const 8
call 140
br_if 4 (;@4;)
br 3 (;@5;)
end
local.get 2
i32.const 0
i32.store offset=68
local.get 2
i32.const 28
i32.add
i32.const 19
local.get 2
i32.const 68
i32.add
local.get 10
local.get 9
call 140
br_if 3 (;@4;)
br 2 (;@5;)
end
local.get 2
local.get 6
i64.store offset=48
local.get 2
i32.const 28
i32.add
i32.const 1
local.get 2
i32.const 48
i32.add
local.get 5
local.get 8
call 403
i32.eqz
br_if 1 (;@5;)
br 2 (;@4;)
end
local.get 2
local.get 6
i64.store offset=40
local.get 2
i32.const 28
i32.add
i32.const 0
local.get 2
i32.const 40
i32.add
local.get 5
local.get 8
call 403
br_if 1 (;@4;)
end
local.get 0
local.get 1
local.get 2
i32.load offset=36
i32.add
i32.store offset=24
br 3 (;@1;)
end
local.get 0
call 141
i32.eqz
br_if 0 (;@3;)
end
local.get 0
i32.const 32
i32.store offset=44
local.get 0
i32.const 79380
i32.store offset=40
br 1 (;@1;)
end
local.get 0
i32.const 36
i32.store offset=44
local.get 0
i32.const 79412
i32.store offset=40
end
local.get 2
i32.const 80
i32.add
global.set 0
)
(func (;118;) (type 2) (param i32 i32)
(local i32 i32 i32 i32 i64 i32)
global.get 0
i32.const 96
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 8
i32.add
i32.const 0
i32.const 64
memory.fill
local.get 2
local.get 2
i32.const 8
i32.add
i32.const 64
i32.add
i32.store offset=92
local.get 2
local.get 2
i32.const 8
i32.add
i32.store offset=88
local.get 2
local.get 2
i32.const 8
i32.add
i32.store offset=84
local.get 2
i32.const 84
i32.add
local.get 1
i32.load offset=12
local.tee 3
local.get 1
i32.load offset=16
local.tee 4
call 73
local.set 5
local.get 1
i64.load
local.set 6
block ;; label = @1
block ;; label = @2
local.get 5
i32.const 255
i32.and
i32.const 16
i32.ne
br_if 0 (;@2;)
local.get 2
i32.const 0
i32.store16 offset=80
local.get 2
i64.const 0
i64.store offset=72
local.get 2
local.get 6
local.get 2
i32.const 72
i32.add
call 82
local.get 2
i32.load offset=4
local.tee 1
local.get 2
i32.load offset=92
local.get 2
i32.load offset=88
local.tee 5
i32.sub
i32.gt_u
br_if 0 (;@2;)
block ;; label = @3
local.get 1
i32.eqz
br_if 0 (;@3;)
local.get 5
local.get 2
i32.load
local.get 1
memory.copy
end
local.get 2
i32.load offset=84
local.tee 7
i32.eqz
br_if 0 (;@2;)
local.get 0
local.get 7
local.get 5
local.get 1
i32.add
local.get 7
i32.sub
call 135
br 1 (;@1;)
end
local.get 2
i32.const 0
i32.store offset=92
local.get 2
i64.const 4294967296
i64.store offset=84 align=4
local.get 2
i32.const 84
i32.add
local.get 3
local.get 4
call 75
local.get 6
local.get 2
i32.const 84
i32.add
call 81
block ;; label = @2
block ;; label = @3
local.get 2
i32.load offset=84
local.tee 1
i32.const -2147483648
i32.ne
br_if 0 (;@3;)
local.get 2
i32.const 2
i32.store8 offset=76
br 1 (;@2;)
end
local.get 2
local.get 2
i64.load offset=88 align=4
i64.store offset=76 align=4
end
local.get 2
local.get 1
i32.store offset=72
local.get 2
i32.const 84
i32.add
local.get 2
i32.const 72
i32.add
call 98
local.get 0
local.get 2
i32.load offset=88
local.tee 1
local.get 2
i32.load offset=92
call 135
local.get 2
i32.load offset=84
local.get 1
call 104
end
local.get 2
i32.const 96
i32.add
global.set 0
)
(func (;119;) (type 24) (param i32 i32 i32) (result i64)
(local i32)
block ;; label = @1
local.get 0
i32.load offset=40
local.tee 3
i32.eqz
br_if 0 (;@1;)
local.get 0
local.get 3
local.get 0
i32.load offset=44
call 130
return
end
local.get 0
i32.load offset=20
local.get 0
i32.load offset=24
local.get 1
local.get 2
call 282
)
(func (;120;) (type 2) (param i32 i32)
(local i32)
block ;; label = @1
local.get 0
i32.load
local.tee 2
i32.const 0
i32.lt_s
br_if 0 (;@1;)
local.get 2
local.get 0
i32.load offset=4
call 104
end
local.get 0
local.get 1
i32.load offset=8
i32.store offset=8
local.get 0
local.get 1
i64.load align=4
i64.store align=4
)
(func (;121;) (type 0) (param i32 i32 i32) (result i32)
block ;; label = @1
local.get 0
i32.const 5
i32.ne
br_if 0 (;@1;)
local.get 1
return
end
i32.const 65596
i32.const 85
local.get 2
call 122
unreachable
)
(func (;122;) (type 13) (param i32 i32 i32)
(local i32)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
local.get 3
local.get 1
i32.store offset=16
local.get 3
local.get 0
i32.store offset=12
local.get 3
i32.const 1
i32.store16 offset=28
local.get 3
local.get 2
i32.store offset=24
local.get 3
local.get 3
i32.const 12
i32.add
i32.store offset=20
local.get 3
i32.const 20
i32.add
call 339
unreachable
)
(func (;123;) (type 3) (param i32)
local.get 0
i32.const 4
i32.add
i32.const 69334
i32.const 4
call 46
local.get 0
i32.const 4
i32.store
)
(func (;124;) (type 23) (param i32 i32 i32 i32 i32)
(local i32)
block ;; label = @1
block ;; label = @2
local.get 1
i32.load
local.get 1
i32.load offset=4
local.get 4
call 121
local.tee 5
i32.load offset=12
i32.const -2147483647
i32.ne
br_if 0 (;@2;)
local.get 3
call 54
local.tee 4
i32.eqz
br_if 1 (;@1;)
block ;; label = @3
local.get 3
i32.eqz
br_if 0 (;@3;)
local.get 4
local.get 2
local.get 3
memory.copy
end
local.get 5
i32.load offset=16
local.get 5
i32.const 20
i32.add
local.tee 2
i32.load
call 104
local.get 5
local.get 3
i32.store offset=24
local.get 2
local.get 4
i32.store
local.get 5
local.get 3
i32.store offset=16
local.get 0
local.get 1
i32.const 40
memory.copy
return
end
i32.const 65638
i32.const 119
local.get 4
call 122
unreachable
end
i32.const 1
local.get 3
call 125
unreachable
)
(func (;125;) (type 2) (param i32 i32)
block ;; label = @1
local.get 0
i32.eqz
br_if 0 (;@1;)
local.get 0
local.get 1
call 55
unreachable
end
call 326
unreachable
)
(func (;126;) (type 13) (param i32 i32 i32)
(local i32)
i32.const 52
call 53
local.tee 3
i32.const 0
i32.store offset=8
local.get 3
i64.const 17179869184
i64.store align=4
local.get 3
i32.const 12
i32.add
local.get 2
i32.const 36
memory.copy
local.get 0
local.get 3
i32.store offset=4
local.get 0
i32.const 5
i32.store
local.get 3
local.get 1
i32.store16 offset=48
)
(func (;127;) (type 25) (param i32 i32 i32 i32 i32 i32 i32)
(local i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 7
global.set 0
local.get 1
i32.load
local.get 1
i32.load offset=4
local.get 6
call 121
local.set 8
local.get 7
local.get 4
local.get 5
call 46
i32.const 0
i32.const 1
call 104
local.get 7
i32.const 20
i32.add
local.get 2
local.get 3
call 46
local.get 7
local.get 7
i32.load offset=26 align=2
i32.store offset=12
local.get 7
local.get 7
i32.load16_u offset=30
i32.store16 offset=16
local.get 7
i32.load16_u offset=24
local.set 4
local.get 7
i32.load offset=20
local.set 3
block ;; label = @1
local.get 8
i32.load offset=8
local.tee 5
local.get 8
i32.load
i32.ne
br_if 0 (;@1;)
local.get 8
call 92
end
local.get 8
i32.load offset=4
local.get 5
i32.const 28
i32.mul
i32.add
local.tee 6
local.get 7
i32.load offset=8
i32.store offset=8
local.get 6
local.get 7
i64.load align=4
i64.store align=4
local.get 6
local.get 4
i32.store16 offset=16
local.get 6
local.get 3
i32.store offset=12
local.get 6
local.get 7
i32.load offset=12
i32.store offset=18 align=2
local.get 6
local.get 7
i32.load16_u offset=16
i32.store16 offset=22
local.get 6
i32.const 0
i32.store8 offset=24
local.get 8
local.get 5
i32.const 1
i32.add
i32.store offset=8
local.get 0
local.get 1
i32.const 40
memory.copy
local.get 7
i32.const 32
i32.add
global.set 0
)
(func (;128;) (type 2) (param i32 i32)
(local i32)
global.get 0
i32.const 48
i32.sub
local.tee 2
global.set 0
local.get 2
i64.const 1
i64.store offset=20 align=4
local.get 2
i64.const 2147483649
i64.store offset=12 align=4
local.get 0
local.get 1
local.get 2
i32.const 12
i32.add
call 126
local.get 2
i32.const 48
i32.add
global.set 0
)
(func (;129;) (type 24) (param i32 i32 i32) (result i64)
local.get 2
local.get 0
call 118
block ;; label = @1
local.get 2
i32.load offset=40
local.tee 0
i32.eqz
br_if 0 (;@1;)
local.get 2
local.get 0
local.get 2
i32.load offset=44
call 130
return
end
local.get 2
i32.load offset=20
local.get 2
i32.load offset=24
i32.const 0
i32.const 0
i32.const 1
local.get 1
call 131
)
(func (;130;) (type 24) (param i32 i32 i32) (result i64)
(local i32 i64)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
local.get 0
call 290
local.get 3
local.get 1
local.get 2
call 281
local.get 3
i32.const 8
i32.store16 offset=8
local.get 3
local.get 3
i64.load
i64.store offset=12 align=4
local.get 0
local.get 3
i32.const 8
i32.add
call 117
local.get 0
i32.load offset=20
local.get 0
i32.load offset=24
i32.const 3
i32.const 0
call 282
local.set 4
local.get 3
i32.const 32
i32.add
global.set 0
local.get 4
)
(func (;131;) (type 26) (param i32 i32 i32 i32 i32 i32) (result i64)
local.get 1
local.get 0
i32.sub
i64.extend_i32_u
i64.const 32
i64.shl
local.get 2
i64.extend_i32_u
i64.const 255
i64.and
i64.const 24
i64.shl
i64.or
local.get 5
i32.const 1
i32.shl
local.get 4
i32.or
i64.extend_i32_u
i64.const 255
i64.and
i64.const 16
i64.shl
i64.or
local.get 3
i64.extend_i32_u
i64.const 65535
i64.and
i64.or
)
(func (;132;) (type 27) (param i32 i32 i32 i64)
local.get 0
i32.const 8
i32.add
local.get 1
local.get 2
call 46
local.get 0
i32.const 0
i32.store offset=28
local.get 0
i64.const 17179869184
i64.store offset=20 align=4
local.get 0
local.get 3
i64.const 1000
i64.mul
i64.store
)
(func (;133;) (type 13) (param i32 i32 i32)
(local i32 i64 i64 i64 i32 i64)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
local.get 3
local.get 1
i32.store offset=8
local.get 3
local.get 1
local.get 2
i32.add
i32.store offset=12
local.get 3
i32.const 16
i32.add
local.get 3
i32.const 8
i32.add
call 134
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 3
i32.load offset=16
local.tee 1
i32.const -2147483648
i32.eq
br_if 0 (;@3;)
local.get 3
i32.load8_u offset=20
local.set 2
local.get 3
i32.const 25
i32.add
i64.load16_u align=1
local.set 4
local.get 3
i32.const 27
i32.add
i64.load8_u
local.set 5
local.get 3
i64.load32_u offset=21 align=1
local.set 6
local.get 3
i32.const 16
i32.add
local.get 3
i32.const 8
i32.add
call 86
local.get 6
i64.const 8
i64.shl
local.get 2
i64.extend_i32_u
i64.const 255
i64.and
i64.or
i32.wrap_i64
local.set 7
local.get 3
i32.load8_u offset=16
i32.const 1
i32.ne
br_if 1 (;@2;)
local.get 1
local.get 7
call 104
end
local.get 0
i32.const -2147483648
i32.store offset=8
br 1 (;@1;)
end
local.get 3
i64.load offset=24
local.set 8
local.get 0
i32.const 15
i32.add
local.get 7
i32.const 24
i32.shr_u
i32.store8
local.get 0
local.get 7
i32.const 8
i32.shr_u
i32.store16 offset=13 align=1
local.get 0
local.get 6
local.get 5
i64.const 48
i64.shl
local.get 4
i64.const 32
i64.shl
i64.or
i64.or
i64.const 24
i64.shr_u
i64.store32 offset=16
local.get 0
local.get 2
i32.store8 offset=12
local.get 0
local.get 1
i32.store offset=8
local.get 0
local.get 8
i64.store
end
local.get 3
i32.const 32
i32.add
global.set 0
)
(func (;134;) (type 2) (param i32 i32)
(local i32 i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 4
i32.add
local.get 1
call 410
block ;; label = @1
block ;; label = @2
local.get 2
i32.load8_u offset=4
i32.const 1
i32.ne
br_if 0 (;@2;)
local.get 2
i32.load8_u offset=5
local.set 1
local.get 0
i32.const -2147483648
i32.store
local.get 0
local.get 1
i32.store8 offset=4
br 1 (;@1;)
end
i32.const 4
local.set 3
block ;; label = @2
block ;; label = @3
local.get 1
i32.load offset=4
local.get 1
i32.load
local.tee 4
i32.sub
local.get 2
i32.load offset=8
local.tee 5
i32.lt_u
br_if 0 (;@3;)
local.get 1
local.get 4
local.get 5
i32.add
i32.store
local.get 4
br_if 1 (;@2;)
local.get 5
local.set 3
end
local.get 0
i32.const -2147483648
i32.store
local.get 0
local.get 3
i32.store8 offset=4
br 1 (;@1;)
end
local.get 2
i32.const 4
i32.add
local.get 4
local.get 5
call 296
block ;; label = @2
local.get 2
i32.load offset=4
i32.const 1
i32.ne
br_if 0 (;@2;)
local.get 0
i32.const -2147483648
i32.store
local.get 0
i32.const 8
i32.store8 offset=4
br 1 (;@1;)
end
local.get 0
local.get 2
i32.load offset=8
local.get 2
i32.load offset=12
call 266
end
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;135;) (type 13) (param i32 i32 i32)
(local i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 3
global.set 0
block ;; label = @1
block ;; label = @2
i32.const 1
local.get 2
i32.const 8
i32.shl
local.get 2
i32.const 65534
i32.gt_u
select
local.tee 4
i32.const 1
i32.and
i32.eqz
br_if 0 (;@2;)
local.get 0
i32.const 31
i32.store offset=44
local.get 0
i32.const 79448
i32.store offset=40
br 1 (;@1;)
end
local.get 0
local.get 0
i32.load offset=20
i32.const 2
i32.add
i32.store offset=20
local.get 3
local.get 4
i32.const 8
i32.shr_u
i32.store16 offset=14
local.get 0
local.get 1
local.get 2
call 455
local.get 0
local.get 3
i32.const 14
i32.add
i32.const 2
call 455
end
local.get 3
i32.const 16
i32.add
global.set 0
)
(func (;136;) (type 28) (param i32 i32 i64)
(local i32 i32 i32 i32 i32 i32 i32 i64 i32 i32 i32 i32)
global.get 0
i32.const 48
i32.sub
local.tee 3
global.set 0
local.get 1
local.get 1
i32.load offset=28
i32.const 1
i32.add
local.tee 4
i32.store offset=28
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
local.get 4
i32.const 256
i32.gt_u
br_if 0 (;@5;)
local.get 0
i32.load offset=4
local.set 5
local.get 0
i32.load
local.set 6
local.get 0
i32.load offset=8
local.tee 7
i32.const 7
i32.add
local.set 8
local.get 2
i64.const 48
i64.shr_u
i32.wrap_i64
local.set 9
local.get 2
i64.const 32
i64.shr_u
local.tee 10
i32.wrap_i64
local.set 11
local.get 2
i32.wrap_i64
local.set 12
block ;; label = @6
loop ;; label = @7
local.get 1
i32.load offset=24
local.set 0
local.get 3
i32.const 8
i32.add
local.get 1
call 137
local.get 3
i32.load offset=12
local.tee 4
local.get 0
i32.lt_u
br_if 3 (;@4;)
local.get 3
i32.load offset=8
local.set 13
local.get 3
i32.const 0
i32.store offset=28
local.get 3
local.get 4
local.get 0
i32.sub
local.tee 14
i32.store offset=24
local.get 3
local.get 13
local.get 0
i32.add
local.tee 13
i32.store offset=20
local.get 6
i32.load8_u
i32.const 1
i32.add
local.set 4
block ;; label = @8
block ;; label = @9
local.get 12
br_if 0 (;@9;)
local.get 8
local.get 14
i32.gt_u
br_if 1 (;@8;)
local.get 13
local.get 7
i32.store offset=3 align=1
local.get 13
local.get 10
i64.store8 offset=1
local.get 13
local.get 4
i32.store8
local.get 13
local.get 2
i64.const 40
i64.shr_u
i64.store8 offset=2
local.get 7
i32.eqz
br_if 7 (;@2;)
local.get 13
i32.const 7
i32.add
local.set 4
block ;; label = @10
local.get 7
i32.const 3
i32.gt_u
br_if 0 (;@10;)
local.get 4
local.get 5
i32.load8_u
i32.store8
local.get 3
i32.const 32
i32.add
local.get 4
local.get 7
local.get 7
i32.const -1
i32.add
local.tee 13
call 138
local.get 3
i32.load offset=40
local.set 12
local.get 3
i32.const 32
i32.add
local.get 5
local.get 7
local.get 13
i32.const 80312
call 139
local.get 12
local.get 3
i32.load offset=40
i32.load8_u
i32.store8
local.get 4
local.get 7
i32.const 1
i32.shr_u
local.tee 13
i32.add
local.get 5
local.get 13
i32.add
i32.load8_u
i32.store8
br 8 (;@2;)
end
block ;; label = @10
local.get 7
i32.const 7
i32.gt_u
br_if 0 (;@10;)
local.get 4
local.get 5
i32.load align=1
i32.store align=1
local.get 3
i32.const 32
i32.add
local.get 4
local.get 7
local.get 7
i32.const -4
i32.add
local.tee 13
call 138
local.get 3
i32.load offset=40
local.set 4
local.get 3
i32.const 32
i32.add
local.get 5
local.get 7
local.get 13
i32.const 80312
call 139
local.get 4
local.get 3
i32.load offset=40
i32.load align=1
i32.store align=1
br 8 (;@2;)
end
block ;; label = @10
local.get 7
i32.const 15
i32.gt_u
br_if 0 (;@10;)
local.get 4
local.get 5
i64.load align=1
i64.store align=1
local.get 3
i32.const 32
i32.add
local.get 4
local.get 7
local.get 7
i32.const -8
i32.add
local.tee 13
call 138
local.get 3
i32.load offset=40
local.set 4
local.get 3
i32.const 32
i32.add
local.get 5
local.get 7
local.get 13
i32.const 80312
call 139
local.get 4
local.get 3
i32.load offset=40
i64.load align=1
i64.store align=1
br 8 (;@2;)
end
local.get 7
i32.const 32
i32.gt_u
br_if 6 (;@3;)
local.get 4
local.get 5
i64.load offset=8 align=1
i64.store offset=8 align=1
local.get 4
local.get 5
i64.load align=1
i64.store align=1
local.get 3
i32.const 32
i32.add
local.get 4
local.get 7
local.get 7
i32.const -16
i32.add
local.tee 13
call 138
local.get 3
i32.load offset=40
local.set 4
local.get 3
i32.const 32
i32.add
local.get 5
local.get 7
local.get 13
i32.const 80312
call 139
local.get 3
i32.load offset=40
local.tee 13
i64.load align=1
local.set 2
local.get 4
local.get 13
i64.load offset=8 align=1
i64.store offset=8 align=1
local.get 4
local.get 2
i64.store align=1
br 7 (;@2;)
end
local.get 3
local.get 9
i32.store16 offset=42
local.get 3
local.get 11
i32.store16 offset=40
local.get 3
local.get 12
i32.store offset=36
local.get 3
i32.const 1
i32.store offset=32
local.get 3
i32.const 20
i32.add
local.get 4
local.get 3
i32.const 32
i32.add
local.get 5
local.get 7
call 140
i32.eqz
br_if 2 (;@6;)
end
local.get 1
call 141
i32.eqz
br_if 0 (;@7;)
end
local.get 1
i32.const 32
i32.store offset=44
local.get 1
i32.const 79380
i32.store offset=40
br 5 (;@1;)
end
local.get 3
i32.load offset=28
local.set 8
br 3 (;@2;)
end
local.get 1
i32.const 36
i32.store offset=44
local.get 1
i32.const 79412
i32.store offset=40
br 3 (;@1;)
end
local.get 0
local.get 4
local.get 4
i32.const 79348
call 142
unreachable
end
local.get 4
local.get 7
local.get 5
local.get 7
i32.const 78860
call 143
end
local.get 1
local.get 0
local.get 8
i32.add
i32.store offset=24
end
local.get 3
i32.const 48
i32.add
global.set 0
)
(func (;137;) (type 2) (param i32 i32)
(local i32)
local.get 0
local.get 1
i32.load offset=8
local.tee 2
local.get 1
i32.load offset=16
local.get 2
select
i32.store offset=4
local.get 0
local.get 1
i32.const 4
i32.const 12
local.get 2
select
i32.add
i32.load
i32.store
)
(func (;138;) (type 16) (param i32 i32 i32 i32)
block ;; label = @1
local.get 2
local.get 3
i32.ge_u
br_if 0 (;@1;)
i32.const 80400
i32.const 19
i32.const 80412
call 122
unreachable
end
local.get 0
local.get 3
i32.store offset=4
local.get 0
local.get 1
i32.store
local.get 0
local.get 2
local.get 3
i32.sub
i32.store offset=12
local.get 0
local.get 1
local.get 3
i32.add
i32.store offset=8
)
(func (;139;) (type 23) (param i32 i32 i32 i32 i32)
block ;; label = @1
local.get 2
local.get 3
i32.ge_u
br_if 0 (;@1;)
i32.const 80400
i32.const 19
local.get 4
call 122
unreachable
end
local.get 0
local.get 3
i32.store offset=4
local.get 0
local.get 1
i32.store
local.get 0
local.get 2
local.get 3
i32.sub
i32.store offset=12
local.get 0
local.get 1
local.get 3
i32.add
i32.store offset=8
)
(func (;140;) (type 6) (param i32 i32 i32 i32 i32) (result i32)
(local i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 5
global.set 0
i32.const 1
local.set 6
block ;; label = @1
local.get 0
local.get 1
call 398
br_if 0 (;@1;)
i32.const 1
local.set 6
block ;; label = @2
local.get 2
i32.load
i32.const 1
i32.ne
br_if 0 (;@2;)
block ;; label = @3
local.get 2
i32.load offset=4
local.tee 1
i32.eqz
br_if 0 (;@3;)
local.get 2
i32.load offset=8
local.set 2
local.get 0
i32.const 65535
call 396
br_if 2 (;@1;)
local.get 2
i32.const 255
i32.gt_u
br_if 2 (;@1;)
local.get 0
local.get 2
call 398
br_if 2 (;@1;)
local.get 0
local.get 1
local.get 2
call 397
i32.eqz
br_if 1 (;@2;)
br 2 (;@1;)
end
local.get 0
local.get 2
i32.load16_u offset=8
call 396
br_if 1 (;@1;)
end
local.get 5
local.get 4
i32.store offset=12
local.get 0
local.get 5
i32.const 12
i32.add
i32.const 4
call 397
br_if 0 (;@1;)
local.get 0
local.get 3
local.get 4
call 397
local.set 6
end
local.get 5
i32.const 16
i32.add
global.set 0
local.get 6
)
(func (;141;) (type 12) (param i32) (result i32)
(local i32 i32 i32 i32)
global.get 0
i32.const 48
i32.sub
local.tee 1
global.set 0
local.get 1
i32.const 24
i32.add
local.get 0
call 453
block ;; label = @1
local.get 1
i32.load offset=28
local.tee 2
i32.const 1048575
i32.gt_u
local.tee 3
br_if 0 (;@1;)
local.get 1
i32.const 36
i32.add
local.get 2
i32.const 2
i32.shl
local.tee 2
i32.const 1048576
local.get 2
i32.const 1048576
i32.lt_u
select
call 103
local.get 1
i32.const 16
i32.add
local.get 0
i32.load offset=20
local.get 0
i32.load offset=24
local.get 1
i32.load offset=40
local.get 1
i32.load offset=44
i32.const 79300
call 447
local.get 1
i32.load offset=20
local.set 2
local.get 1
i32.load offset=16
local.set 4
local.get 1
i32.const 8
i32.add
local.get 0
call 288
local.get 4
local.get 2
local.get 1
i32.load offset=8
local.get 1
i32.load offset=12
i32.const 79316
call 143
local.get 0
i32.load
local.get 0
i32.load offset=4
call 104
local.get 0
local.get 1
i32.load offset=44
i32.store offset=8
local.get 0
local.get 1
i64.load offset=36 align=4
i64.store align=4
end
local.get 1
i32.const 48
i32.add
global.set 0
local.get 3
)
(func (;142;) (type 16) (param i32 i32 i32 i32)
(local i32 i64)
global.get 0
i32.const 32
i32.sub
local.tee 4
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 0
local.get 2
i32.gt_u
br_if 0 (;@3;)
local.get 1
local.get 2
i32.gt_u
br_if 1 (;@2;)
i32.const 5
i64.extend_i32_u
i64.const 32
i64.shl
local.set 5
local.get 0
local.get 1
i32.le_u
br_if 2 (;@1;)
local.get 4
local.get 0
i32.store offset=8
local.get 4
local.get 1
i32.store offset=12
local.get 4
local.get 5
local.get 4
i32.const 12
i32.add
i64.extend_i32_u
i64.or
i64.store offset=24
local.get 4
local.get 5
local.get 4
i32.const 8
i32.add
i64.extend_i32_u
i64.or
i64.store offset=16
i32.const 66527
local.get 4
i32.const 16
i32.add
local.get 3
call 122
unreachable
end
local.get 4
local.get 0
i32.store offset=8
local.get 4
local.get 2
i32.store offset=12
local.get 4
i32.const 5
i64.extend_i32_u
i64.const 32
i64.shl
local.tee 5
local.get 4
i32.const 12
i32.add
i64.extend_i32_u
i64.or
i64.store offset=24
local.get 4
local.get 5
local.get 4
i32.const 8
i32.add
i64.extend_i32_u
i64.or
i64.store offset=16
i32.const 66645
local.get 4
i32.const 16
i32.add
local.get 3
call 122
unreachable
end
local.get 4
local.get 1
i32.store offset=8
local.get 4
local.get 2
i32.store offset=12
local.get 4
i32.const 5
i64.extend_i32_u
i64.const 32
i64.shl
local.tee 5
local.get 4
i32.const 12
i32.add
i64.extend_i32_u
i64.or
i64.store offset=24
local.get 4
local.get 5
local.get 4
i32.const 8
i32.add
i64.extend_i32_u
i64.or
i64.store offset=16
i32.const 66702
local.get 4
i32.const 16
i32.add
local.get 3
call 122
unreachable
end
local.get 4
local.get 1
i32.store offset=8
local.get 4
local.get 2
i32.store offset=12
local.get 4
local.get 5
local.get 4
i32.const 12
i32.add
i64.extend_i32_u
i64.or
i64.store offset=24
local.get 4
local.get 5
local.get 4
i32.const 8
i32.add
i64.extend_i32_u
i64.or
i64.store offset=16
i32.const 66702
local.get 4
i32.const 16
i32.add
local.get 3
call 122
unreachable
)
(func (;143;) (type 23) (param i32 i32 i32 i32 i32)
block ;; label = @1
local.get 1
local.get 3
i32.ne
br_if 0 (;@1;)
block ;; label = @2
local.get 1
i32.eqz
br_if 0 (;@2;)
local.get 0
local.get 2
local.get 1
memory.copy
end
return
end
local.get 1
local.get 3
local.get 4
call 353
unreachable
)
(func (;144;) (type 24) (param i32 i32 i32) (result i64)
(local i32 i32 i32 i32 i64 i32 i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
block ;; label = @1
block ;; label = @2
local.get 0
i32.load
local.tee 4
i32.const 6
i32.ne
br_if 0 (;@2;)
local.get 3
i32.const 8
i32.add
local.get 0
i32.load offset=4
local.tee 1
local.get 0
i32.load offset=8
local.tee 5
call 145
local.get 2
local.get 3
i32.load offset=12
local.tee 6
local.get 3
i32.load offset=16
call 130
local.set 7
local.get 3
i32.load offset=8
local.get 6
call 104
local.get 1
local.get 5
call 146
br 1 (;@1;)
end
local.get 0
i32.const 16
i32.add
local.set 8
local.get 0
i32.const 4
i32.add
local.set 9
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
block ;; label = @8
block ;; label = @9
block ;; label = @10
block ;; label = @11
block ;; label = @12
block ;; label = @13
block ;; label = @14
local.get 4
br_table 5 (;@9;) 0 (;@14;) 2 (;@12;) 3 (;@11;) 4 (;@10;) 1 (;@13;) 5 (;@9;)
end
local.get 0
i32.load offset=20
local.set 1
local.get 0
i32.load offset=16
local.set 5
local.get 0
i32.const 8
i32.add
i32.const 0
local.get 2
call 129
local.set 7
local.get 5
local.get 1
call 104
br 12 (;@1;)
end
local.get 2
local.get 2
i32.load offset=32
i32.store offset=28
local.get 2
local.get 2
i32.load offset=20
local.get 2
i32.load offset=36
i32.add
i32.store offset=24
local.get 9
i32.load
local.tee 10
i32.load offset=8
i32.const 28
i32.mul
local.set 6
local.get 10
i32.const 4
i32.add
i32.load
local.tee 5
i32.const 16
i32.add
local.set 1
block ;; label = @13
block ;; label = @14
loop ;; label = @15
block ;; label = @16
block ;; label = @17
block ;; label = @18
local.get 6
i32.eqz
br_if 0 (;@18;)
local.get 5
i32.load offset=12
i32.const -2147483648
i32.eq
br_if 1 (;@17;)
local.get 1
i32.const 4
i32.add
i32.load
local.set 11
local.get 1
i32.load
local.set 12
br 2 (;@16;)
end
local.get 10
i32.load offset=12
i32.const -2147483647
i32.eq
br_if 3 (;@14;)
local.get 3
i32.const 6
i32.store16 offset=8
local.get 3
local.get 10
i64.load offset=16 align=4
i64.store offset=12 align=4
local.get 2
local.get 3
i32.const 8
i32.add
call 117
local.get 3
i32.const 7
i32.store16 offset=8
local.get 3
local.get 10
i64.load offset=28 align=4
i64.store offset=12 align=4
local.get 2
local.get 3
i32.const 8
i32.add
call 117
block ;; label = @18
local.get 10
i32.load offset=36
i32.const -2147483647
i32.eq
br_if 0 (;@18;)
local.get 3
i32.const 8
i32.store16 offset=8
local.get 3
local.get 10
i64.load offset=40 align=4
i64.store offset=12 align=4
local.get 2
local.get 3
i32.const 8
i32.add
call 117
end
local.get 10
local.get 2
i32.const 400
i32.const 2
call 147
local.set 7
br 4 (;@13;)
end
local.get 11
i32.const -65536
i32.and
local.get 1
i32.load16_u
i32.or
local.set 11
i32.const 0
local.set 12
end
local.get 1
i32.const -8
i32.add
local.set 13
local.get 1
i32.const -12
i32.add
local.set 14
block ;; label = @16
block ;; label = @17
local.get 5
i32.load8_u offset=24
br_if 0 (;@17;)
local.get 3
local.get 11
i32.store offset=12
local.get 3
local.get 12
i32.store offset=8
local.get 2
local.get 3
i32.const 8
i32.add
local.get 14
i32.load
local.get 13
i32.load
i32.const 0
call 148
br 1 (;@16;)
end
local.get 3
local.get 11
i32.store offset=12
local.get 3
local.get 12
i32.store offset=8
local.get 2
local.get 3
i32.const 8
i32.add
local.get 14
i32.load
local.get 13
i32.load
i32.const 1
call 148
end
local.get 5
i32.const 28
i32.add
local.set 5
local.get 6
i32.const -28
i32.add
local.set 6
local.get 1
i32.const 28
i32.add
local.set 1
br 0 (;@15;)
end
end
local.get 3
i32.const 5
i32.store16 offset=8
local.get 3
local.get 10
i32.const 20
i32.add
i64.load align=4
i64.store offset=12 align=4
local.get 2
local.get 3
i32.const 8
i32.add
call 117
local.get 10
local.get 2
i32.const 200
i32.const 1
call 147
local.set 7
end
block ;; label = @13
block ;; label = @14
local.get 10
i32.load offset=12
local.tee 1
i32.const -2147483647
i32.ne
br_if 0 (;@14;)
local.get 10
i32.const 16
i32.add
i32.load
local.get 10
i32.const 20
i32.add
i32.load
call 104
br 1 (;@13;)
end
local.get 1
local.get 10
i32.const 16
i32.add
i32.load
call 149
local.get 10
i32.load offset=24
local.get 10
i32.const 28
i32.add
i32.load
call 149
local.get 10
i32.load offset=36
local.tee 1
i32.const -2147483647
i32.eq
br_if 0 (;@13;)
local.get 1
local.get 10
i32.const 40
i32.add
i32.load
call 149
end
local.get 10
i32.const 4
i32.add
i32.load
local.set 1
local.get 10
i32.load offset=8
local.set 5
block ;; label = @13
loop ;; label = @14
local.get 5
i32.eqz
br_if 1 (;@13;)
block ;; label = @15
local.get 1
i32.const 12
i32.add
i32.load
local.tee 6
i32.const -2147483648
i32.eq
br_if 0 (;@15;)
local.get 6
local.get 1
i32.const 16
i32.add
i32.load
call 104
end
local.get 1
i32.load
local.get 1
i32.const 4
i32.add
i32.load
call 104
local.get 5
i32.const -1
i32.add
local.set 5
local.get 1
i32.const 28
i32.add
local.set 1
br 0 (;@14;)
end
end
local.get 10
i32.load
local.get 10
i32.const 4
i32.add
i32.load
i32.const 4
i32.const 28
call 150
local.get 10
i32.const 52
i32.const 4
call 151
br 7 (;@5;)
end
local.get 1
i32.const 1
i32.and
i32.eqz
br_if 5 (;@6;)
br 3 (;@8;)
end
local.get 1
i32.const 1
i32.and
br_if 2 (;@8;)
local.get 0
i32.load offset=20
local.set 1
local.get 0
i32.load offset=16
local.set 5
local.get 0
i32.const 8
i32.add
i32.const 2
local.get 2
call 129
local.set 7
local.get 5
local.get 1
call 104
br 9 (;@1;)
end
local.get 1
i32.const 255
i32.and
i32.const 1
i32.gt_u
br_if 2 (;@7;)
local.get 2
local.get 2
i32.load offset=32
i32.store offset=28
local.get 2
local.get 2
i32.load offset=20
local.get 2
i32.load offset=36
i32.add
i32.store offset=24
local.get 0
i32.load offset=4
local.set 5
local.get 0
i32.load offset=8
local.set 1
local.get 3
local.get 0
i32.load offset=12
i32.store offset=16
local.get 3
local.get 1
i32.store offset=12
local.get 3
i32.const 18
i32.store16 offset=8
local.get 2
local.get 3
i32.const 8
i32.add
call 117
local.get 2
i32.const 4
i32.const 0
call 119
local.set 7
local.get 5
local.get 1
call 104
br 8 (;@1;)
end
local.get 2
i32.const 0
i32.const 0
call 119
local.set 7
br 7 (;@1;)
end
local.get 2
i32.const 65697
i32.const 70
call 130
local.set 7
br 2 (;@5;)
end
local.get 2
i32.const 65767
i32.const 72
call 130
local.set 7
br 2 (;@4;)
end
local.get 0
i32.load offset=28
local.set 1
local.get 0
i32.load offset=24
local.set 5
local.get 0
i64.load offset=8
local.set 7
local.get 3
i32.const 17
i32.store16 offset=8
local.get 3
local.get 7
i64.store offset=16
local.get 2
local.get 3
i32.const 8
i32.add
call 117
local.get 8
i32.const 1
local.get 2
call 129
local.set 7
local.get 5
local.get 1
call 104
br 4 (;@1;)
end
local.get 4
i32.const -2
i32.add
br_table 1 (;@3;) 2 (;@2;) 0 (;@4;) 3 (;@1;)
end
local.get 9
local.set 8
br 1 (;@2;)
end
local.get 0
i32.const 24
i32.add
local.set 8
end
local.get 8
i32.load
local.get 8
i32.const 4
i32.add
i32.load
call 104
end
local.get 3
i32.const 32
i32.add
global.set 0
local.get 7
)
(func (;145;) (type 13) (param i32 i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 64
i32.sub
local.tee 3
global.set 0
local.get 3
i32.const 0
i32.store offset=40
local.get 3
i64.const 4294967296
i64.store offset=32 align=4
local.get 3
i32.const 80144
i32.store offset=48
local.get 3
i64.const 1610612768
i64.store offset=52 align=4
local.get 3
local.get 3
i32.const 32
i32.add
i32.store offset=44
block ;; label = @1
block ;; label = @2
local.get 1
local.get 3
i32.const 44
i32.add
local.get 2
i32.load offset=16
call_indirect (type 1)
br_if 0 (;@2;)
local.get 3
local.get 3
i32.load offset=40
i32.store offset=24
local.get 3
local.get 3
i64.load offset=32 align=4
i64.store offset=16
local.get 3
i32.const 8
i32.add
local.get 1
local.get 2
i32.load offset=24
call_indirect (type 2)
local.get 3
i32.load offset=12
local.set 1
local.get 3
i32.load offset=8
local.set 2
block ;; label = @3
loop ;; label = @4
local.get 2
i32.eqz
br_if 1 (;@3;)
local.get 3
i32.const 16
i32.add
i32.const 79196
i32.const 2
call 49
local.get 3
i32.const 0
i32.store offset=40
local.get 3
i64.const 4294967296
i64.store offset=32 align=4
local.get 3
i32.const 80144
i32.store offset=48
local.get 3
i64.const 1610612768
i64.store offset=52 align=4
local.get 3
local.get 3
i32.const 32
i32.add
i32.store offset=44
local.get 2
local.get 3
i32.const 44
i32.add
local.get 1
i32.load offset=16
call_indirect (type 1)
br_if 3 (;@1;)
local.get 3
i32.load offset=32
local.set 4
local.get 3
i32.const 16
i32.add
local.get 3
i32.load offset=36
local.tee 5
local.get 3
i32.load offset=40
call 49
local.get 4
local.get 5
call 104
local.get 3
local.get 2
local.get 1
i32.load offset=24
call_indirect (type 2)
local.get 3
i32.load offset=4
local.set 1
local.get 3
i32.load
local.set 2
br 0 (;@4;)
end
end
local.get 0
local.get 3
i32.load offset=24
i32.store offset=8
local.get 0
local.get 3
i64.load offset=16
i64.store align=4
local.get 3
i32.const 64
i32.add
global.set 0
return
end
i32.const 80184
i32.const 55
local.get 3
i32.const 63
i32.add
i32.const 80168
i32.const 80240
call 112
unreachable
end
i32.const 80184
i32.const 55
local.get 3
i32.const 63
i32.add
i32.const 80168
i32.const 80240
call 112
unreachable
)
(func (;146;) (type 2) (param i32 i32)
(local i32)
block ;; label = @1
local.get 1
i32.load
local.tee 2
i32.eqz
br_if 0 (;@1;)
local.get 0
local.get 2
call_indirect (type 3)
end
block ;; label = @1
local.get 1
i32.load offset=4
local.tee 2
i32.eqz
br_if 0 (;@1;)
local.get 0
local.get 2
local.get 1
i32.load offset=8
call 151
end
)
(func (;147;) (type 29) (param i32 i32 i32 i32) (result i64)
(local i32 i64)
global.get 0
i32.const 32
i32.sub
local.tee 4
global.set 0
local.get 4
local.get 2
i32.store16 offset=2
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 2
i32.const 65535
i32.and
local.get 0
i32.load16_u offset=48
local.tee 2
i32.gt_u
br_if 0 (;@3;)
local.get 2
i32.const 600
i32.lt_u
br_if 1 (;@2;)
end
local.get 4
i32.const 6
i32.store offset=28
local.get 4
i32.const 6
i32.store offset=20
local.get 4
local.get 0
i32.const 48
i32.add
i32.store offset=16
local.get 4
local.get 4
i32.const 2
i32.add
i32.store offset=24
local.get 4
i32.const 4
i32.add
i32.const 68732
local.get 4
i32.const 16
i32.add
call 264
local.get 1
local.get 4
i32.load offset=8
local.tee 2
local.get 4
i32.load offset=12
call 130
local.set 5
local.get 4
i32.load offset=4
local.get 2
call 104
br 1 (;@1;)
end
local.get 1
local.get 3
local.get 2
call 119
local.set 5
end
local.get 4
i32.const 32
i32.add
global.set 0
local.get 5
)
(func (;148;) (type 23) (param i32 i32 i32 i32 i32)
(local i32 i32)
global.get 0
i32.const 48
i32.sub
local.tee 5
global.set 0
local.get 0
i32.const 0
i32.store offset=56
local.get 5
local.get 4
i32.store8 offset=11
local.get 5
local.get 3
i32.store offset=20
local.get 5
local.get 2
i32.store offset=16
local.get 5
local.get 5
i32.const 11
i32.add
i32.store offset=12
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 1
i32.load
local.tee 2
i32.eqz
br_if 0 (;@3;)
local.get 1
i32.load offset=4
local.tee 6
i32.const 255
i32.gt_u
br_if 1 (;@2;)
i32.const 0
local.set 4
loop ;; label = @4
local.get 6
local.get 4
i32.eq
br_if 1 (;@3;)
local.get 2
local.get 4
i32.add
local.set 3
local.get 4
i32.const 1
i32.add
local.set 4
local.get 3
i32.load8_u
i32.const -65
i32.add
i32.const 255
i32.and
i32.const 26
i32.ge_u
br_if 0 (;@4;)
end
local.get 5
i32.const 36
i32.add
local.get 2
local.get 6
call 273
local.get 5
local.get 0
i32.store offset=24
local.get 5
local.get 5
i32.load offset=44
i32.store offset=32
local.get 5
local.get 5
i32.load offset=40
local.tee 4
i32.store offset=28
local.get 5
i32.const 12
i32.add
local.get 0
local.get 5
i32.const 28
i32.add
call 451
local.get 5
i32.load offset=36
local.get 4
call 104
br 2 (;@1;)
end
local.get 5
local.get 1
i64.load align=4
i64.store offset=40 align=4
local.get 5
local.get 0
i32.store offset=36
local.get 5
i32.const 12
i32.add
local.get 0
local.get 5
i32.const 40
i32.add
call 451
br 1 (;@1;)
end
local.get 0
i32.const 38
i32.store offset=44
local.get 0
i32.const 79479
i32.store offset=40
end
local.get 5
i32.const 48
i32.add
global.set 0
)
(func (;149;) (type 2) (param i32 i32)
block ;; label = @1
local.get 0
i32.const -2147483648
i32.eq
br_if 0 (;@1;)
local.get 0
local.get 1
call 104
end
)
(func (;150;) (type 16) (param i32 i32 i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 4
global.set 0
block ;; label = @1
block ;; label = @2
local.get 0
br_if 0 (;@2;)
i32.const 0
local.set 0
local.get 4
i32.const 12
i32.add
local.set 3
br 1 (;@1;)
end
local.get 4
local.get 2
i32.store offset=12
local.get 0
local.get 3
i32.mul
local.set 0
local.get 4
i32.const 8
i32.add
local.set 3
end
local.get 3
local.get 0
i32.store
block ;; label = @1
local.get 4
i32.load offset=12
local.tee 0
i32.eqz
br_if 0 (;@1;)
local.get 1
local.get 0
local.get 4
i32.load offset=8
call 360
end
local.get 4
i32.const 16
i32.add
global.set 0
)
(func (;151;) (type 13) (param i32 i32 i32)
(local i32 i32)
block ;; label = @1
block ;; label = @2
local.get 0
i32.const -4
i32.add
i32.load
local.tee 3
i32.const -8
i32.and
local.tee 4
i32.const 4
i32.const 8
local.get 3
i32.const 3
i32.and
local.tee 3
select
local.get 1
i32.add
i32.lt_u
br_if 0 (;@2;)
block ;; label = @3
local.get 3
i32.eqz
br_if 0 (;@3;)
local.get 4
local.get 1
i32.const 39
i32.add
i32.gt_u
br_if 2 (;@1;)
end
local.get 0
call 355
return
end
i32.const 81192
i32.const 46
i32.const 81240
call 346
unreachable
end
i32.const 81256
i32.const 46
i32.const 81304
call 346
unreachable
)
(func (;152;) (type 2) (param i32 i32)
(local i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 2
global.set 0
i32.const 0
local.set 3
local.get 2
i32.const 0
i32.store offset=16
local.get 2
i64.const 4294967296
i64.store offset=8 align=4
local.get 2
i32.const 8
i32.add
i32.const 64
call 153
local.get 2
i32.const 20
i32.add
i32.const 8
i32.add
local.set 4
block ;; label = @1
loop ;; label = @2
local.get 2
local.get 1
local.get 3
i32.add
i32.load8_u
local.tee 5
i32.const 15
i32.and
i32.const 8
i32.shl
local.get 5
i32.const 4
i32.shr_u
i32.or
i32.store16 offset=28
i32.const 0
local.set 5
block ;; label = @3
loop ;; label = @4
local.get 5
i32.const 2
i32.eq
br_if 1 (;@3;)
local.get 4
local.get 5
i32.add
i32.load8_u
local.tee 6
i32.const 16
i32.ge_u
br_if 3 (;@1;)
local.get 2
i32.load offset=16
local.set 7
local.get 2
i32.const 8
i32.add
i32.const 1
call 153
local.get 2
i32.load offset=12
local.get 2
i32.load offset=16
i32.add
local.get 6
i32.load8_u offset=71751
i32.store8
local.get 2
local.get 7
i32.const 1
i32.add
i32.store offset=16
local.get 5
i32.const 1
i32.add
local.set 5
br 0 (;@4;)
end
end
local.get 3
i32.const 1
i32.add
local.tee 3
i32.const 32
i32.ne
br_if 0 (;@2;)
end
local.get 0
local.get 2
i32.load offset=16
i32.store offset=8
local.get 0
local.get 2
i64.load offset=8 align=4
i64.store align=4
local.get 2
i32.const 32
i32.add
global.set 0
return
end
local.get 6
i32.const 16
i32.const 68944
call 154
unreachable
)
(func (;153;) (type 2) (param i32 i32)
(local i32)
block ;; label = @1
local.get 1
local.get 0
i32.load
local.get 0
i32.load offset=8
local.tee 2
i32.sub
i32.le_u
br_if 0 (;@1;)
local.get 0
local.get 2
local.get 1
i32.const 1
i32.const 1
call 183
end
)
(func (;154;) (type 13) (param i32 i32 i32)
(local i32 i64)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
local.get 3
local.get 1
i32.store offset=12
local.get 3
local.get 0
i32.store offset=8
local.get 3
i32.const 5
i64.extend_i32_u
i64.const 32
i64.shl
local.tee 4
local.get 3
i32.const 8
i32.add
i64.extend_i32_u
i64.or
i64.store offset=24
local.get 3
local.get 4
local.get 3
i32.const 12
i32.add
i64.extend_i32_u
i64.or
i64.store offset=16
i32.const 66567
local.get 3
i32.const 16
i32.add
local.get 2
call 122
unreachable
)
(func (;155;) (type 9) (param i32 i32 i32 i32) (result i32)
local.get 0
local.get 1
local.get 2
local.get 3
i32.const 32
call 3
i32.const 0
i32.ne
)
(func (;156;) (type 23) (param i32 i32 i32 i32 i32)
local.get 0
i32.const 8
i32.add
local.get 1
local.get 2
call 46
local.get 0
i32.const 20
i32.add
i32.const 76136
i32.const 3
call 46
local.get 0
i32.const 32
i32.add
local.get 3
local.get 4
call 46
local.get 0
i64.const 1
i64.store offset=60 align=4
local.get 0
i64.const 0
i64.store offset=52 align=4
local.get 0
i64.const 17179869184
i64.store offset=44 align=4
local.get 0
i64.const 1000
i64.store
)
(func (;157;) (type 30) (param i32 i32 i32 i32 i32 i32 i32 i32)
(local i32)
global.get 0
i32.const 160
i32.sub
local.tee 8
global.set 0
local.get 8
local.get 3
i32.store offset=36
local.get 8
local.get 2
i32.store offset=32
local.get 8
i32.const 116
i32.add
local.get 2
local.get 3
call 46
local.get 8
i32.const 128
i32.add
local.get 4
local.get 5
call 46
local.get 8
i32.const 140
i32.add
local.get 8
i32.const 156
i32.add
i32.const 0
call 158
local.get 8
i32.const 24
i32.add
local.get 7
i32.const 8
i32.const 8
call 48
local.get 8
i32.load offset=28
local.set 3
local.get 8
i32.load offset=24
local.set 2
block ;; label = @1
local.get 7
i32.eqz
br_if 0 (;@1;)
local.get 7
i32.const 3
i32.shl
local.tee 5
i32.eqz
br_if 0 (;@1;)
local.get 3
local.get 6
local.get 5
memory.copy
end
local.get 8
local.get 1
i32.store8 offset=88
local.get 8
local.get 8
i64.load offset=116 align=4
i64.store offset=40
local.get 8
local.get 8
i32.load offset=124
i32.store offset=48
local.get 8
local.get 8
i64.load offset=128 align=4
i64.store offset=52 align=4
local.get 8
local.get 8
i32.load offset=136
i32.store offset=60
local.get 8
local.get 8
i64.load offset=140 align=4
i64.store offset=64
local.get 8
local.get 8
i32.load offset=148
i32.store offset=72
local.get 8
local.get 7
i32.store offset=84
local.get 8
local.get 3
i32.store offset=80
local.get 8
local.get 2
i32.store offset=76
local.get 8
i32.const 92
i32.add
local.get 8
i32.const 40
i32.add
call 113
local.get 8
i32.const 16
i32.add
i32.const 82876
call 101
local.get 8
i32.load offset=20
local.set 7
block ;; label = @1
block ;; label = @2
local.get 8
i32.load offset=96
local.tee 2
local.get 8
i32.load offset=100
local.get 8
i32.load offset=16
local.tee 5
call 159
local.tee 3
i32.const -1
i32.gt_s
br_if 0 (;@2;)
local.get 8
i32.const 140
i32.add
i32.const 0
local.get 3
i32.sub
call 103
local.get 8
i32.load offset=144
local.tee 3
local.get 8
i32.load offset=148
local.tee 5
call 1
drop
local.get 8
i32.const 128
i32.add
local.get 3
local.get 5
call 160
local.get 8
i32.load offset=140
local.get 3
call 104
br 1 (;@1;)
end
local.get 8
i32.const 8
i32.add
local.get 5
local.get 3
call 105
local.get 8
i32.const 128
i32.add
local.get 8
i32.load offset=8
local.get 8
i32.load offset=12
call 160
end
local.get 7
local.get 7
i32.load
i32.const 1
i32.add
i32.store
block ;; label = @1
local.get 8
i32.load offset=128
local.tee 7
i32.const -2147483646
i32.eq
br_if 0 (;@1;)
local.get 8
local.get 8
i64.load offset=132 align=4
i64.store offset=144 align=4
local.get 8
local.get 7
i32.store offset=140
local.get 8
i32.const 104
i32.add
local.get 8
i32.const 140
i32.add
call 161
local.get 8
i32.load offset=108
local.set 7
block ;; label = @2
block ;; label = @3
local.get 8
i32.load offset=104
local.tee 3
i32.const -2147483648
i32.eq
br_if 0 (;@3;)
local.get 8
local.get 8
i32.load offset=112
i32.store offset=124
local.get 8
local.get 7
i32.store offset=120
local.get 8
local.get 3
i32.store offset=116
local.get 8
i32.const 7
i32.store offset=152
local.get 8
i32.const 8
i32.store offset=144
local.get 8
local.get 8
i32.const 116
i32.add
i32.store offset=148
local.get 8
local.get 8
i32.const 32
i32.add
i32.store offset=140
local.get 8
i32.const 128
i32.add
i32.const 67042
local.get 8
i32.const 140
i32.add
call 51
local.get 8
i32.const 128
i32.add
call 66
local.set 3
local.get 8
i32.load offset=116
local.get 8
i32.load offset=120
call 104
i32.const 65552
local.set 7
br 1 (;@2;)
end
i32.const 0
local.set 3
end
local.get 0
local.get 3
i32.store
local.get 0
local.get 7
i32.store offset=4
local.get 8
i32.load offset=92
local.get 2
call 104
local.get 8
i32.const 40
i32.add
call 163
local.get 8
i32.const 160
i32.add
global.set 0
return
end
i32.const 80080
call 106
unreachable
)
(func (;158;) (type 13) (param i32 i32 i32)
(local i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
local.get 3
i32.const 8
i32.add
local.get 2
i32.const 4
i32.const 12
call 48
local.get 3
i32.load offset=8
local.tee 4
local.get 2
local.get 4
local.get 2
i32.lt_u
select
i32.const 12
i32.mul
local.set 5
i32.const 0
local.set 6
local.get 3
i32.load offset=12
local.set 7
block ;; label = @1
loop ;; label = @2
local.get 5
local.get 6
i32.eq
br_if 1 (;@1;)
local.get 3
i32.const 20
i32.add
local.get 1
local.get 6
i32.add
local.tee 8
i32.const 4
i32.add
i32.load
local.get 8
i32.const 8
i32.add
i32.load
call 236
local.get 7
local.get 6
i32.add
local.tee 8
local.get 3
i32.load offset=28
i32.store offset=8
local.get 8
local.get 3
i64.load offset=20 align=4
i64.store align=4
local.get 6
i32.const 12
i32.add
local.set 6
br 0 (;@2;)
end
end
local.get 0
local.get 2
i32.store offset=8
local.get 0
local.get 7
i32.store offset=4
local.get 0
local.get 4
i32.store
local.get 3
i32.const 32
i32.add
global.set 0
)
(func (;159;) (type 0) (param i32 i32 i32) (result i32)
local.get 0
local.get 1
local.get 2
i32.const 160
call 34
)
(func (;160;) (type 13) (param i32 i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
local.get 3
local.get 1
i32.store offset=4
local.get 3
local.get 1
local.get 2
i32.add
i32.store offset=8
local.get 3
i32.const 12
i32.add
local.get 3
i32.const 4
i32.add
call 417
block ;; label = @1
block ;; label = @2
local.get 3
i32.load8_u offset=12
local.tee 1
i32.const 2
i32.ne
br_if 0 (;@2;)
local.get 3
i32.load8_u offset=13
local.set 2
i32.const -2147483647
local.set 1
br 1 (;@1;)
end
local.get 3
i32.load offset=16
local.set 2
block ;; label = @2
block ;; label = @3
block ;; label = @4
local.get 1
i32.const 1
i32.and
i32.eqz
br_if 0 (;@4;)
local.get 3
i32.const 20
i32.add
local.get 2
call 134
local.get 3
i32.load offset=20
local.tee 1
i32.const -2147483648
i32.ne
br_if 1 (;@3;)
local.get 3
i32.load8_u offset=24
local.set 2
i32.const -2147483647
local.set 1
br 3 (;@1;)
end
local.get 3
i32.const 20
i32.add
local.get 2
call 410
block ;; label = @4
local.get 3
i32.load8_u offset=20
i32.const 1
i32.ne
br_if 0 (;@4;)
local.get 3
i32.load8_u offset=21
local.set 2
i32.const -2147483647
local.set 1
br 3 (;@1;)
end
local.get 3
i32.load offset=24
local.tee 2
i32.const 8
i32.shr_u
local.set 4
i32.const -2147483648
local.set 1
br 1 (;@2;)
end
local.get 3
i32.load offset=24
local.tee 2
i32.const 8
i32.shr_u
local.set 4
local.get 3
i32.load offset=28
local.set 5
end
local.get 0
local.get 4
i32.store16 offset=5 align=1
local.get 0
local.get 5
i32.store offset=8
local.get 0
i32.const 7
i32.add
local.get 4
i32.const 16
i32.shr_u
i32.store8
end
local.get 0
local.get 1
i32.store
local.get 0
local.get 2
i32.store8 offset=4
local.get 3
i32.const 32
i32.add
global.set 0
)
(func (;161;) (type 2) (param i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
block ;; label = @1
local.get 1
i32.load
i32.const -2147483647
i32.ne
br_if 0 (;@1;)
local.get 2
local.get 1
i32.load8_u offset=4
i32.store8 offset=15
i32.const 78956
i32.const 32
local.get 2
i32.const 15
i32.add
i32.const 69804
i32.const 79004
call 112
unreachable
end
local.get 0
local.get 1
i32.load offset=8
i32.store offset=8
local.get 0
local.get 1
i64.load align=4
i64.store align=4
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;162;) (type 1) (param i32 i32) (result i32)
local.get 0
i32.load
local.get 0
i32.load offset=4
local.get 1
i32.load
local.get 1
i32.load offset=4
call 70
)
(func (;163;) (type 3) (param i32)
local.get 0
i32.load
local.get 0
i32.load offset=4
call 104
local.get 0
i32.load offset=12
local.get 0
i32.load offset=16
call 104
local.get 0
i32.const 24
i32.add
call 193
local.get 0
i32.load offset=36
local.get 0
i32.load offset=40
i32.const 8
i32.const 8
call 150
)
(func (;164;) (type 31) (param i32 f64)
(local i32 i32)
global.get 0
i32.const 288
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 16
i32.add
i32.const 0
i32.const 256
memory.fill
local.get 2
i32.const 8
i32.add
local.get 2
i32.const 284
i32.add
i32.const 0
local.get 2
i32.const 16
i32.add
call 83
block ;; label = @1
block ;; label = @2
local.get 2
i32.load offset=8
local.tee 3
i32.eqz
br_if 0 (;@2;)
local.get 0
local.get 1
local.get 3
local.get 2
i32.load offset=12
call 4
br 1 (;@1;)
end
local.get 2
i32.const 272
i32.add
local.get 2
i32.const 284
i32.add
i32.const 0
call 97
local.get 0
local.get 1
local.get 2
i32.load offset=276
local.tee 3
local.get 2
i32.load offset=280
call 4
local.get 2
i32.load offset=272
local.get 3
call 104
end
local.get 2
i32.const 288
i32.add
global.set 0
)
(func (;165;) (type 23) (param i32 i32 i32 i32 i32)
(local i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 5
global.set 0
i32.const 0
local.set 6
local.get 0
i32.const 0
i32.store offset=56
local.get 5
i32.const 0
i32.store8 offset=7
local.get 5
local.get 4
i32.store offset=16
local.get 5
local.get 3
i32.store offset=12
local.get 5
local.get 5
i32.const 7
i32.add
i32.store offset=8
block ;; label = @1
block ;; label = @2
loop ;; label = @3
local.get 2
local.get 6
i32.eq
br_if 1 (;@2;)
local.get 1
local.get 6
i32.add
local.set 4
local.get 6
i32.const 1
i32.add
local.set 6
local.get 4
i32.load8_u
i32.const -65
i32.add
i32.const 255
i32.and
i32.const 25
i32.gt_u
br_if 0 (;@3;)
end
local.get 5
i32.const 20
i32.add
local.get 1
local.get 2
call 45
local.get 5
i32.const 8
i32.add
local.get 0
local.get 5
i64.load32_u offset=28
i64.const 32
i64.shl
local.get 5
i32.load offset=24
local.tee 6
i64.extend_i32_u
i64.or
call 136
local.get 5
i32.load offset=20
local.get 6
call 104
br 1 (;@1;)
end
local.get 5
i32.const 8
i32.add
local.get 0
local.get 2
i64.extend_i32_u
i64.const 32
i64.shl
local.get 1
i64.extend_i32_u
i64.or
call 136
end
local.get 5
i32.const 32
i32.add
global.set 0
)
(func (;166;) (type 3) (param i32)
local.get 0
i32.const 69133
i32.const 7
i32.const 69157
i32.const 1
call 156
)
(func (;167;) (type 2) (param i32 i32)
(local i32)
local.get 0
local.get 1
i32.load
i32.const 2
i32.shl
local.tee 2
i32.load offset=70664
local.get 2
i32.load offset=70636
call 46
local.get 1
call 168
)
(func (;168;) (type 3) (param i32)
block ;; label = @1
local.get 0
i32.load
i32.const 6
i32.eq
br_if 0 (;@1;)
local.get 0
call 90
end
)
(func (;169;) (type 2) (param i32 i32)
(local i32)
block ;; label = @1
local.get 1
i32.load
i32.const -2147483648
i32.ne
br_if 0 (;@1;)
local.get 0
local.get 1
i32.load offset=4
i32.const 2
i32.shl
local.tee 2
i32.load offset=70612
local.get 2
i32.load offset=70588
call 46
local.get 1
i32.const 4
i32.add
call 90
return
end
local.get 0
i32.const 69158
i32.const 2
call 46
local.get 1
call 89
)
(func (;170;) (type 2) (param i32 i32)
(local i32 i32)
local.get 0
local.get 1
i32.load
local.tee 2
i32.const 2
i32.shl
local.tee 3
i32.load offset=70664
local.get 3
i32.load offset=70636
call 46
block ;; label = @1
local.get 2
i32.const 6
i32.eq
br_if 0 (;@1;)
local.get 1
call 90
end
)
(func (;171;) (type 13) (param i32 i32 i32)
(local i32 i32 i32 i64 i32 i32 i32 i32 i64 i32 i64 i64)
global.get 0
i32.const 704
i32.sub
local.tee 3
global.set 0
i32.const 0
i32.load offset=82864
i64.const 1
call 5
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
block ;; label = @8
block ;; label = @9
block ;; label = @10
block ;; label = @11
block ;; label = @12
block ;; label = @13
block ;; label = @14
block ;; label = @15
block ;; label = @16
block ;; label = @17
block ;; label = @18
block ;; label = @19
block ;; label = @20
block ;; label = @21
block ;; label = @22
block ;; label = @23
block ;; label = @24
block ;; label = @25
block ;; label = @26
block ;; label = @27
block ;; label = @28
block ;; label = @29
block ;; label = @30
block ;; label = @31
block ;; label = @32
block ;; label = @33
block ;; label = @34
block ;; label = @35
local.get 1
local.get 2
i32.const 69204
i32.const 3
call 172
br_if 0 (;@35;)
local.get 1
local.get 2
i32.const 69207
i32.const 8
call 172
br_if 1 (;@34;)
local.get 1
local.get 2
i32.const 69215
i32.const 6
call 63
br_if 2 (;@33;)
local.get 1
local.get 2
i32.const 69221
i32.const 4
call 63
br_if 3 (;@32;)
local.get 1
local.get 2
i32.const 69225
i32.const 16
call 63
br_if 4 (;@31;)
local.get 1
local.get 2
i32.const 69241
i32.const 6
call 63
br_if 5 (;@30;)
local.get 1
local.get 2
i32.const 69247
i32.const 5
call 63
br_if 14 (;@21;)
local.get 1
local.get 2
i32.const 69166
i32.const 5
call 63
br_if 6 (;@29;)
local.get 1
local.get 2
i32.const 69252
i32.const 4
call 63
br_if 7 (;@28;)
local.get 1
local.get 2
i32.const 69256
i32.const 8
call 63
br_if 8 (;@27;)
local.get 1
local.get 2
i32.const 69264
i32.const 5
call 63
br_if 9 (;@26;)
local.get 1
local.get 2
i32.const 69269
i32.const 5
call 63
br_if 10 (;@25;)
local.get 1
local.get 2
i32.const 69274
i32.const 4
call 63
br_if 11 (;@24;)
local.get 1
local.get 2
i32.const 69278
i32.const 7
call 63
br_if 12 (;@23;)
local.get 1
local.get 2
i32.const 69285
i32.const 10
call 63
br_if 13 (;@22;)
local.get 0
i32.const -2147483648
i32.store
br 34 (;@1;)
end
block ;; label = @35
local.get 1
local.get 2
i32.const 69569
i32.const 6
call 63
br_if 0 (;@35;)
block ;; label = @36
local.get 1
local.get 2
i32.const 69575
i32.const 18
call 63
br_if 0 (;@36;)
block ;; label = @37
local.get 1
local.get 2
i32.const 69593
i32.const 12
call 63
br_if 0 (;@37;)
block ;; label = @38
local.get 1
local.get 2
i32.const 69605
i32.const 13
call 63
br_if 0 (;@38;)
block ;; label = @39
local.get 1
local.get 2
i32.const 69618
i32.const 9
call 63
br_if 0 (;@39;)
block ;; label = @40
local.get 1
local.get 2
i32.const 69627
i32.const 7
call 63
br_if 0 (;@40;)
block ;; label = @41
block ;; label = @42
block ;; label = @43
local.get 1
local.get 2
i32.const 69634
i32.const 9
call 63
br_if 0 (;@43;)
local.get 1
local.get 2
i32.const 69643
i32.const 6
call 63
br_if 2 (;@41;)
local.get 1
local.get 2
i32.const 69649
i32.const 8
call 63
br_if 1 (;@42;)
local.get 3
local.get 2
i32.store offset=620
local.get 3
local.get 1
i32.store offset=616
local.get 3
i32.const 8
i32.store offset=660
local.get 3
local.get 3
i32.const 616
i32.add
i32.store offset=656
local.get 3
i32.const 488
i32.add
i32.const 68718
local.get 3
i32.const 656
i32.add
call 51
local.get 3
i32.const 488
i32.add
call 66
local.set 2
i32.const 65552
local.set 1
br 41 (;@2;)
end
local.get 3
i32.const 284
i32.add
i32.const 69675
i32.const 513
call 47
local.get 3
i32.const 296
i32.add
i32.const 65537
call 103
local.get 3
i32.const 488
i32.add
i32.const 0
i32.load offset=82836
local.tee 2
i32.const 1
i32.const 0
i32.const 69669
i32.const 1
call 108
local.get 3
i32.const 308
i32.add
local.get 3
i32.const 488
i32.add
call 167
local.get 3
i32.const 488
i32.add
local.get 2
local.get 3
i32.load offset=288
local.tee 4
local.get 3
i32.load offset=292
local.tee 5
i32.const 69669
i32.const 1
call 108
local.get 3
i32.const 320
i32.add
local.get 3
i32.const 488
i32.add
call 167
local.get 3
i32.const 656
i32.add
local.get 6
i32.const 1000000000
call 100
local.get 3
i32.const 80
i32.add
i32.const 82876
call 101
local.get 3
i32.load offset=84
local.set 7
local.get 3
i32.load offset=80
local.set 8
local.get 3
i32.load offset=300
local.set 9
local.get 3
i32.load offset=304
local.set 1
local.get 3
i32.const 72
i32.add
local.get 3
i32.const 656
i32.add
call 102
block ;; label = @43
block ;; label = @44
local.get 2
i32.const 69676
i32.const 5
local.get 9
local.get 1
local.get 3
i32.load offset=72
local.get 3
i32.load offset=76
local.get 8
call 109
local.tee 10
i32.const -1
i32.gt_s
br_if 0 (;@44;)
local.get 3
i32.const 616
i32.add
i32.const 0
local.get 10
i32.sub
call 103
local.get 3
i32.load offset=620
local.tee 8
local.get 3
i32.load offset=624
local.tee 10
call 1
drop
local.get 3
i32.const 488
i32.add
local.get 8
local.get 10
call 84
local.get 3
i32.load offset=616
local.get 8
call 104
br 1 (;@43;)
end
local.get 3
i32.const 64
i32.add
local.get 8
local.get 10
call 105
local.get 3
i32.const 488
i32.add
local.get 3
i32.load offset=64
local.get 3
i32.load offset=68
call 84
end
local.get 7
local.get 7
i32.load
i32.const 1
i32.add
i32.store
local.get 3
local.get 3
i64.load offset=492 align=4
i64.store offset=616
local.get 3
local.get 3
i32.load offset=500
i32.store offset=624
local.get 3
i32.load offset=488
local.tee 7
i32.const 8
i32.eq
br_if 22 (;@20;)
local.get 3
local.get 7
i32.store offset=488
local.get 3
local.get 3
i64.load offset=616
i64.store offset=492 align=4
local.get 3
local.get 3
i32.load offset=624
i32.store offset=500
local.get 3
i32.const 616
i32.add
local.get 3
i32.const 488
i32.add
call 107
local.get 3
i32.const 560
i32.add
local.get 3
i32.const 616
i32.add
call 167
local.get 1
i32.eqz
br_if 23 (;@19;)
local.get 3
i32.const 656
i32.add
local.get 6
i32.const 1000000000
call 100
local.get 3
i32.const 56
i32.add
i32.const 82876
call 101
local.get 3
i32.load offset=60
local.set 7
local.get 3
i32.load offset=56
local.set 8
local.get 3
i32.const 48
i32.add
local.get 3
i32.const 656
i32.add
call 102
block ;; label = @43
block ;; label = @44
local.get 2
i32.const 69700
i32.const 4
local.get 9
i32.const 1
i32.add
local.get 1
i32.const -1
i32.add
local.get 3
i32.load offset=48
local.get 3
i32.load offset=52
local.get 8
call 109
local.tee 1
i32.const -1
i32.gt_s
br_if 0 (;@44;)
local.get 3
i32.const 616
i32.add
i32.const 0
local.get 1
i32.sub
call 103
local.get 3
i32.load offset=620
local.tee 1
local.get 3
i32.load offset=624
local.tee 8
call 1
drop
local.get 3
i32.const 488
i32.add
local.get 1
local.get 8
call 84
local.get 3
i32.load offset=616
local.get 1
call 104
br 1 (;@43;)
end
local.get 3
i32.const 40
i32.add
local.get 8
local.get 1
call 105
local.get 3
i32.const 488
i32.add
local.get 3
i32.load offset=40
local.get 3
i32.load offset=44
call 84
end
local.get 7
local.get 7
i32.load
i32.const 1
i32.add
i32.store
local.get 3
local.get 3
i64.load offset=492 align=4
i64.store offset=616
local.get 3
local.get 3
i32.load offset=500
i32.store offset=624
local.get 3
i32.load offset=488
local.tee 1
i32.const 8
i32.eq
br_if 24 (;@18;)
local.get 3
local.get 1
i32.store offset=488
local.get 3
local.get 3
i64.load offset=616
i64.store offset=492 align=4
local.get 3
local.get 3
i32.load offset=624
i32.store offset=500
local.get 3
i32.const 616
i32.add
local.get 3
i32.const 488
i32.add
call 107
local.get 3
i32.const 524
i32.add
local.get 3
i32.const 616
i32.add
call 167
local.get 3
i32.const 656
i32.add
local.get 2
i32.const 69704
i32.const 3
i64.const 0
call 110
local.get 3
i32.const 536
i32.add
local.get 3
i32.const 656
i32.add
call 167
local.get 3
local.get 3
i64.load offset=308 align=4
i64.store offset=488
local.get 3
local.get 3
i32.load offset=316
i32.store offset=496
local.get 3
local.get 3
i64.load offset=320 align=4
i64.store offset=500 align=4
local.get 3
local.get 3
i32.load offset=328
i32.store offset=508
local.get 3
local.get 3
i64.load offset=560 align=4
i64.store offset=512
local.get 3
local.get 3
i32.load offset=568
i32.store offset=520
local.get 2
i32.const 69700
i32.const 4
call 173
drop
local.get 3
i32.const 560
i32.add
local.get 3
i32.const 488
i32.add
i32.const 5
i32.const 69132
i32.const 1
call 174
local.get 3
i32.const 656
i32.add
local.get 2
local.get 4
local.get 5
call 175
local.get 3
local.get 3
i64.load offset=656
local.tee 6
i64.const 2
i64.ne
i32.store8 offset=320
local.get 3
i32.const 9
i32.store offset=628
local.get 3
i32.const 7
i32.store offset=620
local.get 3
local.get 3
i32.const 320
i32.add
i32.store offset=624
local.get 3
local.get 3
i32.const 560
i32.add
i32.store offset=616
local.get 3
i32.const 332
i32.add
i32.const 67062
local.get 3
i32.const 616
i32.add
call 51
block ;; label = @43
local.get 6
i64.const 2
i64.eq
br_if 0 (;@43;)
local.get 3
i32.load offset=680
local.get 3
i32.load offset=684
call 104
end
local.get 3
i32.load offset=560
local.get 3
i32.load offset=564
call 104
i32.const 0
local.set 2
block ;; label = @43
loop ;; label = @44
local.get 2
i32.const 60
i32.eq
br_if 1 (;@43;)
local.get 3
i32.const 488
i32.add
local.get 2
i32.add
local.tee 1
i32.load
local.get 1
i32.const 4
i32.add
i32.load
call 104
local.get 2
i32.const 12
i32.add
local.set 2
br 0 (;@44;)
end
end
local.get 3
i32.load offset=296
local.get 9
call 104
local.get 3
i32.load offset=284
local.get 4
call 104
br 37 (;@5;)
end
local.get 3
i32.const 488
i32.add
i32.const 0
i32.load offset=82836
local.tee 2
i32.const 69657
i32.const 5
i32.const 69662
i32.const 3
call 108
block ;; label = @42
local.get 3
i32.load offset=488
local.tee 1
i32.const 6
i32.eq
br_if 0 (;@42;)
local.get 3
i32.load offset=492
local.set 9
local.get 3
i64.load offset=496
local.set 6
i32.const 16
call 53
local.tee 2
local.get 6
i64.store offset=8 align=4
local.get 2
local.get 9
i32.store offset=4
local.get 2
local.get 1
i32.store
br 39 (;@3;)
end
local.get 3
i32.const 488
i32.add
i32.const 0
i32.load offset=82840
local.tee 1
i32.const 69657
i32.const 5
i32.const 69409
i32.const 6
call 108
block ;; label = @42
local.get 3
i32.load offset=488
local.tee 9
i32.const 6
i32.eq
br_if 0 (;@42;)
local.get 3
i32.load offset=492
local.set 1
local.get 3
i64.load offset=496
local.set 6
i32.const 16
call 53
local.tee 2
local.get 6
i64.store offset=8 align=4
local.get 2
local.get 1
i32.store offset=4
local.get 2
local.get 9
i32.store
br 39 (;@3;)
end
local.get 3
i32.const 616
i32.add
local.get 2
i32.const 69657
i32.const 5
call 176
local.get 3
i32.const 656
i32.add
local.get 1
i32.const 69657
i32.const 5
call 176
local.get 3
i32.const 10
i32.store offset=500
local.get 3
i32.const 10
i32.store offset=492
local.get 3
local.get 3
i32.const 656
i32.add
i32.store offset=496
local.get 3
local.get 3
i32.const 616
i32.add
i32.store offset=488
local.get 3
i32.const 332
i32.add
i32.const 67062
local.get 3
i32.const 488
i32.add
call 51
local.get 3
i32.load offset=656
local.get 3
i32.load offset=660
call 149
local.get 3
i32.load offset=616
local.get 3
i32.load offset=620
call 149
br 36 (;@5;)
end
i32.const 0
local.set 1
local.get 3
i32.const 488
i32.add
i32.const 0
i32.load offset=82836
local.tee 2
i32.const 69665
i32.const 4
i64.const 3600
call 110
block ;; label = @41
local.get 3
i32.load offset=488
local.tee 9
i32.const 6
i32.eq
br_if 0 (;@41;)
local.get 3
i32.load offset=492
local.set 1
local.get 3
i64.load offset=496
local.set 6
i32.const 16
call 53
local.tee 2
local.get 6
i64.store offset=8 align=4
local.get 2
local.get 1
i32.store offset=4
local.get 2
local.get 9
i32.store
br 38 (;@3;)
end
local.get 3
i32.const 488
i32.add
local.get 2
i32.const 69665
i32.const 4
call 175
block ;; label = @41
local.get 3
i64.load offset=488
local.tee 6
i64.const 2
i64.eq
br_if 0 (;@41;)
local.get 3
i64.load offset=496
local.set 11
local.get 3
i32.load offset=512
local.get 3
i32.load offset=516
call 104
local.get 6
i32.wrap_i64
local.get 11
i64.const -3590000
i64.add
i64.const 10001
i64.lt_u
i32.and
local.set 1
end
local.get 3
i32.const 488
i32.add
local.get 2
i32.const 69670
i32.const 5
i32.const 69669
i32.const 1
call 108
block ;; label = @41
local.get 3
i32.load offset=488
local.tee 9
i32.const 6
i32.eq
br_if 0 (;@41;)
local.get 3
i32.load offset=492
local.set 1
local.get 3
i64.load offset=496
local.set 6
i32.const 16
call 53
local.tee 2
local.get 6
i64.store offset=8 align=4
local.get 2
local.get 1
i32.store offset=4
local.get 2
local.get 9
i32.store
br 38 (;@3;)
end
local.get 3
i32.const 488
i32.add
local.get 2
i32.const 69670
i32.const 5
call 175
i32.const 0
local.set 2
block ;; label = @41
local.get 3
i64.load offset=488
local.tee 6
i64.const 2
i64.eq
br_if 0 (;@41;)
local.get 3
i32.load offset=512
local.get 3
i32.load offset=516
call 104
local.get 6
i64.eqz
local.set 2
end
local.get 3
local.get 2
i32.store8 offset=616
local.get 3
local.get 1
i32.store8 offset=656
local.get 3
i32.const 11
i32.store offset=500
local.get 3
i32.const 11
i32.store offset=492
local.get 3
local.get 3
i32.const 616
i32.add
i32.store offset=496
local.get 3
local.get 3
i32.const 656
i32.add
i32.store offset=488
local.get 3
i32.const 332
i32.add
i32.const 67062
local.get 3
i32.const 488
i32.add
call 51
br 35 (;@5;)
end
local.get 3
i32.const 4
i32.store offset=524
local.get 3
i32.const 69725
i32.store offset=520
local.get 3
i32.const 6
i32.store offset=516
local.get 3
i32.const 69719
i32.store offset=512
local.get 3
i32.const 6
i32.store offset=508
local.get 3
i32.const 69713
i32.store offset=504
local.get 3
i32.const 6
i32.store offset=500
local.get 3
i32.const 69707
i32.store offset=496
i32.const 0
i32.load offset=82836
local.set 9
i32.const 0
local.set 2
loop ;; label = @40
local.get 2
i32.const 32
i32.eq
br_if 23 (;@17;)
local.get 3
i32.const 656
i32.add
local.get 9
local.get 3
i32.const 488
i32.add
local.get 2
i32.add
local.tee 1
i32.const 8
i32.add
i32.load
local.get 1
i32.const 12
i32.add
i32.load
i32.const 1
i32.const 0
call 108
block ;; label = @41
local.get 3
i32.load offset=656
local.tee 1
i32.const 6
i32.eq
br_if 0 (;@41;)
local.get 3
i32.load offset=660
local.set 9
local.get 3
i64.load offset=664
local.set 6
i32.const 16
call 53
local.tee 2
local.get 6
i64.store offset=8 align=4
local.get 2
local.get 9
i32.store offset=4
local.get 2
local.get 1
i32.store
br 38 (;@3;)
end
local.get 2
i32.const 8
i32.add
local.set 2
br 0 (;@40;)
end
end
local.get 3
i32.const 488
i32.add
i32.const 0
i32.load offset=82836
local.tee 2
i32.const 69734
i32.const 4
i32.const 69669
i32.const 1
call 108
block ;; label = @39
local.get 3
i32.load offset=488
local.tee 1
i32.const 6
i32.eq
br_if 0 (;@39;)
local.get 3
i32.load offset=492
local.set 9
local.get 3
i64.load offset=496
local.set 6
i32.const 16
call 53
local.tee 2
local.get 6
i64.store offset=8 align=4
local.get 2
local.get 9
i32.store offset=4
local.get 2
local.get 1
i32.store
br 36 (;@3;)
end
local.get 3
local.get 2
i32.const 69734
i32.const 4
call 173
i32.store8 offset=560
local.get 3
local.get 2
i32.const 69734
i32.const 4
call 173
i32.store8 offset=616
local.get 3
i32.const 656
i32.add
local.get 2
i32.const 69734
i32.const 4
call 176
local.get 3
i32.const 10
i32.store offset=508
local.get 3
i32.const 11
i32.store offset=500
local.get 3
i32.const 11
i32.store offset=492
local.get 3
local.get 3
i32.const 656
i32.add
i32.store offset=504
local.get 3
local.get 3
i32.const 616
i32.add
i32.store offset=496
local.get 3
local.get 3
i32.const 560
i32.add
i32.store offset=488
local.get 3
i32.const 332
i32.add
i32.const 67059
local.get 3
i32.const 488
i32.add
call 51
local.get 3
i32.load offset=656
local.get 3
i32.load offset=660
call 149
br 33 (;@5;)
end
local.get 3
i32.const 488
i32.add
i32.const 0
i32.load offset=82836
local.tee 4
i32.const 69738
i32.const 4
i32.const 69742
i32.const 2
call 108
block ;; label = @38
local.get 3
i32.load offset=488
local.tee 1
i32.const 6
i32.eq
br_if 0 (;@38;)
local.get 3
i32.load offset=492
local.set 9
local.get 3
i64.load offset=496
local.set 6
i32.const 16
call 53
local.tee 2
local.get 6
i64.store offset=8 align=4
local.get 2
local.get 9
i32.store offset=4
local.get 2
local.get 1
i32.store
br 35 (;@3;)
end
local.get 3
i32.const 32
i32.add
i32.const 19
i32.const 1
i32.const 1
call 48
local.get 3
i32.const 0
i32.store offset=664
local.get 3
local.get 3
i64.load offset=32
i64.store offset=656 align=4
local.get 3
i32.const 488
i32.add
i32.const 19
i32.add
local.set 2
i64.const 9223372036854775807
local.set 6
loop ;; label = @38
local.get 2
i32.const -4
i32.add
local.tee 1
local.get 6
local.get 6
i64.const 10000
i64.div_u
local.tee 11
i64.const 10000
i64.mul
i64.sub
i32.wrap_i64
local.tee 9
i32.const 65535
i32.and
i32.const 100
i32.div_u
local.tee 7
i32.const 1
i32.shl
i32.load16_u offset=71856 align=1
i32.store16 align=1
local.get 2
i32.const -2
i32.add
local.get 9
local.get 7
i32.const 100
i32.mul
i32.sub
i32.const 65535
i32.and
i32.const 1
i32.shl
i32.load16_u offset=71856 align=1
i32.store16 align=1
local.get 6
i64.const 9999999
i64.gt_u
local.set 9
local.get 1
local.set 2
local.get 11
local.set 6
local.get 9
br_if 0 (;@38;)
end
local.get 3
i32.const 50
i32.store8 offset=489
local.get 1
i32.const -1
i32.add
i32.const 50
i32.store8
local.get 3
i32.const 57
i32.store8 offset=488
local.get 3
i32.const 656
i32.add
i32.const 19
call 153
local.get 3
i32.load offset=660
local.tee 1
local.get 3
i32.load offset=664
local.tee 7
i32.add
local.tee 2
local.get 3
i64.load offset=488 align=1
i64.store align=1
local.get 2
local.get 3
i64.load offset=496 align=1
i64.store offset=8 align=1
local.get 2
local.get 3
i32.load offset=503 align=1
i32.store offset=15 align=1
local.get 3
i32.load offset=656
local.set 8
local.get 3
i32.const 656
i32.add
local.get 6
i32.const 1000000000
call 100
local.get 3
i32.const 24
i32.add
i32.const 82876
call 101
local.get 3
i32.load offset=28
local.set 2
local.get 3
i32.load offset=24
local.set 9
local.get 3
i32.const 16
i32.add
local.get 3
i32.const 656
i32.add
call 102
block ;; label = @38
block ;; label = @39
local.get 4
i32.const 69744
i32.const 4
local.get 1
local.get 7
i32.const 19
i32.add
local.get 3
i32.load offset=16
local.get 3
i32.load offset=20
local.get 9
call 109
local.tee 7
i32.const -1
i32.gt_s
br_if 0 (;@39;)
local.get 3
i32.const 560
i32.add
i32.const 0
local.get 7
i32.sub
call 103
local.get 3
i32.load offset=564
local.tee 9
local.get 3
i32.load offset=568
local.tee 7
call 1
drop
local.get 3
i32.const 488
i32.add
local.get 9
local.get 7
call 84
local.get 3
i32.load offset=560
local.get 9
call 104
br 1 (;@38;)
end
local.get 3
i32.const 8
i32.add
local.get 9
local.get 7
call 105
local.get 3
i32.const 488
i32.add
local.get 3
i32.load offset=8
local.get 3
i32.load offset=12
call 84
end
local.get 2
local.get 2
i32.load
i32.const 1
i32.add
i32.store
local.get 3
local.get 3
i64.load offset=492 align=4
i64.store offset=560
local.get 3
local.get 3
i32.load offset=500
i32.store offset=568
local.get 3
i32.load offset=488
local.tee 2
i32.const 8
i32.eq
br_if 21 (;@16;)
local.get 3
local.get 2
i32.store offset=488
local.get 3
local.get 3
i64.load offset=560
i64.store offset=492 align=4
local.get 3
local.get 3
i32.load offset=568
i32.store offset=500
local.get 3
i32.const 616
i32.add
local.get 3
i32.const 488
i32.add
call 107
local.get 8
local.get 1
call 104
block ;; label = @38
local.get 3
i32.load offset=616
local.tee 1
i32.const 6
i32.eq
br_if 0 (;@38;)
local.get 3
i32.load offset=620
local.set 9
local.get 3
i64.load offset=624
local.set 6
i32.const 16
call 53
local.tee 2
local.get 6
i64.store offset=8 align=4
local.get 2
local.get 9
i32.store offset=4
local.get 2
local.get 1
i32.store
br 35 (;@3;)
end
local.get 3
i32.const 488
i32.add
local.get 4
i32.const 69738
i32.const 4
i64.const 1
call 111
local.get 3
i32.const 616
i32.add
local.get 3
i32.const 488
i32.add
call 170
local.get 3
i32.const 488
i32.add
local.get 4
i32.const 69744
i32.const 4
i64.const 1
call 111
local.get 3
i32.const 656
i32.add
local.get 3
i32.const 488
i32.add
call 170
local.get 3
i32.const 7
i32.store offset=500
local.get 3
i32.const 7
i32.store offset=492
local.get 3
local.get 3
i32.const 656
i32.add
i32.store offset=496
local.get 3
local.get 3
i32.const 616
i32.add
i32.store offset=488
local.get 3
i32.const 332
i32.add
i32.const 67062
local.get 3
i32.const 488
i32.add
call 51
local.get 3
i32.load offset=656
local.get 3
i32.load offset=660
call 104
local.get 3
i32.load offset=616
local.get 3
i32.load offset=620
call 104
br 32 (;@5;)
end
i32.const 0
i32.load offset=82836
local.tee 2
i32.const 69748
i32.const 5
call 173
drop
local.get 3
i32.const 488
i32.add
local.get 2
i32.const 69748
i32.const 5
i64.const 5
call 111
block ;; label = @37
local.get 3
i32.load offset=488
local.tee 1
i32.const 6
i32.eq
br_if 0 (;@37;)
local.get 3
i32.load offset=492
local.set 9
local.get 3
i64.load offset=496
local.set 6
i32.const 16
call 53
local.tee 2
local.get 6
i64.store offset=8 align=4
local.get 2
local.get 9
i32.store offset=4
local.get 2
local.get 1
i32.store
br 34 (;@3;)
end
local.get 3
i64.load offset=496
local.set 6
local.get 3
i32.const 488
i32.add
local.get 2
i32.const 69748
i32.const 5
i64.const -7
call 111
block ;; label = @37
local.get 3
i32.load offset=488
local.tee 1
i32.const 6
i32.eq
br_if 0 (;@37;)
local.get 3
i32.load offset=492
local.set 9
local.get 3
i64.load offset=496
local.set 6
i32.const 16
call 53
local.tee 2
local.get 6
i64.store offset=8 align=4
local.get 2
local.get 9
i32.store offset=4
local.get 2
local.get 1
i32.store
br 34 (;@3;)
end
local.get 3
local.get 3
i64.load offset=496
i64.store offset=664
local.get 3
local.get 6
i64.store offset=656
local.get 3
i32.const 488
i32.add
local.get 2
i32.const 69748
i32.const 5
i32.const 69753
i32.const 1
call 108
block ;; label = @37
local.get 3
i32.load offset=488
local.tee 1
i32.const 6
i32.eq
br_if 0 (;@37;)
local.get 3
i32.load offset=492
local.set 9
local.get 3
i64.load offset=496
local.set 6
i32.const 16
call 53
local.tee 2
local.get 6
i64.store offset=8 align=4
local.get 2
local.get 9
i32.store offset=4
local.get 2
local.get 1
i32.store
br 34 (;@3;)
end
local.get 3
i32.const 488
i32.add
local.get 2
i32.const 69748
i32.const 5
i64.const 1
call 111
local.get 3
i32.load offset=488
local.tee 1
i32.const 6
i32.eq
br_if 21 (;@15;)
local.get 3
i32.load offset=492
local.set 9
local.get 3
i64.load offset=496
local.set 6
i32.const 16
call 53
local.tee 2
local.get 6
i64.store offset=8 align=4
local.get 2
local.get 9
i32.store offset=4
local.get 2
local.get 1
i32.store
br 33 (;@3;)
end
i32.const 0
i32.load offset=82836
local.tee 2
i32.const 69754
i32.const 3
call 173
drop
local.get 3
i32.const 488
i32.add
local.get 2
i64.const 0
i32.const 69757
i32.const 3
call 99
block ;; label = @36
local.get 3
i32.load offset=488
local.tee 1
i32.const 6
i32.eq
br_if 0 (;@36;)
local.get 3
i32.load offset=492
local.set 9
local.get 3
i64.load offset=496
local.set 6
i32.const 16
call 53
local.tee 2
local.get 6
i64.store offset=8 align=4
local.get 2
local.get 9
i32.store offset=4
local.get 2
local.get 1
i32.store
br 33 (;@3;)
end
local.get 3
i64.load offset=496
local.set 6
local.get 3
i32.const 576
i32.add
local.get 2
i64.const 0
i32.const 69760
i32.const 3
call 99
local.get 3
i32.const 488
i32.add
local.get 2
local.get 6
i32.const 69763
i32.const 5
call 99
local.get 3
local.get 3
i32.load offset=488
i32.const 6
i32.eq
i32.store8 offset=560
local.get 3
i32.const 488
i32.add
call 168
local.get 3
i32.const 616
i32.add
local.get 3
i32.const 576
i32.add
call 167
local.get 3
i32.const 656
i32.add
local.get 2
i32.const 69754
i32.const 3
call 176
local.get 3
i32.const 10
i32.store offset=508
local.get 3
i32.const 11
i32.store offset=500
local.get 3
i32.const 7
i32.store offset=492
local.get 3
local.get 3
i32.const 656
i32.add
i32.store offset=504
local.get 3
local.get 3
i32.const 560
i32.add
i32.store offset=496
local.get 3
local.get 3
i32.const 616
i32.add
i32.store offset=488
local.get 3
i32.const 332
i32.add
i32.const 67059
local.get 3
i32.const 488
i32.add
call 51
local.get 3
i32.load offset=656
local.get 3
i32.load offset=660
call 149
local.get 3
i32.load offset=616
local.get 3
i32.load offset=620
call 104
br 30 (;@5;)
end
local.get 3
i32.const 488
i32.add
i32.const 0
i32.load offset=82836
local.tee 2
i32.const 69768
i32.const 3
i32.const 69757
i32.const 3
call 108
block ;; label = @35
local.get 3
i32.load offset=488
local.tee 1
i32.const 6
i32.eq
br_if 0 (;@35;)
local.get 3
i32.load offset=492
local.set 9
local.get 3
i64.load offset=496
local.set 6
i32.const 16
call 53
local.tee 2
local.get 6
i64.store offset=8 align=4
local.get 2
local.get 9
i32.store offset=4
local.get 2
local.get 1
i32.store
br 32 (;@3;)
end
local.get 3
i64.load offset=496
local.set 6
local.get 3
i32.const 488
i32.add
local.get 2
i32.const 69768
i32.const 3
i32.const 69760
i32.const 3
call 108
block ;; label = @35
local.get 3
i32.load offset=488
local.tee 1
i32.const 6
i32.eq
br_if 0 (;@35;)
local.get 3
i32.load offset=492
local.set 9
local.get 3
i64.load offset=496
local.set 6
i32.const 16
call 53
local.tee 2
local.get 6
i64.store offset=8 align=4
local.get 2
local.get 9
i32.store offset=4
local.get 2
local.get 1
i32.store
br 32 (;@3;)
end
local.get 3
local.get 6
local.get 3
i64.load offset=496
local.tee 11
i64.lt_u
i32.store8 offset=560
local.get 3
i32.const 656
i32.add
local.get 2
i32.const 69768
i32.const 3
call 176
local.get 3
i32.const 488
i32.add
local.get 2
i32.const 69768
i32.const 3
call 175
i32.const 0
local.set 2
block ;; label = @35
local.get 3
i64.load offset=488
i64.const 2
i64.eq
br_if 0 (;@35;)
local.get 3
i64.load offset=504
local.set 6
local.get 3
i32.load offset=512
local.get 3
i32.load offset=516
call 104
local.get 6
local.get 11
i64.eq
local.set 2
end
local.get 3
local.get 2
i32.store8 offset=616
local.get 3
i32.const 11
i32.store offset=508
local.get 3
i32.const 10
i32.store offset=500
local.get 3
i32.const 11
i32.store offset=492
local.get 3
local.get 3
i32.const 616
i32.add
i32.store offset=504
local.get 3
local.get 3
i32.const 656
i32.add
i32.store offset=496
local.get 3
local.get 3
i32.const 560
i32.add
i32.store offset=488
local.get 3
i32.const 332
i32.add
i32.const 67059
local.get 3
i32.const 488
i32.add
call 51
local.get 3
i32.load offset=656
local.get 3
i32.load offset=660
call 149
br 29 (;@5;)
end
local.get 1
local.get 2
i32.const 69006
i32.const 19
call 63
br_if 19 (;@14;)
block ;; label = @34
block ;; label = @35
block ;; label = @36
block ;; label = @37
block ;; label = @38
local.get 1
local.get 2
i32.const 69025
i32.const 28
call 63
br_if 0 (;@38;)
local.get 1
local.get 2
i32.const 69053
i32.const 16
call 63
br_if 1 (;@37;)
local.get 1
local.get 2
i32.const 69069
i32.const 15
call 63
br_if 2 (;@36;)
local.get 1
local.get 2
i32.const 69084
i32.const 17
call 63
br_if 3 (;@35;)
local.get 1
local.get 2
i32.const 69101
i32.const 24
call 63
br_if 4 (;@34;)
local.get 3
i32.const 236
i32.add
i32.const 69125
i32.const 7
call 46
br 34 (;@4;)
end
local.get 3
i32.const 488
i32.add
i32.const 69148
i32.const 9
i32.const 69157
i32.const 1
call 156
local.get 3
i32.const 576
i32.add
local.get 3
i32.const 488
i32.add
call 178
local.get 3
i32.load offset=584
local.set 9
local.get 3
i32.load offset=580
local.set 1
local.get 3
i32.const 96
i32.add
i32.const 82876
call 101
local.get 3
i32.load offset=100
local.set 2
block ;; label = @38
block ;; label = @39
local.get 1
local.get 9
local.get 3
i32.load offset=96
local.tee 7
i32.const 160
call 6
local.tee 9
i32.const -1
i32.gt_s
br_if 0 (;@39;)
local.get 3
i32.const 616
i32.add
i32.const 0
local.get 9
i32.sub
call 103
local.get 3
i32.load offset=620
local.tee 9
local.get 3
i32.load offset=624
local.tee 7
call 1
drop
local.get 3
i32.const 656
i32.add
local.get 9
local.get 7
call 179
local.get 3
i32.load offset=616
local.get 9
call 104
br 1 (;@38;)
end
local.get 3
i32.const 88
i32.add
local.get 7
local.get 9
call 180
local.get 3
i32.const 656
i32.add
local.get 3
i32.load offset=88
local.get 3
i32.load offset=92
call 179
end
local.get 2
local.get 2
i32.load
i32.const 1
i32.add
i32.store
local.get 3
local.get 3
i64.load offset=661 align=1
i64.store offset=616
local.get 3
local.get 3
i32.load offset=668 align=1
i32.store offset=623 align=1
local.get 3
i32.load offset=656
local.tee 2
i32.const 8
i32.eq
br_if 24 (;@13;)
local.get 3
i32.load8_u offset=660
local.set 9
local.get 3
local.get 3
i32.load offset=623 align=1
i32.store offset=567 align=1
local.get 3
local.get 3
i64.load offset=616
i64.store offset=560
local.get 2
i32.const 7
i32.eq
br_if 25 (;@12;)
local.get 3
local.get 9
i32.store8 offset=660
local.get 3
local.get 3
i64.load offset=560
i64.store offset=661 align=1
local.get 3
local.get 3
i32.load offset=567 align=1
i32.store offset=668 align=1
local.get 3
local.get 2
i32.store offset=656
local.get 3
i32.load offset=576
local.get 1
call 104
local.get 2
i32.const 2
i32.shl
local.tee 1
i32.load offset=70636
local.set 9
local.get 1
i32.load offset=70664
local.set 1
local.get 3
i32.const 488
i32.add
call 181
local.get 3
i32.const 236
i32.add
local.get 1
local.get 9
call 46
local.get 2
i32.const 6
i32.eq
br_if 33 (;@4;)
local.get 3
i32.const 656
i32.add
call 90
br 33 (;@4;)
end
local.get 3
i32.const 488
i32.add
i32.const 69133
i32.const 7
i32.const 69140
i32.const 8
call 156
local.get 3
i32.const 656
i32.add
local.get 3
i32.const 488
i32.add
call 182
local.get 3
i32.const 236
i32.add
local.get 3
i32.const 656
i32.add
call 169
br 32 (;@4;)
end
local.get 3
i32.const 344
i32.add
call 166
local.get 3
i64.const 0
i64.store offset=344
local.get 3
i32.const 488
i32.add
local.get 3
i32.const 344
i32.add
call 182
local.get 3
i32.const 236
i32.add
local.get 3
i32.const 488
i32.add
call 169
br 31 (;@4;)
end
local.get 3
i32.const 416
i32.add
call 166
local.get 3
i32.const 488
i32.add
i32.const 1048577
call 103
local.get 3
i32.load offset=472
local.get 3
i32.load offset=476
call 104
local.get 3
local.get 3
i32.load offset=496
i32.store offset=480
local.get 3
local.get 3
i64.load offset=488 align=4
i64.store offset=472
local.get 3
i32.const 488
i32.add
local.get 3
i32.const 416
i32.add
call 182
local.get 3
i32.const 236
i32.add
local.get 3
i32.const 488
i32.add
call 169
br 30 (;@4;)
end
local.get 3
i32.const 120
i32.add
i32.const 9
i32.const 8
i32.const 72
call 48
i32.const 0
local.set 1
local.get 3
i32.const 0
i32.store offset=664
local.get 3
local.get 3
i32.load offset=124
local.tee 9
i32.store offset=660
local.get 3
local.get 3
i32.load offset=120
local.tee 2
i32.store offset=656
i32.const 0
local.set 7
block ;; label = @34
local.get 2
i32.const 8
i32.gt_u
br_if 0 (;@34;)
local.get 3
i32.const 656
i32.add
i32.const 0
i32.const 9
i32.const 8
i32.const 72
call 183
local.get 3
i32.load offset=660
local.set 9
local.get 3
i32.load offset=664
local.set 7
end
local.get 7
i32.const 72
i32.mul
local.set 2
block ;; label = @34
loop ;; label = @35
local.get 1
i32.const 9
i32.eq
br_if 1 (;@34;)
local.get 3
i32.const 488
i32.add
call 166
local.get 9
local.get 2
i32.add
local.get 3
i32.const 488
i32.add
i32.const 72
memory.copy
local.get 2
i32.const 72
i32.add
local.set 2
local.get 1
i32.const 1
i32.add
local.set 1
br 0 (;@35;)
end
end
local.get 3
i32.load offset=656
local.set 8
local.get 3
i32.const 0
i32.store offset=496
local.get 3
i64.const 4294967296
i64.store offset=488 align=4
local.get 3
i32.const 488
i32.add
local.get 7
local.get 1
i32.add
local.tee 7
call 76
local.get 9
local.set 1
block ;; label = @34
loop ;; label = @35
local.get 2
i32.eqz
br_if 1 (;@34;)
local.get 2
i32.const -72
i32.add
local.set 2
local.get 1
local.get 3
i32.const 488
i32.add
call 184
local.get 1
i32.const 72
i32.add
local.set 1
br 0 (;@35;)
end
end
block ;; label = @34
block ;; label = @35
local.get 3
i32.load offset=488
local.tee 2
i32.const -2147483648
i32.ne
br_if 0 (;@35;)
local.get 3
i32.const 2
i32.store8 offset=660
br 1 (;@34;)
end
local.get 3
local.get 3
i64.load offset=492 align=4
i64.store offset=660 align=4
end
local.get 3
local.get 2
i32.store offset=656
local.get 3
i32.const 616
i32.add
local.get 3
i32.const 656
i32.add
call 98
local.get 3
i32.const 112
i32.add
i32.const 82876
call 101
local.get 3
i32.load offset=116
local.set 2
block ;; label = @34
block ;; label = @35
local.get 3
i32.load offset=620
local.tee 5
local.get 3
i32.load offset=624
local.get 3
i32.load offset=112
local.tee 4
i32.const 160
call 7
local.tee 1
i32.const -1
i32.gt_s
br_if 0 (;@35;)
local.get 3
i32.const 488
i32.add
i32.const 0
local.get 1
i32.sub
call 103
local.get 3
i32.load offset=492
local.tee 1
local.get 3
i32.load offset=496
local.tee 4
call 1
drop
local.get 3
i32.const 656
i32.add
local.get 1
local.get 4
call 87
local.get 3
i32.load offset=488
local.get 1
call 104
br 1 (;@34;)
end
local.get 3
i32.const 104
i32.add
local.get 4
local.get 1
call 105
local.get 3
i32.const 656
i32.add
local.get 3
i32.load offset=104
local.get 3
i32.load offset=108
call 87
end
local.get 2
local.get 2
i32.load
i32.const 1
i32.add
i32.store
block ;; label = @34
block ;; label = @35
block ;; label = @36
local.get 3
i32.load offset=656
local.tee 10
i32.const -2147483648
i32.add
br_table 1 (;@35;) 0 (;@36;) 2 (;@34;)
end
i32.const 80080
call 106
unreachable
end
local.get 3
local.get 3
i64.load offset=660 align=4
i64.store8 offset=488
i32.const 78956
i32.const 32
local.get 3
i32.const 488
i32.add
i32.const 69804
i32.const 79004
call 112
unreachable
end
local.get 3
i32.load offset=660
local.tee 4
local.get 3
i32.load offset=664
i32.const 28
i32.mul
local.tee 1
i32.add
local.set 12
local.get 4
local.set 2
block ;; label = @34
loop ;; label = @35
local.get 1
i32.eqz
br_if 1 (;@34;)
local.get 2
local.get 2
i64.load offset=20 align=4
i64.store offset=20 align=4
local.get 1
i32.const -28
i32.add
local.set 1
local.get 2
i32.const 28
i32.add
local.set 2
br 0 (;@35;)
end
end
i32.const 0
local.set 1
i32.const 0
i32.const 4
call 91
i32.const 0
i32.const 4
call 91
local.get 3
i32.load offset=616
local.get 5
call 104
block ;; label = @34
loop ;; label = @35
local.get 7
i32.eqz
br_if 1 (;@34;)
local.get 9
local.get 1
i32.add
local.tee 2
i32.const 8
i32.add
i32.load
local.get 2
i32.const 12
i32.add
i32.load
call 104
local.get 2
i32.const 20
i32.add
i32.load
local.get 2
i32.const 24
i32.add
i32.load
call 104
local.get 2
i32.const 32
i32.add
i32.load
local.get 2
i32.const 36
i32.add
i32.load
call 104
local.get 2
i32.const 44
i32.add
call 185
local.get 2
i32.const 56
i32.add
i32.load
local.get 2
i32.const 60
i32.add
i32.load
call 104
local.get 7
i32.const -1
i32.add
local.set 7
local.get 1
i32.const 72
i32.add
local.set 1
br 0 (;@35;)
end
end
local.get 8
local.get 9
i32.const 8
i32.const 72
call 150
local.get 12
local.get 4
i32.sub
local.set 8
i32.const 0
local.set 9
i32.const 0
local.set 2
block ;; label = @34
loop ;; label = @35
local.get 4
local.get 9
i32.add
local.set 7
local.get 8
local.get 2
i32.eq
br_if 1 (;@34;)
local.get 3
local.get 4
local.get 2
i32.add
local.tee 1
i32.load offset=24
i32.store offset=512
local.get 3
local.get 1
i64.load offset=16 align=4
i64.store offset=504
local.get 3
local.get 1
i64.load offset=8 align=4
i64.store offset=496
local.get 3
local.get 1
i64.load align=4
i64.store offset=488
local.get 3
i32.const 656
i32.add
local.get 3
i32.const 488
i32.add
call 169
local.get 7
local.get 3
i32.load offset=664
i32.store offset=8
local.get 7
local.get 3
i64.load offset=656 align=4
i64.store align=4
local.get 9
i32.const 12
i32.add
local.set 9
local.get 2
i32.const 28
i32.add
local.set 2
br 0 (;@35;)
end
end
i32.const 0
i32.const 4
call 91
local.get 10
i32.const 28
i32.mul
local.tee 1
i32.const 12
i32.div_u
local.set 9
block ;; label = @34
local.get 10
br_if 0 (;@34;)
local.get 4
local.set 2
br 28 (;@6;)
end
local.get 4
local.set 2
local.get 1
local.get 9
i32.const 12
i32.mul
local.tee 8
i32.eq
br_if 27 (;@6;)
block ;; label = @34
local.get 1
i32.const 11
i32.gt_u
br_if 0 (;@34;)
i32.const 4
local.set 2
local.get 1
i32.eqz
br_if 28 (;@6;)
local.get 4
local.get 1
i32.const 4
call 151
br 28 (;@6;)
end
local.get 4
local.get 1
i32.const 4
local.get 8
call 186
local.tee 2
br_if 27 (;@6;)
i32.const 4
local.get 8
call 55
unreachable
end
local.get 3
i64.const 0
i64.store offset=512
local.get 3
i64.const 0
i64.store offset=504
local.get 3
i64.const 0
i64.store offset=496
local.get 3
i64.const 0
i64.store offset=488
i32.const 69399
i32.const 3
local.get 3
i32.const 488
i32.add
i32.const 32
call 8
i32.const 31
i32.shr_u
call 187
local.get 3
local.get 3
i64.load offset=512
i64.store offset=680
local.get 3
local.get 3
i64.load offset=504
i64.store offset=672
local.get 3
local.get 3
i64.load offset=496
i64.store offset=664
local.get 3
local.get 3
i64.load offset=488
i64.store offset=656
local.get 3
i32.const 236
i32.add
local.get 3
i32.const 656
i32.add
call 152
br 28 (;@4;)
end
i32.const 0
i32.load offset=82844
local.set 2
local.get 3
i64.const 0
i64.store offset=512
local.get 3
i64.const 0
i64.store offset=504
local.get 3
i64.const 0
i64.store offset=496
local.get 3
i64.const 0
i64.store offset=488
local.get 2
i32.const 69366
i32.const 28
local.get 3
i32.const 488
i32.add
i32.const 32
call 9
i32.const 31
i32.shr_u
call 187
local.get 3
local.get 3
i64.load offset=512
local.tee 6
i64.store offset=272
local.get 3
local.get 3
i64.load offset=504
local.tee 11
i64.store offset=264
local.get 3
local.get 3
i64.load offset=496
local.tee 13
i64.store offset=256
local.get 3
local.get 3
i64.load offset=488
local.tee 14
i64.store offset=248
local.get 3
local.get 6
i64.store offset=512
local.get 3
local.get 11
i64.store offset=504
local.get 3
local.get 13
i64.store offset=496
local.get 3
local.get 14
i64.store offset=488
local.get 3
local.get 2
i32.const 69366
i32.const 28
local.get 3
i32.const 488
i32.add
call 155
i32.store8 offset=576
local.get 3
i32.const 656
i32.add
local.get 3
i32.const 248
i32.add
call 152
local.get 3
local.get 2
i32.const 69394
i32.const 5
local.get 3
i32.const 248
i32.add
call 155
i32.store8 offset=616
local.get 3
i32.const 11
i32.store offset=508
local.get 3
i32.const 11
i32.store offset=500
local.get 3
i32.const 7
i32.store offset=492
local.get 3
local.get 3
i32.const 616
i32.add
i32.store offset=504
local.get 3
local.get 3
i32.const 576
i32.add
i32.store offset=496
local.get 3
local.get 3
i32.const 656
i32.add
i32.store offset=488
local.get 3
i32.const 236
i32.add
i32.const 67059
local.get 3
i32.const 488
i32.add
call 51
local.get 3
i32.load offset=656
local.get 3
i32.load offset=660
call 104
br 27 (;@4;)
end
local.get 3
i32.const 69363
i32.const 1
call 188
i32.store8 offset=616
local.get 3
i32.const 69364
i32.const 2
call 188
i32.store8 offset=656
local.get 3
i32.const 11
i32.store offset=500
local.get 3
i32.const 11
i32.store offset=492
local.get 3
local.get 3
i32.const 656
i32.add
i32.store offset=496
local.get 3
local.get 3
i32.const 616
i32.add
i32.store offset=488
local.get 3
i32.const 236
i32.add
i32.const 67062
local.get 3
i32.const 488
i32.add
call 51
br 26 (;@4;)
end
local.get 3
i32.const 616
i32.add
i32.const 16
call 189
local.get 3
i32.const 656
i32.add
i32.const 10000
call 189
local.get 3
local.get 3
i32.load offset=624
i32.store offset=560
local.get 3
local.get 3
i32.load offset=664
i32.store offset=576
local.get 3
call 10
call 10
i64.ne
i32.store8 offset=332
local.get 3
i32.const 11
i32.store offset=508
local.get 3
i32.const 5
i32.store offset=500
local.get 3
i32.const 5
i32.store offset=492
local.get 3
local.get 3
i32.const 332
i32.add
i32.store offset=504
local.get 3
local.get 3
i32.const 576
i32.add
i32.store offset=496
local.get 3
local.get 3
i32.const 560
i32.add
i32.store offset=488
local.get 3
i32.const 236
i32.add
i32.const 67059
local.get 3
i32.const 488
i32.add
call 51
local.get 3
i32.load offset=656
local.get 3
i32.load offset=660
call 104
local.get 3
i32.load offset=616
local.get 3
i32.load offset=620
call 104
br 25 (;@4;)
end
local.get 3
i32.const 128
i32.add
i32.const 3
i32.const 4
i32.const 12
call 48
local.get 3
i32.const 0
i32.store offset=568
local.get 3
local.get 3
i64.load offset=128
i64.store offset=560 align=4
local.get 3
i32.const 560
i32.add
i32.const 3
call 190
local.get 3
i32.load offset=564
local.get 3
i32.load offset=568
local.tee 8
i32.const 12
i32.mul
i32.add
local.set 2
local.get 3
i32.const 604
i32.add
local.set 7
local.get 3
i32.const 608
i32.add
local.set 4
i32.const 0
i32.load offset=82848
local.set 9
i32.const 0
local.set 1
block ;; label = @29
loop ;; label = @30
local.get 1
i32.const 3
i32.eq
br_if 1 (;@29;)
local.get 3
i32.const 656
i32.add
i32.const 0
i32.const 40
memory.fill
local.get 9
i32.const 69402
i32.const 7
i32.const 1
local.get 3
i32.const 656
i32.add
i32.const 40
call 11
i32.eqz
br_if 19 (;@11;)
local.get 3
i32.const 40
i32.store offset=336
local.get 3
local.get 3
i32.const 656
i32.add
i32.store offset=332
local.get 3
i32.const 488
i32.add
local.get 3
i32.const 332
i32.add
call 191
local.get 3
i32.const 616
i32.add
local.get 3
i32.const 488
i32.add
call 192
local.get 3
i32.load8_u offset=648
i32.const 2
i32.eq
br_if 19 (;@11;)
local.get 3
i32.const 576
i32.add
local.get 3
i32.const 616
i32.add
i32.const 40
memory.copy
local.get 3
i32.const 5
i32.store offset=500
local.get 3
local.get 7
i32.store offset=496
local.get 3
i32.const 11
i32.store offset=492
local.get 3
local.get 4
i32.store offset=488
local.get 3
i32.const 656
i32.add
i32.const 67062
local.get 3
i32.const 488
i32.add
call 51
local.get 2
local.get 3
i32.load offset=664
i32.store offset=8
local.get 2
local.get 3
i64.load offset=656 align=4
i64.store align=4
local.get 1
i32.const 1
i32.add
local.set 1
local.get 2
i32.const 12
i32.add
local.set 2
br 0 (;@30;)
end
end
local.get 3
local.get 3
i64.load offset=560 align=4
i64.store offset=488
local.get 3
local.get 8
local.get 1
i32.add
local.tee 2
i32.store offset=496
local.get 3
i32.const 236
i32.add
local.get 3
i32.load offset=492
local.get 2
i32.const 79909
i32.const 2
call 174
local.get 3
i32.const 488
i32.add
call 193
br 24 (;@4;)
end
i32.const 0
local.set 2
local.get 3
i32.const 656
i32.add
i32.const 0
i32.const 40
memory.fill
block ;; label = @28
i32.const 1
local.get 3
i32.const 656
i32.add
i32.const 40
call 12
i32.eqz
br_if 0 (;@28;)
local.get 3
i32.const 40
i32.store offset=580
local.get 3
local.get 3
i32.const 656
i32.add
i32.store offset=576
local.get 3
i32.const 488
i32.add
local.get 3
i32.const 576
i32.add
call 191
local.get 3
i32.const 616
i32.add
local.get 3
i32.const 488
i32.add
call 192
local.get 3
i32.load8_u offset=648
i32.const 2
i32.ne
local.set 2
end
local.get 3
local.get 2
i32.store8 offset=576
local.get 3
i32.const 9
i32.store offset=492
local.get 3
local.get 3
i32.const 576
i32.add
i32.store offset=488
local.get 3
i32.const 236
i32.add
i32.const 67065
local.get 3
i32.const 488
i32.add
call 51
br 23 (;@4;)
end
local.get 3
i32.const 144
i32.add
i32.const 82876
call 101
local.get 3
i32.load offset=148
local.set 2
block ;; label = @27
block ;; label = @28
i32.const 69338
i32.const 6
local.get 3
i32.load offset=144
local.tee 9
i32.const 160
call 13
local.tee 1
i32.const -1
i32.gt_s
br_if 0 (;@28;)
local.get 3
i32.const 488
i32.add
i32.const 0
local.get 1
i32.sub
call 103
local.get 3
i32.load offset=492
local.tee 1
local.get 3
i32.load offset=496
local.tee 9
call 1
drop
local.get 3
i32.const 656
i32.add
local.get 1
local.get 9
call 194
local.get 3
i32.load offset=488
local.get 1
call 104
br 1 (;@27;)
end
local.get 3
i32.const 136
i32.add
local.get 9
local.get 1
call 180
local.get 3
i32.const 656
i32.add
local.get 3
i32.load offset=136
local.get 3
i32.load offset=140
call 194
end
local.get 2
local.get 2
i32.load
i32.const 1
i32.add
i32.store
local.get 3
i32.load offset=656
local.tee 2
i32.const -2147483646
i32.eq
br_if 16 (;@10;)
local.get 3
local.get 3
i64.load offset=660 align=4
i64.store offset=492 align=4
local.get 3
local.get 2
i32.store offset=488
local.get 3
i32.const 656
i32.add
local.get 3
i32.const 488
i32.add
call 195
local.get 3
i32.const 69344
i32.const 19
call 14
i32.const 0
i32.ne
i32.store8 offset=616
local.get 3
i32.const 11
i32.store offset=500
local.get 3
i32.const 10
i32.store offset=492
local.get 3
local.get 3
i32.const 616
i32.add
i32.store offset=496
local.get 3
local.get 3
i32.const 656
i32.add
i32.store offset=488
local.get 3
i32.const 236
i32.add
i32.const 67062
local.get 3
i32.const 488
i32.add
call 51
local.get 3
i32.load offset=656
local.get 3
i32.load offset=660
call 149
br 22 (;@4;)
end
local.get 3
i32.const 488
i32.add
i32.const 69295
i32.const 6
call 196
local.get 3
local.get 3
i64.load offset=488
i64.store8 offset=560
local.get 3
i32.const 69295
i32.const 6
call 15
i32.const 0
i32.ne
i32.store8 offset=576
local.get 3
i32.const 69295
i32.const 6
call 16
i32.store offset=616
local.get 3
i32.const 5
i32.store offset=676
local.get 3
i32.const 11
i32.store offset=668
local.get 3
i32.const 9
i32.store offset=660
local.get 3
local.get 3
i32.const 616
i32.add
i32.store offset=672
local.get 3
local.get 3
i32.const 576
i32.add
i32.store offset=664
local.get 3
local.get 3
i32.const 560
i32.add
i32.store offset=656
local.get 3
i32.const 236
i32.add
i32.const 67059
local.get 3
i32.const 656
i32.add
call 51
br 21 (;@4;)
end
local.get 3
i32.const 69331
i32.const 3
call 16
i32.store offset=616
local.get 3
i32.const 488
i32.add
i32.const 69334
i32.const 4
call 196
local.get 3
local.get 3
i64.load offset=488
i64.store8 offset=576
local.get 3
i32.const 11
i32.store offset=668
local.get 3
i32.const 5
i32.store offset=660
local.get 3
local.get 3
i32.const 576
i32.add
i32.store offset=664
local.get 3
local.get 3
i32.const 616
i32.add
i32.store offset=656
local.get 3
i32.const 236
i32.add
i32.const 67062
local.get 3
i32.const 656
i32.add
call 51
br 20 (;@4;)
end
local.get 3
i32.const 488
i32.add
i32.const 0
i32.const 40
memory.fill
block ;; label = @24
block ;; label = @25
local.get 3
i32.const 488
i32.add
i32.const 40
call 17
i32.eqz
br_if 0 (;@25;)
local.get 3
i32.const 40
i32.store offset=660
local.get 3
local.get 3
i32.const 488
i32.add
i32.store offset=656
local.get 3
i32.const 192
i32.add
local.get 3
i32.const 656
i32.add
call 197
block ;; label = @26
local.get 3
i32.load offset=192
i32.const 1
i32.and
br_if 0 (;@26;)
local.get 3
i32.const 184
i32.add
local.get 3
i32.const 656
i32.add
call 197
local.get 3
i32.load offset=184
i32.const 1
i32.and
br_if 0 (;@26;)
local.get 3
i32.const 176
i32.add
local.get 3
i32.const 656
i32.add
call 197
local.get 3
i32.load offset=176
i32.const 1
i32.and
br_if 0 (;@26;)
local.get 3
i32.const 168
i32.add
local.get 3
i32.const 656
i32.add
call 197
local.get 3
i32.load offset=168
i32.const 1
i32.and
br_if 0 (;@26;)
local.get 3
i32.load offset=172
local.set 2
local.get 3
i32.const 160
i32.add
local.get 3
i32.const 656
i32.add
call 197
local.get 3
i32.load offset=160
i32.const 1
i32.and
br_if 0 (;@26;)
local.get 3
i32.const 152
i32.add
local.get 3
i32.const 656
i32.add
call 197
local.get 3
i32.load offset=152
i32.const 1
i32.ne
br_if 2 (;@24;)
end
i32.const 78956
i32.const 32
local.get 3
i32.const 703
i32.add
i32.const 80460
i32.const 78988
call 112
unreachable
end
i32.const 78956
i32.const 32
i32.const 79180
call 198
unreachable
end
local.get 3
local.get 2
i32.const 1001
i32.lt_u
i32.store8 offset=616
local.get 3
i32.const 11
i32.store offset=492
local.get 3
local.get 3
i32.const 616
i32.add
i32.store offset=488
local.get 3
i32.const 236
i32.add
i32.const 67065
local.get 3
i32.const 488
i32.add
call 51
br 19 (;@4;)
end
local.get 3
i32.const 332
i32.add
i32.const 69311
i32.const 7
call 199
local.get 3
i32.const 560
i32.add
i32.const 69318
i32.const 8
call 199
local.get 3
i32.const 224
i32.add
i32.const 82876
call 101
local.get 3
i32.load offset=228
local.set 2
block ;; label = @23
block ;; label = @24
local.get 3
i32.load offset=224
local.tee 9
i32.const 160
call 18
local.tee 1
i32.const -1
i32.gt_s
br_if 0 (;@24;)
local.get 3
i32.const 488
i32.add
i32.const 0
local.get 1
i32.sub
call 103
local.get 3
i32.load offset=492
local.tee 1
local.get 3
i32.load offset=496
local.tee 9
call 1
drop
local.get 3
i32.const 656
i32.add
local.get 1
local.get 9
call 200
local.get 3
i32.load offset=488
local.get 1
call 104
br 1 (;@23;)
end
local.get 3
i32.const 216
i32.add
local.get 9
local.get 1
call 180
local.get 3
i32.const 656
i32.add
local.get 3
i32.load offset=216
local.get 3
i32.load offset=220
call 200
end
local.get 2
local.get 2
i32.load
i32.const 1
i32.add
i32.store
local.get 3
i32.load offset=656
local.tee 2
i32.const -2147483647
i32.eq
br_if 13 (;@9;)
local.get 3
i64.load offset=660 align=4
local.set 6
local.get 2
i32.const -2147483648
i32.eq
br_if 14 (;@8;)
local.get 3
local.get 2
i32.store offset=576
local.get 3
local.get 6
i64.store offset=580 align=4
block ;; label = @23
block ;; label = @24
local.get 6
i64.const 32
i64.shr_u
local.tee 11
i64.eqz
i32.eqz
br_if 0 (;@24;)
i32.const 0
local.set 9
br 1 (;@23;)
end
local.get 11
i32.wrap_i64
local.set 7
local.get 6
i32.wrap_i64
i32.const 4
i32.add
local.set 2
i32.const 0
local.set 9
loop ;; label = @24
i32.const 0
local.set 1
block ;; label = @25
local.get 2
i32.const 4
i32.add
i32.load
i32.const 7
i32.ne
br_if 0 (;@25;)
local.get 2
i32.load
i32.const 69311
i32.const 7
call 493
i32.eqz
local.set 1
end
local.get 2
i32.const 24
i32.add
local.set 2
local.get 1
local.get 9
i32.add
local.set 9
local.get 7
i32.const -1
i32.add
local.tee 7
br_if 0 (;@24;)
end
end
local.get 3
local.get 9
i32.store offset=320
local.get 3
i32.const 208
i32.add
i32.const 82876
call 101
local.get 3
i32.load offset=212
local.set 2
block ;; label = @23
block ;; label = @24
i32.const 69326
i32.const 5
local.get 3
i32.load offset=208
local.tee 9
i32.const 160
call 19
local.tee 1
i32.const -1
i32.gt_s
br_if 0 (;@24;)
local.get 3
i32.const 488
i32.add
i32.const 0
local.get 1
i32.sub
call 103
local.get 3
i32.load offset=492
local.tee 1
local.get 3
i32.load offset=496
local.tee 9
call 1
drop
local.get 3
i32.const 656
i32.add
local.get 1
local.get 9
call 201
local.get 3
i32.load offset=488
local.get 1
call 104
br 1 (;@23;)
end
local.get 3
i32.const 200
i32.add
local.get 9
local.get 1
call 180
local.get 3
i32.const 656
i32.add
local.get 3
i32.load offset=200
local.get 3
i32.load offset=204
call 201
end
local.get 2
local.get 2
i32.load
i32.const 1
i32.add
i32.store
local.get 3
i32.load offset=656
local.tee 2
i32.const -2147483646
i32.eq
br_if 15 (;@7;)
local.get 3
local.get 3
i64.load offset=660 align=4
i64.store offset=492 align=4
local.get 3
local.get 2
i32.store offset=488
local.get 3
i32.const 656
i32.add
local.get 3
i32.const 488
i32.add
call 195
block ;; label = @23
block ;; label = @24
local.get 3
i32.load offset=656
i32.const -2147483648
i32.eq
br_if 0 (;@24;)
local.get 3
i32.const 488
i32.add
local.get 3
i32.const 656
i32.add
call 202
local.get 3
i32.const 616
i32.add
local.get 3
i32.const 488
i32.add
call 203
br 1 (;@23;)
end
local.get 3
i32.const -2147483648
i32.store offset=616
end
local.get 3
i32.const 10
i32.store offset=516
local.get 3
i32.const 12
i32.store offset=508
local.get 3
i32.const 10
i32.store offset=500
local.get 3
i32.const 10
i32.store offset=492
local.get 3
local.get 3
i32.const 616
i32.add
i32.store offset=512
local.get 3
local.get 3
i32.const 320
i32.add
i32.store offset=504
local.get 3
local.get 3
i32.const 560
i32.add
i32.store offset=496
local.get 3
local.get 3
i32.const 332
i32.add
i32.store offset=488
local.get 3
i32.const 236
i32.add
i32.const 67056
local.get 3
i32.const 488
i32.add
call 51
local.get 3
i32.load offset=616
local.get 3
i32.load offset=620
call 149
local.get 3
i32.const 576
i32.add
call 185
local.get 3
i32.load offset=560
local.get 3
i32.load offset=564
call 149
local.get 3
i32.load offset=332
local.get 3
i32.load offset=336
call 149
br 18 (;@4;)
end
local.get 3
i32.const 616
i32.add
i32.const 69295
i32.const 6
call 204
local.get 3
i32.const 656
i32.add
i32.const 69301
i32.const 10
call 204
local.get 3
local.get 3
i32.load offset=656
local.tee 2
i32.const -2147483648
i32.ne
i32.store8 offset=576
local.get 3
i32.const 11
i32.store offset=500
local.get 3
i32.const 10
i32.store offset=492
local.get 3
local.get 3
i32.const 576
i32.add
i32.store offset=496
local.get 3
local.get 3
i32.const 616
i32.add
i32.store offset=488
local.get 3
i32.const 236
i32.add
i32.const 67062
local.get 3
i32.const 488
i32.add
call 51
local.get 2
local.get 3
i32.load offset=660
call 149
local.get 3
i32.load offset=616
local.get 3
i32.load offset=620
call 149
br 17 (;@4;)
end
i32.const 0
local.set 2
block ;; label = @21
call 20
i64.const 1700000000000
i64.le_u
br_if 0 (;@21;)
call 21
i64.const 0
i64.ne
local.set 2
end
local.get 3
local.get 2
i32.store8 offset=656
local.get 3
i32.const 11
i32.store offset=492
local.get 3
local.get 3
i32.const 656
i32.add
i32.store offset=488
local.get 3
i32.const 236
i32.add
i32.const 67065
local.get 3
i32.const 488
i32.add
call 51
br 16 (;@4;)
end
i32.const 80080
call 106
unreachable
end
i32.const 1
i32.const 0
i32.const 0
i32.const 69684
call 142
unreachable
end
i32.const 80080
call 106
unreachable
end
local.get 3
i32.const 616
i32.add
local.get 9
i32.const 69729
i32.const 5
i32.const 2
call 205
local.get 3
i32.const 656
i32.add
local.get 9
i32.const 69729
i32.const 5
i32.const 1000
call 205
local.get 3
local.get 3
i32.load offset=664
i32.store offset=560
local.get 3
i32.const 12
i32.store offset=500
local.get 3
i32.const 13
i32.store offset=492
local.get 3
local.get 3
i32.const 560
i32.add
i32.store offset=496
local.get 3
local.get 3
i32.const 616
i32.add
i32.store offset=488
local.get 3
i32.const 332
i32.add
i32.const 67062
local.get 3
i32.const 488
i32.add
call 51
local.get 3
i32.const 656
i32.add
call 193
local.get 3
i32.const 616
i32.add
call 193
br 11 (;@5;)
end
i32.const 80080
call 106
unreachable
end
local.get 3
local.get 3
i64.load offset=496
i64.store offset=560
local.get 3
i32.const 616
i32.add
local.get 2
i32.const 69748
i32.const 5
call 176
local.get 3
i32.const 10
i32.store offset=508
local.get 3
i32.const 14
i32.store offset=500
local.get 3
i32.const 15
i32.store offset=492
local.get 3
local.get 3
i32.const 616
i32.add
i32.store offset=504
local.get 3
local.get 3
i32.const 560
i32.add
i32.store offset=496
local.get 3
local.get 3
i32.const 656
i32.add
i32.store offset=488
local.get 3
i32.const 332
i32.add
i32.const 67059
local.get 3
i32.const 488
i32.add
call 51
local.get 3
i32.load offset=616
local.get 3
i32.load offset=620
call 149
br 9 (;@5;)
end
local.get 3
i32.const 488
i32.add
i32.const 69148
i32.const 9
i32.const 69157
i32.const 1
call 156
local.get 3
i32.const 656
i32.add
local.get 3
i32.const 488
i32.add
call 182
local.get 3
i32.const 236
i32.add
local.get 3
i32.const 656
i32.add
call 169
br 9 (;@4;)
end
i32.const 80080
call 106
unreachable
end
local.get 3
local.get 9
i32.store8 offset=656
i32.const 78956
i32.const 32
local.get 3
i32.const 656
i32.add
i32.const 80428
i32.const 79004
call 112
unreachable
end
i32.const 78956
i32.const 32
i32.const 79180
call 198
unreachable
end
i32.const 80080
call 106
unreachable
end
i32.const 80080
call 106
unreachable
end
local.get 3
local.get 6
i64.store8 offset=488
i32.const 78956
i32.const 32
local.get 3
i32.const 488
i32.add
i32.const 80428
i32.const 79004
call 112
unreachable
end
i32.const 80080
call 106
unreachable
end
local.get 3
local.get 2
i32.store offset=492
local.get 3
local.get 9
i32.store offset=488
local.get 3
local.get 7
local.get 4
i32.sub
i32.const 12
i32.div_u
local.tee 1
i32.store offset=496
i32.const 0
i32.const 4
call 91
local.get 3
i32.const 236
i32.add
local.get 2
local.get 1
i32.const 69132
i32.const 1
call 174
local.get 3
i32.const 488
i32.add
call 193
br 1 (;@4;)
end
local.get 3
i32.load offset=340
local.set 1
local.get 3
i32.load offset=336
local.set 2
local.get 3
i32.load offset=332
local.tee 9
i32.const -2147483648
i32.eq
br_if 2 (;@2;)
local.get 3
local.get 1
i32.store offset=244
local.get 3
local.get 2
i32.store offset=240
local.get 3
local.get 9
i32.store offset=236
end
local.get 0
local.get 3
i32.load offset=244
i32.store offset=8
local.get 0
local.get 3
i64.load offset=236 align=4
i64.store align=4
br 2 (;@1;)
end
i32.const 69912
local.set 1
end
local.get 0
local.get 1
i32.store offset=8
local.get 0
local.get 2
i32.store offset=4
local.get 0
i32.const -2147483647
i32.store
end
local.get 3
i32.const 704
i32.add
global.set 0
)
(func (;172;) (type 9) (param i32 i32 i32 i32) (result i32)
(local i32)
i32.const 0
local.set 4
block ;; label = @1
local.get 1
local.get 3
i32.lt_u
br_if 0 (;@1;)
local.get 2
local.get 0
local.get 3
call 493
i32.eqz
local.set 4
end
local.get 4
)
(func (;173;) (type 0) (param i32 i32 i32) (result i32)
local.get 0
local.get 1
local.get 2
call 33
i32.const 0
i32.ne
)
(func (;174;) (type 23) (param i32 i32 i32 i32 i32)
(local i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 48
i32.sub
local.tee 5
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 2
i32.eqz
br_if 0 (;@3;)
local.get 1
i32.const 12
i32.add
local.set 6
local.get 4
local.get 2
i32.const 12
i32.mul
local.tee 7
i32.const -12
i32.add
local.tee 2
i32.const 12
i32.div_u
i32.mul
local.set 8
local.get 1
local.set 9
block ;; label = @4
loop ;; label = @5
local.get 7
i32.eqz
br_if 1 (;@4;)
local.get 7
i32.const -12
i32.add
local.set 7
local.get 9
i32.load offset=8
local.set 10
local.get 9
i32.const 12
i32.add
local.set 9
local.get 10
local.get 8
i32.add
local.tee 8
local.get 10
i32.ge_u
br_if 0 (;@5;)
end
i32.const 80880
i32.const 53
i32.const 80936
call 198
unreachable
end
local.get 5
i32.const 8
i32.add
local.get 8
i32.const 1
i32.const 1
call 257
local.get 5
i32.const 0
i32.store offset=28
local.get 5
local.get 5
i64.load offset=8
i64.store offset=20 align=4
local.get 5
i32.const 20
i32.add
local.get 1
i32.load offset=4
local.tee 7
local.get 7
local.get 1
i32.load offset=8
i32.add
call 315
local.get 8
local.get 5
i32.load offset=28
local.tee 9
i32.sub
local.set 7
local.get 5
i32.load offset=24
local.get 9
i32.add
local.set 9
block ;; label = @4
local.get 4
i32.const 2
i32.ne
br_if 0 (;@4;)
loop ;; label = @5
local.get 2
i32.eqz
br_if 3 (;@2;)
local.get 6
i32.load offset=4
local.set 1
local.get 6
i32.load offset=8
local.set 10
local.get 5
i32.const 32
i32.add
local.get 9
local.get 7
i32.const 2
call 408
local.get 5
i32.load offset=44
local.set 7
local.get 5
i32.load offset=40
local.set 9
local.get 5
i32.load offset=32
local.get 5
i32.load offset=36
local.get 3
i32.const 2
call 409
local.get 5
i32.const 32
i32.add
local.get 9
local.get 7
local.get 10
call 408
local.get 5
i32.load offset=44
local.set 7
local.get 5
i32.load offset=40
local.set 9
local.get 5
i32.load offset=32
local.get 5
i32.load offset=36
local.get 1
local.get 10
call 409
local.get 2
i32.const -12
i32.add
local.set 2
local.get 6
i32.const 12
i32.add
local.set 6
br 0 (;@5;)
end
end
loop ;; label = @4
local.get 2
i32.eqz
br_if 2 (;@2;)
local.get 6
i32.load offset=4
local.set 1
local.get 6
i32.load offset=8
local.set 10
local.get 5
i32.const 32
i32.add
local.get 9
local.get 7
i32.const 1
call 408
local.get 5
i32.load offset=44
local.set 7
local.get 5
i32.load offset=40
local.set 9
local.get 5
i32.load offset=32
local.get 5
i32.load offset=36
local.get 3
i32.const 1
call 409
local.get 5
i32.const 32
i32.add
local.get 9
local.get 7
local.get 10
call 408
local.get 5
i32.load offset=44
local.set 7
local.get 5
i32.load offset=40
local.set 9
local.get 5
i32.load offset=32
local.get 5
i32.load offset=36
local.get 1
local.get 10
call 409
local.get 2
i32.const -12
i32.add
local.set 2
local.get 6
i32.const 12
i32.add
local.set 6
br 0 (;@4;)
end
end
local.get 0
i32.const 0
i32.store offset=8
local.get 0
i64.const 4294967296
i64.store align=4
br 1 (;@1;)
end
local.get 0
local.get 5
i64.load offset=20 align=4
i64.store align=4
local.get 0
local.get 8
local.get 7
i32.sub
i32.store offset=8
end
local.get 5
i32.const 48
i32.add
global.set 0
)
(func (;175;) (type 16) (param i32 i32 i32 i32)
(local i32 i32 i32 i64)
global.get 0
i32.const 96
i32.sub
local.tee 4
global.set 0
local.get 4
i32.const 16
i32.add
i32.const 82876
call 101
local.get 4
i32.load offset=20
local.set 5
block ;; label = @1
block ;; label = @2
local.get 1
local.get 2
local.get 3
local.get 4
i32.load offset=16
local.tee 6
i32.const 160
call 31
local.tee 3
i32.const -1
i32.gt_s
br_if 0 (;@2;)
local.get 4
i32.const 24
i32.add
i32.const 0
local.get 3
i32.sub
call 103
local.get 4
i32.load offset=28
local.tee 3
local.get 4
i32.load offset=32
local.tee 2
call 1
drop
local.get 4
i32.const 56
i32.add
local.get 3
local.get 2
call 440
local.get 4
i32.load offset=24
local.get 3
call 104
br 1 (;@1;)
end
local.get 4
i32.const 8
i32.add
local.get 6
local.get 3
call 180
local.get 4
i32.const 56
i32.add
local.get 4
i32.load offset=8
local.get 4
i32.load offset=12
call 440
end
local.get 5
local.get 5
i32.load
i32.const 1
i32.add
i32.store
local.get 4
local.get 4
i64.load offset=65 align=1
i64.store offset=24
local.get 4
local.get 4
i64.load offset=73 align=1
i64.store offset=32
local.get 4
local.get 4
i64.load offset=81 align=1
i64.store offset=40
local.get 4
local.get 4
i64.load offset=88 align=1
i64.store offset=47 align=1
block ;; label = @1
block ;; label = @2
local.get 4
i64.load offset=56
local.tee 7
i64.const 4
i64.eq
br_if 0 (;@2;)
local.get 4
i32.load8_u offset=64
local.set 5
local.get 4
local.get 4
i64.load offset=47 align=1
i64.store offset=79 align=1
local.get 4
local.get 4
i64.load offset=40
i64.store offset=72
local.get 4
local.get 4
i64.load offset=32
i64.store offset=64
local.get 4
local.get 4
i64.load offset=24
i64.store offset=56
local.get 7
i64.const 3
i64.eq
br_if 1 (;@1;)
local.get 0
local.get 5
i32.store8 offset=8
local.get 0
local.get 7
i64.store
local.get 0
local.get 4
i64.load offset=56
i64.store offset=9 align=1
local.get 0
local.get 4
i64.load offset=64
i64.store offset=17 align=1
local.get 0
local.get 4
i64.load offset=72
i64.store offset=25 align=1
local.get 0
local.get 4
i64.load offset=79 align=1
i64.store offset=32 align=1
local.get 4
i32.const 96
i32.add
global.set 0
return
end
i32.const 80080
call 106
unreachable
end
local.get 4
local.get 5
i32.store8 offset=24
i32.const 78956
i32.const 32
local.get 4
i32.const 24
i32.add
i32.const 80428
i32.const 79004
call 112
unreachable
)
(func (;176;) (type 16) (param i32 i32 i32 i32)
(local i32)
global.get 0
i32.const 64
i32.sub
local.tee 4
global.set 0
local.get 4
local.get 1
local.get 2
local.get 3
call 175
block ;; label = @1
block ;; label = @2
local.get 4
i64.load
i64.const 2
i64.eq
br_if 0 (;@2;)
local.get 4
i32.const 44
i32.add
local.get 4
i32.const 24
i32.add
call 202
local.get 0
local.get 4
i32.const 44
i32.add
call 203
br 1 (;@1;)
end
local.get 0
i32.const -2147483648
i32.store
end
local.get 4
i32.const 64
i32.add
global.set 0
)
(func (;177;) (type 1) (param i32 i32) (result i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
block ;; label = @1
block ;; label = @2
local.get 0
i32.load
i32.const -2147483648
i32.eq
br_if 0 (;@2;)
local.get 2
local.get 0
i32.store offset=12
local.get 1
i32.const 80972
i32.const 4
local.get 2
i32.const 12
i32.add
i32.const 16
call 58
local.set 0
br 1 (;@1;)
end
local.get 1
i32.load
i32.const 80968
i32.const 4
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 0
end
local.get 2
i32.const 16
i32.add
global.set 0
local.get 0
)
(func (;178;) (type 2) (param i32 i32)
(local i32)
global.get 0
i32.const 32
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 0
i32.store offset=28
local.get 2
i64.const 4294967296
i64.store offset=20 align=4
local.get 1
local.get 2
i32.const 20
i32.add
call 184
block ;; label = @1
block ;; label = @2
local.get 2
i32.load offset=20
local.tee 1
i32.const -2147483648
i32.ne
br_if 0 (;@2;)
local.get 2
i32.const 2
i32.store8 offset=12
br 1 (;@1;)
end
local.get 2
local.get 2
i64.load offset=24 align=4
i64.store offset=12 align=4
end
local.get 2
local.get 1
i32.store offset=8
local.get 0
local.get 2
i32.const 8
i32.add
call 279
local.get 2
i32.const 32
i32.add
global.set 0
)
(func (;179;) (type 13) (param i32 i32 i32)
(local i32)
global.get 0
i32.const 48
i32.sub
local.tee 3
global.set 0
local.get 3
local.get 1
i32.store
local.get 3
local.get 1
local.get 2
i32.add
i32.store offset=4
local.get 3
i32.const 24
i32.add
local.get 3
call 417
i32.const 6
local.set 1
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
local.get 3
i32.load8_u offset=24
br_table 4 (;@2;) 1 (;@5;) 0 (;@6;) 1 (;@5;)
end
local.get 3
i32.load8_u offset=25
local.set 2
br 1 (;@4;)
end
local.get 3
i32.const 32
i32.add
local.get 3
i32.load offset=28
call 85
local.get 3
i32.load8_u offset=36
local.set 2
local.get 3
i32.load offset=32
local.tee 1
i32.const 6
i32.ne
br_if 1 (;@3;)
end
i32.const 7
local.set 1
br 2 (;@1;)
end
local.get 3
local.get 3
i32.load offset=44 align=1
i32.store offset=15 align=1
local.get 3
local.get 3
i64.load offset=37 align=1
i64.store offset=8
end
local.get 0
local.get 3
i32.load offset=15 align=1
i32.store offset=12 align=1
local.get 0
local.get 3
i64.load offset=8
i64.store offset=5 align=1
end
local.get 0
local.get 1
i32.store
local.get 0
local.get 2
i32.store8 offset=4
local.get 3
i32.const 48
i32.add
global.set 0
)
(func (;180;) (type 13) (param i32 i32 i32)
block ;; label = @1
local.get 2
i32.const 161
i32.lt_u
br_if 0 (;@1;)
i32.const 0
local.get 2
i32.const 160
i32.const 79020
call 142
unreachable
end
local.get 0
local.get 2
i32.store offset=4
local.get 0
local.get 1
i32.store
)
(func (;181;) (type 3) (param i32)
local.get 0
i32.load offset=8
local.get 0
i32.load offset=12
call 104
local.get 0
i32.load offset=20
local.get 0
i32.load offset=24
call 104
local.get 0
i32.load offset=32
local.get 0
i32.load offset=36
call 104
local.get 0
i32.const 44
i32.add
call 185
local.get 0
i32.load offset=56
local.get 0
i32.load offset=60
call 104
)
(func (;182;) (type 2) (param i32 i32)
(local i32 i32 i32 i32 i32 i64)
global.get 0
i32.const 96
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 20
i32.add
local.get 1
call 178
local.get 2
i32.load offset=28
local.set 3
local.get 2
i32.load offset=24
local.set 4
local.get 2
i32.const 8
i32.add
i32.const 82876
call 101
local.get 2
i32.load offset=12
local.set 5
block ;; label = @1
block ;; label = @2
local.get 4
local.get 3
local.get 2
i32.load offset=8
local.tee 6
i32.const 160
call 41
local.tee 3
i32.const -1
i32.gt_s
br_if 0 (;@2;)
local.get 2
i32.const 48
i32.add
i32.const 0
local.get 3
i32.sub
call 103
local.get 2
i32.load offset=52
local.tee 3
local.get 2
i32.load offset=56
local.tee 6
call 1
drop
local.get 2
i32.const 64
i32.add
local.get 3
local.get 6
call 441
local.get 2
i32.load offset=48
local.get 3
call 104
br 1 (;@1;)
end
local.get 2
local.get 6
local.get 3
call 180
local.get 2
i32.const 64
i32.add
local.get 2
i32.load
local.get 2
i32.load offset=4
call 441
end
local.get 5
local.get 5
i32.load
i32.const 1
i32.add
i32.store
local.get 2
local.get 2
i64.load offset=69 align=1
i64.store offset=48
local.get 2
local.get 2
i64.load offset=76 align=1
i64.store offset=55 align=1
block ;; label = @1
block ;; label = @2
local.get 2
i32.load offset=64
local.tee 5
i32.const -2147483646
i32.eq
br_if 0 (;@2;)
local.get 2
i32.load8_u offset=68
local.set 3
local.get 2
i64.load offset=84 align=4
local.set 7
local.get 2
local.get 2
i64.load offset=55 align=1
i64.store offset=71 align=1
local.get 2
local.get 2
i64.load offset=48
i64.store offset=64
local.get 5
i32.const -2147483647
i32.eq
br_if 1 (;@1;)
local.get 2
local.get 2
i64.load offset=71 align=1
i64.store offset=39 align=1
local.get 2
local.get 2
i64.load offset=64
i64.store offset=32
local.get 0
local.get 3
i32.store8 offset=4
local.get 0
local.get 2
i64.load offset=32
i64.store offset=5 align=1
local.get 0
local.get 2
i64.load offset=39 align=1
i64.store offset=12 align=1
i32.const -2147483648
local.set 3
block ;; label = @3
local.get 5
i32.const -2147483648
i32.eq
br_if 0 (;@3;)
local.get 0
local.get 7
i64.store offset=20 align=4
local.get 5
local.set 3
end
local.get 0
local.get 3
i32.store
local.get 2
i32.load offset=20
local.get 4
call 104
local.get 1
call 181
local.get 2
i32.const 96
i32.add
global.set 0
return
end
i32.const 80080
call 106
unreachable
end
local.get 2
local.get 3
i32.store8 offset=48
i32.const 78956
i32.const 32
local.get 2
i32.const 48
i32.add
i32.const 80428
i32.const 79004
call 112
unreachable
)
(func (;183;) (type 23) (param i32 i32 i32 i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 5
global.set 0
local.get 5
i32.const 8
i32.add
local.get 0
local.get 1
local.get 2
local.get 3
local.get 4
call 237
block ;; label = @1
local.get 5
i32.load offset=8
local.tee 4
i32.const -2147483647
i32.eq
br_if 0 (;@1;)
local.get 4
local.get 5
i32.load offset=12
call 125
unreachable
end
local.get 5
i32.const 16
i32.add
global.set 0
)
(func (;184;) (type 2) (param i32 i32)
(local i32 i32)
local.get 1
local.get 0
i32.load offset=12
local.get 0
i32.load offset=16
call 277
local.get 1
local.get 0
i32.load offset=24
local.get 0
i32.load offset=28
call 277
local.get 1
local.get 0
i32.load offset=36
local.get 0
i32.load offset=40
call 277
local.get 0
i32.load offset=48
local.set 2
local.get 1
local.get 0
i32.load offset=52
local.tee 3
call 418
local.get 3
i32.const 24
i32.mul
local.set 3
block ;; label = @1
loop ;; label = @2
local.get 3
i32.eqz
br_if 1 (;@1;)
local.get 1
local.get 2
i32.load offset=4
local.get 2
i32.load offset=8
call 277
local.get 2
i32.load offset=16
local.get 2
i32.load offset=20
local.get 1
call 419
local.get 3
i32.const -24
i32.add
local.set 3
local.get 2
i32.const 24
i32.add
local.set 2
br 0 (;@2;)
end
end
local.get 0
i32.load offset=60
local.get 0
i32.load offset=64
local.get 1
call 419
local.get 1
local.get 0
i64.load
call 278
)
(func (;185;) (type 3) (param i32)
(local i32)
local.get 0
i32.load offset=4
local.tee 1
local.get 0
i32.load offset=8
call 227
local.get 0
i32.load
local.get 1
call 228
)
(func (;186;) (type 9) (param i32 i32 i32 i32) (result i32)
(local i32 i32 i32 i32 i32 i32)
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
local.get 0
i32.const -4
i32.add
local.tee 4
i32.load
local.tee 5
i32.const -8
i32.and
local.tee 6
i32.const 4
i32.const 8
local.get 5
i32.const 3
i32.and
local.tee 7
select
local.get 1
i32.add
i32.lt_u
br_if 0 (;@7;)
block ;; label = @8
local.get 7
i32.eqz
br_if 0 (;@8;)
local.get 6
local.get 1
i32.const 39
i32.add
i32.gt_u
br_if 2 (;@6;)
end
i32.const 0
local.set 1
local.get 3
i32.const -65588
i32.gt_u
br_if 6 (;@1;)
i32.const 16
local.get 3
i32.const 11
i32.add
i32.const -8
i32.and
local.get 3
i32.const 11
i32.lt_u
select
local.set 8
local.get 0
i32.const -8
i32.add
local.set 9
block ;; label = @8
local.get 7
br_if 0 (;@8;)
local.get 8
i32.const 256
i32.lt_u
br_if 6 (;@2;)
local.get 9
i32.eqz
br_if 6 (;@2;)
local.get 6
local.get 8
i32.le_u
br_if 6 (;@2;)
local.get 6
local.get 8
i32.sub
i32.const 131072
i32.le_u
br_if 5 (;@3;)
br 6 (;@2;)
end
local.get 9
local.get 6
i32.add
local.set 7
block ;; label = @8
block ;; label = @9
local.get 6
local.get 8
i32.ge_u
br_if 0 (;@9;)
local.get 7
i32.const 0
i32.load offset=214580
i32.eq
br_if 1 (;@8;)
block ;; label = @10
local.get 7
i32.const 0
i32.load offset=214576
i32.eq
br_if 0 (;@10;)
local.get 7
i32.load offset=4
local.tee 5
i32.const 2
i32.and
br_if 8 (;@2;)
local.get 5
i32.const -8
i32.and
local.tee 5
local.get 6
i32.add
local.tee 6
local.get 8
i32.lt_u
br_if 8 (;@2;)
local.get 7
local.get 5
call 356
block ;; label = @11
local.get 6
local.get 8
i32.sub
local.tee 7
i32.const 16
i32.lt_u
br_if 0 (;@11;)
local.get 4
local.get 8
local.get 4
i32.load
i32.const 1
i32.and
i32.or
i32.const 2
i32.or
i32.store
local.get 9
local.get 8
i32.add
local.tee 5
local.get 7
i32.const 3
i32.or
i32.store offset=4
local.get 9
local.get 6
i32.add
local.tee 6
local.get 6
i32.load offset=4
i32.const 1
i32.or
i32.store offset=4
local.get 5
local.get 7
call 357
br 7 (;@4;)
end
local.get 4
local.get 6
local.get 4
i32.load
i32.const 1
i32.and
i32.or
i32.const 2
i32.or
i32.store
local.get 9
local.get 6
i32.add
local.tee 6
local.get 6
i32.load offset=4
i32.const 1
i32.or
i32.store offset=4
br 6 (;@4;)
end
i32.const 0
i32.load offset=214568
local.get 6
i32.add
local.tee 6
local.get 8
i32.lt_u
br_if 7 (;@2;)
block ;; label = @10
block ;; label = @11
local.get 6
local.get 8
i32.sub
local.tee 7
i32.const 15
i32.gt_u
br_if 0 (;@11;)
local.get 4
local.get 5
i32.const 1
i32.and
local.get 6
i32.or
i32.const 2
i32.or
i32.store
local.get 9
local.get 6
i32.add
local.tee 6
local.get 6
i32.load offset=4
i32.const 1
i32.or
i32.store offset=4
i32.const 0
local.set 7
i32.const 0
local.set 5
br 1 (;@10;)
end
local.get 4
local.get 8
local.get 5
i32.const 1
i32.and
i32.or
i32.const 2
i32.or
i32.store
local.get 9
local.get 8
i32.add
local.tee 5
local.get 7
i32.const 1
i32.or
i32.store offset=4
local.get 9
local.get 6
i32.add
local.tee 6
local.get 7
i32.store
local.get 6
local.get 6
i32.load offset=4
i32.const -2
i32.and
i32.store offset=4
end
i32.const 0
local.get 5
i32.store offset=214576
i32.const 0
local.get 7
i32.store offset=214568
br 5 (;@4;)
end
local.get 6
local.get 8
i32.sub
local.tee 6
i32.const 15
i32.le_u
br_if 4 (;@4;)
local.get 4
local.get 8
local.get 5
i32.const 1
i32.and
i32.or
i32.const 2
i32.or
i32.store
local.get 9
local.get 8
i32.add
local.tee 5
local.get 6
i32.const 3
i32.or
i32.store offset=4
local.get 7
local.get 7
i32.load offset=4
i32.const 1
i32.or
i32.store offset=4
local.get 5
local.get 6
call 357
br 4 (;@4;)
end
i32.const 0
i32.load offset=214572
local.get 6
i32.add
local.tee 6
local.get 8
i32.gt_u
br_if 2 (;@5;)
br 5 (;@2;)
end
i32.const 81192
i32.const 46
i32.const 81240
call 346
unreachable
end
i32.const 81256
i32.const 46
i32.const 81304
call 346
unreachable
end
local.get 4
local.get 8
local.get 5
i32.const 1
i32.and
i32.or
i32.const 2
i32.or
i32.store
local.get 9
local.get 8
i32.add
local.tee 7
local.get 6
local.get 8
i32.sub
local.tee 6
i32.const 1
i32.or
i32.store offset=4
i32.const 0
local.get 6
i32.store offset=214572
i32.const 0
local.get 7
i32.store offset=214580
end
local.get 9
i32.eqz
br_if 1 (;@2;)
end
local.get 0
return
end
local.get 3
call 54
local.tee 6
i32.eqz
br_if 0 (;@1;)
block ;; label = @2
local.get 3
i32.const -4
i32.const -8
local.get 4
i32.load
local.tee 1
i32.const 3
i32.and
select
local.get 1
i32.const -8
i32.and
i32.add
local.tee 1
local.get 3
local.get 1
i32.lt_u
select
local.tee 3
i32.eqz
br_if 0 (;@2;)
local.get 6
local.get 0
local.get 3
memory.copy
end
local.get 0
call 355
local.get 6
local.set 1
end
local.get 1
)
(func (;187;) (type 3) (param i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 1
global.set 0
block ;; label = @1
local.get 0
i32.const 1
i32.ne
br_if 0 (;@1;)
i32.const 78956
i32.const 32
local.get 1
i32.const 15
i32.add
i32.const 69820
i32.const 79096
call 112
unreachable
end
local.get 1
i32.const 16
i32.add
global.set 0
)
(func (;188;) (type 1) (param i32 i32) (result i32)
i32.const 69363
i32.const 1
local.get 0
local.get 1
call 35
i32.const 0
i32.ne
)
(func (;189;) (type 2) (param i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 4
i32.add
local.get 1
call 103
local.get 2
i32.load offset=12
local.set 1
local.get 2
i32.load offset=8
local.set 3
block ;; label = @1
loop ;; label = @2
local.get 1
i32.eqz
br_if 1 (;@1;)
local.get 1
i32.const 4096
local.get 1
i32.const 4096
i32.lt_u
select
local.tee 4
local.get 3
local.get 4
call 40
i32.const 31
i32.shr_u
call 312
local.get 3
local.get 4
i32.add
local.set 3
local.get 1
local.get 4
i32.sub
local.set 1
br 0 (;@2;)
end
end
local.get 0
local.get 2
i32.load offset=12
i32.store offset=8
local.get 0
local.get 2
i64.load offset=4 align=4
i64.store align=4
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;190;) (type 2) (param i32 i32)
(local i32)
block ;; label = @1
local.get 1
local.get 0
i32.load
local.get 0
i32.load offset=8
local.tee 2
i32.sub
i32.le_u
br_if 0 (;@1;)
local.get 0
local.get 2
local.get 1
i32.const 4
i32.const 12
call 183
end
)
(func (;191;) (type 2) (param i32 i32)
(local i32 i32 i32 i32 i32 i64 i32 i32 i64)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
i32.const 2
local.set 3
block ;; label = @1
local.get 1
i32.load offset=4
local.tee 4
i32.eqz
br_if 0 (;@1;)
local.get 1
local.get 4
i32.const -1
i32.add
i32.store offset=4
local.get 1
local.get 1
i32.load
local.tee 4
i32.const 1
i32.add
i32.store
local.get 4
i32.load8_u
local.tee 4
i32.const 1
i32.gt_u
br_if 0 (;@1;)
local.get 2
i32.const 8
i32.add
local.get 1
call 197
local.get 2
i32.load offset=8
i32.const 1
i32.and
br_if 0 (;@1;)
local.get 1
i32.load offset=4
local.tee 5
i32.const 8
i32.lt_u
br_if 0 (;@1;)
local.get 2
i32.load offset=12
local.set 6
local.get 1
local.get 5
i32.const -8
i32.add
i32.store offset=4
local.get 1
local.get 1
i32.load
local.tee 5
i32.const 8
i32.add
i32.store
local.get 5
i64.load align=1
local.set 7
local.get 2
local.get 1
call 197
local.get 2
i32.load
i32.const 1
i32.and
br_if 0 (;@1;)
local.get 1
i32.load offset=4
local.tee 5
i32.const 8
i32.lt_u
br_if 0 (;@1;)
local.get 2
i32.load offset=4
local.set 8
local.get 1
local.get 5
i32.const -8
i32.add
i32.store offset=4
local.get 1
local.get 1
i32.load
local.tee 9
i32.const 8
i32.add
i32.store
local.get 5
i32.const 16
i32.lt_s
br_if 0 (;@1;)
local.get 9
i64.load align=1
local.set 10
local.get 0
local.get 8
i32.store offset=28
local.get 0
local.get 6
i32.store offset=24
local.get 0
local.get 10
i64.store offset=8
local.get 0
local.get 7
i64.store
local.get 1
local.get 5
i32.const -16
i32.add
i32.store offset=4
local.get 1
local.get 9
i32.const 16
i32.add
i32.store
local.get 0
local.get 9
i64.load offset=8 align=1
i64.store offset=16
local.get 4
local.set 3
end
local.get 0
local.get 3
i32.store8 offset=32
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;192;) (type 2) (param i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
block ;; label = @1
local.get 1
i32.load8_u offset=32
i32.const 2
i32.ne
br_if 0 (;@1;)
i32.const 78956
i32.const 32
local.get 2
i32.const 15
i32.add
i32.const 80460
i32.const 78988
call 112
unreachable
end
local.get 0
local.get 1
i32.const 40
memory.copy
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;193;) (type 3) (param i32)
(local i32)
local.get 0
i32.load offset=4
local.tee 1
local.get 0
i32.load offset=8
call 225
local.get 0
i32.load
local.get 1
call 226
)
(func (;194;) (type 13) (param i32 i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
local.get 3
local.get 1
local.get 2
i32.add
i32.store offset=8
i32.const -2147483647
local.set 4
block ;; label = @1
block ;; label = @2
local.get 2
br_if 0 (;@2;)
i32.const 4
local.set 2
br 1 (;@1;)
end
local.get 3
local.get 1
i32.const 1
i32.add
i32.store offset=4
i32.const -2147483648
local.set 5
i32.const 9
local.set 2
block ;; label = @2
block ;; label = @3
local.get 1
i32.load8_u
br_table 1 (;@2;) 0 (;@3;) 2 (;@1;)
end
local.get 3
i32.const 20
i32.add
local.get 3
i32.const 4
i32.add
call 134
local.get 3
i32.load8_u offset=24
local.set 2
local.get 3
i32.load offset=20
local.tee 5
i32.const -2147483648
i32.eq
br_if 1 (;@1;)
local.get 3
local.get 3
i32.load offset=28 align=1
i32.store offset=15 align=1
local.get 3
local.get 3
i32.load offset=25 align=1
i32.store offset=12
end
local.get 0
local.get 3
i32.load offset=15 align=1
i32.store offset=8 align=1
local.get 0
local.get 3
i32.load offset=12
i32.store offset=5 align=1
local.get 5
local.set 4
end
local.get 0
local.get 4
i32.store
local.get 0
local.get 2
i32.store8 offset=4
local.get 3
i32.const 32
i32.add
global.set 0
)
(func (;195;) (type 2) (param i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
block ;; label = @1
local.get 1
i32.load
i32.const -2147483647
i32.ne
br_if 0 (;@1;)
local.get 2
local.get 1
i32.load8_u offset=4
i32.store8 offset=15
i32.const 78956
i32.const 32
local.get 2
i32.const 15
i32.add
i32.const 80428
i32.const 79004
call 112
unreachable
end
local.get 0
local.get 1
i32.load offset=8
i32.store offset=8
local.get 0
local.get 1
i64.load align=4
i64.store align=4
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;196;) (type 13) (param i32 i32 i32)
(local i32 i64)
global.get 0
i32.const 48
i32.sub
local.tee 3
global.set 0
local.get 3
i32.const 8
i32.add
i32.const 0
i32.const 40
memory.fill
block ;; label = @1
block ;; label = @2
local.get 1
local.get 2
local.get 3
i32.const 8
i32.add
i32.const 40
call 38
br_if 0 (;@2;)
i64.const 0
local.set 4
br 1 (;@1;)
end
local.get 0
local.get 3
i32.load16_u offset=8
i32.store16 offset=32
local.get 0
local.get 3
i64.load offset=26 align=2
i64.store offset=24
local.get 0
local.get 3
i64.load offset=18 align=2
i64.store offset=16
local.get 0
local.get 3
i64.load offset=10 align=2
i64.store offset=8
i64.const 1
local.set 4
end
local.get 0
local.get 4
i64.store
local.get 3
i32.const 48
i32.add
global.set 0
)
(func (;197;) (type 2) (param i32 i32)
(local i32)
block ;; label = @1
block ;; label = @2
local.get 1
i32.load offset=4
local.tee 2
i32.const 4
i32.ge_u
br_if 0 (;@2;)
i32.const 1
local.set 1
br 1 (;@1;)
end
local.get 1
local.get 2
i32.const -4
i32.add
i32.store offset=4
local.get 1
local.get 1
i32.load
local.tee 2
i32.const 4
i32.add
i32.store
local.get 2
i32.load align=1
local.set 2
i32.const 0
local.set 1
end
local.get 0
local.get 2
i32.store offset=4
local.get 0
local.get 1
i32.store
)
(func (;198;) (type 13) (param i32 i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 3
global.set 0
local.get 3
local.get 1
i32.store offset=4
local.get 3
local.get 0
i32.store
local.get 3
i32.const 4
i64.extend_i32_u
i64.const 32
i64.shl
local.get 3
i64.extend_i32_u
i64.or
i64.store offset=8
i32.const 67065
local.get 3
i32.const 8
i32.add
local.get 2
call 122
unreachable
)
(func (;199;) (type 13) (param i32 i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 48
i32.sub
local.tee 3
global.set 0
local.get 3
i32.const 8
i32.add
i32.const 82876
call 101
local.get 3
i32.load offset=12
local.set 4
block ;; label = @1
block ;; label = @2
local.get 1
local.get 2
local.get 3
i32.load offset=8
local.tee 5
i32.const 160
call 42
local.tee 2
i32.const -1
i32.gt_s
br_if 0 (;@2;)
local.get 3
i32.const 16
i32.add
i32.const 0
local.get 2
i32.sub
call 103
local.get 3
i32.load offset=20
local.tee 2
local.get 3
i32.load offset=24
local.tee 1
call 1
drop
local.get 3
i32.const 36
i32.add
local.get 2
local.get 1
call 201
local.get 3
i32.load offset=16
local.get 2
call 104
br 1 (;@1;)
end
local.get 3
local.get 5
local.get 2
call 180
local.get 3
i32.const 36
i32.add
local.get 3
i32.load
local.get 3
i32.load offset=4
call 201
end
local.get 4
local.get 4
i32.load
i32.const 1
i32.add
i32.store
block ;; label = @1
local.get 3
i32.load offset=36
local.tee 4
i32.const -2147483646
i32.eq
br_if 0 (;@1;)
local.get 3
local.get 3
i64.load offset=40 align=4
i64.store offset=20 align=4
local.get 3
local.get 4
i32.store offset=16
local.get 3
i32.const 36
i32.add
local.get 3
i32.const 16
i32.add
call 195
block ;; label = @2
block ;; label = @3
local.get 3
i32.load offset=36
i32.const -2147483648
i32.eq
br_if 0 (;@3;)
local.get 3
i32.const 16
i32.add
local.get 3
i32.const 36
i32.add
call 202
local.get 0
local.get 3
i32.const 16
i32.add
call 203
br 1 (;@2;)
end
local.get 0
i32.const -2147483648
i32.store
end
local.get 3
i32.const 48
i32.add
global.set 0
return
end
i32.const 80080
call 106
unreachable
)
(func (;200;) (type 13) (param i32 i32 i32)
(local i32)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
local.get 3
local.get 1
i32.store offset=12
local.get 3
local.get 1
local.get 2
i32.add
i32.store offset=16
local.get 3
i32.const 20
i32.add
local.get 3
i32.const 12
i32.add
call 412
local.get 3
i32.load8_u offset=24
local.set 1
block ;; label = @1
local.get 3
i32.load offset=20
local.tee 2
i32.const -2147483648
i32.eq
br_if 0 (;@1;)
local.get 0
local.get 3
i32.load offset=28 align=1
i32.store offset=8 align=1
local.get 0
local.get 3
i32.load offset=25 align=1
i32.store offset=5 align=1
end
local.get 0
local.get 2
i32.store
local.get 0
local.get 1
i32.store8 offset=4
local.get 3
i32.const 32
i32.add
global.set 0
)
(func (;201;) (type 13) (param i32 i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 48
i32.sub
local.tee 3
global.set 0
local.get 3
local.get 1
local.get 2
i32.add
i32.store offset=24
i32.const -2147483647
local.set 4
block ;; label = @1
block ;; label = @2
local.get 2
i32.eqz
br_if 0 (;@2;)
local.get 3
local.get 1
i32.const 1
i32.add
i32.store offset=20
i32.const -2147483648
local.set 5
i32.const 9
local.set 2
block ;; label = @3
block ;; label = @4
local.get 1
i32.load8_u
br_table 1 (;@3;) 0 (;@4;) 3 (;@1;)
end
local.get 3
i32.const 36
i32.add
local.get 3
i32.const 20
i32.add
call 410
block ;; label = @4
local.get 3
i32.load8_u offset=36
i32.const 1
i32.ne
br_if 0 (;@4;)
local.get 3
i32.load8_u offset=37
local.set 2
br 3 (;@1;)
end
local.get 3
i32.const 8
i32.add
i32.const 0
local.get 3
i32.load offset=40
local.tee 2
i32.const 1048576
local.get 2
i32.const 1048576
i32.lt_u
select
local.get 3
i32.load offset=24
local.tee 5
local.get 3
i32.load offset=20
local.tee 1
i32.sub
local.get 2
i32.lt_u
select
i32.const 1
i32.const 1
call 257
local.get 3
i32.const 0
i32.store offset=44
local.get 3
local.get 3
i64.load offset=8
i64.store offset=36 align=4
block ;; label = @4
loop ;; label = @5
local.get 2
i32.eqz
br_if 1 (;@4;)
block ;; label = @6
local.get 1
local.get 5
i32.ne
br_if 0 (;@6;)
local.get 3
i32.load offset=36
local.get 3
i32.load offset=40
call 104
br 4 (;@2;)
end
local.get 3
i32.const 36
i32.add
local.get 1
i32.load8_u
call 415
local.get 2
i32.const -1
i32.add
local.set 2
local.get 1
i32.const 1
i32.add
local.set 1
br 0 (;@5;)
end
end
local.get 3
local.get 3
i32.load offset=41 align=1
i32.store offset=28
local.get 3
local.get 3
i32.load offset=44 align=1
i32.store offset=31 align=1
local.get 3
i32.load8_u offset=40
local.set 2
local.get 3
i32.load offset=36
local.tee 5
i32.const -2147483648
i32.eq
br_if 2 (;@1;)
local.get 3
local.get 3
i32.load offset=31 align=1
i32.store offset=39 align=1
local.get 3
local.get 3
i32.load offset=28
i32.store offset=36
i32.const -2147483647
local.set 4
local.get 5
i32.const -2147483647
i32.eq
br_if 2 (;@1;)
end
local.get 0
local.get 3
i32.load offset=39 align=1
i32.store offset=8 align=1
local.get 0
local.get 3
i32.load offset=36
i32.store offset=5 align=1
local.get 5
local.set 4
br 1 (;@1;)
end
i32.const 4
local.set 2
end
local.get 0
local.get 4
i32.store
local.get 0
local.get 2
i32.store8 offset=4
local.get 3
i32.const 48
i32.add
global.set 0
)
(func (;202;) (type 2) (param i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 4
i32.add
local.get 1
i32.load offset=4
local.get 1
i32.load offset=8
call 296
block ;; label = @1
block ;; label = @2
local.get 2
i32.load offset=4
i32.const 1
i32.ne
br_if 0 (;@2;)
local.get 0
local.get 2
i64.load offset=8 align=4
i64.store offset=12 align=4
local.get 0
local.get 1
i64.load align=4
i64.store align=4
local.get 0
local.get 1
i32.load offset=8
i32.store offset=8
br 1 (;@1;)
end
local.get 0
i32.const -2147483648
i32.store
local.get 0
local.get 1
i32.load offset=8
i32.store offset=12
local.get 0
local.get 1
i64.load align=4
i64.store offset=4 align=4
end
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;203;) (type 2) (param i32 i32)
(local i32)
block ;; label = @1
local.get 1
i32.load
local.tee 2
i32.const -2147483648
i32.ne
br_if 0 (;@1;)
local.get 0
local.get 1
i32.load offset=12
i32.store offset=8
local.get 0
local.get 1
i64.load offset=4 align=4
i64.store align=4
return
end
local.get 0
i32.const -2147483648
i32.store
local.get 2
local.get 1
i32.load offset=4
call 104
)
(func (;204;) (type 13) (param i32 i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 48
i32.sub
local.tee 3
global.set 0
local.get 3
i32.const 16
i32.add
i32.const 82876
call 101
local.get 3
i32.load offset=20
local.set 4
block ;; label = @1
block ;; label = @2
local.get 1
local.get 2
local.get 3
i32.load offset=16
local.tee 5
i32.const 160
call 43
local.tee 2
i32.const -1
i32.gt_s
br_if 0 (;@2;)
local.get 3
i32.const 36
i32.add
i32.const 0
local.get 2
i32.sub
call 103
local.get 3
i32.load offset=40
local.tee 2
local.get 3
i32.load offset=44
local.tee 1
call 1
drop
local.get 3
i32.const 24
i32.add
local.get 2
local.get 1
call 194
local.get 3
i32.load offset=36
local.get 2
call 104
br 1 (;@1;)
end
local.get 3
i32.const 8
i32.add
local.get 5
local.get 2
call 180
local.get 3
i32.const 24
i32.add
local.get 3
i32.load offset=8
local.get 3
i32.load offset=12
call 194
end
local.get 4
local.get 4
i32.load
i32.const 1
i32.add
i32.store
block ;; label = @1
local.get 3
i32.load offset=24
local.tee 4
i32.const -2147483646
i32.ne
br_if 0 (;@1;)
i32.const 80080
call 106
unreachable
end
local.get 3
local.get 3
i64.load offset=28 align=4
i64.store offset=40 align=4
local.get 3
local.get 4
i32.store offset=36
local.get 0
local.get 3
i32.const 36
i32.add
call 195
local.get 3
i32.const 48
i32.add
global.set 0
)
(func (;205;) (type 23) (param i32 i32 i32 i32 i32)
(local i32 i32 i32 i64)
global.get 0
i32.const 48
i32.sub
local.tee 5
global.set 0
local.get 5
i32.const 16
i32.add
i32.const 82876
call 101
local.get 5
i32.load offset=20
local.set 6
block ;; label = @1
block ;; label = @2
local.get 1
local.get 2
local.get 3
local.get 4
local.get 5
i32.load offset=16
local.tee 7
i32.const 160
call 32
local.tee 4
i32.const -1
i32.gt_s
br_if 0 (;@2;)
local.get 5
i32.const 36
i32.add
i32.const 0
local.get 4
i32.sub
call 103
local.get 5
i32.load offset=40
local.tee 4
local.get 5
i32.load offset=44
local.tee 3
call 1
drop
local.get 5
i32.const 24
i32.add
local.get 4
local.get 3
call 439
local.get 5
i32.load offset=36
local.get 4
call 104
br 1 (;@1;)
end
local.get 5
i32.const 8
i32.add
local.get 7
local.get 4
call 180
local.get 5
i32.const 24
i32.add
local.get 5
i32.load offset=8
local.get 5
i32.load offset=12
call 439
end
local.get 6
local.get 6
i32.load
i32.const 1
i32.add
i32.store
block ;; label = @1
block ;; label = @2
local.get 5
i32.load offset=24
local.tee 6
i32.const -2147483647
i32.eq
br_if 0 (;@2;)
local.get 5
i64.load offset=28 align=4
local.set 8
local.get 6
i32.const -2147483648
i32.eq
br_if 1 (;@1;)
local.get 0
local.get 8
i64.store offset=4 align=4
local.get 0
local.get 6
i32.store
local.get 5
i32.const 48
i32.add
global.set 0
return
end
i32.const 80080
call 106
unreachable
end
local.get 5
local.get 8
i64.store8 offset=36
i32.const 78956
i32.const 32
local.get 5
i32.const 36
i32.add
i32.const 80428
i32.const 79004
call 112
unreachable
)
(func (;206;) (type 1) (param i32 i32) (result i32)
(local i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 0
i32.load offset=4
local.set 3
local.get 0
i32.load offset=8
local.set 0
local.get 1
i32.load
i32.const 72056
i32.const 1
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 4
local.get 2
i32.const 0
i32.store8 offset=9
local.get 2
local.get 4
i32.store8 offset=8
local.get 2
local.get 1
i32.store offset=4
local.get 0
i32.const 12
i32.mul
local.set 1
block ;; label = @1
loop ;; label = @2
local.get 1
i32.eqz
br_if 1 (;@1;)
local.get 2
local.get 3
i32.store offset=12
local.get 2
i32.const 4
i32.add
local.get 2
i32.const 12
i32.add
i32.const 16
call 211
drop
local.get 1
i32.const -12
i32.add
local.set 1
local.get 3
i32.const 12
i32.add
local.set 3
br 0 (;@2;)
end
end
local.get 2
i32.const 4
i32.add
call 212
local.set 1
local.get 2
i32.const 16
i32.add
global.set 0
local.get 1
)
(func (;207;) (type 1) (param i32 i32) (result i32)
(local i32 i32 i64 i64 i64 i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 2
global.set 0
i32.const 20
local.set 3
block ;; label = @1
local.get 0
i64.load
local.tee 4
local.get 4
i64.const 63
i64.shr_s
local.tee 5
i64.xor
local.get 5
i64.sub
local.tee 6
i64.const 1000
i64.lt_u
br_if 0 (;@1;)
i32.const 20
local.set 3
loop ;; label = @2
local.get 2
i32.const 12
i32.add
local.get 3
i32.add
local.tee 0
i32.const -4
i32.add
local.get 6
local.tee 5
local.get 5
i64.const 10000
i64.div_u
local.tee 6
i64.const 10000
i64.mul
i64.sub
i32.wrap_i64
local.tee 7
i32.const 65535
i32.and
i32.const 100
i32.div_u
local.tee 8
i32.const 1
i32.shl
i32.load16_u offset=71856 align=1
i32.store16 align=1
local.get 0
i32.const -2
i32.add
local.get 7
local.get 8
i32.const 100
i32.mul
i32.sub
i32.const 65535
i32.and
i32.const 1
i32.shl
i32.load16_u offset=71856 align=1
i32.store16 align=1
local.get 3
i32.const -4
i32.add
local.set 3
local.get 5
i64.const 9999999
i64.gt_u
br_if 0 (;@2;)
end
end
block ;; label = @1
local.get 6
i64.const 9
i64.le_u
br_if 0 (;@1;)
local.get 2
i32.const 12
i32.add
local.get 3
i32.const -2
i32.add
local.tee 3
i32.add
local.get 6
i32.wrap_i64
local.tee 0
local.get 0
i32.const 65535
i32.and
i32.const 100
i32.div_u
local.tee 0
i32.const 100
i32.mul
i32.sub
i32.const 65535
i32.and
i32.const 1
i32.shl
i32.load16_u offset=71856 align=1
i32.store16 align=1
local.get 0
i64.extend_i32_u
local.set 6
end
block ;; label = @1
block ;; label = @2
local.get 4
i64.eqz
br_if 0 (;@2;)
local.get 6
i64.eqz
br_if 1 (;@1;)
end
local.get 2
i32.const 12
i32.add
local.get 3
i32.const -1
i32.add
local.tee 3
i32.add
local.get 6
i32.wrap_i64
i32.const 1
i32.shl
i32.load8_u offset=71857
i32.store8
end
local.get 1
local.get 4
i64.const -1
i64.gt_s
i32.const 1
i32.const 0
local.get 2
i32.const 12
i32.add
local.get 3
i32.add
i32.const 20
local.get 3
i32.sub
call 214
local.set 3
local.get 2
i32.const 32
i32.add
global.set 0
local.get 3
)
(func (;208;) (type 1) (param i32 i32) (result i32)
(local i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
i32.const 0
local.set 3
local.get 1
i32.load
i32.const 72056
i32.const 1
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 4
local.get 2
i32.const 0
i32.store8 offset=9
local.get 2
local.get 4
i32.store8 offset=8
local.get 2
local.get 1
i32.store offset=4
block ;; label = @1
loop ;; label = @2
local.get 3
i32.const 16
i32.eq
br_if 1 (;@1;)
local.get 2
local.get 0
local.get 3
i32.add
i32.store offset=12
local.get 2
i32.const 4
i32.add
local.get 2
i32.const 12
i32.add
i32.const 17
call 211
drop
local.get 3
i32.const 8
i32.add
local.set 3
br 0 (;@2;)
end
end
local.get 2
i32.const 4
i32.add
call 212
local.set 3
local.get 2
i32.const 16
i32.add
global.set 0
local.get 3
)
(func (;209;) (type 1) (param i32 i32) (result i32)
(local i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 0
i32.load
local.tee 3
i32.load offset=4
local.set 0
local.get 3
i32.load offset=8
local.set 3
local.get 1
i32.load
i32.const 72056
i32.const 1
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 4
local.get 2
i32.const 0
i32.store8 offset=9
local.get 2
local.get 4
i32.store8 offset=8
local.get 2
local.get 1
i32.store offset=4
local.get 3
i32.const 24
i32.mul
local.set 1
block ;; label = @1
loop ;; label = @2
local.get 1
i32.eqz
br_if 1 (;@1;)
local.get 2
local.get 0
i32.store offset=12
local.get 2
i32.const 4
i32.add
local.get 2
i32.const 12
i32.add
i32.const 18
call 211
drop
local.get 1
i32.const -24
i32.add
local.set 1
local.get 0
i32.const 24
i32.add
local.set 0
br 0 (;@2;)
end
end
local.get 2
i32.const 4
i32.add
call 212
local.set 1
local.get 2
i32.const 16
i32.add
global.set 0
local.get 1
)
(func (;210;) (type 1) (param i32 i32) (result i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
local.get 0
i32.load
local.tee 0
i32.const 12
i32.add
i32.store offset=12
local.get 1
i32.const 70015
i32.const 7
i32.const 70022
i32.const 7
local.get 0
i32.const 19
i32.const 70029
i32.const 7
local.get 2
i32.const 12
i32.add
i32.const 16
call 216
local.set 0
local.get 2
i32.const 16
i32.add
global.set 0
local.get 0
)
(func (;211;) (type 0) (param i32 i32 i32) (result i32)
(local i32 i32 i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
i32.const 1
local.set 4
block ;; label = @1
local.get 0
i32.load8_u offset=4
br_if 0 (;@1;)
local.get 0
i32.load8_u offset=5
local.set 5
block ;; label = @2
block ;; label = @3
local.get 0
i32.load
local.tee 6
i32.load8_u offset=10
i32.const 128
i32.and
br_if 0 (;@3;)
i32.const 1
local.set 4
local.get 5
i32.const 1
i32.and
i32.eqz
br_if 1 (;@2;)
local.get 6
i32.load
i32.const 79909
i32.const 2
local.get 6
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
i32.eqz
br_if 1 (;@2;)
br 2 (;@1;)
end
i32.const 1
local.set 4
block ;; label = @3
local.get 5
i32.const 1
i32.and
br_if 0 (;@3;)
local.get 6
i32.load
i32.const 71778
i32.const 1
local.get 6
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
br_if 2 (;@1;)
end
i32.const 1
local.set 4
local.get 3
i32.const 1
i32.store8 offset=15
local.get 3
i32.const 71784
i32.store offset=20
local.get 3
local.get 6
i64.load align=4
i64.store align=4
local.get 3
local.get 6
i64.load offset=8 align=4
i64.store offset=24 align=4
local.get 3
local.get 3
i32.const 15
i32.add
i32.store offset=8
local.get 3
local.get 3
i32.store offset=16
local.get 1
local.get 3
i32.const 16
i32.add
local.get 2
call_indirect (type 1)
br_if 1 (;@1;)
local.get 3
i32.load offset=16
i32.const 71773
i32.const 2
local.get 3
i32.load offset=20
i32.load offset=12
call_indirect (type 0)
local.set 4
br 1 (;@1;)
end
local.get 1
local.get 6
local.get 2
call_indirect (type 1)
local.set 4
end
local.get 0
i32.const 1
i32.store8 offset=5
local.get 0
local.get 4
i32.store8 offset=4
local.get 3
i32.const 32
i32.add
global.set 0
local.get 0
)
(func (;212;) (type 12) (param i32) (result i32)
(local i32)
i32.const 1
local.set 1
block ;; label = @1
local.get 0
i32.load8_u offset=4
br_if 0 (;@1;)
local.get 0
i32.load
local.tee 1
i32.load
i32.const 71780
i32.const 1
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
end
local.get 0
local.get 1
i32.store8 offset=4
local.get 1
)
(func (;213;) (type 1) (param i32 i32) (result i32)
(local i32 i32 i64)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 0
i32.load
local.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 1
i32.load offset=8
local.tee 3
i32.const 33554432
i32.and
br_if 0 (;@3;)
local.get 3
i32.const 67108864
i32.and
br_if 1 (;@2;)
local.get 0
local.get 1
call 207
local.set 0
br 2 (;@1;)
end
local.get 0
i64.load
local.set 4
i32.const 17
local.set 0
loop ;; label = @3
local.get 2
local.get 0
i32.add
i32.const -2
i32.add
local.get 4
i32.wrap_i64
i32.const 15
i32.and
i32.load8_u offset=71751
i32.store8
local.get 0
i32.const -1
i32.add
local.set 0
local.get 4
i64.const 4
i64.shr_u
local.tee 4
i64.const 0
i64.ne
br_if 0 (;@3;)
end
local.get 1
i32.const 1
i32.const 73946
i32.const 2
local.get 2
local.get 0
i32.add
i32.const -1
i32.add
i32.const 17
local.get 0
i32.sub
call 214
local.set 0
br 1 (;@1;)
end
local.get 0
i64.load
local.set 4
i32.const 17
local.set 0
loop ;; label = @2
local.get 2
local.get 0
i32.add
i32.const -2
i32.add
local.get 4
i32.wrap_i64
i32.const 15
i32.and
i32.load8_u offset=73948
i32.store8
local.get 0
i32.const -1
i32.add
local.set 0
local.get 4
i64.const 4
i64.shr_u
local.tee 4
i64.const 0
i64.ne
br_if 0 (;@2;)
end
local.get 1
i32.const 1
i32.const 73946
i32.const 2
local.get 2
local.get 0
i32.add
i32.const -1
i32.add
i32.const 17
local.get 0
i32.sub
call 214
local.set 0
end
local.get 2
i32.const 16
i32.add
global.set 0
local.get 0
)
(func (;214;) (type 11) (param i32 i32 i32 i32 i32 i32) (result i32)
(local i32 i32 i32 i32 i32 i32 i32 i32 i64)
i32.const 43
i32.const 1114112
local.get 0
i32.load offset=8
local.tee 6
i32.const 2097152
i32.and
local.tee 7
select
local.set 8
local.get 7
i32.const 21
i32.shr_u
i32.const 1
local.get 1
select
local.get 5
i32.add
local.set 9
block ;; label = @1
block ;; label = @2
local.get 6
i32.const 8388608
i32.and
br_if 0 (;@2;)
i32.const 0
local.set 2
br 1 (;@1;)
end
i32.const 0
local.set 10
block ;; label = @2
local.get 3
i32.eqz
br_if 0 (;@2;)
local.get 2
local.set 7
local.get 3
local.set 11
loop ;; label = @3
local.get 10
local.get 7
i32.load8_s
i32.const -65
i32.gt_s
i32.add
local.set 10
local.get 7
i32.const 1
i32.add
local.set 7
local.get 11
i32.const -1
i32.add
local.tee 11
br_if 0 (;@3;)
end
end
local.get 10
local.get 9
i32.add
local.set 9
end
local.get 8
i32.const 45
local.get 1
select
local.set 12
block ;; label = @1
block ;; label = @2
local.get 9
local.get 0
i32.load16_u offset=12
local.tee 8
i32.ge_u
br_if 0 (;@2;)
block ;; label = @3
block ;; label = @4
block ;; label = @5
local.get 6
i32.const 16777216
i32.and
br_if 0 (;@5;)
local.get 8
local.get 9
i32.sub
local.set 13
i32.const 0
local.set 7
i32.const 0
local.set 8
block ;; label = @6
block ;; label = @7
block ;; label = @8
local.get 6
i32.const 29
i32.shr_u
i32.const 3
i32.and
br_table 2 (;@6;) 0 (;@8;) 1 (;@7;) 0 (;@8;) 2 (;@6;)
end
local.get 13
local.set 8
br 1 (;@6;)
end
local.get 13
i32.const 65534
i32.and
i32.const 1
i32.shr_u
local.set 8
end
local.get 6
i32.const 2097151
i32.and
local.set 1
local.get 0
i32.load offset=4
local.set 9
local.get 0
i32.load
local.set 11
loop ;; label = @6
local.get 7
i32.const 65535
i32.and
local.get 8
i32.const 65535
i32.and
i32.ge_u
br_if 2 (;@4;)
i32.const 1
local.set 10
local.get 7
i32.const 1
i32.add
local.set 7
local.get 11
local.get 1
local.get 9
i32.load offset=16
call_indirect (type 1)
i32.eqz
br_if 0 (;@6;)
br 5 (;@1;)
end
end
local.get 0
local.get 0
i64.load offset=8 align=4
local.tee 14
i32.wrap_i64
i32.const -1612709888
i32.and
i32.const 536870960
i32.or
i32.store offset=8
i32.const 1
local.set 10
local.get 0
i32.load
local.tee 11
local.get 0
i32.load offset=4
local.tee 1
local.get 12
local.get 2
local.get 3
call 343
br_if 3 (;@1;)
i32.const 0
local.set 7
local.get 8
local.get 9
i32.sub
i32.const 65535
i32.and
local.set 9
loop ;; label = @5
local.get 7
i32.const 65535
i32.and
local.get 9
i32.ge_u
br_if 2 (;@3;)
i32.const 1
local.set 10
local.get 7
i32.const 1
i32.add
local.set 7
local.get 11
i32.const 48
local.get 1
i32.load offset=16
call_indirect (type 1)
i32.eqz
br_if 0 (;@5;)
br 4 (;@1;)
end
end
i32.const 1
local.set 10
local.get 11
local.get 9
local.get 12
local.get 2
local.get 3
call 343
br_if 2 (;@1;)
local.get 11
local.get 4
local.get 5
local.get 9
i32.load offset=12
call_indirect (type 0)
br_if 2 (;@1;)
local.get 13
local.get 8
i32.sub
i32.const 65535
i32.and
local.set 0
i32.const 0
local.set 7
loop ;; label = @4
block ;; label = @5
local.get 7
i32.const 65535
i32.and
local.get 0
i32.lt_u
br_if 0 (;@5;)
i32.const 0
return
end
i32.const 1
local.set 10
local.get 7
i32.const 1
i32.add
local.set 7
local.get 11
local.get 1
local.get 9
i32.load offset=16
call_indirect (type 1)
i32.eqz
br_if 0 (;@4;)
br 3 (;@1;)
end
end
i32.const 1
local.set 10
local.get 11
local.get 4
local.get 5
local.get 1
i32.load offset=12
call_indirect (type 0)
br_if 1 (;@1;)
local.get 0
local.get 14
i64.store offset=8 align=4
i32.const 0
return
end
i32.const 1
local.set 10
local.get 0
i32.load
local.tee 7
local.get 0
i32.load offset=4
local.tee 11
local.get 12
local.get 2
local.get 3
call 343
br_if 0 (;@1;)
local.get 7
local.get 4
local.get 5
local.get 11
i32.load offset=12
call_indirect (type 0)
local.set 10
end
local.get 10
)
(func (;215;) (type 1) (param i32 i32) (result i32)
local.get 0
i32.load
local.tee 0
i32.load offset=4
local.get 0
i32.load offset=8
local.get 1
i32.load
local.get 1
i32.load offset=4
call 70
)
(func (;216;) (type 32) (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 11
global.set 0
local.get 0
i32.load
local.get 1
local.get 2
local.get 0
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 2
local.get 11
i32.const 0
i32.store8 offset=13
local.get 11
local.get 2
i32.store8 offset=12
local.get 11
local.get 0
i32.store offset=8
local.get 11
i32.const 8
i32.add
local.get 3
local.get 4
local.get 5
local.get 6
call 241
local.get 7
local.get 8
local.get 9
local.get 10
call 241
local.set 10
local.get 11
i32.load8_u offset=13
local.tee 2
local.get 11
i32.load8_u offset=12
local.tee 1
i32.or
local.set 0
block ;; label = @1
local.get 2
i32.const 1
i32.ne
br_if 0 (;@1;)
local.get 1
i32.const 1
i32.and
br_if 0 (;@1;)
block ;; label = @2
local.get 10
i32.load
local.tee 0
i32.load8_u offset=10
i32.const 128
i32.and
br_if 0 (;@2;)
local.get 0
i32.load
i32.const 71781
i32.const 2
local.get 0
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 0
br 1 (;@1;)
end
local.get 0
i32.load
i32.const 79904
i32.const 1
local.get 0
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 0
end
local.get 11
i32.const 16
i32.add
global.set 0
local.get 0
i32.const 1
i32.and
)
(func (;217;) (type 1) (param i32 i32) (result i32)
(local i32 i32 i64)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 0
i32.load
local.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 1
i32.load offset=8
local.tee 3
i32.const 33554432
i32.and
br_if 0 (;@3;)
local.get 3
i32.const 67108864
i32.and
br_if 1 (;@2;)
local.get 0
local.get 1
call 218
local.set 0
br 2 (;@1;)
end
local.get 0
i64.load
local.set 4
i32.const 17
local.set 0
loop ;; label = @3
local.get 2
local.get 0
i32.add
i32.const -2
i32.add
local.get 4
i32.wrap_i64
i32.const 15
i32.and
i32.load8_u offset=71751
i32.store8
local.get 0
i32.const -1
i32.add
local.set 0
local.get 4
i64.const 4
i64.shr_u
local.tee 4
i64.const 0
i64.ne
br_if 0 (;@3;)
end
local.get 1
i32.const 1
i32.const 73946
i32.const 2
local.get 2
local.get 0
i32.add
i32.const -1
i32.add
i32.const 17
local.get 0
i32.sub
call 214
local.set 0
br 1 (;@1;)
end
local.get 0
i64.load
local.set 4
i32.const 17
local.set 0
loop ;; label = @2
local.get 2
local.get 0
i32.add
i32.const -2
i32.add
local.get 4
i32.wrap_i64
i32.const 15
i32.and
i32.load8_u offset=73948
i32.store8
local.get 0
i32.const -1
i32.add
local.set 0
local.get 4
i64.const 4
i64.shr_u
local.tee 4
i64.const 0
i64.ne
br_if 0 (;@2;)
end
local.get 1
i32.const 1
i32.const 73946
i32.const 2
local.get 2
local.get 0
i32.add
i32.const -1
i32.add
i32.const 17
local.get 0
i32.sub
call 214
local.set 0
end
local.get 2
i32.const 16
i32.add
global.set 0
local.get 0
)
(func (;218;) (type 1) (param i32 i32) (result i32)
(local i32 i32 i64 i64 i64 i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 2
global.set 0
i32.const 20
local.set 3
local.get 0
i64.load
local.tee 4
local.set 5
block ;; label = @1
local.get 4
i64.const 1000
i64.lt_u
br_if 0 (;@1;)
i32.const 20
local.set 3
local.get 4
local.set 5
loop ;; label = @2
local.get 2
i32.const 12
i32.add
local.get 3
i32.add
local.tee 0
i32.const -4
i32.add
local.get 5
local.tee 6
local.get 6
i64.const 10000
i64.div_u
local.tee 5
i64.const 10000
i64.mul
i64.sub
i32.wrap_i64
local.tee 7
i32.const 65535
i32.and
i32.const 100
i32.div_u
local.tee 8
i32.const 1
i32.shl
i32.load16_u offset=71856 align=1
i32.store16 align=1
local.get 0
i32.const -2
i32.add
local.get 7
local.get 8
i32.const 100
i32.mul
i32.sub
i32.const 65535
i32.and
i32.const 1
i32.shl
i32.load16_u offset=71856 align=1
i32.store16 align=1
local.get 3
i32.const -4
i32.add
local.set 3
local.get 6
i64.const 9999999
i64.gt_u
br_if 0 (;@2;)
end
end
block ;; label = @1
local.get 5
i64.const 9
i64.le_u
br_if 0 (;@1;)
local.get 2
i32.const 12
i32.add
local.get 3
i32.const -2
i32.add
local.tee 3
i32.add
local.get 5
i32.wrap_i64
local.tee 0
local.get 0
i32.const 65535
i32.and
i32.const 100
i32.div_u
local.tee 0
i32.const 100
i32.mul
i32.sub
i32.const 65535
i32.and
i32.const 1
i32.shl
i32.load16_u offset=71856 align=1
i32.store16 align=1
local.get 0
i64.extend_i32_u
local.set 5
end
block ;; label = @1
block ;; label = @2
local.get 4
i64.eqz
br_if 0 (;@2;)
local.get 5
i64.eqz
br_if 1 (;@1;)
end
local.get 2
i32.const 12
i32.add
local.get 3
i32.const -1
i32.add
local.tee 3
i32.add
local.get 5
i32.wrap_i64
i32.const 1
i32.shl
i32.load8_u offset=71857
i32.store8
end
local.get 1
i32.const 1
i32.const 1
i32.const 0
local.get 2
i32.const 12
i32.add
local.get 3
i32.add
i32.const 20
local.get 3
i32.sub
call 214
local.set 3
local.get 2
i32.const 32
i32.add
global.set 0
local.get 3
)
(func (;219;) (type 3) (param i32)
local.get 0
i32.load
local.get 0
i32.load offset=4
call 104
)
(func (;220;) (type 3) (param i32)
local.get 0
call 221
)
(func (;221;) (type 3) (param i32)
(local i32 i32 i32)
local.get 0
i32.load offset=8
local.set 1
local.get 0
i32.load offset=4
local.tee 2
local.set 3
block ;; label = @1
loop ;; label = @2
local.get 1
i32.eqz
br_if 1 (;@1;)
local.get 3
i32.load
local.get 3
i32.const 4
i32.add
i32.load
call 104
local.get 3
i32.const 12
i32.add
i32.load
local.get 3
i32.const 16
i32.add
i32.load
call 104
local.get 1
i32.const -1
i32.add
local.set 1
local.get 3
i32.const 24
i32.add
local.set 3
br 0 (;@2;)
end
end
local.get 0
i32.load
local.get 2
i32.const 4
i32.const 24
call 150
)
(func (;222;) (type 3) (param i32)
local.get 0
i32.const 16
i32.add
call 193
local.get 0
i32.const 28
i32.add
call 193
local.get 0
i32.const 40
i32.add
call 193
)
(func (;223;) (type 3) (param i32)
local.get 0
i32.load offset=8
local.get 0
i32.load offset=12
call 104
local.get 0
i32.const 20
i32.add
call 193
)
(func (;224;) (type 3) (param i32)
(local i32 i32 i32)
local.get 0
i32.load offset=4
local.tee 1
i32.const 12
i32.add
local.set 2
local.get 0
i32.load offset=8
local.set 3
block ;; label = @1
loop ;; label = @2
local.get 3
i32.eqz
br_if 1 (;@1;)
local.get 2
i32.const -4
i32.add
i32.load
local.get 2
i32.load
call 104
local.get 3
i32.const -1
i32.add
local.set 3
local.get 2
i32.const 20
i32.add
local.set 2
br 0 (;@2;)
end
end
local.get 0
i32.load
local.get 1
i32.const 4
i32.const 20
call 150
block ;; label = @1
local.get 0
i32.load offset=12
i32.eqz
br_if 0 (;@1;)
local.get 0
i32.load offset=20
local.tee 2
call 224
local.get 2
i32.const 24
i32.const 4
call 151
end
)
(func (;225;) (type 2) (param i32 i32)
block ;; label = @1
loop ;; label = @2
local.get 1
i32.eqz
br_if 1 (;@1;)
local.get 0
i32.load
local.get 0
i32.const 4
i32.add
i32.load
call 104
local.get 1
i32.const -1
i32.add
local.set 1
local.get 0
i32.const 12
i32.add
local.set 0
br 0 (;@2;)
end
end
)
(func (;226;) (type 2) (param i32 i32)
local.get 0
local.get 1
i32.const 4
i32.const 12
call 150
)
(func (;227;) (type 2) (param i32 i32)
block ;; label = @1
loop ;; label = @2
local.get 1
i32.eqz
br_if 1 (;@1;)
local.get 0
i32.load
local.get 0
i32.const 4
i32.add
i32.load
call 104
local.get 0
i32.const 12
i32.add
i32.load
local.get 0
i32.const 16
i32.add
i32.load
call 104
local.get 1
i32.const -1
i32.add
local.set 1
local.get 0
i32.const 24
i32.add
local.set 0
br 0 (;@2;)
end
end
)
(func (;228;) (type 2) (param i32 i32)
local.get 0
local.get 1
i32.const 4
i32.const 24
call 150
)
(func (;229;) (type 2) (param i32 i32)
local.get 0
i32.const 40
i32.store offset=4
local.get 0
i32.const 80256
i32.store
)
(func (;230;) (type 2) (param i32 i32)
local.get 0
i32.const 0
i32.store
)
(func (;231;) (type 13) (param i32 i32 i32))
(func (;232;) (type 2) (param i32 i32)
local.get 0
i32.const 0
i64.load offset=69780 align=4
i64.store offset=8 align=4
local.get 0
i32.const 0
i64.load offset=69772 align=4
i64.store align=4
)
(func (;233;) (type 2) (param i32 i32)
local.get 0
i32.const 0
i64.load offset=69796 align=4
i64.store offset=8 align=4
local.get 0
i32.const 0
i64.load offset=69788 align=4
i64.store align=4
)
(func (;234;) (type 12) (param i32) (result i32)
block ;; label = @1
local.get 0
i32.eqz
br_if 0 (;@1;)
local.get 0
return
end
i32.const 79993
i32.const 32
i32.const 80028
call 198
unreachable
)
(func (;235;) (type 1) (param i32 i32) (result i32)
local.get 1
i32.load
local.get 0
i32.load8_u
i32.const 2
i32.shl
local.tee 0
i32.load offset=70756
local.get 0
i32.load offset=70692
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
)
(func (;236;) (type 13) (param i32 i32 i32)
(local i32)
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 2
br_if 0 (;@3;)
i32.const 1
local.set 3
br 1 (;@2;)
end
local.get 2
call 54
local.tee 3
i32.eqz
br_if 1 (;@1;)
local.get 2
i32.eqz
br_if 0 (;@2;)
local.get 3
local.get 1
local.get 2
memory.copy
end
local.get 0
local.get 2
i32.store offset=8
local.get 0
local.get 3
i32.store offset=4
local.get 0
local.get 2
i32.store
return
end
i32.const 1
local.get 2
call 125
unreachable
)
(func (;237;) (type 20) (param i32 i32 i32 i32 i32 i32)
(local i32 i32 i32 i32 i64)
global.get 0
i32.const 32
i32.sub
local.tee 6
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 3
local.get 2
i32.add
local.tee 2
local.get 3
i32.ge_u
br_if 0 (;@3;)
i32.const 0
local.set 3
br 1 (;@2;)
end
i32.const 0
local.set 7
local.get 6
i32.const 20
i32.add
local.set 8
block ;; label = @3
block ;; label = @4
local.get 5
i64.extend_i32_u
local.get 2
local.get 1
i32.load
local.tee 9
i32.const 1
i32.shl
local.tee 3
local.get 2
local.get 3
i32.gt_u
select
local.tee 3
i32.const 8
i32.const 4
local.get 5
i32.const 1
i32.eq
select
local.tee 2
local.get 3
local.get 2
i32.gt_u
select
local.tee 2
i64.extend_i32_u
i64.mul
local.tee 10
i64.const 32
i64.shr_u
i32.wrap_i64
br_if 0 (;@4;)
local.get 10
i32.wrap_i64
local.tee 3
i32.const -2147483648
local.get 4
i32.sub
i32.gt_u
br_if 0 (;@4;)
block ;; label = @5
block ;; label = @6
local.get 9
br_if 0 (;@6;)
i32.const 0
local.set 5
local.get 6
i32.const 28
i32.add
local.set 7
br 1 (;@5;)
end
local.get 1
i32.load offset=4
local.set 8
local.get 6
local.get 4
i32.store offset=28
local.get 9
local.get 5
i32.mul
local.set 5
local.get 6
i32.const 24
i32.add
local.set 7
end
local.get 7
local.get 5
i32.store
block ;; label = @5
block ;; label = @6
local.get 6
i32.load offset=28
i32.eqz
br_if 0 (;@6;)
block ;; label = @7
local.get 6
i32.load offset=24
local.tee 5
br_if 0 (;@7;)
local.get 6
i32.const 8
i32.add
local.get 4
local.get 3
i32.const 0
call 361
local.get 6
i32.load offset=8
local.set 5
br 2 (;@5;)
end
local.get 8
local.get 5
local.get 4
local.get 3
call 186
local.set 5
br 1 (;@5;)
end
local.get 6
local.get 4
local.get 3
i32.const 0
call 361
local.get 6
i32.load
local.set 5
end
local.get 5
br_if 1 (;@3;)
local.get 6
local.get 4
i32.store offset=20
local.get 6
i32.const 16
i32.add
local.set 8
local.get 3
local.set 7
end
local.get 8
local.get 7
i32.store
local.get 6
i32.load offset=16
local.set 5
local.get 6
i32.load offset=20
local.set 3
br 2 (;@1;)
end
local.get 1
local.get 2
i32.store
local.get 1
local.get 5
i32.store offset=4
i32.const -2147483647
local.set 3
end
end
local.get 0
local.get 5
i32.store offset=4
local.get 0
local.get 3
i32.store
local.get 6
i32.const 32
i32.add
global.set 0
)
(func (;238;) (type 23) (param i32 i32 i32 i32 i32)
(local i32 i64)
global.get 0
i32.const 16
i32.sub
local.tee 5
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
local.get 4
i64.extend_i32_u
local.get 1
i64.extend_i32_u
i64.mul
local.tee 6
i64.const 32
i64.shr_u
i32.wrap_i64
br_if 0 (;@4;)
local.get 6
i32.wrap_i64
local.tee 4
i32.const -2147483648
local.get 3
i32.sub
i32.gt_u
br_if 0 (;@4;)
local.get 4
br_if 1 (;@3;)
local.get 0
local.get 3
i32.store offset=8
i32.const 0
local.set 3
local.get 0
i32.const 0
i32.store offset=4
br 3 (;@1;)
end
local.get 0
i32.const 0
i32.store offset=4
br 1 (;@2;)
end
local.get 5
i32.const 8
i32.add
local.get 3
local.get 4
local.get 2
call 361
block ;; label = @3
local.get 5
i32.load offset=8
local.tee 2
i32.eqz
br_if 0 (;@3;)
local.get 0
local.get 2
i32.store offset=8
local.get 0
local.get 1
i32.store offset=4
i32.const 0
local.set 3
br 2 (;@1;)
end
local.get 0
local.get 4
i32.store offset=8
local.get 0
local.get 3
i32.store offset=4
end
i32.const 1
local.set 3
end
local.get 0
local.get 3
i32.store
local.get 5
i32.const 16
i32.add
global.set 0
)
(func (;239;) (type 1) (param i32 i32) (result i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
local.get 0
i32.load
br_table 0 (;@7;) 1 (;@6;) 2 (;@5;) 3 (;@4;) 4 (;@3;) 5 (;@2;) 0 (;@7;)
end
local.get 2
local.get 0
i32.const 4
i32.add
i32.store offset=12
local.get 1
i32.const 69956
i32.const 6
local.get 2
i32.const 12
i32.add
i32.const 16
call 58
local.set 0
br 5 (;@1;)
end
local.get 2
local.get 0
i32.const 4
i32.add
i32.store offset=12
local.get 1
i32.const 69962
i32.const 5
local.get 2
i32.const 12
i32.add
i32.const 16
call 58
local.set 0
br 4 (;@1;)
end
local.get 1
i32.load
i32.const 69967
i32.const 7
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 0
br 3 (;@1;)
end
local.get 2
local.get 0
i32.const 4
i32.add
i32.store offset=12
local.get 1
i32.const 69974
i32.const 11
local.get 2
i32.const 12
i32.add
i32.const 16
call 58
local.set 0
br 2 (;@1;)
end
local.get 2
local.get 0
i32.const 4
i32.add
i32.store offset=12
local.get 1
i32.const 69985
i32.const 7
local.get 2
i32.const 12
i32.add
i32.const 16
call 58
local.set 0
br 1 (;@1;)
end
local.get 1
i32.load
i32.const 69992
i32.const 8
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 0
end
local.get 2
i32.const 16
i32.add
global.set 0
local.get 0
)
(func (;240;) (type 1) (param i32 i32) (result i32)
(local i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
local.get 0
i32.store offset=4
local.get 1
i32.load
i32.const 70000
i32.const 7
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 0
local.get 2
i32.const 0
i32.store8 offset=13
local.get 2
local.get 0
i32.store8 offset=12
local.get 2
local.get 1
i32.store offset=8
local.get 2
i32.const 8
i32.add
i32.const 70007
i32.const 8
local.get 2
i32.const 4
i32.add
i32.const 20
call 241
local.set 3
local.get 2
i32.load8_u offset=13
local.tee 0
local.get 2
i32.load8_u offset=12
local.tee 4
i32.or
local.set 1
block ;; label = @1
local.get 0
i32.const 1
i32.ne
br_if 0 (;@1;)
local.get 4
i32.const 1
i32.and
br_if 0 (;@1;)
block ;; label = @2
local.get 3
i32.load
local.tee 1
i32.load8_u offset=10
i32.const 128
i32.and
br_if 0 (;@2;)
local.get 1
i32.load
i32.const 71781
i32.const 2
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 1 (;@1;)
end
local.get 1
i32.load
i32.const 79904
i32.const 1
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
end
local.get 2
i32.const 16
i32.add
global.set 0
local.get 1
i32.const 1
i32.and
)
(func (;241;) (type 6) (param i32 i32 i32 i32 i32) (result i32)
(local i32 i32 i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 5
global.set 0
i32.const 1
local.set 6
block ;; label = @1
local.get 0
i32.load8_u offset=4
br_if 0 (;@1;)
local.get 0
i32.load8_u offset=5
local.set 7
block ;; label = @2
local.get 0
i32.load
local.tee 8
i32.load8_u offset=10
i32.const 128
i32.and
br_if 0 (;@2;)
i32.const 1
local.set 6
local.get 8
i32.load
i32.const 79909
i32.const 71767
local.get 7
i32.const 1
i32.and
local.tee 7
select
i32.const 2
i32.const 3
local.get 7
select
local.get 8
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
br_if 1 (;@1;)
local.get 8
i32.load
local.get 1
local.get 2
local.get 8
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
br_if 1 (;@1;)
local.get 8
i32.load
i32.const 79196
i32.const 2
local.get 8
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
br_if 1 (;@1;)
local.get 3
local.get 8
local.get 4
call_indirect (type 1)
local.set 6
br 1 (;@1;)
end
i32.const 1
local.set 6
block ;; label = @2
local.get 7
i32.const 1
i32.and
br_if 0 (;@2;)
local.get 8
i32.load
i32.const 71770
i32.const 3
local.get 8
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
br_if 1 (;@1;)
end
i32.const 1
local.set 6
local.get 5
i32.const 1
i32.store8 offset=15
local.get 5
i32.const 71784
i32.store offset=20
local.get 5
local.get 8
i64.load align=4
i64.store align=4
local.get 5
local.get 8
i64.load offset=8 align=4
i64.store offset=24 align=4
local.get 5
local.get 5
i32.const 15
i32.add
i32.store offset=8
local.get 5
local.get 5
i32.store offset=16
local.get 5
local.get 1
local.get 2
call 340
br_if 0 (;@1;)
local.get 5
i32.const 79196
i32.const 2
call 340
br_if 0 (;@1;)
block ;; label = @2
local.get 3
local.get 5
i32.const 16
i32.add
local.get 4
call_indirect (type 1)
i32.eqz
br_if 0 (;@2;)
i32.const 1
local.set 6
br 1 (;@1;)
end
local.get 5
i32.load offset=16
i32.const 71773
i32.const 2
local.get 5
i32.load offset=20
i32.load offset=12
call_indirect (type 0)
local.set 6
end
local.get 0
i32.const 1
i32.store8 offset=5
local.get 0
local.get 6
i32.store8 offset=4
local.get 5
i32.const 32
i32.add
global.set 0
local.get 0
)
(func (;242;) (type 1) (param i32 i32) (result i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
block ;; label = @1
block ;; label = @2
local.get 0
i64.load
i64.const 1
i64.ne
br_if 0 (;@2;)
local.get 2
local.get 0
i32.const 8
i32.add
i32.store offset=12
local.get 1
i32.const 80972
i32.const 4
local.get 2
i32.const 12
i32.add
i32.const 21
call 58
local.set 0
br 1 (;@1;)
end
local.get 1
i32.load
i32.const 80968
i32.const 4
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 0
end
local.get 2
i32.const 16
i32.add
global.set 0
local.get 0
)
(func (;243;) (type 2) (param i32 i32)
(local i32 i32)
block ;; label = @1
block ;; label = @2
local.get 1
i32.load
local.tee 2
local.get 1
i32.load offset=4
i32.eq
local.tee 3
i32.eqz
br_if 0 (;@2;)
i32.const 4
local.set 1
br 1 (;@1;)
end
local.get 1
local.get 2
i32.const 1
i32.add
i32.store
local.get 2
i32.load8_u
local.set 1
end
local.get 0
local.get 1
i32.store8 offset=1
local.get 0
local.get 3
i32.store8
)
(func (;244;) (type 16) (param i32 i32 i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 4
global.set 0
local.get 4
i32.const 8
i32.add
local.get 2
local.get 1
i32.const 5
local.get 3
call 246
local.get 4
i32.load offset=12
local.set 3
local.get 0
local.get 4
i32.load offset=8
i32.store
local.get 0
local.get 3
i32.store offset=4
local.get 4
i32.const 16
i32.add
global.set 0
)
(func (;245;) (type 13) (param i32 i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 3
global.set 0
i32.const 0
local.set 4
block ;; label = @1
loop ;; label = @2
block ;; label = @3
local.get 4
i32.const 5
i32.ne
br_if 0 (;@3;)
i32.const 5
local.set 1
br 2 (;@1;)
end
local.get 2
local.get 4
i32.add
local.tee 5
local.get 1
i32.store8
block ;; label = @3
local.get 1
i32.const 128
i32.lt_u
br_if 0 (;@3;)
local.get 5
local.get 1
i32.const 128
i32.or
i32.store8
local.get 1
i32.const 7
i32.shr_u
local.set 1
local.get 4
i32.const 1
i32.add
local.set 4
br 1 (;@2;)
end
end
local.get 3
i32.const 8
i32.add
local.get 2
local.get 4
i32.const 81052
call 244
local.get 3
i32.load offset=12
local.set 1
local.get 3
i32.load offset=8
local.set 2
end
local.get 0
local.get 2
i32.store
local.get 0
local.get 1
i32.store offset=4
local.get 3
i32.const 16
i32.add
global.set 0
)
(func (;246;) (type 23) (param i32 i32 i32 i32 i32)
block ;; label = @1
local.get 1
local.get 3
i32.lt_u
br_if 0 (;@1;)
i32.const 0
local.get 1
local.get 3
local.get 4
call 142
unreachable
end
local.get 0
local.get 2
i32.store
local.get 0
local.get 1
i32.const 1
i32.add
i32.store offset=4
)
(func (;247;) (type 33))
(func (;248;) (type 34) (result i32)
call 249
i32.const 214116
)
(func (;249;) (type 33)
(local i32 i32 i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 0
global.set 0
local.get 0
i32.const 24
i32.add
i32.const 82740
call 324
local.get 0
i32.load offset=24
i32.load
local.set 1
local.get 0
i32.load offset=28
local.tee 2
local.get 2
i32.load
i32.const -1
i32.add
i32.store
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
local.get 1
i32.const -2147483648
i32.ne
br_if 0 (;@4;)
block ;; label = @5
i32.const 0
i32.load offset=214148
i32.const 2147483647
i32.and
i32.eqz
br_if 0 (;@5;)
call 464
i32.eqz
br_if 3 (;@2;)
end
i32.const 0
i32.load offset=214140
br_if 1 (;@3;)
i32.const 0
i32.const 1
i32.store offset=214144
i32.const 0
i32.load8_u offset=214112
local.set 1
i32.const 0
i32.const 1
i32.store8 offset=214112
local.get 1
br_if 3 (;@1;)
local.get 0
i32.const 16
i32.add
i32.const 82740
i32.const 80128
call 463
local.get 0
i32.load offset=20
local.set 2
block ;; label = @5
local.get 0
i32.load offset=16
local.tee 1
i32.load
local.tee 3
i32.const -2147483648
i32.eq
br_if 0 (;@5;)
local.get 3
local.get 1
i32.const 4
i32.add
i32.load
call 104
local.get 1
i32.load offset=48
local.get 1
i32.const 52
i32.add
i32.load
call 104
end
local.get 1
i64.const 0
i64.store offset=20 align=4
local.get 1
i32.const 65536
i32.store offset=16
local.get 1
i32.const 148576
i32.store offset=12
local.get 1
i32.const 0
i32.store offset=8
local.get 1
i64.const 4294967296
i64.store align=4
local.get 1
i64.const 0
i64.store offset=28 align=4
local.get 1
i64.const 0
i64.store offset=36 align=4
local.get 1
i64.const 0
i64.store offset=56 align=4
local.get 1
i64.const 4294967296
i64.store offset=48 align=4
local.get 1
i64.const 0
i64.store offset=64 align=4
local.get 1
i64.const 0
i64.store offset=72 align=4
local.get 2
local.get 2
i32.load
i32.const 1
i32.add
i32.store
local.get 0
i32.const 8
i32.add
i32.const 82740
call 324
local.get 0
i32.load offset=12
local.set 1
i32.const 0
local.get 0
i32.load offset=8
local.tee 2
local.get 2
i32.load
i32.const -2147483648
i32.eq
select
call 268
local.get 1
local.get 1
i32.load
i32.const -1
i32.add
i32.store
end
local.get 0
i32.const 32
i32.add
global.set 0
return
end
unreachable
end
i32.const 82069
i32.const 105
i32.const 82124
call 122
unreachable
end
i32.const 79052
i32.const 57
i32.const 79080
call 122
unreachable
)
(func (;250;) (type 35) (param i32) (result i64)
(local i32 i32 i32 i32 i32 i32 i64 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 448
i32.sub
local.tee 1
global.set 0
call 249
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
i32.const 0
i32.load offset=82832
br_if 0 (;@4;)
i32.const 0
i32.load offset=82732
local.set 2
i32.const 0
i32.load offset=82736
local.set 3
local.get 1
i32.const 128
i32.add
i32.const 82740
call 101
local.get 1
i32.load offset=132
local.set 4
i32.const 0
local.get 1
i32.load offset=128
local.tee 5
local.get 5
i32.load
i32.const -2147483648
i32.eq
select
call 234
drop
local.get 1
i32.const 0
i32.store offset=340
local.get 1
local.get 3
local.get 0
local.get 3
local.get 0
i32.lt_u
select
i32.store offset=336
local.get 1
local.get 2
i32.store offset=332
local.get 1
i32.const 128
i32.store8 offset=344
local.get 1
i32.const 0
i32.store offset=328
local.get 1
i64.const 4294967296
i64.store offset=320 align=4
local.get 1
i32.const 208
i32.add
local.get 1
i32.const 320
i32.add
call 251
i32.const 6
local.set 6
block ;; label = @5
local.get 1
i32.load8_u offset=208
local.tee 0
i32.const 6
i32.eq
br_if 0 (;@5;)
local.get 1
local.get 1
i64.load offset=224
i64.store offset=152
local.get 1
local.get 1
i64.load offset=216
i64.store offset=144
local.get 1
local.get 1
i64.load offset=208
i64.store offset=136
local.get 1
i32.const 424
i32.add
local.get 1
i32.const 320
i32.add
call 252
block ;; label = @6
block ;; label = @7
block ;; label = @8
local.get 1
i32.load8_u offset=424
i32.const 1
i32.ne
br_if 0 (;@8;)
local.get 1
i32.load offset=428
local.set 0
br 1 (;@7;)
end
local.get 1
i32.load8_u offset=425
i32.const 1
i32.ne
br_if 1 (;@6;)
local.get 1
i32.const 22
i32.store offset=272
local.get 1
i32.const 320
i32.add
local.get 1
i32.const 272
i32.add
call 253
local.set 0
end
local.get 1
local.get 0
i32.store offset=212
i32.const 6
local.set 6
local.get 1
i32.const 6
i32.store8 offset=208
local.get 1
i32.const 136
i32.add
call 254
br 1 (;@5;)
end
local.get 0
local.set 6
end
local.get 1
i32.load offset=320
local.get 1
i32.load offset=324
call 104
block ;; label = @5
local.get 6
i32.const 6
i32.ne
br_if 0 (;@5;)
local.get 1
local.get 1
i32.load offset=212
i32.store offset=272
local.get 1
i32.const 22
i32.store offset=140
local.get 1
local.get 1
i32.const 272
i32.add
i32.store offset=136
local.get 1
i32.const 320
i32.add
i32.const 66959
local.get 1
i32.const 136
i32.add
call 51
local.get 1
i32.const 136
i32.add
local.get 1
i32.const 320
i32.add
call 256
block ;; label = @6
block ;; label = @7
block ;; label = @8
local.get 1
i32.load offset=272
local.tee 0
i32.load
br_table 0 (;@8;) 1 (;@7;) 2 (;@6;)
end
local.get 0
i32.load offset=8
local.tee 3
i32.eqz
br_if 1 (;@6;)
local.get 0
i32.load offset=4
local.get 3
i32.const 1
call 151
br 1 (;@6;)
end
local.get 0
i32.load8_u offset=4
i32.const 3
i32.ne
br_if 0 (;@6;)
local.get 0
i32.load offset=8
local.tee 3
i32.load
local.get 3
i32.const 4
i32.add
i32.load
call 146
local.get 3
i32.const 12
i32.const 4
call 151
end
local.get 0
i32.const 20
i32.const 4
call 151
local.get 1
local.get 1
i32.load offset=144
local.tee 0
i32.store offset=419 align=1
local.get 1
local.get 1
i64.load offset=136 align=4
local.tee 7
i64.store offset=411 align=1
local.get 1
local.get 7
i64.store offset=395 align=1
local.get 1
local.get 7
i64.store offset=432
local.get 1
local.get 0
i32.store offset=440
br 3 (;@2;)
end
local.get 1
local.get 1
i64.load offset=216 align=1
i64.store offset=415 align=1
local.get 1
local.get 1
i64.load offset=209 align=1
i64.store offset=408
local.get 1
local.get 1
i64.load offset=415 align=1
i64.store offset=399 align=1
local.get 1
local.get 1
i64.load offset=408
i64.store offset=392
local.get 1
local.get 1
i64.load offset=224
i64.store offset=288
local.get 1
local.get 1
i64.load offset=392
i64.store offset=273 align=1
local.get 1
local.get 1
i64.load offset=399 align=1
i64.store offset=280 align=1
local.get 1
local.get 6
i32.store8 offset=272
local.get 1
i64.const 4
i64.store offset=152 align=4
local.get 1
i64.const 0
i64.store offset=144 align=4
local.get 1
i64.const 4294967296
i64.store offset=136 align=4
block ;; label = @5
local.get 6
i32.const 5
i32.ne
br_if 0 (;@5;)
local.get 1
i32.const 136
i32.add
i32.const 12
i32.add
local.set 8
local.get 1
i32.const 120
i32.add
i32.const 0
i32.const 4
i32.const 8
call 257
local.get 1
i32.load offset=284
i32.const 0
local.get 1
i32.load offset=276
local.tee 9
select
local.set 10
local.get 9
i32.const 0
i32.ne
local.set 11
local.get 1
i32.const 320
i32.add
i32.const 12
i32.add
local.set 12
local.get 1
i32.load offset=280
local.set 3
local.get 1
i32.load offset=124
local.set 13
local.get 1
i32.load offset=120
local.set 14
local.get 9
local.set 2
i32.const 0
local.set 0
loop ;; label = @6
block ;; label = @7
block ;; label = @8
local.get 10
i32.eqz
br_if 0 (;@8;)
block ;; label = @9
local.get 11
i32.const 1
i32.and
i32.eqz
br_if 0 (;@9;)
local.get 0
br_if 2 (;@7;)
block ;; label = @10
loop ;; label = @11
local.get 3
i32.eqz
br_if 1 (;@10;)
local.get 3
i32.const -1
i32.add
local.set 3
local.get 9
i32.load offset=408
local.set 9
br 0 (;@11;)
end
end
i32.const 0
local.set 3
i32.const 0
local.set 2
local.get 9
local.set 0
br 2 (;@7;)
end
i32.const 80848
call 258
unreachable
end
local.get 14
local.get 13
call 259
br 4 (;@3;)
end
local.get 10
i32.const -1
i32.add
local.set 10
block ;; label = @7
loop ;; label = @8
local.get 3
local.get 0
i32.load16_u offset=402
i32.lt_u
br_if 1 (;@7;)
block ;; label = @9
local.get 0
i32.load offset=264
local.tee 9
i32.eqz
br_if 0 (;@9;)
local.get 2
i32.const 1
i32.add
local.set 2
local.get 0
i32.load16_u offset=400
local.set 3
local.get 9
local.set 0
br 1 (;@8;)
end
end
i32.const 80832
call 258
unreachable
end
block ;; label = @7
block ;; label = @8
local.get 2
br_if 0 (;@8;)
local.get 3
i32.const 1
i32.add
local.set 15
local.get 0
local.set 16
br 1 (;@7;)
end
local.get 0
local.get 3
i32.const 2
i32.shl
i32.add
i32.const 412
i32.add
local.set 9
i32.const 0
local.set 15
i32.const 0
local.set 11
loop ;; label = @8
local.get 9
i32.load
local.tee 16
i32.const 408
i32.add
local.set 9
local.get 2
local.get 11
i32.const 1
i32.add
local.tee 11
i32.ne
br_if 0 (;@8;)
end
end
local.get 0
local.get 3
i32.const 12
i32.mul
i32.add
local.tee 0
i32.const 268
i32.add
local.set 11
local.get 0
i32.load offset=276
local.set 3
local.get 0
i32.load offset=272
local.set 9
i32.const 0
local.set 0
block ;; label = @7
block ;; label = @8
loop ;; label = @9
local.get 0
i32.eqz
br_if 1 (;@8;)
block ;; label = @10
local.get 13
local.get 0
i32.add
local.tee 2
i32.const 4
i32.add
i32.load
local.get 3
i32.ne
br_if 0 (;@10;)
local.get 2
i32.load
local.get 9
local.get 3
call 493
br_if 0 (;@10;)
i32.const 1
local.set 11
i32.const 0
local.set 9
br 3 (;@7;)
end
local.get 0
i32.const 8
i32.add
local.set 0
br 0 (;@9;)
end
end
local.get 1
i32.const 208
i32.add
local.get 13
i32.const 0
i32.const 79909
i32.const 2
call 260
local.get 11
i32.load offset=8
local.set 3
local.get 11
i32.load offset=4
local.set 0
local.get 1
i32.load offset=216
local.set 17
local.get 1
i32.load offset=212
local.set 18
local.get 1
i32.const 136
i32.add
i32.const 47
call 261
local.get 0
local.get 3
i32.add
local.set 2
block ;; label = @8
loop ;; label = @9
local.get 0
local.get 2
i32.eq
br_if 1 (;@8;)
block ;; label = @10
block ;; label = @11
local.get 0
i32.load8_s
local.tee 3
i32.const -1
i32.le_s
br_if 0 (;@11;)
local.get 0
i32.const 1
i32.add
local.set 0
local.get 3
i32.const 255
i32.and
local.set 3
br 1 (;@10;)
end
local.get 0
i32.load8_u offset=1
i32.const 63
i32.and
local.set 9
local.get 3
i32.const 31
i32.and
local.set 11
block ;; label = @11
local.get 3
i32.const -33
i32.gt_u
br_if 0 (;@11;)
local.get 11
i32.const 6
i32.shl
local.get 9
i32.or
local.set 3
local.get 0
i32.const 2
i32.add
local.set 0
br 1 (;@10;)
end
local.get 9
i32.const 6
i32.shl
local.get 0
i32.load8_u offset=2
i32.const 63
i32.and
i32.or
local.set 9
block ;; label = @11
local.get 3
i32.const -16
i32.ge_u
br_if 0 (;@11;)
local.get 9
local.get 11
i32.const 12
i32.shl
i32.or
local.set 3
local.get 0
i32.const 3
i32.add
local.set 0
br 1 (;@10;)
end
local.get 9
i32.const 6
i32.shl
local.get 0
i32.load8_u offset=3
i32.const 63
i32.and
i32.or
local.get 11
i32.const 18
i32.shl
i32.const 1835008
i32.and
i32.or
local.set 3
local.get 0
i32.const 4
i32.add
local.set 0
end
block ;; label = @10
local.get 3
i32.const 47
i32.eq
br_if 0 (;@10;)
block ;; label = @11
local.get 3
i32.const 126
i32.eq
br_if 0 (;@11;)
local.get 3
i32.const 1114112
i32.eq
br_if 3 (;@8;)
local.get 1
i32.const 136
i32.add
local.get 3
call 261
br 2 (;@9;)
end
local.get 1
i32.const 136
i32.add
i32.const 79905
i32.const 2
call 49
br 1 (;@9;)
end
local.get 1
i32.const 136
i32.add
i32.const 79907
i32.const 2
call 49
br 0 (;@9;)
end
end
block ;; label = @8
block ;; label = @9
local.get 18
local.get 17
i32.const 1
i32.const 0
call 262
br_if 0 (;@9;)
local.get 1
local.get 17
i32.store offset=396
local.get 1
local.get 18
i32.store offset=392
local.get 1
i32.const 23
i32.store offset=412
local.get 1
local.get 1
i32.const 392
i32.add
i32.store offset=408
local.get 1
i32.const 320
i32.add
i32.const 66757
local.get 1
i32.const 408
i32.add
call 264
local.get 1
i32.const 136
i32.add
local.get 1
i32.const 320
i32.add
call 265
br 1 (;@8;)
end
local.get 1
i32.const 320
i32.add
local.get 1
i32.load offset=140
local.get 1
i32.load offset=144
call 236
local.get 12
i32.const 79911
i32.const 37
call 266
local.get 8
local.get 1
i32.const 320
i32.add
call 267
end
i32.const 0
local.set 9
local.get 1
i32.const 0
i32.store offset=144
local.get 1
i32.load offset=208
local.get 18
call 104
i32.const 1
local.set 11
end
local.get 15
local.set 3
i32.const 0
local.set 2
local.get 16
local.set 0
br 0 (;@6;)
end
end
local.get 1
i32.const 9
i32.store offset=396
local.get 1
i32.const 79767
i32.store offset=392
local.get 1
local.get 6
i32.const 2
i32.shl
local.tee 0
i32.load offset=82228
i32.store offset=412
local.get 1
local.get 0
i32.load offset=82204
i32.store offset=408
local.get 1
i32.const 23
i32.store offset=332
local.get 1
i32.const 23
i32.store offset=324
local.get 1
local.get 1
i32.const 408
i32.add
i32.store offset=328
local.get 1
local.get 1
i32.const 392
i32.add
i32.store offset=320
local.get 1
i32.const 208
i32.add
i32.const 66791
local.get 1
i32.const 320
i32.add
call 264
local.get 1
i32.const 136
i32.add
local.get 1
i32.const 208
i32.add
call 265
br 1 (;@3;)
end
local.get 1
i32.const 82740
call 101
local.get 1
i32.load offset=4
local.set 4
i32.const 0
local.get 1
i32.load
local.tee 0
local.get 0
i32.load
i32.const -2147483648
i32.eq
select
call 234
drop
local.get 0
i32.const 68976
i32.const 30
call 130
local.set 7
i32.const 0
local.get 0
local.get 0
i32.load
i32.const -2147483648
i32.eq
select
call 268
br 2 (;@1;)
end
local.get 1
i32.load offset=156
local.set 0
local.get 1
i64.load offset=148 align=4
local.set 7
local.get 1
i32.load offset=136
local.get 1
i32.load offset=140
call 104
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
block ;; label = @8
block ;; label = @9
local.get 6
i32.const 5
i32.ne
br_if 0 (;@9;)
local.get 0
i32.eqz
br_if 1 (;@8;)
br 2 (;@7;)
end
local.get 0
br_if 1 (;@7;)
local.get 1
i32.const 0
i32.store offset=216
local.get 1
local.get 7
i64.store offset=208
local.get 1
i32.const 320
i32.add
i32.const 66175
i32.const 17
call 46
local.get 1
i32.const 432
i32.add
local.get 1
i32.const 320
i32.add
call 256
local.get 1
i32.const 208
i32.add
call 221
br 2 (;@6;)
end
local.get 1
i32.const 0
i32.store offset=328
local.get 1
local.get 7
i64.store offset=320
local.get 1
i32.const -2147483648
i32.store offset=432
local.get 1
i32.const 320
i32.add
call 221
br 2 (;@5;)
end
local.get 1
local.get 0
i32.store offset=440
local.get 1
local.get 7
i64.store offset=432
end
local.get 6
br_table 3 (;@2;) 3 (;@2;) 3 (;@2;) 1 (;@4;) 2 (;@3;) 0 (;@5;)
end
local.get 1
i32.const 272
i32.add
i32.const 4
i32.or
call 269
br 2 (;@2;)
end
local.get 1
i32.load offset=276
local.get 1
i32.load offset=280
call 104
br 1 (;@2;)
end
local.get 1
i32.const 272
i32.add
i32.const 4
i32.or
call 270
local.get 1
i32.load offset=276
local.get 1
i32.load offset=280
call 271
end
block ;; label = @2
block ;; label = @3
block ;; label = @4
local.get 1
i32.load offset=432
local.tee 3
i32.const -2147483648
i32.eq
br_if 0 (;@4;)
local.get 1
i64.load offset=436 align=4
local.set 7
i32.const 12
call 53
local.tee 0
local.get 7
i64.store offset=4 align=4
local.get 0
local.get 3
i32.store
i32.const 69852
local.set 3
br 1 (;@3;)
end
i32.const 0
local.set 15
local.get 1
i32.const 0
i32.store offset=200
local.get 1
i32.const 255
i32.store offset=192
local.get 1
i64.const 17179869184
i64.store offset=176
local.get 1
i64.const 4
i64.store offset=168
local.get 1
i64.const 0
i64.store offset=160
local.get 1
i64.const 17179869184
i64.store offset=152
local.get 1
i64.const 4294967296
i64.store offset=184
local.get 1
i64.const 3600000
i64.store offset=144
local.get 1
i64.const 1
i64.store offset=136
local.get 1
i32.const 5
i32.store offset=276
local.get 1
i32.const 69326
i32.store offset=272
i32.const 79560
i32.const -4
i32.and
local.tee 10
i32.const 79557
i32.sub
local.set 9
local.get 1
i32.const 152
i32.add
local.set 18
i32.const 0
local.set 0
block ;; label = @4
loop ;; label = @5
block ;; label = @6
local.get 0
i32.const 5
i32.ne
br_if 0 (;@6;)
i32.const 4
local.set 0
br 2 (;@4;)
end
local.get 0
i32.load8_u offset=69326
local.tee 3
i32.const 223
i32.and
i32.const -65
i32.add
local.set 2
local.get 0
i32.const 1
i32.add
local.tee 11
local.set 0
local.get 3
i32.const -48
i32.add
i32.const 255
i32.and
i32.const 10
i32.lt_u
br_if 0 (;@5;)
local.get 11
local.set 0
local.get 2
i32.const 255
i32.and
i32.const 26
i32.lt_u
br_if 0 (;@5;)
i32.const 0
local.set 0
i32.const 0
local.set 2
block ;; label = @6
block ;; label = @7
block ;; label = @8
local.get 10
i32.const 79557
i32.eq
br_if 0 (;@8;)
i32.const 0
local.set 2
loop ;; label = @9
local.get 2
i32.const 79557
i32.add
i32.load8_u
local.get 3
i32.eq
br_if 2 (;@7;)
local.get 9
local.get 2
i32.const 1
i32.add
local.tee 2
i32.ne
br_if 0 (;@9;)
end
local.get 9
local.set 2
end
local.get 2
i32.const 8
i32.or
local.get 2
i32.const 16843008
local.get 2
i32.load offset=79557
local.get 3
i32.const 16843009
i32.mul
local.tee 13
i32.xor
local.tee 16
i32.sub
local.get 16
i32.or
i32.const 16843008
local.get 2
i32.const 79561
i32.add
i32.load
local.get 13
i32.xor
local.tee 13
i32.sub
local.get 13
i32.or
i32.and
i32.const -2139062144
i32.and
i32.const -2139062144
i32.eq
select
local.set 2
loop ;; label = @8
local.get 2
local.get 0
i32.add
i32.const 79557
i32.add
i32.load8_u
local.get 3
i32.eq
br_if 1 (;@7;)
local.get 2
local.get 0
i32.const 1
i32.add
local.tee 0
i32.xor
i32.const 15
i32.ne
br_if 0 (;@8;)
end
i32.const 0
local.set 3
br 1 (;@6;)
end
i32.const 1
local.set 3
end
local.get 11
local.set 0
local.get 3
br_if 0 (;@5;)
end
local.get 1
i32.const 8
i32.store offset=212
local.get 1
local.get 1
i32.const 272
i32.add
i32.store offset=208
local.get 1
i32.const 320
i32.add
i32.const 68883
local.get 1
i32.const 208
i32.add
call 264
local.get 1
i32.const 136
i32.add
local.get 1
i32.const 320
i32.add
call 272
local.get 1
i32.load offset=160
local.set 15
local.get 1
i32.load offset=156
local.set 0
end
local.get 1
i32.const 208
i32.add
i32.const 69326
i32.const 5
call 273
local.get 15
i32.const 12
i32.mul
local.set 3
local.get 0
i32.const 4
i32.add
local.set 2
i32.const 0
local.set 9
local.get 1
i32.load offset=212
local.set 13
local.get 1
i32.load offset=216
local.set 11
block ;; label = @4
block ;; label = @5
loop ;; label = @6
local.get 3
i32.eqz
br_if 1 (;@5;)
block ;; label = @7
block ;; label = @8
local.get 0
i32.load offset=8
local.get 11
i32.ne
br_if 0 (;@8;)
local.get 2
i32.load
local.get 13
local.get 11
call 493
i32.eqz
br_if 1 (;@7;)
end
local.get 0
i32.const 12
i32.add
local.set 0
local.get 3
i32.const -12
i32.add
local.set 3
local.get 2
i32.const 12
i32.add
local.set 2
local.get 9
i32.const 1
i32.add
local.set 9
br 1 (;@6;)
end
end
local.get 1
local.get 1
i64.load offset=208 align=4
local.tee 7
i64.store offset=320
local.get 1
local.get 18
i32.store offset=332
local.get 1
local.get 1
i32.load offset=216
i32.store offset=328
local.get 7
i32.wrap_i64
local.get 1
i32.load offset=324
call 104
br 1 (;@4;)
end
local.get 1
local.get 18
i32.store offset=332
local.get 1
local.get 1
i64.load offset=208 align=4
i64.store offset=320
local.get 1
local.get 1
i32.load offset=216
i32.store offset=328
local.get 18
local.get 1
i32.const 320
i32.add
call 274
local.get 1
i32.load offset=160
i32.const -1
i32.add
local.set 9
end
local.get 1
i32.const 320
i32.add
i32.const 0
call 275
local.get 1
i32.load offset=324
local.set 2
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
block ;; label = @8
block ;; label = @9
block ;; label = @10
local.get 1
i32.load offset=320
local.tee 0
i32.eqz
br_if 0 (;@10;)
local.get 2
local.set 3
br 1 (;@9;)
end
local.get 1
i32.const 320
i32.add
i32.const 69409
call 275
local.get 1
i32.load offset=324
local.set 11
block ;; label = @10
local.get 1
i32.load offset=320
local.tee 0
i32.eqz
br_if 0 (;@10;)
local.get 11
local.set 3
br 1 (;@9;)
end
local.get 1
i32.const 7
i32.store offset=396
local.get 1
i32.const 69415
i32.store offset=392
local.get 1
i32.const 112
i32.add
i32.const 82876
call 101
local.get 1
i32.load offset=116
local.set 0
block ;; label = @10
block ;; label = @11
i32.const 69415
i32.const 7
local.get 1
i32.load offset=112
local.tee 13
i32.const 160
call 22
local.tee 3
i32.const -1
i32.gt_s
br_if 0 (;@11;)
local.get 1
i32.const 320
i32.add
i32.const 0
local.get 3
i32.sub
call 103
local.get 1
i32.load offset=324
local.tee 3
local.get 1
i32.load offset=328
local.tee 13
call 1
drop
local.get 1
i32.const 208
i32.add
local.get 3
local.get 13
call 160
local.get 1
i32.load offset=320
local.get 3
call 104
br 1 (;@10;)
end
local.get 1
i32.const 104
i32.add
local.get 13
local.get 3
call 180
local.get 1
i32.const 208
i32.add
local.get 1
i32.load offset=104
local.get 1
i32.load offset=108
call 160
end
local.get 0
local.get 0
i32.load
i32.const 1
i32.add
i32.store
local.get 1
i32.load offset=208
local.tee 0
i32.const -2147483646
i32.eq
br_if 2 (;@7;)
local.get 1
local.get 1
i64.load offset=212 align=4
i64.store offset=324 align=4
local.get 1
local.get 0
i32.store offset=320
local.get 1
i32.const 408
i32.add
local.get 1
i32.const 320
i32.add
call 195
local.get 1
i32.load offset=412
local.set 13
block ;; label = @10
local.get 1
i32.load offset=408
local.tee 0
i32.const -2147483648
i32.eq
br_if 0 (;@10;)
local.get 1
local.get 1
i32.load offset=416
i32.store offset=280
local.get 1
local.get 13
i32.store offset=276
local.get 1
local.get 0
i32.store offset=272
local.get 1
i32.const 7
i32.store offset=332
local.get 1
i32.const 8
i32.store offset=324
local.get 1
local.get 1
i32.const 272
i32.add
i32.store offset=328
local.get 1
local.get 1
i32.const 392
i32.add
i32.store offset=320
local.get 1
i32.const 208
i32.add
i32.const 67000
local.get 1
i32.const 320
i32.add
call 264
local.get 1
i32.const 96
i32.add
local.get 1
i32.const 208
i32.add
call 276
local.get 1
i32.load offset=96
local.set 0
local.get 1
i32.load offset=272
local.get 1
i32.load offset=276
call 104
i32.const 76284
local.set 13
i32.const 76284
local.set 3
local.get 0
br_if 1 (;@9;)
end
local.get 1
i32.const 340
i32.add
local.tee 18
i32.const 69422
i32.const 5
call 46
local.get 1
i32.const 2
i32.store offset=336
local.get 1
i64.const 3600000
i64.store offset=328
local.get 1
i64.const 2
i64.store offset=320
local.get 1
i32.const 0
i32.store offset=216
local.get 1
i64.const 4294967296
i64.store offset=208 align=4
local.get 1
i32.const 208
i32.add
local.get 1
i32.load offset=344
local.get 1
i32.load offset=348
call 277
local.get 1
i32.const 208
i32.add
i64.const 2
call 278
local.get 1
i32.const 208
i32.add
i64.const 3600000
call 278
local.get 1
i32.const 0
i32.store offset=272
local.get 1
i32.const 0
i32.store8 offset=276
local.get 1
i32.const 2
i32.store8 offset=272
local.get 1
i32.const 88
i32.add
local.get 1
i32.const 272
i32.add
i32.const 0
i32.const 81020
call 244
local.get 1
i32.const 208
i32.add
local.get 1
i32.load offset=88
local.get 1
i32.load offset=92
call 77
block ;; label = @10
block ;; label = @11
local.get 1
i32.load offset=208
local.tee 0
i32.const -2147483648
i32.ne
br_if 0 (;@11;)
local.get 1
i32.const 2
i32.store8 offset=276
br 1 (;@10;)
end
local.get 1
local.get 1
i64.load offset=212 align=4
i64.store offset=276 align=4
end
local.get 1
local.get 0
i32.store offset=272
local.get 1
i32.const 432
i32.add
local.get 1
i32.const 272
i32.add
call 279
local.get 1
i32.load offset=436
local.set 3
local.get 1
i32.load offset=440
local.set 16
local.get 1
i32.const 80
i32.add
i32.const 82876
call 101
local.get 1
i32.load offset=84
local.set 0
block ;; label = @10
block ;; label = @11
local.get 3
local.get 16
local.get 1
i32.load offset=80
local.tee 10
i32.const 160
call 23
local.tee 16
i32.const -1
i32.gt_s
br_if 0 (;@11;)
local.get 1
i32.const 208
i32.add
i32.const 0
local.get 16
i32.sub
call 103
local.get 1
i32.load offset=212
local.tee 16
local.get 1
i32.load offset=216
local.tee 10
call 1
drop
local.get 1
i32.const 272
i32.add
local.get 16
local.get 10
call 160
local.get 1
i32.load offset=208
local.get 16
call 104
br 1 (;@10;)
end
local.get 1
i32.const 72
i32.add
local.get 10
local.get 16
call 180
local.get 1
i32.const 272
i32.add
local.get 1
i32.load offset=72
local.get 1
i32.load offset=76
call 160
end
local.get 0
local.get 0
i32.load
i32.const 1
i32.add
i32.store
local.get 1
i32.load offset=272
local.tee 0
i32.const -2147483646
i32.eq
br_if 3 (;@6;)
local.get 1
local.get 1
i64.load offset=276 align=4
i64.store offset=212 align=4
local.get 1
local.get 0
i32.store offset=208
local.get 1
i32.const 392
i32.add
local.get 1
i32.const 208
i32.add
call 195
i32.const 0
local.set 0
local.get 1
i32.load offset=396
local.set 16
block ;; label = @10
local.get 1
i32.load offset=392
local.tee 10
i32.const -2147483648
i32.eq
br_if 0 (;@10;)
local.get 1
local.get 1
i32.load offset=400
i32.store offset=416
local.get 1
local.get 16
i32.store offset=412
local.get 1
local.get 10
i32.store offset=408
local.get 1
i32.const 7
i32.store offset=220
local.get 1
i32.const 19
i32.store offset=212
local.get 1
local.get 18
i32.store offset=208
local.get 1
local.get 1
i32.const 408
i32.add
i32.store offset=216
local.get 1
i32.const 272
i32.add
i32.const 66987
local.get 1
i32.const 208
i32.add
call 264
local.get 1
i32.const 64
i32.add
local.get 1
i32.const 272
i32.add
call 276
local.get 1
i32.load offset=64
local.set 0
local.get 1
i32.load offset=408
local.get 1
i32.load offset=412
call 104
i32.const 76284
local.set 16
end
local.get 1
i32.load offset=432
local.get 3
call 104
local.get 1
i32.load offset=340
local.get 1
i32.load offset=344
call 104
block ;; label = @10
local.get 0
i32.eqz
br_if 0 (;@10;)
local.get 16
local.set 3
br 1 (;@9;)
end
local.get 1
i32.const 16
i32.store offset=428
local.get 1
i32.const 69430
i32.store offset=424
local.get 1
i32.const 408
i32.add
i32.const 69430
i32.const 16
call 46
local.get 1
i32.const 272
i32.add
i32.const 69446
i32.const 19
call 46
local.get 1
i32.const 208
i32.add
i32.const 69427
i32.const 3
call 46
local.get 1
i32.const 344
i32.add
local.get 1
i32.const 208
i32.add
i32.const 1
call 158
local.get 1
i32.const 56
i32.add
i32.const 0
i32.const 8
i32.const 8
call 48
local.get 1
i32.const 0
i32.store8 offset=368
local.get 1
i32.const 0
i32.store offset=364
local.get 1
local.get 1
i64.load offset=408 align=4
i64.store offset=320
local.get 1
local.get 1
i32.load offset=416
i32.store offset=328
local.get 1
local.get 1
i64.load offset=272 align=4
i64.store offset=332 align=4
local.get 1
local.get 1
i32.load offset=280
i32.store offset=340
local.get 1
local.get 1
i64.load offset=56
i64.store offset=356 align=4
local.get 1
i32.load offset=208
local.get 1
i32.load offset=212
call 104
local.get 1
i32.const 432
i32.add
local.get 1
i32.const 320
i32.add
call 113
local.get 1
i32.const 48
i32.add
i32.const 82876
call 101
local.get 1
i32.load offset=52
local.set 0
block ;; label = @10
block ;; label = @11
local.get 1
i32.load offset=436
local.tee 18
local.get 1
i32.load offset=440
local.get 1
i32.load offset=48
local.tee 10
call 159
local.tee 3
i32.const -1
i32.gt_s
br_if 0 (;@11;)
local.get 1
i32.const 208
i32.add
i32.const 0
local.get 3
i32.sub
call 103
local.get 1
i32.load offset=212
local.tee 3
local.get 1
i32.load offset=216
local.tee 10
call 1
drop
local.get 1
i32.const 272
i32.add
local.get 3
local.get 10
call 160
local.get 1
i32.load offset=208
local.get 3
call 104
br 1 (;@10;)
end
local.get 1
i32.const 40
i32.add
local.get 10
local.get 3
call 105
local.get 1
i32.const 272
i32.add
local.get 1
i32.load offset=40
local.get 1
i32.load offset=44
call 160
end
local.get 0
local.get 0
i32.load
i32.const 1
i32.add
i32.store
local.get 1
i32.load offset=272
local.tee 0
i32.const -2147483646
i32.eq
br_if 4 (;@5;)
local.get 1
local.get 1
i64.load offset=276 align=4
i64.store offset=212 align=4
local.get 1
local.get 0
i32.store offset=208
local.get 1
i32.const 392
i32.add
local.get 1
i32.const 208
i32.add
call 161
i32.const 0
local.set 0
local.get 1
i32.load offset=396
local.set 10
block ;; label = @10
local.get 1
i32.load offset=392
local.tee 3
i32.const -2147483648
i32.eq
br_if 0 (;@10;)
local.get 1
local.get 1
i32.load offset=400
i32.store offset=416
local.get 1
local.get 10
i32.store offset=412
local.get 1
local.get 3
i32.store offset=408
local.get 1
i32.const 7
i32.store offset=220
local.get 1
i32.const 8
i32.store offset=212
local.get 1
local.get 1
i32.const 408
i32.add
i32.store offset=216
local.get 1
local.get 1
i32.const 424
i32.add
i32.store offset=208
local.get 1
i32.const 272
i32.add
i32.const 67042
local.get 1
i32.const 208
i32.add
call 51
local.get 1
i32.const 272
i32.add
call 66
local.set 0
local.get 1
i32.load offset=408
local.get 1
i32.load offset=412
call 104
i32.const 65552
local.set 10
end
local.get 1
i32.load offset=432
local.get 18
call 104
local.get 1
i32.const 320
i32.add
call 163
block ;; label = @10
local.get 0
i32.eqz
br_if 0 (;@10;)
local.get 10
local.set 3
br 1 (;@9;)
end
local.get 1
i32.const 320
i32.add
i32.const 1
i32.const 69465
i32.const 19
i32.const 69484
i32.const 21
i32.const 8
i32.const 0
call 157
local.get 1
i32.load offset=324
local.set 18
block ;; label = @10
local.get 1
i32.load offset=320
local.tee 0
i32.eqz
br_if 0 (;@10;)
local.get 18
local.set 3
br 1 (;@9;)
end
local.get 1
i32.const 320
i32.add
i32.const 2
i32.const 69528
i32.const 17
i32.const 69545
i32.const 19
i32.const 69512
i32.const 2
call 157
local.get 1
i32.load offset=324
local.set 15
block ;; label = @10
local.get 1
i32.load offset=320
local.tee 0
i32.eqz
br_if 0 (;@10;)
local.get 15
local.set 3
br 1 (;@9;)
end
local.get 1
i32.const 5
i32.store offset=396
local.get 1
i32.const 69564
i32.store offset=392
local.get 1
i32.const 32
i32.add
i32.const 82876
call 101
local.get 1
i32.load offset=36
local.set 0
block ;; label = @10
block ;; label = @11
i32.const 69564
i32.const 5
local.get 1
i32.load offset=32
local.tee 17
i32.const 160
call 24
local.tee 3
i32.const -1
i32.gt_s
br_if 0 (;@11;)
local.get 1
i32.const 320
i32.add
i32.const 0
local.get 3
i32.sub
call 103
local.get 1
i32.load offset=324
local.tee 3
local.get 1
i32.load offset=328
local.tee 17
call 1
drop
local.get 1
i32.const 208
i32.add
local.get 3
local.get 17
call 160
local.get 1
i32.load offset=320
local.get 3
call 104
br 1 (;@10;)
end
local.get 1
i32.const 24
i32.add
local.get 17
local.get 3
call 180
local.get 1
i32.const 208
i32.add
local.get 1
i32.load offset=24
local.get 1
i32.load offset=28
call 160
end
local.get 0
local.get 0
i32.load
i32.const 1
i32.add
i32.store
local.get 1
i32.load offset=208
local.tee 0
i32.const -2147483646
i32.eq
br_if 5 (;@4;)
local.get 1
local.get 1
i64.load offset=212 align=4
i64.store offset=324 align=4
local.get 1
local.get 0
i32.store offset=320
local.get 1
i32.const 408
i32.add
local.get 1
i32.const 320
i32.add
call 195
local.get 1
i32.load offset=412
local.set 3
local.get 1
i32.load offset=408
local.tee 0
i32.const -2147483648
i32.eq
br_if 1 (;@8;)
local.get 1
local.get 1
i32.load offset=416
i32.store offset=280
local.get 1
local.get 3
i32.store offset=276
local.get 1
local.get 0
i32.store offset=272
local.get 1
i32.const 7
i32.store offset=332
local.get 1
i32.const 8
i32.store offset=324
local.get 1
local.get 1
i32.const 272
i32.add
i32.store offset=328
local.get 1
local.get 1
i32.const 392
i32.add
i32.store offset=320
local.get 1
i32.const 208
i32.add
i32.const 67014
local.get 1
i32.const 320
i32.add
call 264
local.get 1
i32.const 16
i32.add
local.get 1
i32.const 208
i32.add
call 276
local.get 1
i32.load offset=16
local.set 0
local.get 1
i32.load offset=272
local.get 1
i32.load offset=276
call 104
i32.const 76284
local.set 3
local.get 0
i32.eqz
br_if 1 (;@8;)
end
local.get 1
i32.const 136
i32.add
call 222
local.get 1
i32.load offset=200
local.tee 2
i32.eqz
br_if 5 (;@3;)
local.get 2
local.get 1
i32.load offset=204
call 146
br 5 (;@3;)
end
local.get 1
i32.const 320
i32.add
local.get 1
i32.const 136
i32.add
i32.const 72
memory.copy
block ;; label = @8
i32.const 79652
i32.const 0
local.get 1
i64.load offset=320
i64.eqz
local.tee 0
select
i32.const 0
i32.const 79572
local.get 0
select
local.get 1
i32.load offset=376
i32.const 128
i32.and
local.tee 0
select
local.tee 17
i32.eqz
br_if 0 (;@8;)
local.get 1
i32.const 408
i32.add
local.get 17
i32.const 115
i32.const 80
local.get 0
select
call 266
local.get 1
i32.const 320
i32.add
local.get 1
i32.const 408
i32.add
call 272
end
block ;; label = @8
local.get 1
i32.load offset=384
local.tee 0
i32.eqz
br_if 0 (;@8;)
local.get 1
i32.load offset=388
local.set 3
local.get 1
i32.const 336
i32.add
call 193
local.get 1
i32.const 348
i32.add
call 193
local.get 1
i32.const 360
i32.add
call 193
br 5 (;@3;)
end
local.get 1
i32.load offset=332
local.set 17
local.get 1
i32.load offset=328
local.set 0
local.get 1
i64.load offset=320
local.set 7
local.get 1
i32.const 272
i32.add
local.get 1
i32.const 320
i32.add
i32.const 16
i32.add
i32.const 48
memory.copy
block ;; label = @8
local.get 7
i64.const 2
i64.ne
br_if 0 (;@8;)
local.get 17
local.set 3
br 5 (;@3;)
end
local.get 1
i32.const 208
i32.add
i32.const 16
i32.add
local.get 1
i32.const 272
i32.add
i32.const 48
memory.copy
local.get 1
local.get 17
i32.store offset=220
local.get 1
local.get 0
i32.store offset=216
local.get 1
local.get 7
i64.store offset=208
block ;; label = @8
local.get 1
i32.load offset=264
local.tee 0
i32.const -129
i32.and
i32.eqz
br_if 0 (;@8;)
local.get 0
i32.const 1
i32.and
br_if 0 (;@8;)
local.get 1
i32.const 320
i32.add
i32.const 66018
i32.const 89
call 46
i32.const 12
call 53
local.tee 0
local.get 1
i32.load offset=328
i32.store offset=8
local.get 0
local.get 1
i64.load offset=320 align=4
i64.store align=4
local.get 1
i32.const 208
i32.add
call 222
i32.const 65552
local.set 3
br 5 (;@3;)
end
local.get 1
i32.const 320
i32.add
i32.const 8
i32.add
local.get 1
i32.const 208
i32.add
i32.const 8
i32.add
i32.const 56
memory.copy
local.get 1
local.get 7
i64.store offset=320
local.get 1
i32.load offset=372
local.set 0
local.get 1
i32.const 0
i32.store offset=144
local.get 1
i64.const 4294967296
i64.store offset=136 align=4
local.get 1
i32.const 136
i32.add
local.get 0
call 114
local.get 1
i32.const 136
i32.add
local.get 1
i32.load offset=376
call 114
local.get 1
i32.const 136
i32.add
local.get 1
i32.load offset=340
local.get 1
i32.load offset=344
call 115
local.get 1
i32.const 136
i32.add
local.get 1
i32.load offset=352
local.get 1
i32.load offset=356
call 115
local.get 1
i32.const 136
i32.add
local.get 1
i32.load offset=364
local.get 1
i32.load offset=368
call 115
block ;; label = @8
block ;; label = @9
local.get 7
i64.const 1
i64.ne
br_if 0 (;@9;)
local.get 1
i32.const 136
i32.add
i32.const 1
call 71
local.get 1
i64.load offset=328
local.get 1
i32.const 136
i32.add
call 81
br 1 (;@8;)
end
local.get 1
i32.const 136
i32.add
i32.const 0
call 71
end
block ;; label = @8
block ;; label = @9
local.get 1
i32.load offset=136
local.tee 17
i32.const -2147483648
i32.ne
br_if 0 (;@9;)
local.get 1
i32.const 2
i32.store8 offset=212
br 1 (;@8;)
end
local.get 1
local.get 1
i64.load offset=140 align=4
i64.store offset=212 align=4
end
local.get 1
local.get 17
i32.store offset=208
local.get 1
i32.const 136
i32.add
local.get 1
i32.const 208
i32.add
call 98
local.get 5
local.get 1
i32.load offset=140
local.tee 17
local.get 1
i32.load offset=144
call 280
local.set 7
local.get 1
i32.load offset=136
local.get 17
call 104
local.get 1
i32.const 320
i32.add
call 222
i32.const 0
i32.load offset=82832
br_if 5 (;@2;)
i32.const 0
local.get 0
i32.store offset=82872
i32.const 0
local.get 9
i32.store offset=82868
i32.const 0
local.get 3
i32.store offset=82864
i32.const 0
local.get 15
i32.store offset=82860
i32.const 0
local.get 18
i32.store offset=82856
i32.const 0
local.get 10
i32.store offset=82852
i32.const 0
local.get 16
i32.store offset=82848
i32.const 0
local.get 13
i32.store offset=82844
i32.const 0
local.get 11
i32.store offset=82840
i32.const 0
local.get 2
i32.store offset=82836
i32.const 0
i32.const 1
i32.store offset=82832
br 5 (;@2;)
end
i32.const 80080
call 106
unreachable
end
i32.const 80080
call 106
unreachable
end
i32.const 80080
call 106
unreachable
end
i32.const 80080
call 106
unreachable
end
local.get 1
i32.const 320
i32.add
local.get 0
local.get 3
call 145
local.get 1
i32.const 8
i32.add
local.get 1
i32.load offset=324
local.tee 2
local.get 1
i32.load offset=328
call 281
local.get 5
local.get 1
i32.load offset=8
local.get 1
i32.load offset=12
call 280
drop
local.get 5
i32.load offset=20
local.get 5
i32.load offset=24
i32.const 3
i32.const 0
call 282
local.set 7
local.get 1
i32.load offset=320
local.get 2
call 104
local.get 0
local.get 3
call 146
end
i32.const 0
local.get 5
local.get 5
i32.load
i32.const -2147483648
i32.eq
select
call 268
end
local.get 4
local.get 4
i32.load
i32.const 1
i32.add
i32.store
local.get 1
i32.const 448
i32.add
global.set 0
local.get 7
)
(func (;251;) (type 2) (param i32 i32)
(local i32 i32 i32 i32 i32 i32 i32 i32 i32 i64 i64 i64)
global.get 0
i32.const 240
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 136
i32.add
local.get 1
call 252
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
block ;; label = @8
block ;; label = @9
block ;; label = @10
block ;; label = @11
block ;; label = @12
block ;; label = @13
block ;; label = @14
block ;; label = @15
block ;; label = @16
block ;; label = @17
block ;; label = @18
block ;; label = @19
block ;; label = @20
block ;; label = @21
block ;; label = @22
block ;; label = @23
block ;; label = @24
block ;; label = @25
local.get 2
i32.load8_u offset=136
i32.const 1
i32.ne
br_if 0 (;@25;)
local.get 2
i32.load offset=140
local.set 1
br 1 (;@24;)
end
block ;; label = @25
local.get 2
i32.load8_u offset=137
i32.const 1
i32.ne
br_if 0 (;@25;)
local.get 2
i32.load8_u offset=138
local.tee 3
i32.const 34
i32.eq
br_if 6 (;@19;)
local.get 3
i32.const 45
i32.eq
br_if 5 (;@20;)
local.get 3
i32.const 91
i32.eq
br_if 7 (;@18;)
local.get 3
i32.const 102
i32.eq
br_if 4 (;@21;)
local.get 3
i32.const 110
i32.eq
br_if 2 (;@23;)
local.get 3
i32.const 116
i32.eq
br_if 3 (;@22;)
local.get 3
i32.const 123
i32.eq
br_if 8 (;@17;)
local.get 3
i32.const -48
i32.add
i32.const 255
i32.and
i32.const 10
i32.lt_u
br_if 9 (;@16;)
local.get 2
i32.const 10
i32.store offset=80
local.get 1
local.get 2
i32.const 80
i32.add
call 253
local.get 1
call 420
local.set 1
local.get 0
i32.const 6
i32.store8
local.get 0
local.get 1
i32.store offset=4
br 24 (;@1;)
end
local.get 2
i32.const 5
i32.store offset=80
local.get 1
local.get 2
i32.const 80
i32.add
call 253
local.set 1
end
local.get 0
i32.const 6
i32.store8
local.get 0
local.get 1
i32.store offset=4
br 22 (;@1;)
end
local.get 1
local.get 1
i32.load offset=20
i32.const 1
i32.add
i32.store offset=20
local.get 1
i32.const 81068
i32.const 3
call 421
local.tee 1
i32.eqz
br_if 7 (;@15;)
local.get 0
i32.const 6
i32.store8
local.get 0
local.get 1
i32.store offset=4
br 21 (;@1;)
end
local.get 1
local.get 1
i32.load offset=20
i32.const 1
i32.add
i32.store offset=20
block ;; label = @22
local.get 1
i32.const 81071
i32.const 3
call 421
local.tee 1
i32.eqz
br_if 0 (;@22;)
local.get 0
i32.const 6
i32.store8
local.get 0
local.get 1
i32.store offset=4
br 21 (;@1;)
end
local.get 2
i32.const 257
i32.store16
br 16 (;@5;)
end
local.get 1
local.get 1
i32.load offset=20
i32.const 1
i32.add
i32.store offset=20
block ;; label = @21
local.get 1
i32.const 81074
i32.const 4
call 421
local.tee 1
i32.eqz
br_if 0 (;@21;)
local.get 0
i32.const 6
i32.store8
local.get 0
local.get 1
i32.store offset=4
br 20 (;@1;)
end
local.get 2
i32.const 1
i32.store16
br 15 (;@5;)
end
local.get 1
local.get 1
i32.load offset=20
i32.const 1
i32.add
i32.store offset=20
local.get 2
i32.const 24
i32.add
local.get 1
i32.const 0
call 422
local.get 2
i64.load offset=24
i64.const 3
i64.eq
br_if 17 (;@2;)
local.get 2
local.get 2
i32.const 24
i32.add
call 386
br 13 (;@6;)
end
local.get 1
i32.const 0
i32.store offset=8
local.get 1
local.get 1
i32.load offset=20
i32.const 1
i32.add
i32.store offset=20
local.get 2
i32.const 200
i32.add
local.get 1
i32.const 12
i32.add
local.get 1
call 394
local.get 2
i32.load offset=204
local.set 3
local.get 2
i32.load offset=200
i32.const 2
i32.eq
br_if 15 (;@3;)
local.get 2
i32.const 136
i32.add
local.get 3
local.get 2
i32.load offset=208
call 266
local.get 2
local.get 2
i64.load offset=136 align=4
i64.store offset=83 align=1
local.get 2
local.get 2
i32.load offset=144
i32.store offset=91 align=1
local.get 2
i32.const 3
i32.store8
local.get 2
local.get 2
i64.load offset=80 align=1
i64.store offset=1 align=1
local.get 2
local.get 2
i64.load offset=87 align=1
i64.store offset=8 align=1
br 12 (;@6;)
end
local.get 1
local.get 1
i32.load8_u offset=24
i32.const -1
i32.add
local.tee 3
i32.store8 offset=24
local.get 3
i32.const 255
i32.and
i32.eqz
br_if 13 (;@4;)
local.get 1
local.get 1
i32.load offset=20
i32.const 1
i32.add
i32.store offset=20
i32.const 0
local.set 4
local.get 2
i32.const 0
i32.store offset=208
local.get 2
i64.const 34359738368
i64.store offset=200 align=4
i32.const 8
local.set 5
local.get 2
i32.const 80
i32.add
i32.const 8
i32.add
local.set 6
local.get 2
i32.const 80
i32.add
i32.const 1
i32.or
local.set 7
i32.const 8
local.set 8
i32.const 1
local.set 3
loop ;; label = @18
local.get 2
i32.const 176
i32.add
local.get 1
call 252
local.get 2
i32.load8_u offset=176
i32.const 1
i32.eq
br_if 9 (;@9;)
block ;; label = @19
block ;; label = @20
block ;; label = @21
local.get 2
i32.load8_u offset=177
i32.const 1
i32.ne
br_if 0 (;@21;)
local.get 2
i32.load8_u offset=178
i32.const 255
i32.and
local.tee 9
i32.const 93
i32.eq
br_if 2 (;@19;)
block ;; label = @22
local.get 3
i32.const 1
i32.and
br_if 0 (;@22;)
local.get 9
i32.const 44
i32.ne
br_if 8 (;@14;)
local.get 1
local.get 1
i32.load offset=20
i32.const 1
i32.add
i32.store offset=20
local.get 2
i32.const 176
i32.add
local.get 1
call 252
local.get 2
i32.load8_u offset=176
br_if 13 (;@9;)
local.get 2
i32.load8_u offset=177
i32.const 1
i32.ne
br_if 9 (;@13;)
local.get 2
i32.load8_u offset=178
i32.const 93
i32.ne
br_if 0 (;@22;)
local.get 2
i32.const 21
i32.store offset=80
local.get 1
local.get 2
i32.const 80
i32.add
call 253
local.set 4
br 14 (;@8;)
end
local.get 2
i32.const 80
i32.add
local.get 1
call 251
local.get 2
i32.load8_u offset=80
local.tee 9
i32.const 6
i32.ne
br_if 1 (;@20;)
local.get 2
i32.load offset=84
local.set 4
br 13 (;@8;)
end
local.get 2
i32.const 2
i32.store offset=80
local.get 1
local.get 2
i32.const 80
i32.add
call 253
local.set 4
br 12 (;@8;)
end
local.get 2
local.get 7
i32.load8_u offset=2
i32.store8 offset=230
local.get 2
local.get 7
i32.load16_u align=1
i32.store16 offset=228
local.get 2
local.get 6
i64.load
i64.store offset=136
local.get 2
local.get 6
i64.load offset=8
i64.store offset=144
local.get 2
i32.load offset=84
local.set 10
block ;; label = @20
local.get 4
local.get 2
i32.load offset=200
i32.ne
br_if 0 (;@20;)
local.get 2
i32.const 200
i32.add
call 387
local.get 2
i32.load offset=204
local.set 5
end
local.get 5
local.get 8
i32.add
local.tee 3
i32.const -8
i32.add
local.get 9
i32.store8
local.get 3
i32.const -4
i32.add
local.get 10
i32.store
local.get 3
i32.const -7
i32.add
local.tee 9
local.get 2
i32.load8_u offset=230
i32.store8 offset=2
local.get 9
local.get 2
i32.load16_u offset=228
i32.store16 align=1
local.get 3
local.get 2
i64.load offset=136
i64.store align=1
local.get 3
local.get 2
i64.load offset=144
i64.store offset=8 align=1
local.get 2
local.get 4
i32.const 1
i32.add
local.tee 4
i32.store offset=208
local.get 8
i32.const 24
i32.add
local.set 8
i32.const 0
local.set 3
br 1 (;@18;)
end
end
i32.const 4
local.set 8
i32.const 0
local.set 6
local.get 2
i64.load offset=204 align=4
local.set 11
local.get 2
i32.load offset=200
local.set 4
br 10 (;@7;)
end
local.get 1
local.get 1
i32.load8_u offset=24
i32.const -1
i32.add
local.tee 3
i32.store8 offset=24
local.get 3
i32.const 255
i32.and
i32.eqz
br_if 6 (;@10;)
local.get 1
local.get 1
i32.load offset=20
i32.const 1
i32.add
i32.store offset=20
local.get 2
i32.const 1
i32.store8 offset=120
local.get 2
local.get 1
i32.store offset=116
local.get 2
i32.const 80
i32.add
local.get 2
i32.const 116
i32.add
call 423
block ;; label = @17
block ;; label = @18
block ;; label = @19
block ;; label = @20
block ;; label = @21
local.get 2
i32.load8_u offset=80
i32.const 1
i32.ne
br_if 0 (;@21;)
local.get 2
i32.load offset=84
local.set 3
br 1 (;@20;)
end
local.get 2
i32.load8_u offset=81
i32.const 1
i32.ne
br_if 1 (;@19;)
local.get 2
i32.load offset=116
local.tee 3
i32.const 0
i32.store offset=8
local.get 3
local.get 3
i32.load offset=20
i32.const 1
i32.add
i32.store offset=20
local.get 2
i32.const 80
i32.add
local.get 3
i32.const 12
i32.add
local.get 3
call 394
local.get 2
i32.load offset=84
local.set 3
local.get 2
i32.load offset=80
i32.const 2
i32.eq
br_if 0 (;@20;)
local.get 2
i32.const 136
i32.add
local.get 3
local.get 2
i32.load offset=88
call 311
block ;; label = @21
local.get 2
i32.load offset=136
local.tee 4
i32.const -2147483648
i32.ne
br_if 0 (;@21;)
local.get 2
i32.load offset=140
local.set 3
br 1 (;@20;)
end
local.get 2
i32.load offset=140
local.set 3
local.get 4
i32.const -2147483647
i32.ne
br_if 2 (;@18;)
end
local.get 2
i32.const 6
i32.store8 offset=56
local.get 2
local.get 3
i32.store offset=60
br 2 (;@17;)
end
local.get 2
i32.const 0
i32.store offset=68
local.get 2
i32.const 0
i32.store offset=60
local.get 2
i32.const 5
i32.store8 offset=56
br 1 (;@17;)
end
local.get 2
i32.load offset=144
local.set 8
local.get 2
i32.const 0
i32.store offset=132
local.get 2
i32.const 0
i32.store offset=124
local.get 2
local.get 8
i32.store offset=144
local.get 2
local.get 3
i32.store offset=140
local.get 2
local.get 4
i32.store offset=136
local.get 2
i32.const 56
i32.add
local.get 2
i32.const 116
i32.add
call 424
block ;; label = @18
block ;; label = @19
local.get 2
i32.load8_u offset=56
i32.const 6
i32.eq
br_if 0 (;@19;)
local.get 2
i32.const 80
i32.add
local.get 2
i32.const 124
i32.add
local.get 2
i32.const 136
i32.add
local.get 2
i32.const 56
i32.add
call 362
local.get 2
i32.const 80
i32.add
call 425
local.get 2
i32.const 136
i32.add
i32.const 4
i32.add
local.set 4
local.get 2
i32.const 80
i32.add
i32.const 4
i32.add
local.set 8
block ;; label = @20
loop ;; label = @21
local.get 2
i32.const 80
i32.add
local.get 2
i32.const 116
i32.add
call 423
block ;; label = @22
block ;; label = @23
block ;; label = @24
local.get 2
i32.load8_u offset=80
i32.const 1
i32.ne
br_if 0 (;@24;)
local.get 2
i32.load offset=84
local.set 3
br 1 (;@23;)
end
local.get 2
i32.load8_u offset=81
i32.const 1
i32.ne
br_if 3 (;@20;)
local.get 2
i32.load offset=116
local.tee 3
i32.const 0
i32.store offset=8
local.get 3
local.get 3
i32.load offset=20
i32.const 1
i32.add
i32.store offset=20
local.get 2
i32.const 80
i32.add
local.get 3
i32.const 12
i32.add
local.get 3
call 394
local.get 2
i32.load offset=84
local.set 3
local.get 2
i32.load offset=80
i32.const 2
i32.eq
br_if 0 (;@23;)
local.get 2
i32.const 228
i32.add
local.get 3
local.get 2
i32.load offset=88
call 311
block ;; label = @24
local.get 2
i32.load offset=228
local.tee 6
i32.const -2147483648
i32.ne
br_if 0 (;@24;)
local.get 2
i32.load offset=232
local.set 3
br 1 (;@23;)
end
local.get 2
i32.load offset=232
local.set 3
local.get 6
i32.const -2147483647
i32.eq
br_if 0 (;@23;)
local.get 2
i32.load offset=236
local.set 7
local.get 2
i32.const 80
i32.add
local.get 2
i32.const 116
i32.add
call 424
local.get 2
i32.load8_u offset=80
i32.const 6
i32.ne
br_if 1 (;@22;)
local.get 2
i32.load offset=84
local.set 4
local.get 6
local.get 3
call 104
local.get 4
local.set 3
end
local.get 2
local.get 3
i32.store offset=60
local.get 2
i32.const 6
i32.store8 offset=56
br 4 (;@18;)
end
local.get 2
local.get 2
i64.load offset=96
local.tee 11
i64.store offset=216
local.get 2
local.get 2
i64.load offset=88
local.tee 12
i64.store offset=208
local.get 2
local.get 2
i64.load offset=80
local.tee 13
i64.store offset=200
local.get 8
local.get 11
i64.store offset=16 align=4
local.get 8
local.get 12
i64.store offset=8 align=4
local.get 8
local.get 13
i64.store align=4
local.get 2
local.get 2
i64.load offset=80 align=4
i64.store offset=136
local.get 2
local.get 2
i64.load offset=88 align=4
i64.store offset=144
local.get 2
local.get 2
i64.load offset=96 align=4
i64.store offset=152
local.get 2
local.get 2
i32.load offset=104
i32.store offset=160
local.get 2
local.get 7
i32.store offset=172
local.get 2
local.get 3
i32.store offset=168
local.get 2
local.get 6
i32.store offset=164
local.get 2
local.get 4
i64.load offset=16 align=4
i64.store offset=192
local.get 2
local.get 4
i64.load offset=8 align=4
i64.store offset=184
local.get 2
local.get 4
i64.load align=4
i64.store offset=176
local.get 2
i32.const 80
i32.add
local.get 2
i32.const 124
i32.add
local.get 2
i32.const 164
i32.add
local.get 2
i32.const 176
i32.add
call 362
local.get 2
i32.const 80
i32.add
call 425
br 0 (;@21;)
end
end
local.get 2
local.get 2
i64.load offset=124 align=4
i64.store offset=83 align=1
local.get 2
local.get 2
i32.load offset=132
i32.store offset=91 align=1
local.get 2
i32.const 5
i32.store8 offset=56
local.get 2
local.get 2
i64.load offset=80 align=1
i64.store offset=57 align=1
local.get 2
local.get 2
i64.load offset=87 align=1
i64.store offset=64 align=1
br 2 (;@17;)
end
local.get 4
local.get 3
call 104
end
local.get 2
i32.const 124
i32.add
call 269
end
local.get 1
local.get 1
i32.load8_u offset=24
i32.const 1
i32.add
i32.store8 offset=24
local.get 2
i32.const 136
i32.add
local.get 1
call 252
block ;; label = @17
local.get 2
i32.load8_u offset=136
i32.const 1
i32.ne
br_if 0 (;@17;)
local.get 2
i32.load offset=140
local.set 3
br 6 (;@11;)
end
local.get 2
i32.load8_u offset=137
i32.const 1
i32.ne
br_if 4 (;@12;)
block ;; label = @17
block ;; label = @18
local.get 2
i32.load8_u offset=138
local.tee 3
i32.const 125
i32.eq
br_if 0 (;@18;)
local.get 3
i32.const 44
i32.eq
br_if 1 (;@17;)
local.get 2
i32.const 22
i32.store offset=80
local.get 1
local.get 2
i32.const 80
i32.add
call 253
local.set 3
br 7 (;@11;)
end
local.get 1
local.get 1
i32.load offset=20
i32.const 1
i32.add
i32.store offset=20
i32.const 0
local.set 3
br 6 (;@11;)
end
local.get 2
i32.const 21
i32.store offset=80
local.get 1
local.get 2
i32.const 80
i32.add
call 253
local.set 3
br 5 (;@11;)
end
local.get 2
i32.const 40
i32.add
local.get 1
i32.const 1
call 422
block ;; label = @16
local.get 2
i64.load offset=40
i64.const 3
i64.ne
br_if 0 (;@16;)
local.get 0
local.get 2
i32.load offset=48
i32.store offset=4
local.get 0
i32.const 6
i32.store8
br 15 (;@1;)
end
local.get 2
local.get 2
i32.const 40
i32.add
call 386
br 9 (;@6;)
end
local.get 2
i32.const 0
i32.store8
br 9 (;@5;)
end
local.get 2
i32.const 7
i32.store offset=80
local.get 1
local.get 2
i32.const 80
i32.add
call 253
local.set 4
br 5 (;@8;)
end
local.get 2
i32.const 5
i32.store offset=80
local.get 1
local.get 2
i32.const 80
i32.add
call 253
local.set 4
br 4 (;@8;)
end
local.get 2
i32.const 3
i32.store offset=80
local.get 1
local.get 2
i32.const 80
i32.add
call 253
local.set 3
end
local.get 2
local.get 2
i64.load offset=56
local.tee 11
i64.store offset=80
local.get 2
local.get 2
i64.load offset=64
i64.store offset=88
local.get 2
local.get 2
i64.load offset=72
i64.store offset=96
local.get 2
local.get 3
i32.store offset=104
block ;; label = @11
local.get 11
i32.wrap_i64
i32.const 255
i32.and
i32.const 6
i32.eq
br_if 0 (;@11;)
block ;; label = @12
local.get 3
br_if 0 (;@12;)
local.get 2
local.get 2
i64.load offset=72
i64.store offset=16
local.get 2
local.get 2
i64.load offset=64
i64.store offset=8
local.get 2
local.get 2
i64.load offset=56
i64.store
br 6 (;@6;)
end
local.get 2
i32.const 6
i32.store8
local.get 2
local.get 3
i32.store offset=4
local.get 2
i32.const 80
i32.add
call 254
br 5 (;@6;)
end
local.get 2
local.get 2
i32.load offset=84
i32.store offset=4
local.get 2
i32.const 6
i32.store8
local.get 3
i32.eqz
br_if 4 (;@6;)
local.get 3
call 426
br 4 (;@6;)
end
local.get 2
i32.const 24
i32.store offset=80
local.get 1
local.get 2
i32.const 80
i32.add
call 253
local.set 1
local.get 0
i32.const 6
i32.store8
local.get 0
local.get 1
i32.store offset=4
br 8 (;@1;)
end
local.get 2
i32.load offset=180
local.set 4
end
local.get 2
i32.const 200
i32.add
call 427
i32.const 6
local.set 8
i32.const 1
local.set 6
end
local.get 1
local.get 1
i32.load8_u offset=24
i32.const 1
i32.add
i32.store8 offset=24
local.get 2
i32.const 200
i32.add
local.get 1
call 252
block ;; label = @7
block ;; label = @8
local.get 2
i32.load8_u offset=200
i32.const 1
i32.ne
br_if 0 (;@8;)
local.get 2
i32.load offset=204
local.set 3
br 1 (;@7;)
end
block ;; label = @8
local.get 2
i32.load8_u offset=201
i32.const 1
i32.ne
br_if 0 (;@8;)
block ;; label = @9
block ;; label = @10
local.get 2
i32.load8_u offset=202
local.tee 3
i32.const 93
i32.eq
br_if 0 (;@10;)
local.get 3
i32.const 44
i32.eq
br_if 1 (;@9;)
local.get 2
i32.const 22
i32.store offset=80
local.get 1
local.get 2
i32.const 80
i32.add
call 253
local.set 3
br 3 (;@7;)
end
local.get 1
local.get 1
i32.load offset=20
i32.const 1
i32.add
i32.store offset=20
i32.const 0
local.set 3
br 2 (;@7;)
end
local.get 1
local.get 1
i32.load offset=20
i32.const 1
i32.add
i32.store offset=20
local.get 2
i32.const 136
i32.add
local.get 1
call 252
block ;; label = @9
local.get 2
i32.load8_u offset=136
local.tee 7
br_if 0 (;@9;)
local.get 2
i32.load8_u offset=137
i32.const 1
i32.ne
br_if 0 (;@9;)
local.get 2
i32.load8_u offset=138
i32.const 255
i32.and
i32.const 93
i32.ne
br_if 0 (;@9;)
local.get 2
i32.const 21
i32.store offset=80
local.get 1
local.get 2
i32.const 80
i32.add
call 253
local.set 3
br 2 (;@7;)
end
local.get 2
i32.const 22
i32.store offset=80
local.get 1
local.get 2
i32.const 80
i32.add
call 253
local.set 3
local.get 7
i32.eqz
br_if 1 (;@7;)
local.get 2
i32.load offset=140
call 426
br 1 (;@7;)
end
local.get 2
i32.const 2
i32.store offset=80
local.get 1
local.get 2
i32.const 80
i32.add
call 253
local.set 3
end
local.get 2
local.get 3
i32.store offset=104
local.get 2
local.get 11
i64.store offset=88
local.get 2
local.get 4
i32.store offset=84
local.get 2
local.get 8
i32.store8 offset=80
block ;; label = @7
local.get 6
br_if 0 (;@7;)
block ;; label = @8
local.get 3
br_if 0 (;@8;)
local.get 2
local.get 2
i64.load offset=96
i64.store offset=16
local.get 2
local.get 2
i64.load offset=88
i64.store offset=8
local.get 2
local.get 2
i64.load offset=80
i64.store
br 2 (;@6;)
end
local.get 2
i32.const 6
i32.store8
local.get 2
local.get 3
i32.store offset=4
local.get 2
i32.const 80
i32.add
call 254
br 1 (;@6;)
end
local.get 2
i32.const 6
i32.store8
local.get 2
local.get 4
i32.store offset=4
local.get 3
i32.eqz
br_if 0 (;@6;)
local.get 3
call 426
end
local.get 2
i32.load8_u
i32.const 6
i32.ne
br_if 0 (;@5;)
local.get 2
i32.load offset=4
local.get 1
call 420
local.set 1
local.get 0
i32.const 6
i32.store8
local.get 0
local.get 1
i32.store offset=4
br 4 (;@1;)
end
local.get 0
local.get 2
i64.load offset=16
i64.store offset=16
local.get 0
local.get 2
i64.load offset=8
i64.store offset=8
local.get 0
local.get 2
i64.load
i64.store
br 3 (;@1;)
end
local.get 2
i32.const 24
i32.store offset=80
local.get 1
local.get 2
i32.const 80
i32.add
call 253
local.set 1
local.get 0
i32.const 6
i32.store8
local.get 0
local.get 1
i32.store offset=4
br 2 (;@1;)
end
local.get 0
i32.const 6
i32.store8
local.get 0
local.get 3
i32.store offset=4
br 1 (;@1;)
end
local.get 0
local.get 2
i32.load offset=32
i32.store offset=4
local.get 0
i32.const 6
i32.store8
end
local.get 2
i32.const 240
i32.add
global.set 0
)
(func (;252;) (type 2) (param i32 i32)
(local i32 i32 i32 i32 i32 i32)
local.get 1
i32.load offset=20
local.tee 2
local.get 1
i32.load offset=16
local.tee 3
local.get 2
local.get 3
i32.gt_u
select
local.set 4
local.get 1
i32.load offset=12
local.set 5
loop ;; label = @1
block ;; label = @2
local.get 2
local.get 3
i32.ge_u
br_if 0 (;@2;)
local.get 5
local.get 2
i32.add
i32.load8_u
local.set 6
end
block ;; label = @2
local.get 4
local.get 2
i32.eq
br_if 0 (;@2;)
local.get 6
i32.const 255
i32.and
i32.const -9
i32.add
local.tee 7
i32.const 23
i32.gt_u
br_if 0 (;@2;)
i32.const 1
local.get 7
i32.shl
i32.const 8388627
i32.and
i32.eqz
br_if 0 (;@2;)
local.get 1
local.get 2
i32.const 1
i32.add
local.tee 2
i32.store offset=20
br 1 (;@1;)
end
end
local.get 0
local.get 6
i32.store8 offset=2
local.get 0
i32.const 0
i32.store8
local.get 0
local.get 2
local.get 3
i32.lt_u
i32.store8 offset=1
)
(func (;253;) (type 1) (param i32 i32) (result i32)
(local i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 8
i32.add
local.get 0
i32.load offset=12
local.get 0
i32.load offset=16
local.tee 3
local.get 0
i32.load offset=20
i32.const 1
i32.add
local.tee 0
local.get 3
local.get 0
local.get 3
i32.lt_u
select
call 384
local.get 1
local.get 2
i32.load offset=8
local.get 2
i32.load offset=12
call 376
local.set 0
local.get 2
i32.const 16
i32.add
global.set 0
local.get 0
)
(func (;254;) (type 3) (param i32)
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
local.get 0
i32.load8_u
br_table 1 (;@3;) 1 (;@3;) 1 (;@3;) 2 (;@2;) 3 (;@1;) 0 (;@4;)
end
local.get 0
i32.const 4
i32.add
call 269
end
return
end
local.get 0
i32.load offset=4
local.get 0
i32.load offset=8
call 104
return
end
local.get 0
i32.const 4
i32.add
call 427
)
(func (;255;) (type 1) (param i32 i32) (result i32)
(local i32)
global.get 0
i32.const 32
i32.sub
local.tee 2
global.set 0
block ;; label = @1
block ;; label = @2
local.get 0
i32.load
local.tee 0
i32.load offset=12
br_if 0 (;@2;)
local.get 0
local.get 1
call 389
local.set 0
br 1 (;@1;)
end
local.get 2
i32.const 5
i32.store offset=28
local.get 2
i32.const 5
i32.store offset=20
local.get 2
local.get 0
i32.const 12
i32.add
i32.store offset=16
local.get 2
i32.const 24
i32.store offset=12
local.get 2
local.get 0
i32.store offset=8
local.get 2
local.get 0
i32.const 16
i32.add
i32.store offset=24
local.get 1
i32.load
local.get 1
i32.load offset=4
i32.const 66622
local.get 2
i32.const 8
i32.add
call 329
local.set 0
end
local.get 2
i32.const 32
i32.add
global.set 0
local.get 0
)
(func (;256;) (type 2) (param i32 i32)
(local i32)
i32.const 24
call 459
local.tee 2
i32.const 0
i32.store offset=8
local.get 2
i64.const 4294967296
i64.store align=4
local.get 0
i32.const 1
i32.store offset=8
local.get 0
local.get 2
i32.store offset=4
local.get 0
i32.const 1
i32.store
local.get 2
local.get 1
i64.load align=4
i64.store offset=12 align=4
local.get 2
local.get 1
i32.load offset=8
i32.store offset=20
)
(func (;257;) (type 16) (param i32 i32 i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 4
global.set 0
local.get 4
i32.const 4
i32.add
local.get 1
i32.const 0
local.get 2
local.get 3
call 238
local.get 4
i32.load offset=8
local.set 3
block ;; label = @1
local.get 4
i32.load offset=4
i32.const 1
i32.ne
br_if 0 (;@1;)
local.get 3
local.get 4
i32.load offset=12
call 125
unreachable
end
local.get 0
local.get 4
i32.load offset=12
i32.store offset=4
local.get 0
local.get 3
i32.store
local.get 4
i32.const 16
i32.add
global.set 0
)
(func (;258;) (type 3) (param i32)
i32.const 71813
i32.const 43
local.get 0
call 346
unreachable
)
(func (;259;) (type 2) (param i32 i32)
local.get 0
local.get 1
i32.const 4
i32.const 8
call 150
)
(func (;260;) (type 23) (param i32 i32 i32 i32 i32)
(local i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 48
i32.sub
local.tee 5
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 2
i32.eqz
br_if 0 (;@3;)
local.get 1
i32.const 8
i32.add
local.set 6
local.get 4
local.get 2
i32.const 3
i32.shl
local.tee 7
i32.const -8
i32.add
local.tee 2
i32.const 3
i32.shr_u
i32.mul
local.set 8
local.get 1
local.set 9
block ;; label = @4
loop ;; label = @5
local.get 7
i32.eqz
br_if 1 (;@4;)
local.get 7
i32.const -8
i32.add
local.set 7
local.get 9
i32.load offset=4
local.set 10
local.get 9
i32.const 8
i32.add
local.set 9
local.get 10
local.get 8
i32.add
local.tee 8
local.get 10
i32.ge_u
br_if 0 (;@5;)
end
i32.const 80880
i32.const 53
i32.const 80936
call 198
unreachable
end
local.get 5
i32.const 8
i32.add
local.get 8
i32.const 1
i32.const 1
call 257
local.get 5
i32.const 0
i32.store offset=28
local.get 5
local.get 5
i64.load offset=8
i64.store offset=20 align=4
local.get 5
i32.const 20
i32.add
local.get 1
i32.load
local.tee 7
local.get 7
local.get 1
i32.load offset=4
i32.add
call 315
local.get 8
local.get 5
i32.load offset=28
local.tee 9
i32.sub
local.set 7
local.get 5
i32.load offset=24
local.get 9
i32.add
local.set 9
block ;; label = @4
local.get 4
i32.const 3
i32.ne
br_if 0 (;@4;)
loop ;; label = @5
local.get 2
i32.eqz
br_if 3 (;@2;)
local.get 6
i32.load
local.set 1
local.get 6
i32.load offset=4
local.set 10
local.get 5
i32.const 32
i32.add
local.get 9
local.get 7
i32.const 3
call 408
local.get 5
i32.load offset=44
local.set 7
local.get 5
i32.load offset=40
local.set 9
local.get 5
i32.load offset=32
local.get 5
i32.load offset=36
local.get 3
i32.const 3
call 409
local.get 5
i32.const 32
i32.add
local.get 9
local.get 7
local.get 10
call 408
local.get 5
i32.load offset=44
local.set 7
local.get 5
i32.load offset=40
local.set 9
local.get 5
i32.load offset=32
local.get 5
i32.load offset=36
local.get 1
local.get 10
call 409
local.get 2
i32.const -8
i32.add
local.set 2
local.get 6
i32.const 8
i32.add
local.set 6
br 0 (;@5;)
end
end
loop ;; label = @4
local.get 2
i32.eqz
br_if 2 (;@2;)
local.get 6
i32.load
local.set 1
local.get 6
i32.load offset=4
local.set 10
local.get 5
i32.const 32
i32.add
local.get 9
local.get 7
i32.const 2
call 408
local.get 5
i32.load offset=44
local.set 7
local.get 5
i32.load offset=40
local.set 9
local.get 5
i32.load offset=32
local.get 5
i32.load offset=36
local.get 3
i32.const 2
call 409
local.get 5
i32.const 32
i32.add
local.get 9
local.get 7
local.get 10
call 408
local.get 5
i32.load offset=44
local.set 7
local.get 5
i32.load offset=40
local.set 9
local.get 5
i32.load offset=32
local.get 5
i32.load offset=36
local.get 1
local.get 10
call 409
local.get 2
i32.const -8
i32.add
local.set 2
local.get 6
i32.const 8
i32.add
local.set 6
br 0 (;@4;)
end
end
local.get 0
i32.const 0
i32.store offset=8
local.get 0
i64.const 4294967296
i64.store align=4
br 1 (;@1;)
end
local.get 0
local.get 5
i64.load offset=20 align=4
i64.store align=4
local.get 0
local.get 8
local.get 7
i32.sub
i32.store offset=8
end
local.get 5
i32.const 48
i32.add
global.set 0
)
(func (;261;) (type 2) (param i32 i32)
(local i32 i32)
local.get 0
i32.load offset=8
local.set 2
block ;; label = @1
block ;; label = @2
local.get 1
i32.const 128
i32.ge_u
br_if 0 (;@2;)
i32.const 1
local.set 3
br 1 (;@1;)
end
block ;; label = @2
local.get 1
i32.const 2048
i32.ge_u
br_if 0 (;@2;)
i32.const 2
local.set 3
br 1 (;@1;)
end
i32.const 3
i32.const 4
local.get 1
i32.const 65536
i32.lt_u
select
local.set 3
end
local.get 0
local.get 3
call 153
local.get 1
local.get 0
i32.load offset=4
local.get 0
i32.load offset=8
i32.add
call 449
local.get 0
local.get 3
local.get 2
i32.add
i32.store offset=8
)
(func (;262;) (type 9) (param i32 i32 i32 i32) (result i32)
(local i32)
i32.const 0
local.set 4
block ;; label = @1
local.get 1
local.get 3
i32.ne
br_if 0 (;@1;)
local.get 0
local.get 2
local.get 1
call 493
i32.eqz
local.set 4
end
local.get 4
)
(func (;263;) (type 1) (param i32 i32) (result i32)
local.get 1
local.get 0
i32.load
local.get 0
i32.load offset=4
call 68
)
(func (;264;) (type 13) (param i32 i32 i32)
block ;; label = @1
local.get 2
i32.const 1
i32.and
i32.eqz
br_if 0 (;@1;)
local.get 0
local.get 1
local.get 2
i32.const 1
i32.shr_u
call 266
return
end
local.get 0
local.get 1
local.get 2
call 52
)
(func (;265;) (type 2) (param i32 i32)
(local i32)
global.get 0
i32.const 32
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 8
i32.add
local.get 0
i32.load offset=4
local.get 0
i32.load offset=8
call 236
local.get 2
local.get 1
i32.load offset=8
i32.store offset=28
local.get 2
local.get 1
i64.load align=4
i64.store offset=20 align=4
local.get 0
i32.const 12
i32.add
local.get 2
i32.const 8
i32.add
call 267
local.get 2
i32.const 32
i32.add
global.set 0
)
(func (;266;) (type 13) (param i32 i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 3
global.set 0
local.get 3
i32.const 8
i32.add
local.get 2
i32.const 1
i32.const 1
call 257
local.get 3
i32.load offset=8
local.set 4
local.get 3
i32.load offset=12
local.set 5
local.get 0
i32.const 0
i32.store offset=8
local.get 0
local.get 5
i32.store offset=4
local.get 0
local.get 4
i32.store
block ;; label = @1
local.get 2
i32.eqz
br_if 0 (;@1;)
block ;; label = @2
local.get 2
i32.eqz
br_if 0 (;@2;)
local.get 5
local.get 1
local.get 2
memory.copy
end
local.get 0
local.get 2
i32.store offset=8
end
local.get 3
i32.const 16
i32.add
global.set 0
)
(func (;267;) (type 2) (param i32 i32)
(local i32)
block ;; label = @1
local.get 0
i32.load offset=8
local.tee 2
local.get 0
i32.load
i32.ne
br_if 0 (;@1;)
local.get 0
call 414
end
local.get 0
local.get 2
i32.const 1
i32.add
i32.store offset=8
local.get 0
i32.load offset=4
local.get 2
i32.const 24
i32.mul
i32.add
local.tee 0
local.get 1
i64.load align=4
i64.store align=4
local.get 0
local.get 1
i64.load offset=8 align=4
i64.store offset=8 align=4
local.get 0
local.get 1
i64.load offset=16 align=4
i64.store offset=16 align=4
)
(func (;268;) (type 3) (param i32)
(local i32 i32 i64 i32)
global.get 0
i32.const 64
i32.sub
local.tee 1
global.set 0
block ;; label = @1
local.get 0
i32.eqz
br_if 0 (;@1;)
i32.const 0
local.set 2
i32.const 0
i64.load offset=82732 align=4
local.set 3
local.get 1
i32.const 16
i32.add
local.get 0
call 465
local.get 1
i32.load offset=16
local.set 4
local.get 1
i32.const 8
i32.add
local.get 0
call 465
local.get 1
i32.load offset=12
local.set 0
local.get 1
i64.const 0
i64.store offset=56 align=4
local.get 1
local.get 0
i32.store offset=52
local.get 1
local.get 4
i32.store offset=48
local.get 1
local.get 3
i64.store offset=40 align=4
local.get 1
i32.const 24
i32.add
i32.const 16
i32.add
local.set 0
loop ;; label = @2
local.get 2
i32.const 16
i32.eq
br_if 1 (;@1;)
local.get 2
i32.const 214116
i32.add
local.get 0
local.get 2
i32.add
i32.load
i32.store
local.get 2
i32.const 4
i32.add
local.set 2
br 0 (;@2;)
end
end
local.get 1
i32.const 64
i32.add
global.set 0
)
(func (;269;) (type 3) (param i32)
(local i32 i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 1
global.set 0
i32.const 0
local.set 2
local.get 0
i32.load offset=8
i32.const 0
local.get 0
i32.load
local.tee 3
select
local.set 4
local.get 3
i32.const 0
i32.ne
local.set 5
local.get 0
i32.load offset=4
local.set 6
local.get 3
local.set 0
block ;; label = @1
block ;; label = @2
loop ;; label = @3
block ;; label = @4
local.get 4
br_if 0 (;@4;)
local.get 5
i32.const 1
i32.and
i32.eqz
br_if 3 (;@1;)
local.get 2
br_if 2 (;@2;)
loop ;; label = @5
block ;; label = @6
local.get 6
br_if 0 (;@6;)
local.get 3
local.set 2
i32.const 0
local.set 3
br 4 (;@2;)
end
local.get 6
i32.const -1
i32.add
local.set 6
local.get 3
i32.load offset=408
local.set 3
br 0 (;@5;)
end
end
block ;; label = @4
block ;; label = @5
local.get 5
i32.const 1
i32.and
i32.eqz
br_if 0 (;@5;)
local.get 2
br_if 1 (;@4;)
block ;; label = @6
loop ;; label = @7
local.get 6
i32.eqz
br_if 1 (;@6;)
local.get 6
i32.const -1
i32.add
local.set 6
local.get 3
i32.load offset=408
local.set 3
br 0 (;@7;)
end
end
i32.const 0
local.set 6
i32.const 0
local.set 0
local.get 3
local.set 2
br 1 (;@4;)
end
i32.const 75220
call 258
unreachable
end
local.get 4
i32.const -1
i32.add
local.set 4
block ;; label = @4
block ;; label = @5
block ;; label = @6
loop ;; label = @7
local.get 6
local.get 2
i32.load16_u offset=402
i32.lt_u
br_if 1 (;@6;)
local.get 1
i32.const 4
i32.add
local.get 2
local.get 0
call 371
local.get 1
i32.load offset=4
local.tee 2
i32.eqz
br_if 2 (;@5;)
local.get 1
i32.load offset=12
local.set 6
local.get 1
i32.load offset=8
local.set 0
br 0 (;@7;)
end
end
block ;; label = @6
local.get 0
br_if 0 (;@6;)
local.get 6
i32.const 1
i32.add
local.set 0
local.get 2
local.set 7
br 2 (;@4;)
end
local.get 2
local.get 6
i32.const 2
i32.shl
i32.add
i32.const 412
i32.add
local.set 3
loop ;; label = @6
local.get 3
i32.load
local.tee 7
i32.const 408
i32.add
local.set 3
local.get 0
i32.const -1
i32.add
local.tee 0
br_if 0 (;@6;)
end
i32.const 0
local.set 0
br 1 (;@4;)
end
i32.const 75540
call 258
unreachable
end
local.get 2
local.get 6
i32.const 12
i32.mul
i32.add
local.tee 3
i32.load offset=268
local.get 3
i32.const 272
i32.add
i32.load
call 104
local.get 2
local.get 6
i32.const 24
i32.mul
i32.add
call 370
i32.const 1
local.set 5
i32.const 0
local.set 3
local.get 0
local.set 6
i32.const 0
local.set 0
local.get 7
local.set 2
br 0 (;@3;)
end
end
loop ;; label = @2
local.get 1
i32.const 4
i32.add
local.get 2
local.get 3
call 371
local.get 1
i32.load offset=4
local.tee 2
i32.eqz
br_if 1 (;@1;)
local.get 1
i32.load offset=8
local.set 3
br 0 (;@2;)
end
end
local.get 1
i32.const 16
i32.add
global.set 0
)
(func (;270;) (type 3) (param i32)
(local i32)
local.get 0
i32.load offset=8
local.set 1
local.get 0
i32.load offset=4
local.set 0
block ;; label = @1
loop ;; label = @2
local.get 1
i32.eqz
br_if 1 (;@1;)
local.get 1
i32.const -1
i32.add
local.set 1
local.get 0
call 370
local.get 0
i32.const 24
i32.add
local.set 0
br 0 (;@2;)
end
end
)
(func (;271;) (type 2) (param i32 i32)
local.get 0
local.get 1
i32.const 8
i32.const 24
call 150
)
(func (;272;) (type 2) (param i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 8
i32.add
local.get 1
call 276
local.get 2
i32.load offset=8
local.set 1
block ;; label = @1
block ;; label = @2
local.get 0
i32.load offset=64
i32.eqz
br_if 0 (;@2;)
local.get 1
i32.const 76284
call 432
br 1 (;@1;)
end
local.get 0
i32.const 76284
i32.store offset=68
local.get 0
local.get 1
i32.store offset=64
end
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;273;) (type 13) (param i32 i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 3
global.set 0
local.get 3
i32.const 4
i32.add
local.get 1
local.get 2
call 266
local.get 0
local.get 3
i32.load offset=12
local.tee 2
i32.store offset=8
local.get 0
local.get 3
i64.load offset=4 align=4
i64.store align=4
local.get 3
i32.load offset=8
local.set 0
block ;; label = @1
loop ;; label = @2
local.get 2
i32.eqz
br_if 1 (;@1;)
local.get 0
i32.const 32
i32.const 0
local.get 0
i32.load8_u
local.tee 1
i32.const -65
i32.add
i32.const 255
i32.and
i32.const 26
i32.lt_u
select
local.get 1
i32.or
i32.store8
local.get 2
i32.const -1
i32.add
local.set 2
local.get 0
i32.const 1
i32.add
local.set 0
br 0 (;@2;)
end
end
local.get 3
i32.const 16
i32.add
global.set 0
)
(func (;274;) (type 2) (param i32 i32)
(local i32)
block ;; label = @1
local.get 0
i32.load offset=8
local.tee 2
local.get 0
i32.load
i32.ne
br_if 0 (;@1;)
local.get 0
call 317
end
local.get 0
local.get 2
i32.const 1
i32.add
i32.store offset=8
local.get 0
i32.load offset=4
local.get 2
i32.const 12
i32.mul
i32.add
local.tee 0
local.get 1
i64.load align=4
i64.store align=4
local.get 0
local.get 1
i32.load offset=8
i32.store offset=8
)
(func (;275;) (type 2) (param i32 i32)
(local i32 i32 i32 i32 i32)
global.get 0
i32.const 112
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 0
i32.store offset=92
local.get 2
i64.const 4294967296
i64.store offset=84 align=4
block ;; label = @1
block ;; label = @2
local.get 1
br_if 0 (;@2;)
local.get 2
i32.const 84
i32.add
i32.const 0
call 415
br 1 (;@1;)
end
local.get 2
i32.const 84
i32.add
i32.const 1
call 415
local.get 2
i32.const 84
i32.add
local.get 1
i32.const 6
call 277
end
block ;; label = @1
block ;; label = @2
local.get 2
i32.load offset=84
local.tee 3
i32.const -2147483648
i32.ne
br_if 0 (;@2;)
local.get 2
i32.const 2
i32.store8 offset=104
br 1 (;@1;)
end
local.get 2
local.get 2
i64.load offset=88 align=4
i64.store offset=104 align=4
end
local.get 2
local.get 3
i32.store offset=100
local.get 2
i32.const 40
i32.add
local.get 2
i32.const 100
i32.add
call 279
local.get 2
i32.load offset=44
local.set 3
local.get 2
i32.load offset=48
local.set 4
local.get 2
i32.const 32
i32.add
i32.const 82876
call 101
local.get 2
i32.load offset=36
local.set 5
block ;; label = @1
block ;; label = @2
local.get 3
local.get 4
local.get 2
i32.load offset=32
local.tee 6
i32.const 160
call 39
local.tee 4
i32.const -1
i32.gt_s
br_if 0 (;@2;)
local.get 2
i32.const 84
i32.add
i32.const 0
local.get 4
i32.sub
call 103
local.get 2
i32.load offset=88
local.tee 4
local.get 2
i32.load offset=92
local.tee 6
call 1
drop
local.get 2
i32.const 100
i32.add
local.get 4
local.get 6
call 160
local.get 2
i32.load offset=84
local.get 4
call 104
br 1 (;@1;)
end
local.get 2
i32.const 24
i32.add
local.get 6
local.get 4
call 180
local.get 2
i32.const 100
i32.add
local.get 2
i32.load offset=24
local.get 2
i32.load offset=28
call 160
end
local.get 5
local.get 5
i32.load
i32.const 1
i32.add
i32.store
block ;; label = @1
local.get 2
i32.load offset=100
local.tee 5
i32.const -2147483646
i32.eq
br_if 0 (;@1;)
local.get 2
local.get 2
i64.load offset=104 align=4
i64.store offset=88 align=4
local.get 2
local.get 5
i32.store offset=84
local.get 2
i32.const 52
i32.add
local.get 2
i32.const 84
i32.add
call 195
local.get 2
i32.load offset=56
local.set 5
block ;; label = @2
block ;; label = @3
local.get 2
i32.load offset=52
local.tee 4
i32.const -2147483648
i32.eq
br_if 0 (;@3;)
local.get 2
local.get 2
i32.load offset=60
i32.store offset=72
local.get 2
local.get 5
i32.store offset=68
local.get 2
local.get 4
i32.store offset=64
block ;; label = @4
block ;; label = @5
local.get 1
i32.eqz
br_if 0 (;@5;)
local.get 2
i32.const 6
i32.store offset=80
local.get 2
local.get 1
i32.store offset=76
local.get 2
i32.const 7
i32.store offset=96
local.get 2
i32.const 8
i32.store offset=88
local.get 2
local.get 2
i32.const 64
i32.add
i32.store offset=92
local.get 2
local.get 2
i32.const 76
i32.add
i32.store offset=84
local.get 2
i32.const 100
i32.add
i32.const 67029
local.get 2
i32.const 84
i32.add
call 264
local.get 2
i32.const 16
i32.add
local.get 2
i32.const 100
i32.add
call 276
local.get 2
i32.load offset=16
local.set 1
br 1 (;@4;)
end
local.get 2
i32.const 7
i32.store offset=104
local.get 2
local.get 2
i32.const 64
i32.add
i32.store offset=100
local.get 2
i32.const 84
i32.add
i32.const 66905
local.get 2
i32.const 100
i32.add
call 264
local.get 2
i32.const 8
i32.add
local.get 2
i32.const 84
i32.add
call 276
local.get 2
i32.load offset=8
local.set 1
end
local.get 2
i32.load offset=64
local.get 2
i32.load offset=68
call 104
local.get 0
i32.const 76284
i32.store offset=4
local.get 0
local.get 1
i32.store
br 1 (;@2;)
end
local.get 0
i32.const 0
i32.store
local.get 0
local.get 5
i32.store offset=4
end
local.get 2
i32.load offset=40
local.get 3
call 104
local.get 2
i32.const 112
i32.add
global.set 0
return
end
i32.const 80080
call 106
unreachable
)
(func (;276;) (type 2) (param i32 i32)
(local i32)
i32.const 12
call 459
local.tee 2
local.get 1
i32.load offset=8
i32.store offset=8
local.get 2
local.get 1
i64.load align=4
i64.store align=4
local.get 0
i32.const 76284
i32.store offset=4
local.get 0
local.get 2
i32.store
)
(func (;277;) (type 13) (param i32 i32 i32)
local.get 0
local.get 2
call 418
local.get 0
local.get 1
local.get 2
call 77
)
(func (;278;) (type 8) (param i32 i64)
(local i32)
global.get 0
i32.const 32
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 0
i32.store16 offset=24
local.get 2
i64.const 0
i64.store offset=16
local.get 2
i32.const 8
i32.add
local.get 1
local.get 2
i32.const 16
i32.add
call 82
local.get 0
local.get 2
i32.load offset=8
local.get 2
i32.load offset=12
call 77
local.get 2
i32.const 32
i32.add
global.set 0
)
(func (;279;) (type 2) (param i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
block ;; label = @1
local.get 1
i32.load
i32.const -2147483648
i32.ne
br_if 0 (;@1;)
local.get 2
local.get 1
i32.load8_u offset=4
i32.store8 offset=15
i32.const 78809
i32.const 33
local.get 2
i32.const 15
i32.add
i32.const 80428
i32.const 78844
call 112
unreachable
end
local.get 0
local.get 1
i32.load offset=8
i32.store offset=8
local.get 0
local.get 1
i64.load align=4
i64.store align=4
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;280;) (type 24) (param i32 i32 i32) (result i64)
(local i32 i32 i64)
global.get 0
i32.const 16
i32.sub
local.tee 3
global.set 0
local.get 0
i32.const 0
call 454
block ;; label = @1
block ;; label = @2
loop ;; label = @3
local.get 0
i32.load offset=24
local.set 4
local.get 3
i32.const 8
i32.add
local.get 0
call 137
local.get 3
local.get 4
local.get 3
i32.load offset=8
local.get 3
i32.load offset=12
call 450
local.get 2
local.get 3
i32.load offset=4
i32.le_u
br_if 1 (;@2;)
local.get 0
call 141
i32.eqz
br_if 0 (;@3;)
end
local.get 0
i32.const 32
i32.store offset=44
local.get 0
i32.const 79380
i32.store offset=40
br 1 (;@1;)
end
local.get 3
i32.load
local.get 2
local.get 1
local.get 2
call 452
local.get 0
local.get 4
local.get 2
i32.add
i32.store offset=24
end
local.get 0
i32.const 0
i32.const 0
call 119
local.set 5
local.get 3
i32.const 16
i32.add
global.set 0
local.get 5
)
(func (;281;) (type 13) (param i32 i32 i32)
(local i32)
block ;; label = @1
local.get 1
local.get 2
i32.const 1024
call 446
local.tee 3
i32.eqz
br_if 0 (;@1;)
block ;; label = @2
block ;; label = @3
local.get 3
local.get 2
i32.lt_u
br_if 0 (;@3;)
local.get 3
local.get 2
i32.ne
br_if 1 (;@2;)
br 2 (;@1;)
end
local.get 1
local.get 3
i32.add
i32.load8_s
i32.const -65
i32.gt_s
br_if 1 (;@1;)
end
local.get 1
local.get 2
i32.const 0
local.get 3
i32.const 79236
call 313
unreachable
end
local.get 0
local.get 3
i32.store offset=4
local.get 0
local.get 1
i32.store
)
(func (;282;) (type 29) (param i32 i32 i32 i32) (result i64)
local.get 0
local.get 1
local.get 2
local.get 3
i32.const 0
i32.const 0
call 131
)
(func (;283;) (type 34) (result i32)
(local i32 i32 i32 i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 208
i32.sub
local.tee 0
global.set 0
call 249
local.get 0
i32.const 16
i32.add
i32.const 82740
call 101
local.get 0
i32.load offset=20
local.set 1
i32.const 0
local.get 0
i32.load offset=16
local.tee 2
local.get 2
i32.load
i32.const -2147483648
i32.eq
select
call 234
drop
local.get 0
i32.const 28
i32.add
i32.const 65850
i32.const 11
call 46
local.get 0
i32.const 40
i32.add
i32.const 65861
i32.const 5
call 46
local.get 0
i32.const 28
i32.add
i32.const 24
i32.add
i32.const 65866
i32.const 116
call 46
local.get 0
i64.const 17179869184
i64.store offset=108 align=4
local.get 0
i64.const 4
i64.store offset=100 align=4
local.get 0
i64.const 0
i64.store offset=92 align=4
local.get 0
i64.const 17179869184
i64.store offset=84 align=4
local.get 0
i64.const 0
i64.store offset=116 align=4
local.get 0
i32.const 6
i32.store offset=188
local.get 0
i32.const 79776
i32.store offset=184
local.get 0
i64.const 0
i64.store offset=160 align=4
local.get 0
i64.const 17179869184
i64.store offset=152 align=4
local.get 0
i32.const 23
i32.store offset=132
local.get 0
local.get 0
i32.const 184
i32.add
i32.store offset=128
local.get 0
i32.const 196
i32.add
i32.const 68936
local.get 0
i32.const 128
i32.add
call 264
local.get 0
i32.const 128
i32.add
local.get 0
i32.const 152
i32.add
i32.const 79845
i32.const 4
local.get 0
i32.const 196
i32.add
call 284
local.get 0
i32.const 152
i32.add
i32.const 4
i32.const 0
i32.const 79809
i32.const 1
call 174
local.get 0
i32.const 7
i32.store offset=188
local.get 0
local.get 0
i32.const 152
i32.add
i32.store offset=184
local.get 0
i32.const 196
i32.add
i32.const 67067
local.get 0
i32.const 184
i32.add
call 264
local.get 0
i32.load offset=152
local.get 0
i32.load offset=156
call 104
local.get 0
i32.const 152
i32.add
local.get 0
i32.const 128
i32.add
i32.const 79810
i32.const 10
local.get 0
i32.const 196
i32.add
call 284
local.get 0
local.get 0
i64.load offset=152 align=4
i64.store offset=128
local.get 0
local.get 0
i64.load offset=160 align=4
i64.store offset=136
local.get 0
local.get 0
i64.load offset=168 align=4
i64.store offset=144
local.get 0
i32.const 152
i32.add
local.get 0
i32.const 128
i32.add
i32.const 79820
i32.const 20
i32.const 79840
i32.const 5
call 285
local.get 0
i32.const 84
i32.add
call 193
i32.const 0
i32.const 4
call 259
local.get 0
i32.const 84
i32.add
i32.const 24
i32.add
call 193
local.get 0
i32.const 11
i32.store offset=180
local.get 0
i32.const 65850
i32.store offset=176
local.get 0
i32.const 184
i32.add
local.get 0
i32.const 152
i32.add
call 286
local.get 0
i32.load offset=192
local.set 3
local.get 0
i32.load offset=188
local.set 4
local.get 0
i32.const 0
i32.store offset=84
local.get 0
i32.const 8
i32.add
i32.const 123
local.get 0
i32.const 84
i32.add
call 287
local.get 0
i32.const 64
i32.add
local.set 5
block ;; label = @1
block ;; label = @2
local.get 4
local.get 3
local.get 0
i32.load offset=8
local.get 0
i32.load offset=12
local.tee 6
call 172
local.tee 7
i32.eqz
br_if 0 (;@2;)
local.get 4
local.get 6
i32.add
local.tee 8
local.get 3
local.get 6
i32.sub
local.tee 3
i32.const 79904
i32.const 1
call 262
br_if 0 (;@2;)
local.get 0
local.get 3
i32.store offset=132
local.get 0
local.get 8
i32.const 0
local.get 7
select
i32.store offset=128
local.get 0
i32.const 23
i32.store offset=88
local.get 0
local.get 0
i32.const 128
i32.add
i32.store offset=84
local.get 0
i32.const 196
i32.add
i32.const 66494
local.get 0
i32.const 84
i32.add
call 264
local.get 0
i32.load offset=196
i32.const -2147483648
i32.eq
br_if 0 (;@2;)
local.get 0
local.get 0
i32.load offset=204
i32.store offset=136
local.get 0
local.get 0
i64.load offset=196 align=4
i64.store offset=128
br 1 (;@1;)
end
local.get 0
i32.const 128
i32.add
i32.const 79904
i32.const 1
call 266
end
local.get 0
i32.const 7
i32.store offset=104
local.get 0
i32.const 23
i32.store offset=96
local.get 0
i32.const 23
i32.store offset=88
local.get 0
i32.const 79896
i32.store offset=84
local.get 0
local.get 0
i32.const 128
i32.add
i32.store offset=100
local.get 0
local.get 0
i32.const 176
i32.add
i32.store offset=92
local.get 5
i32.const 66498
local.get 0
i32.const 84
i32.add
call 264
local.get 0
i32.load offset=128
local.get 0
i32.load offset=132
call 104
local.get 0
i32.load offset=184
local.get 4
call 104
local.get 0
i32.const 152
i32.add
call 224
local.get 0
i32.const 0
i32.store offset=92
local.get 0
i64.const 4294967296
i64.store offset=84 align=4
local.get 0
i32.const 84
i32.add
local.get 0
i32.load offset=32
local.tee 4
local.get 0
i32.load offset=36
call 75
local.get 0
i32.const 84
i32.add
local.get 0
i32.load offset=44
local.tee 3
local.get 0
i32.load offset=48
call 75
local.get 0
i32.const 84
i32.add
local.get 0
i32.load offset=56
local.tee 5
local.get 0
i32.load offset=60
call 75
local.get 0
i32.const 84
i32.add
i32.const 1000
call 114
local.get 0
i32.const 84
i32.add
local.get 0
i32.load offset=68
local.tee 6
local.get 0
i32.load offset=72
call 75
local.get 0
i32.const 84
i32.add
i32.const 255
call 114
block ;; label = @1
block ;; label = @2
local.get 0
i32.load offset=84
local.tee 7
i32.const -2147483648
i32.ne
br_if 0 (;@2;)
local.get 0
i32.const 2
i32.store8 offset=156
br 1 (;@1;)
end
local.get 0
local.get 0
i64.load offset=88 align=4
i64.store offset=156 align=4
end
local.get 0
local.get 7
i32.store offset=152
local.get 0
i32.const 84
i32.add
local.get 0
i32.const 152
i32.add
call 98
local.get 2
local.get 0
i32.load offset=88
local.tee 7
local.get 0
i32.load offset=92
call 280
drop
local.get 0
i32.load offset=84
local.get 7
call 104
local.get 0
i32.load offset=28
local.get 4
call 104
local.get 0
i32.load offset=40
local.get 3
call 104
local.get 0
i32.load offset=52
local.get 5
call 104
local.get 0
i32.load offset=64
local.get 6
call 104
local.get 0
local.get 2
call 288
local.get 0
i32.load offset=4
local.set 4
i32.const 0
local.get 2
local.get 2
i32.load
i32.const -2147483648
i32.eq
select
call 268
local.get 1
local.get 1
i32.load
i32.const 1
i32.add
i32.store
local.get 0
i32.const 208
i32.add
global.set 0
local.get 4
)
(func (;284;) (type 23) (param i32 i32 i32 i32 i32)
(local i32 i32 i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 5
global.set 0
local.get 1
i32.load offset=8
i32.const 20
i32.mul
local.set 6
local.get 1
i32.load offset=4
i32.const -20
i32.add
local.set 7
block ;; label = @1
block ;; label = @2
loop ;; label = @3
local.get 6
i32.eqz
br_if 1 (;@2;)
local.get 6
i32.const -20
i32.add
local.set 6
local.get 7
i32.const 24
i32.add
local.set 8
local.get 7
i32.const 20
i32.add
local.tee 7
i32.load
local.get 8
i32.load
local.get 2
local.get 3
call 262
i32.eqz
br_if 0 (;@3;)
end
local.get 7
i32.load offset=8
local.get 7
i32.const 12
i32.add
i32.load
call 104
local.get 7
local.get 4
i32.load offset=8
i32.store offset=16
local.get 7
local.get 4
i64.load align=4
i64.store offset=8 align=4
br 1 (;@1;)
end
local.get 5
local.get 3
i32.store offset=16
local.get 5
local.get 2
i32.store offset=12
local.get 5
local.get 4
i64.load align=4
i64.store offset=20 align=4
local.get 5
local.get 4
i32.load offset=8
i32.store offset=28
local.get 1
local.get 5
i32.const 12
i32.add
call 461
end
local.get 0
local.get 1
i64.load offset=16 align=4
i64.store offset=16 align=4
local.get 0
local.get 1
i64.load offset=8 align=4
i64.store offset=8 align=4
local.get 0
local.get 1
i64.load align=4
i64.store align=4
local.get 5
i32.const 32
i32.add
global.set 0
)
(func (;285;) (type 20) (param i32 i32 i32 i32 i32 i32)
(local i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 6
global.set 0
local.get 6
local.get 4
local.get 5
call 266
local.get 1
i32.load offset=8
i32.const 20
i32.mul
local.set 4
local.get 1
i32.load offset=4
i32.const -20
i32.add
local.set 5
block ;; label = @1
block ;; label = @2
loop ;; label = @3
local.get 4
i32.eqz
br_if 1 (;@2;)
local.get 4
i32.const -20
i32.add
local.set 4
local.get 5
i32.const 24
i32.add
local.set 7
local.get 5
i32.const 20
i32.add
local.tee 5
i32.load
local.get 7
i32.load
local.get 2
local.get 3
call 262
i32.eqz
br_if 0 (;@3;)
end
local.get 5
i32.load offset=8
local.get 5
i32.const 12
i32.add
i32.load
call 104
local.get 5
local.get 6
i32.load offset=8
i32.store offset=16
local.get 5
local.get 6
i64.load align=4
i64.store offset=8 align=4
br 1 (;@1;)
end
local.get 6
local.get 3
i32.store offset=16
local.get 6
local.get 2
i32.store offset=12
local.get 6
local.get 6
i64.load align=4
i64.store offset=20 align=4
local.get 6
local.get 6
i32.load offset=8
i32.store offset=28
local.get 1
local.get 6
i32.const 12
i32.add
call 461
end
local.get 0
local.get 1
i64.load offset=16 align=4
i64.store offset=16 align=4
local.get 0
local.get 1
i64.load offset=8 align=4
i64.store offset=8 align=4
local.get 0
local.get 1
i64.load align=4
i64.store align=4
local.get 6
i32.const 32
i32.add
global.set 0
)
(func (;286;) (type 2) (param i32 i32)
(local i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 80
i32.sub
local.tee 2
global.set 0
local.get 1
i32.load offset=12
local.set 3
local.get 2
local.get 1
i32.load offset=4
local.tee 4
local.get 1
i32.load offset=8
local.tee 5
i32.const 20
i32.mul
i32.add
i32.store offset=20
local.get 2
local.get 4
i32.store offset=16
local.get 2
local.get 1
i32.const 12
i32.add
i32.const 0
local.get 3
select
local.tee 3
i32.store offset=12
local.get 2
i32.const 1
i32.store offset=8
local.get 2
i32.const 64
i32.add
local.get 2
i32.const 8
i32.add
call 407
block ;; label = @1
local.get 2
i32.load offset=68
i32.eqz
br_if 0 (;@1;)
local.get 2
local.get 2
i32.load offset=72
i32.const 4
i32.const 12
call 257
local.get 2
i32.const 0
i32.store offset=32
local.get 2
local.get 2
i64.load
i64.store offset=24 align=4
local.get 2
i32.const 64
i32.add
local.get 2
i32.const 8
i32.add
call 407
block ;; label = @2
local.get 2
i32.load offset=68
i32.const 1
i32.ne
br_if 0 (;@2;)
local.get 2
i32.const 24
i32.add
local.get 2
i32.load offset=72
call 190
local.get 2
i32.load offset=32
local.set 1
local.get 2
i32.load offset=28
local.set 6
block ;; label = @3
local.get 5
i32.eqz
br_if 0 (;@3;)
local.get 5
local.get 1
i32.add
local.set 7
local.get 6
local.get 1
i32.const 12
i32.mul
i32.add
local.set 1
loop ;; label = @4
local.get 2
local.get 4
i32.store offset=60
local.get 2
local.get 4
i32.const 8
i32.add
i32.store offset=36
local.get 2
i32.const 25
i32.store offset=76
local.get 2
i32.const 26
i32.store offset=68
local.get 2
local.get 2
i32.const 36
i32.add
i32.store offset=72
local.get 2
local.get 2
i32.const 60
i32.add
i32.store offset=64
local.get 2
i32.const 48
i32.add
i32.const 66486
local.get 2
i32.const 64
i32.add
call 264
local.get 1
local.get 2
i32.load offset=56
i32.store offset=8
local.get 1
local.get 2
i64.load offset=48 align=4
i64.store align=4
local.get 1
i32.const 12
i32.add
local.set 1
local.get 4
i32.const 20
i32.add
local.set 4
local.get 5
i32.const -1
i32.add
local.tee 5
br_if 0 (;@4;)
end
local.get 7
local.set 1
end
local.get 6
local.get 1
i32.const 12
i32.mul
i32.add
local.set 4
block ;; label = @3
loop ;; label = @4
local.get 3
i32.eqz
br_if 1 (;@3;)
local.get 2
local.get 3
i32.store offset=60
local.get 2
i32.const 48
i32.add
local.get 3
i32.load offset=8
call 286
local.get 2
i32.const 7
i32.store offset=76
local.get 2
i32.const 26
i32.store offset=68
local.get 2
local.get 2
i32.const 48
i32.add
i32.store offset=72
local.get 2
local.get 2
i32.const 60
i32.add
i32.store offset=64
local.get 2
i32.const 36
i32.add
i32.const 66486
local.get 2
i32.const 64
i32.add
call 264
local.get 2
i32.load offset=48
local.get 2
i32.load offset=52
call 104
local.get 4
local.get 2
i32.load offset=44
i32.store offset=8
local.get 4
local.get 2
i64.load offset=36 align=4
i64.store align=4
local.get 4
i32.const 12
i32.add
local.set 4
local.get 1
i32.const 1
i32.add
local.set 1
i32.const 0
local.set 3
br 0 (;@4;)
end
end
local.get 2
local.get 2
i64.load offset=24 align=4
i64.store offset=48
local.get 2
local.get 1
i32.store offset=56
local.get 2
i32.const 64
i32.add
local.get 2
i32.load offset=52
local.get 1
i32.const 79809
i32.const 1
call 174
local.get 2
i32.const 7
i32.store offset=12
local.get 2
local.get 2
i32.const 64
i32.add
i32.store offset=8
local.get 0
i32.const 67067
local.get 2
i32.const 8
i32.add
call 264
local.get 2
i32.load offset=64
local.get 2
i32.load offset=68
call 104
local.get 2
i32.const 48
i32.add
call 193
local.get 2
i32.const 80
i32.add
global.set 0
return
end
i32.const 80044
i32.const 35
i32.const 80952
call 122
unreachable
end
i32.const 80044
i32.const 35
i32.const 80064
call 122
unreachable
)
(func (;287;) (type 13) (param i32 i32 i32)
(local i32)
block ;; label = @1
block ;; label = @2
local.get 1
i32.const 128
i32.ge_u
br_if 0 (;@2;)
i32.const 1
local.set 3
br 1 (;@1;)
end
block ;; label = @2
local.get 1
i32.const 2048
i32.ge_u
br_if 0 (;@2;)
i32.const 2
local.set 3
br 1 (;@1;)
end
i32.const 3
i32.const 4
local.get 1
i32.const 65536
i32.lt_u
select
local.set 3
end
local.get 1
local.get 2
call 449
local.get 0
local.get 3
i32.store offset=4
local.get 0
local.get 2
i32.store
)
(func (;288;) (type 2) (param i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 8
i32.add
local.get 1
call 453
local.get 2
i32.load offset=12
local.set 3
block ;; label = @1
block ;; label = @2
local.get 1
i32.load offset=24
local.tee 4
local.get 1
i32.load offset=20
local.tee 1
i32.lt_u
br_if 0 (;@2;)
local.get 4
local.get 3
i32.le_u
br_if 1 (;@1;)
end
local.get 1
local.get 4
local.get 3
i32.const 79332
call 142
unreachable
end
local.get 2
i32.load offset=8
local.set 3
local.get 0
local.get 4
local.get 1
i32.sub
i32.store offset=4
local.get 0
local.get 3
local.get 1
i32.add
i32.store
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;289;) (type 36) (param i32 i32) (result i64)
(local i32 i32 i32 i32 i32 i64 i32 i32 i64 i64 i64 i32 i32 i32 i32 i32 i32 i64)
global.get 0
i32.const 1184
i32.sub
local.tee 2
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
i32.const 0
i32.load offset=82832
i32.const 1
i32.ne
br_if 0 (;@3;)
i32.const 0
i32.load offset=82732
local.set 3
i32.const 0
i32.load offset=82736
local.set 4
local.get 2
i32.const 24
i32.add
i32.const 82740
call 101
local.get 2
i32.load offset=28
local.set 5
i32.const 0
local.get 2
i32.load offset=24
local.tee 6
local.get 6
i32.load
i32.const -2147483648
i32.eq
select
call 234
drop
local.get 2
i32.const 136
i32.add
local.get 3
local.get 4
i32.const -1
local.get 0
local.get 1
i32.add
local.tee 1
local.get 1
local.get 0
i32.lt_u
select
local.tee 1
local.get 4
local.get 1
i32.lt_u
select
local.tee 1
local.get 0
local.get 1
local.get 0
local.get 1
i32.lt_u
select
i32.const 68960
call 139
local.get 2
i32.load offset=148
local.set 1
local.get 2
i32.load offset=144
local.set 4
local.get 2
i64.load offset=136 align=4
local.set 7
local.get 6
call 290
local.get 2
local.get 7
i64.store offset=32 align=4
local.get 2
i32.const 16
i32.add
local.get 2
i32.const 32
i32.add
call 291
block ;; label = @4
block ;; label = @5
block ;; label = @6
local.get 2
i32.load16_u offset=16
i32.const 1
i32.and
br_if 0 (;@6;)
local.get 2
i32.load offset=36
local.tee 0
i32.eqz
br_if 0 (;@6;)
local.get 0
i32.const 9
i32.lt_s
br_if 0 (;@6;)
local.get 0
i32.const 17
i32.lt_u
br_if 0 (;@6;)
local.get 0
i32.const 25
i32.lt_u
br_if 0 (;@6;)
local.get 0
i32.const 33
i32.lt_u
br_if 0 (;@6;)
local.get 2
i32.load16_u offset=18
local.set 8
local.get 2
i32.load offset=32
local.tee 3
i32.load8_u
local.set 9
local.get 3
i64.load offset=1 align=1
local.set 10
local.get 3
i64.load offset=9 align=1
local.set 11
local.get 3
i64.load offset=17 align=1
local.set 12
local.get 2
local.get 0
i32.const -33
i32.add
i32.store offset=36
local.get 2
local.get 3
i32.const 33
i32.add
i32.store offset=32
local.get 3
i64.load offset=25 align=1
local.set 7
local.get 2
i32.const 136
i32.add
local.get 2
i32.const 32
i32.add
call 292
local.get 2
i32.load offset=136
i32.const 1
i32.eq
br_if 0 (;@6;)
local.get 2
i32.load offset=140
local.tee 0
i32.eqz
br_if 0 (;@6;)
local.get 2
i32.load offset=144
local.set 3
local.get 2
i32.const 136
i32.add
local.get 2
i32.const 32
i32.add
call 292
local.get 2
i32.load offset=136
i32.const 1
i32.eq
br_if 0 (;@6;)
local.get 2
i32.load offset=140
local.tee 13
i32.eqz
br_if 0 (;@6;)
local.get 2
i32.load offset=144
local.set 14
local.get 2
i32.const 136
i32.add
local.get 2
i32.const 32
i32.add
call 292
local.get 2
i32.load offset=136
i32.const 1
i32.eq
br_if 0 (;@6;)
local.get 2
i32.load offset=140
local.tee 15
i32.eqz
br_if 0 (;@6;)
local.get 2
i32.load offset=144
local.set 16
local.get 2
i32.const 136
i32.add
local.get 2
i32.const 32
i32.add
call 292
local.get 2
i32.load offset=136
i32.const 1
i32.eq
br_if 0 (;@6;)
local.get 2
i32.load offset=144
local.set 17
local.get 2
i32.load offset=140
local.set 18
local.get 2
i32.const 136
i32.add
local.get 2
i32.const 32
i32.add
call 292
local.get 2
i32.load offset=136
i32.const 1
i32.ne
br_if 1 (;@5;)
end
local.get 6
i32.const 66144
i32.const 31
call 130
local.set 7
br 1 (;@4;)
end
local.get 2
i64.load offset=140 align=4
local.set 19
local.get 2
local.get 9
i32.const 255
i32.and
i32.const 0
i32.ne
i32.store8 offset=114
local.get 2
local.get 8
i32.store16 offset=112
local.get 2
local.get 19
i64.store offset=104
local.get 2
local.get 17
i32.store offset=100
local.get 2
local.get 18
i32.store offset=96
local.get 2
local.get 12
i64.store offset=88
local.get 2
local.get 11
i64.store offset=80
local.get 2
local.get 10
i64.store offset=72
local.get 2
local.get 16
i32.store offset=68
local.get 2
local.get 15
i32.store offset=64
local.get 2
local.get 14
i32.store offset=60
local.get 2
local.get 13
i32.store offset=56
local.get 2
local.get 3
i32.store offset=52
local.get 2
local.get 0
i32.store offset=48
local.get 2
local.get 7
i64.store offset=40
local.get 2
local.get 7
i64.const -1
i64.ne
i64.extend_i32_u
i64.store offset=32
local.get 2
i32.const 136
i32.add
local.get 4
local.get 1
call 133
block ;; label = @5
local.get 2
i32.load offset=144
local.tee 0
i32.const -2147483648
i32.eq
br_if 0 (;@5;)
local.get 2
i32.const 112
i32.add
local.set 4
local.get 2
i32.const 56
i32.add
local.set 3
local.get 2
i32.load offset=148
local.set 1
i32.const 0
i32.load offset=82852
local.set 8
local.get 2
local.get 2
i32.load offset=152
i32.store offset=1168
local.get 2
local.get 1
i32.store offset=1164
local.get 2
i32.const 136
i32.add
i32.const 0
i32.const 256
memory.fill
local.get 2
i32.const 8
i32.add
local.get 2
i32.const 1164
i32.add
i32.const 1
local.get 2
i32.const 136
i32.add
call 83
block ;; label = @6
block ;; label = @7
local.get 2
i32.load offset=8
local.tee 9
i32.eqz
br_if 0 (;@7;)
local.get 8
f64.const 0x1p+0 (;=1;)
local.get 9
local.get 2
i32.load offset=12
call 4
br 1 (;@6;)
end
local.get 2
i32.const 120
i32.add
local.get 2
i32.const 1164
i32.add
i32.const 1
call 97
local.get 8
f64.const 0x1p+0 (;=1;)
local.get 2
i32.load offset=124
local.tee 9
local.get 2
i32.load offset=128
call 4
local.get 2
i32.load offset=120
local.get 9
call 104
end
i32.const 0
i32.load offset=82860
local.get 11
f64.convert_i64_u
call 164
local.get 2
i32.const 23
i32.store offset=132
local.get 2
local.get 3
i32.store offset=128
local.get 2
i32.const 6
i32.store offset=124
local.get 2
local.get 4
i32.store offset=120
block ;; label = @6
i32.const 1
call 25
i32.eqz
br_if 0 (;@6;)
local.get 2
i32.const 136
i32.add
i32.const 0
i32.const 1028
memory.fill
local.get 2
i32.const 136
i32.add
i32.const 67062
local.get 2
i32.const 120
i32.add
call 294
drop
local.get 2
local.get 2
i32.const 136
i32.add
call 295
local.get 2
i32.const 1164
i32.add
local.get 2
i32.load
local.get 2
i32.load offset=4
call 296
local.get 2
i32.load offset=1164
i32.const 1
i32.eq
br_if 5 (;@1;)
i32.const 1
local.get 2
i32.load offset=1168
local.get 2
i32.load offset=1172
call 26
end
local.get 0
local.get 1
call 104
local.get 6
call 297
local.set 7
br 1 (;@4;)
end
local.get 6
call 298
local.set 7
end
i32.const 0
local.get 6
local.get 6
i32.load
i32.const -2147483648
i32.eq
select
call 268
local.get 5
local.get 5
i32.load
i32.const 1
i32.add
i32.store
br 1 (;@2;)
end
call 299
local.set 7
end
local.get 2
i32.const 1184
i32.add
global.set 0
local.get 7
return
end
local.get 2
local.get 2
i64.load offset=1168 align=4
i64.store offset=1176
i32.const 78892
i32.const 32
local.get 2
i32.const 1176
i32.add
i32.const 80444
i32.const 78924
call 112
unreachable
)
(func (;290;) (type 3) (param i32)
local.get 0
i32.const 66
call 454
local.get 0
i32.const 79232
i32.const 2
call 455
)
(func (;291;) (type 2) (param i32 i32)
(local i32)
block ;; label = @1
block ;; label = @2
local.get 1
i32.load offset=4
local.tee 2
i32.const 2
i32.ge_u
br_if 0 (;@2;)
i32.const 1
local.set 1
i32.const 0
local.set 2
br 1 (;@1;)
end
local.get 1
local.get 2
i32.const -2
i32.add
i32.store offset=4
local.get 1
local.get 1
i32.load
local.tee 2
i32.const 2
i32.add
i32.store
local.get 2
i32.load16_u align=1
local.set 2
i32.const 0
local.set 1
end
local.get 0
local.get 2
i32.store16 offset=2
local.get 0
local.get 1
i32.store16
)
(func (;292;) (type 2) (param i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 4
i32.add
local.get 1
call 301
i32.const 1
local.set 1
block ;; label = @1
local.get 2
i32.load offset=4
i32.const 1
i32.eq
br_if 0 (;@1;)
local.get 2
i32.const 4
i32.add
local.get 2
i32.load offset=8
local.get 2
i32.load offset=12
call 395
block ;; label = @2
block ;; label = @3
local.get 2
i32.load offset=4
i32.const 1
i32.ne
br_if 0 (;@3;)
local.get 2
i32.load offset=8
local.tee 1
br_if 1 (;@2;)
i32.const 1
local.set 1
br 2 (;@1;)
end
i32.const 0
local.set 1
local.get 0
i32.const 0
i32.store offset=4
br 1 (;@1;)
end
local.get 0
local.get 2
i32.load offset=12
i32.store offset=8
local.get 0
local.get 1
i32.store offset=4
i32.const 0
local.set 1
end
local.get 0
local.get 1
i32.store
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;293;) (type 1) (param i32 i32) (result i32)
(local i32 i32 i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
block ;; label = @1
block ;; label = @2
local.get 0
i32.load16_u
local.tee 0
i32.const 1000
i32.lt_u
br_if 0 (;@2;)
i32.const 1
local.set 3
local.get 2
local.get 0
local.get 0
i32.const 10000
i32.div_u
local.tee 4
i32.const 10000
i32.mul
i32.sub
local.tee 5
i32.const 65535
i32.and
i32.const 100
i32.div_u
local.tee 6
i32.const 1
i32.shl
i32.load16_u offset=71856 align=1
i32.store16 offset=12 align=1
local.get 2
local.get 5
local.get 6
i32.const 100
i32.mul
i32.sub
i32.const 65535
i32.and
i32.const 1
i32.shl
i32.load16_u offset=71856 align=1
i32.store16 offset=14 align=1
br 1 (;@1;)
end
i32.const 5
local.set 3
local.get 0
local.set 4
local.get 0
i32.const 10
i32.lt_u
br_if 0 (;@1;)
local.get 2
local.get 0
local.get 0
i32.const 100
i32.div_u
local.tee 4
i32.const 100
i32.mul
i32.sub
i32.const 65535
i32.and
i32.const 1
i32.shl
i32.load16_u offset=71856 align=1
i32.store16 offset=14 align=1
i32.const 3
local.set 3
end
block ;; label = @1
block ;; label = @2
local.get 0
i32.eqz
br_if 0 (;@2;)
local.get 4
i32.eqz
br_if 1 (;@1;)
end
local.get 2
i32.const 11
i32.add
local.get 3
i32.const -1
i32.add
local.tee 3
i32.add
local.get 4
i32.const 1
i32.shl
i32.load8_u offset=71857
i32.store8
end
local.get 1
i32.const 1
i32.const 1
i32.const 0
local.get 2
i32.const 11
i32.add
local.get 3
i32.add
i32.const 5
local.get 3
i32.sub
call 214
local.set 0
local.get 2
i32.const 16
i32.add
global.set 0
local.get 0
)
(func (;294;) (type 0) (param i32 i32 i32) (result i32)
local.get 0
i32.const 80996
local.get 1
local.get 2
call 329
)
(func (;295;) (type 2) (param i32 i32)
(local i32)
block ;; label = @1
local.get 1
i32.load offset=1024
local.tee 2
i32.const 1025
i32.lt_u
br_if 0 (;@1;)
i32.const 0
local.get 2
i32.const 1024
i32.const 78940
call 142
unreachable
end
local.get 0
local.get 2
i32.store offset=4
local.get 0
local.get 1
i32.store
)
(func (;296;) (type 13) (param i32 i32 i32)
(local i32 i32 i32 i32 i32 i64 i32)
block ;; label = @1
local.get 2
i32.eqz
br_if 0 (;@1;)
i32.const 0
local.get 2
i32.const -7
i32.add
local.tee 3
local.get 3
local.get 2
i32.gt_u
select
local.set 4
local.get 1
i32.const 3
i32.add
i32.const -4
i32.and
local.get 1
i32.sub
local.set 5
i32.const 0
local.set 3
loop ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
local.get 1
local.get 3
i32.add
i32.load8_u
local.tee 6
i32.extend8_s
local.tee 7
i32.const 0
i32.lt_s
br_if 0 (;@6;)
local.get 5
local.get 3
i32.sub
i32.const 3
i32.and
br_if 1 (;@5;)
local.get 3
local.get 4
i32.ge_u
br_if 2 (;@4;)
loop ;; label = @7
local.get 1
local.get 3
i32.add
local.tee 6
i32.const 4
i32.add
i32.load
local.get 6
i32.load
i32.or
i32.const -2139062144
i32.and
br_if 3 (;@4;)
local.get 3
i32.const 8
i32.add
local.tee 3
local.get 4
i32.lt_u
br_if 0 (;@7;)
br 3 (;@4;)
end
end
i64.const 1103806595072
local.set 8
block ;; label = @6
block ;; label = @7
block ;; label = @8
block ;; label = @9
block ;; label = @10
block ;; label = @11
block ;; label = @12
block ;; label = @13
block ;; label = @14
local.get 6
i32.load8_u offset=72057
i32.const -2
i32.add
br_table 0 (;@14;) 1 (;@13;) 2 (;@12;) 7 (;@7;)
end
local.get 3
i32.const 1
i32.add
local.tee 6
local.get 2
i32.lt_u
br_if 2 (;@11;)
i64.const 0
local.set 8
br 6 (;@7;)
end
local.get 3
i32.const 1
i32.add
local.tee 9
local.get 2
i32.lt_u
br_if 2 (;@10;)
i64.const 0
local.set 8
br 5 (;@7;)
end
local.get 3
i32.const 1
i32.add
local.tee 9
local.get 2
i32.lt_u
br_if 2 (;@9;)
i64.const 0
local.set 8
br 4 (;@7;)
end
local.get 1
local.get 6
i32.add
i32.load8_s
i32.const -65
i32.gt_s
br_if 3 (;@7;)
br 4 (;@6;)
end
local.get 1
local.get 9
i32.add
i32.load8_s
local.set 9
block ;; label = @10
block ;; label = @11
block ;; label = @12
local.get 6
i32.const -224
i32.add
br_table 0 (;@12;) 2 (;@10;) 2 (;@10;) 2 (;@10;) 2 (;@10;) 2 (;@10;) 2 (;@10;) 2 (;@10;) 2 (;@10;) 2 (;@10;) 2 (;@10;) 2 (;@10;) 2 (;@10;) 1 (;@11;) 2 (;@10;)
end
local.get 9
i32.const -32
i32.and
i32.const -96
i32.eq
br_if 3 (;@8;)
br 4 (;@7;)
end
local.get 9
i32.const -97
i32.gt_s
br_if 3 (;@7;)
br 2 (;@8;)
end
block ;; label = @10
local.get 7
i32.const 31
i32.add
i32.const 255
i32.and
i32.const 12
i32.lt_u
br_if 0 (;@10;)
local.get 7
i32.const -2
i32.and
i32.const -18
i32.ne
br_if 3 (;@7;)
local.get 9
i32.const -64
i32.lt_s
br_if 2 (;@8;)
br 3 (;@7;)
end
local.get 9
i32.const -64
i32.lt_s
br_if 1 (;@8;)
br 2 (;@7;)
end
local.get 1
local.get 9
i32.add
i32.load8_s
local.set 9
block ;; label = @9
block ;; label = @10
block ;; label = @11
block ;; label = @12
local.get 6
i32.const -240
i32.add
br_table 1 (;@11;) 0 (;@12;) 0 (;@12;) 0 (;@12;) 2 (;@10;) 0 (;@12;)
end
local.get 7
i32.const 15
i32.add
i32.const 255
i32.and
i32.const 2
i32.gt_u
br_if 4 (;@7;)
local.get 9
i32.const -64
i32.lt_s
br_if 2 (;@9;)
br 4 (;@7;)
end
local.get 9
i32.const 112
i32.add
i32.const 255
i32.and
i32.const 48
i32.lt_u
br_if 1 (;@9;)
br 3 (;@7;)
end
local.get 9
i32.const -113
i32.gt_s
br_if 2 (;@7;)
end
block ;; label = @9
local.get 3
i32.const 2
i32.add
local.tee 6
local.get 2
i32.lt_u
br_if 0 (;@9;)
i64.const 0
local.set 8
br 2 (;@7;)
end
block ;; label = @9
local.get 1
local.get 6
i32.add
i32.load8_s
i32.const -65
i32.le_s
br_if 0 (;@9;)
i64.const 2203318222848
local.set 8
br 2 (;@7;)
end
i64.const 0
local.set 8
local.get 3
i32.const 3
i32.add
local.tee 6
local.get 2
i32.ge_u
br_if 1 (;@7;)
local.get 1
local.get 6
i32.add
i32.load8_s
i32.const -64
i32.lt_s
br_if 2 (;@6;)
i64.const 3302829850624
local.set 8
br 1 (;@7;)
end
i64.const 0
local.set 8
local.get 3
i32.const 2
i32.add
local.tee 6
local.get 2
i32.ge_u
br_if 0 (;@7;)
local.get 1
local.get 6
i32.add
i32.load8_s
i32.const -65
i32.le_s
br_if 1 (;@6;)
i64.const 2203318222848
local.set 8
end
local.get 0
local.get 8
local.get 3
i64.extend_i32_u
i64.or
i64.store offset=4 align=4
local.get 0
i32.const 1
i32.store
return
end
local.get 6
i32.const 1
i32.add
local.set 3
br 2 (;@3;)
end
local.get 3
i32.const 1
i32.add
local.set 3
br 1 (;@3;)
end
local.get 3
local.get 2
i32.ge_u
br_if 0 (;@3;)
loop ;; label = @4
local.get 1
local.get 3
i32.add
i32.load8_s
i32.const 0
i32.lt_s
br_if 1 (;@3;)
local.get 2
local.get 3
i32.const 1
i32.add
local.tee 3
i32.ne
br_if 0 (;@4;)
br 3 (;@1;)
end
end
local.get 3
local.get 2
i32.lt_u
br_if 0 (;@2;)
end
end
local.get 0
local.get 2
i32.store offset=8
local.get 0
local.get 1
i32.store offset=4
local.get 0
i32.const 0
i32.store
)
(func (;297;) (type 35) (param i32) (result i64)
local.get 0
i32.const 0
i32.const 0
call 119
)
(func (;298;) (type 35) (param i32) (result i64)
local.get 0
i32.const 79517
i32.const 40
call 130
)
(func (;299;) (type 10) (result i64)
(local i32 i32 i32 i64)
global.get 0
i32.const 16
i32.sub
local.tee 0
global.set 0
call 249
local.get 0
i32.const 8
i32.add
i32.const 82740
i32.const 80112
call 463
block ;; label = @1
local.get 0
i32.load offset=8
local.tee 1
i32.load
i32.const -2147483648
i32.ne
br_if 0 (;@1;)
i32.const 79993
i32.const 32
i32.const 80028
call 198
unreachable
end
local.get 0
i32.load offset=12
local.set 2
local.get 1
i32.const 79958
i32.const 30
call 130
local.set 3
i32.const 0
local.get 1
local.get 1
i32.load
i32.const -2147483648
i32.eq
select
call 268
local.get 2
local.get 2
i32.load
i32.const 1
i32.add
i32.store
local.get 0
i32.const 16
i32.add
global.set 0
local.get 3
)
(func (;300;) (type 35) (param i32) (result i64)
(local i32 i32 i32 i32 i32 i32 i64 i32 i32 i32)
global.get 0
i32.const 144
i32.sub
local.tee 1
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
i32.const 0
i32.load offset=82832
i32.const 1
i32.ne
br_if 0 (;@7;)
i32.const 0
i32.load offset=82732
local.set 2
i32.const 0
i32.load offset=82736
local.set 3
local.get 1
i32.const 16
i32.add
i32.const 82740
call 101
local.get 1
i32.load offset=20
local.set 4
i32.const 0
local.get 1
i32.load offset=16
local.tee 5
local.get 5
i32.load
i32.const -2147483648
i32.eq
select
call 234
local.set 6
local.get 5
call 290
local.get 3
local.get 0
local.get 3
local.get 0
i32.lt_u
select
local.tee 0
i32.eqz
br_if 3 (;@4;)
local.get 1
local.get 0
i32.const -1
i32.add
local.tee 0
i32.store offset=68
local.get 1
local.get 2
i32.const 1
i32.add
i32.store offset=64
local.get 2
i32.load8_u
local.tee 3
i32.const 255
i32.ne
br_if 1 (;@6;)
local.get 1
i32.const 104
i32.add
local.get 1
i32.const 64
i32.add
call 301
local.get 1
i32.load offset=104
br_if 3 (;@4;)
local.get 1
i32.load offset=108
local.tee 0
i32.eqz
br_if 3 (;@4;)
local.get 1
i32.const 8
i32.add
local.get 0
local.get 1
i32.load offset=112
call 302
local.get 1
i32.load offset=8
i32.eqz
br_if 3 (;@4;)
local.get 1
i32.load offset=68
local.set 0
br 2 (;@5;)
end
call 299
local.set 7
br 5 (;@1;)
end
local.get 3
i32.const 8
i32.gt_u
br_if 1 (;@4;)
end
local.get 0
i32.const 8
i32.lt_u
br_if 0 (;@4;)
local.get 1
local.get 0
i32.const -8
i32.add
i32.store offset=68
local.get 1
local.get 1
i32.load offset=64
i32.const 8
i32.add
i32.store offset=64
local.get 1
i32.const 104
i32.add
local.get 1
i32.const 64
i32.add
call 301
local.get 1
i32.load offset=104
i32.const 1
i32.eq
br_if 0 (;@4;)
local.get 1
i32.load offset=108
i32.eqz
br_if 0 (;@4;)
local.get 1
i32.const 104
i32.add
local.get 1
i32.const 64
i32.add
call 292
local.get 1
i32.load offset=104
br_if 0 (;@4;)
local.get 1
i32.const 104
i32.add
local.get 1
i32.const 64
i32.add
call 292
local.get 1
i32.load offset=104
br_if 0 (;@4;)
local.get 1
i32.const 104
i32.add
local.get 1
i32.const 64
i32.add
call 292
local.get 1
i32.load offset=104
br_if 0 (;@4;)
local.get 1
i32.const 104
i32.add
local.get 1
i32.const 64
i32.add
call 292
local.get 1
i32.load offset=104
i32.const 1
i32.ne
br_if 1 (;@3;)
end
local.get 5
i32.const 65982
i32.const 36
call 130
local.set 7
br 1 (;@2;)
end
i32.const 0
i32.load offset=82868
local.set 0
local.get 1
local.get 1
i64.load offset=64 align=4
i64.store offset=64 align=4
block ;; label = @3
block ;; label = @4
block ;; label = @5
loop ;; label = @6
local.get 0
i32.eqz
br_if 1 (;@5;)
local.get 1
i32.const 104
i32.add
local.get 1
i32.const 64
i32.add
call 301
local.get 1
i32.load offset=104
br_if 2 (;@4;)
local.get 0
i32.const -1
i32.add
local.set 0
br 0 (;@6;)
end
end
local.get 1
i32.const 104
i32.add
local.get 1
i32.const 64
i32.add
call 301
local.get 1
i32.load offset=104
i32.const 1
i32.eq
br_if 0 (;@4;)
local.get 1
i32.load offset=108
local.tee 0
i32.eqz
br_if 0 (;@4;)
local.get 1
i32.const 104
i32.add
local.get 0
local.get 1
i32.load offset=112
call 296
i32.const 0
local.get 1
i32.load offset=108
local.get 1
i32.load offset=104
select
local.set 0
local.get 1
i32.load offset=112
local.set 2
br 1 (;@3;)
end
i32.const 0
local.set 0
end
local.get 1
i32.const 104
i32.add
local.get 0
i32.const 1
local.get 0
select
local.tee 3
local.get 2
i32.const 0
local.get 0
select
local.tee 0
call 46
local.get 1
i64.load32_u offset=112
local.set 7
local.get 1
i32.load offset=108
local.set 2
local.get 1
i32.load offset=104
local.set 8
local.get 1
i32.const 104
i32.add
local.get 3
local.get 0
call 171
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
local.get 1
i32.load offset=104
local.tee 9
i32.const -2147483647
i32.ne
br_if 0 (;@6;)
local.get 1
local.get 1
i64.load offset=108 align=4
i64.store offset=28 align=4
local.get 1
i32.const 6
i32.store offset=24
br 1 (;@5;)
end
block ;; label = @6
block ;; label = @7
block ;; label = @8
block ;; label = @9
block ;; label = @10
block ;; label = @11
block ;; label = @12
block ;; label = @13
block ;; label = @14
block ;; label = @15
block ;; label = @16
block ;; label = @17
block ;; label = @18
block ;; label = @19
block ;; label = @20
block ;; label = @21
local.get 9
i32.const -2147483648
i32.eq
br_if 0 (;@21;)
local.get 1
i32.load offset=112
local.set 3
local.get 1
i32.load offset=108
local.set 6
local.get 1
i32.const 104
i32.add
i32.const 200
call 128
local.get 1
i32.const 64
i32.add
local.get 1
i32.const 104
i32.add
i32.const 70036
i32.const 12
i32.const 70048
i32.const 10
i32.const 70060
call 127
local.get 1
i32.load offset=64
local.get 1
i32.load offset=68
i32.const 70076
call 121
local.tee 0
i32.load offset=12
i32.const -2147483647
i32.ne
br_if 1 (;@20;)
local.get 0
i32.load offset=16
local.get 0
i32.const 20
i32.add
local.tee 10
i32.load
call 104
local.get 0
local.get 3
i32.store offset=24
local.get 10
local.get 6
i32.store
local.get 0
local.get 9
i32.store offset=16
local.get 1
i32.const 24
i32.add
local.get 1
i32.const 64
i32.add
i32.const 40
memory.copy
br 16 (;@5;)
end
block ;; label = @21
local.get 3
local.get 0
i32.const 70092
i32.const 11
call 63
br_if 0 (;@21;)
local.get 3
local.get 0
i32.const 70103
i32.const 11
call 63
br_if 2 (;@19;)
block ;; label = @22
local.get 3
local.get 0
i32.const 70114
i32.const 12
call 63
br_if 0 (;@22;)
block ;; label = @23
local.get 3
local.get 0
i32.const 70126
i32.const 6
call 63
br_if 0 (;@23;)
local.get 3
local.get 0
i32.const 70132
i32.const 9
call 63
br_if 5 (;@18;)
local.get 3
local.get 0
i32.const 70141
i32.const 12
call 63
br_if 6 (;@17;)
local.get 3
local.get 0
i32.const 70153
i32.const 5
call 63
br_if 7 (;@16;)
local.get 3
local.get 0
i32.const 70158
i32.const 14
call 63
br_if 8 (;@15;)
local.get 3
local.get 0
i32.const 70172
i32.const 15
call 63
br_if 9 (;@14;)
local.get 3
local.get 0
i32.const 70187
i32.const 8
call 63
br_if 10 (;@13;)
local.get 3
local.get 0
i32.const 70195
i32.const 11
call 63
br_if 11 (;@12;)
local.get 3
local.get 0
i32.const 70206
i32.const 10
call 63
br_if 12 (;@11;)
local.get 3
local.get 0
i32.const 70216
i32.const 8
call 63
br_if 13 (;@10;)
local.get 3
local.get 0
i32.const 70224
i32.const 20
call 63
br_if 14 (;@9;)
local.get 3
local.get 0
i32.const 70244
i32.const 14
call 63
br_if 15 (;@8;)
local.get 3
local.get 0
i32.const 70258
i32.const 13
call 63
br_if 16 (;@7;)
local.get 3
local.get 0
i32.const 70271
i32.const 10
call 63
br_if 17 (;@6;)
block ;; label = @24
local.get 3
local.get 0
i32.const 70281
i32.const 5
call 63
br_if 0 (;@24;)
local.get 3
local.get 0
i32.const 70286
i32.const 8
call 63
i32.eqz
br_if 20 (;@4;)
local.get 5
i32.const 70294
i32.const 14
call 303
local.get 1
i32.const 3
i32.store offset=112
local.get 1
i32.const 70308
i32.store offset=108
local.get 1
i32.const 11
i32.store16 offset=104
local.get 5
local.get 1
i32.const 104
i32.add
call 117
br 20 (;@4;)
end
local.get 5
i32.const 76139
i32.const 5
call 304
br 19 (;@4;)
end
local.get 1
i64.const -9223372032559808503
i64.store offset=84 align=4
local.get 1
i32.const 70392
i32.store offset=80
local.get 1
i64.const -9223372036854775797
i64.store offset=72 align=4
local.get 1
i32.const 65839
i32.store offset=68
local.get 1
i32.const -2147483648
i32.store offset=64
local.get 1
i32.const 104
i32.add
i32.const 403
local.get 1
i32.const 64
i32.add
call 126
local.get 1
i32.const 24
i32.add
local.get 1
i32.const 104
i32.add
i32.const 70401
i32.const 5
i32.const 69564
i32.const 5
i32.const 70408
call 127
br 17 (;@5;)
end
local.get 1
i32.const 104
i32.add
i32.const 69334
i32.const 4
call 196
local.get 1
i64.load offset=104
i64.eqz
br_if 17 (;@4;)
local.get 1
i32.const 24
i32.add
call 123
br 16 (;@5;)
end
local.get 1
local.get 7
i64.store offset=56
local.get 1
local.get 2
i32.store offset=52
local.get 1
local.get 8
i32.store offset=48
local.get 1
i64.const 0
i64.store offset=40
local.get 1
i64.const 16
i64.store offset=32
local.get 1
i32.const 2
i32.store offset=24
br 17 (;@3;)
end
i32.const 65638
i32.const 119
i32.const 70076
call 122
unreachable
end
local.get 1
local.get 7
i64.store offset=48
local.get 1
local.get 2
i32.store offset=44
local.get 1
local.get 8
i32.store offset=40
local.get 1
i64.const 0
i64.store offset=32
local.get 1
i32.const 3
i32.store offset=24
br 15 (;@3;)
end
local.get 1
i32.const 24
i32.add
i32.const 199
call 128
br 12 (;@5;)
end
local.get 1
i32.const 104
i32.add
i32.const 204
call 128
local.get 1
i32.const 24
i32.add
local.get 1
i32.const 104
i32.add
i32.const 69669
i32.const 1
i32.const 70376
call 124
br 11 (;@5;)
end
local.get 1
i32.const 104
i32.add
i32.const 70358
i32.const 16
call 46
local.get 1
i32.const 104
i32.add
call 66
local.set 0
local.get 1
i32.const 65552
i32.store offset=32
local.get 1
local.get 0
i32.store offset=28
local.get 1
i32.const 6
i32.store offset=24
br 10 (;@5;)
end
local.get 6
i32.const 70343
i32.const 14
i32.const 70357
i32.const 1
call 165
br 10 (;@4;)
end
local.get 6
i32.const 70334
i32.const 5
i32.const 70339
i32.const 4
call 165
br 9 (;@4;)
end
local.get 5
i32.const 69140
i32.const 8
call 303
br 8 (;@4;)
end
local.get 5
i32.const 70325
i32.const 9
call 303
br 7 (;@4;)
end
local.get 5
i32.const 70316
i32.const 9
call 304
br 6 (;@4;)
end
local.get 1
i32.const 19
i32.store offset=112
local.get 1
i32.const 69344
i32.store offset=108
local.get 1
i32.const 4
i32.store16 offset=104
local.get 5
local.get 1
i32.const 104
i32.add
call 305
br 5 (;@4;)
end
local.get 1
i32.const 9
i32.store offset=112
local.get 1
i32.const 69148
i32.store offset=108
local.get 1
i32.const 13
i32.store16 offset=104
local.get 5
local.get 1
i32.const 104
i32.add
call 117
br 4 (;@4;)
end
local.get 1
i32.const 104
i32.add
i32.const 69669
i32.const 1025
call 47
local.get 5
i32.const 69669
i32.const 1
local.get 1
i32.load offset=108
local.tee 0
local.get 1
i32.load offset=112
call 306
local.get 1
i32.load offset=104
local.get 0
call 104
br 3 (;@4;)
end
local.get 5
i32.const 70311
i32.const 5
i32.const 69394
i32.const 5
call 306
br 2 (;@4;)
end
local.get 1
i32.const 14
i32.store16 offset=104
local.get 1
i64.const 0
i64.store offset=112
local.get 5
local.get 1
i32.const 104
i32.add
call 117
br 1 (;@4;)
end
local.get 8
local.get 2
call 104
br 1 (;@3;)
end
local.get 1
local.get 7
i64.store offset=48
local.get 1
local.get 2
i32.store offset=44
local.get 1
local.get 8
i32.store offset=40
local.get 1
i64.const 0
i64.store offset=32
local.get 1
i32.const 1
i32.store offset=24
end
local.get 1
i32.const 24
i32.add
i32.const 0
local.get 5
call 144
local.set 7
end
i32.const 0
local.get 5
local.get 5
i32.load
i32.const -2147483648
i32.eq
select
call 268
local.get 4
local.get 4
i32.load
i32.const 1
i32.add
i32.store
end
local.get 1
i32.const 144
i32.add
global.set 0
local.get 7
)
(func (;301;) (type 2) (param i32 i32)
(local i32 i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 8
i32.add
local.get 1
call 291
i32.const 1
local.set 3
block ;; label = @1
local.get 2
i32.load16_u offset=8
i32.const 1
i32.and
br_if 0 (;@1;)
block ;; label = @2
local.get 2
i32.load16_u offset=10
i32.const 65535
i32.and
local.tee 4
i32.const 65535
i32.ne
br_if 0 (;@2;)
i32.const 0
local.set 3
local.get 0
i32.const 0
i32.store offset=4
br 1 (;@1;)
end
local.get 1
i32.load offset=4
local.tee 5
local.get 4
i32.lt_u
br_if 0 (;@1;)
local.get 0
local.get 4
i32.store offset=8
local.get 1
local.get 5
local.get 4
i32.sub
i32.store offset=4
local.get 0
local.get 1
i32.load
local.tee 3
i32.store offset=4
local.get 1
local.get 3
local.get 4
i32.add
i32.store
i32.const 0
local.set 3
end
local.get 0
local.get 3
i32.store
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;302;) (type 13) (param i32 i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 3
global.set 0
local.get 3
i32.const 4
i32.add
local.get 1
local.get 2
call 296
local.get 3
i32.load offset=8
local.set 2
local.get 3
i32.load offset=4
local.set 1
local.get 0
local.get 3
i32.load offset=12
i32.store offset=4
local.get 0
i32.const 0
local.get 2
local.get 1
select
i32.store
local.get 3
i32.const 16
i32.add
global.set 0
)
(func (;303;) (type 13) (param i32 i32 i32)
(local i32)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
local.get 3
local.get 2
i32.store offset=16
local.get 3
local.get 1
i32.store offset=12
local.get 3
i32.const 10
i32.store16 offset=8
local.get 0
local.get 3
i32.const 8
i32.add
call 117
local.get 3
i32.const 32
i32.add
global.set 0
)
(func (;304;) (type 13) (param i32 i32 i32)
(local i32)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
local.get 3
local.get 2
i32.store offset=16
local.get 3
local.get 1
i32.store offset=12
local.get 3
i32.const 9
i32.store16 offset=8
local.get 0
local.get 3
i32.const 8
i32.add
call 117
local.get 3
i32.const 32
i32.add
global.set 0
)
(func (;305;) (type 2) (param i32 i32)
(local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 144
i32.sub
local.tee 2
global.set 0
local.get 0
i32.load offset=20
local.set 3
local.get 0
i32.load offset=24
local.set 4
local.get 0
local.get 1
call 117
local.get 0
i32.load offset=32
local.set 5
local.get 0
i32.load offset=24
local.set 6
local.get 0
i32.load offset=20
local.set 7
local.get 0
i32.load offset=36
local.set 8
local.get 2
i32.const 8
i32.add
local.get 0
call 137
local.get 2
local.get 7
local.get 8
i32.add
local.get 6
local.get 2
i32.load offset=8
local.get 2
i32.load offset=12
i32.const 79364
call 447
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 2
i32.load offset=4
local.tee 9
local.get 4
local.get 3
i32.sub
local.tee 10
local.get 8
i32.sub
local.tee 1
i32.lt_u
br_if 0 (;@3;)
local.get 1
i32.eqz
br_if 2 (;@1;)
local.get 9
local.get 1
i32.sub
local.tee 4
i32.eqz
br_if 2 (;@1;)
local.get 2
i32.load
local.tee 9
local.get 1
i32.add
local.set 3
local.get 4
local.get 1
local.get 4
local.get 1
i32.lt_u
local.tee 11
select
i32.const 129
i32.lt_u
br_if 1 (;@2;)
loop ;; label = @4
block ;; label = @5
block ;; label = @6
local.get 1
local.get 4
i32.lt_u
br_if 0 (;@6;)
i32.const 0
local.get 4
i32.sub
local.set 11
loop ;; label = @7
local.get 3
local.tee 9
local.get 11
i32.add
local.tee 3
local.get 9
local.get 4
call 467
local.get 1
local.get 4
i32.sub
local.tee 1
local.get 4
i32.ge_u
br_if 0 (;@7;)
br 2 (;@5;)
end
end
i32.const 0
local.get 1
i32.sub
local.set 9
loop ;; label = @6
local.get 3
local.get 9
i32.add
local.get 3
local.get 1
call 467
local.get 3
local.get 1
i32.add
local.set 3
local.get 4
local.get 1
i32.sub
local.tee 4
local.get 1
i32.ge_u
br_if 0 (;@6;)
end
end
local.get 4
i32.eqz
br_if 3 (;@1;)
local.get 1
br_if 0 (;@4;)
br 3 (;@1;)
end
end
i32.const 80349
i32.const 35
i32.const 80384
call 346
unreachable
end
local.get 9
local.get 4
i32.add
local.set 12
block ;; label = @2
local.get 11
br_if 0 (;@2;)
block ;; label = @3
local.get 1
i32.eqz
local.tee 11
br_if 0 (;@3;)
local.get 2
i32.const 16
i32.add
local.get 9
local.get 1
memory.copy
end
block ;; label = @3
local.get 4
i32.eqz
br_if 0 (;@3;)
local.get 9
local.get 3
local.get 4
memory.copy
end
local.get 11
br_if 1 (;@1;)
local.get 12
local.get 2
i32.const 16
i32.add
local.get 1
memory.copy
br 1 (;@1;)
end
block ;; label = @2
local.get 4
i32.eqz
local.tee 11
br_if 0 (;@2;)
local.get 2
i32.const 16
i32.add
local.get 3
local.get 4
memory.copy
end
block ;; label = @2
local.get 1
i32.eqz
br_if 0 (;@2;)
local.get 12
local.get 9
local.get 1
memory.copy
end
local.get 11
br_if 0 (;@1;)
local.get 9
local.get 2
i32.const 16
i32.add
local.get 4
memory.copy
end
local.get 0
local.get 5
i32.const 1
i32.add
i32.store offset=32
local.get 0
local.get 8
local.get 6
i32.add
local.get 10
local.get 7
i32.add
i32.sub
i32.store offset=36
local.get 2
i32.const 144
i32.add
global.set 0
)
(func (;306;) (type 23) (param i32 i32 i32 i32 i32)
(local i32)
global.get 0
i32.const 32
i32.sub
local.tee 5
global.set 0
local.get 5
local.get 4
i32.store offset=24
local.get 5
local.get 3
i32.store offset=20
local.get 5
local.get 2
i32.store offset=16
local.get 5
local.get 1
i32.store offset=12
local.get 5
i32.const 15
i32.store16 offset=8
local.get 0
local.get 5
i32.const 8
i32.add
call 305
local.get 5
i32.const 32
i32.add
global.set 0
)
(func (;307;) (type 35) (param i32) (result i64)
(local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i64 i64)
global.get 0
i32.const 192
i32.sub
local.tee 1
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
block ;; label = @8
block ;; label = @9
block ;; label = @10
block ;; label = @11
i32.const 0
i32.load offset=82832
i32.const 1
i32.ne
br_if 0 (;@11;)
i32.const 0
i32.load offset=82732
local.set 2
i32.const 0
i32.load offset=82736
local.set 3
local.get 1
i32.const 24
i32.add
i32.const 82740
call 101
local.get 1
i32.load offset=28
local.set 4
i32.const 0
local.get 1
i32.load offset=24
local.tee 5
local.get 5
i32.load
i32.const -2147483648
i32.eq
select
call 234
drop
local.get 5
call 290
local.get 1
i32.const 56
i32.add
local.get 2
local.get 3
local.get 0
local.get 3
local.get 0
i32.lt_u
select
call 133
block ;; label = @12
local.get 1
i32.load offset=64
i32.const -2147483648
i32.eq
br_if 0 (;@12;)
local.get 1
local.get 1
i64.load offset=72
i64.store offset=48
local.get 1
local.get 1
i64.load offset=64
i64.store offset=40
local.get 1
local.get 1
i64.load offset=56
i64.store offset=32
local.get 1
i32.const 128
i32.add
i64.const 1
i32.const 3
call 308
local.get 1
i32.load offset=132
local.set 6
local.get 1
local.get 1
i32.load offset=136
local.tee 3
i32.store offset=112
local.get 1
local.get 6
i32.store offset=108
local.get 1
i32.const 56
i32.add
local.get 1
i32.const 108
i32.add
call 309
local.get 1
i32.load offset=56
local.tee 2
i32.eqz
br_if 4 (;@8;)
local.get 1
i32.load offset=60
local.set 0
local.get 1
i32.load offset=68
i32.eqz
br_if 5 (;@7;)
block ;; label = @13
block ;; label = @14
local.get 3
br_if 0 (;@14;)
i32.const 1
local.set 7
br 1 (;@13;)
end
local.get 3
call 54
local.tee 7
i32.eqz
br_if 3 (;@10;)
end
i32.const 0
local.set 8
local.get 1
i32.const 0
i32.store offset=168
local.get 1
local.get 7
i32.store offset=164
local.get 1
local.get 3
i32.store offset=160
block ;; label = @13
block ;; label = @14
block ;; label = @15
local.get 0
local.get 3
i32.le_u
br_if 0 (;@15;)
local.get 1
i32.const 160
i32.add
i32.const 0
local.get 0
call 310
local.get 1
i32.load offset=160
local.set 3
local.get 1
i32.load offset=164
local.set 7
local.get 1
i32.load offset=168
local.set 8
br 1 (;@14;)
end
local.get 0
i32.eqz
br_if 1 (;@13;)
end
local.get 0
i32.eqz
br_if 0 (;@13;)
local.get 7
local.get 8
i32.add
local.get 2
local.get 0
memory.copy
end
local.get 1
local.get 8
local.get 0
i32.add
local.tee 0
i32.store offset=168
block ;; label = @13
local.get 3
local.get 0
i32.sub
i32.const 2
i32.gt_u
br_if 0 (;@13;)
local.get 1
i32.const 160
i32.add
local.get 0
i32.const 3
call 310
local.get 1
i32.load offset=164
local.set 7
local.get 1
i32.load offset=168
local.set 0
end
local.get 7
local.get 0
i32.add
local.tee 3
i32.const 0
i32.load8_u offset=70822
local.tee 9
i32.store8 offset=2
local.get 3
i32.const 0
i32.load16_u offset=70820 align=1
local.tee 10
i32.store16 align=1
local.get 1
local.get 0
i32.const 3
i32.add
local.tee 0
i32.store offset=168
local.get 1
local.get 1
i64.load offset=108 align=4
i64.store offset=148 align=4
block ;; label = @13
loop ;; label = @14
local.get 1
i32.const 56
i32.add
local.get 1
i32.const 148
i32.add
call 309
local.get 1
i32.load offset=56
local.tee 8
i32.eqz
br_if 1 (;@13;)
local.get 1
i32.load offset=68
local.set 2
block ;; label = @15
block ;; label = @16
block ;; label = @17
local.get 1
i32.load offset=60
local.tee 3
local.get 1
i32.load offset=160
local.get 0
i32.sub
i32.le_u
br_if 0 (;@17;)
local.get 1
i32.const 160
i32.add
local.get 0
local.get 3
call 310
local.get 1
i32.load offset=164
local.set 7
local.get 1
i32.load offset=168
local.set 0
br 1 (;@16;)
end
local.get 3
i32.eqz
br_if 1 (;@15;)
end
local.get 3
i32.eqz
br_if 0 (;@15;)
local.get 7
local.get 0
i32.add
local.get 8
local.get 3
memory.copy
end
local.get 1
local.get 0
local.get 3
i32.add
local.tee 0
i32.store offset=168
local.get 2
i32.eqz
br_if 0 (;@14;)
block ;; label = @15
local.get 1
i32.load offset=160
local.get 0
i32.sub
i32.const 2
i32.gt_u
br_if 0 (;@15;)
local.get 1
i32.const 160
i32.add
local.get 0
i32.const 3
call 310
local.get 1
i32.load offset=164
local.set 7
local.get 1
i32.load offset=168
local.set 0
end
local.get 7
local.get 0
i32.add
local.tee 3
local.get 9
i32.store8 offset=2
local.get 3
local.get 10
i32.store16 align=1
local.get 1
local.get 0
i32.const 3
i32.add
local.tee 0
i32.store offset=168
br 0 (;@14;)
end
end
local.get 1
i32.load offset=160
local.tee 3
i32.const -2147483648
i32.ne
br_if 3 (;@9;)
local.get 7
local.set 2
br 5 (;@7;)
end
local.get 5
call 298
local.set 11
br 6 (;@5;)
end
call 299
local.set 11
br 6 (;@4;)
end
i32.const 1
local.get 3
call 125
unreachable
end
local.get 1
local.get 0
i32.store offset=104
local.get 1
local.get 7
i32.store offset=100
local.get 1
local.get 3
i32.store offset=96
br 2 (;@6;)
end
i32.const 0
local.set 0
i32.const 1
local.set 2
end
local.get 1
i32.const 96
i32.add
local.get 2
local.get 0
call 311
end
local.get 1
i32.load offset=128
local.get 6
call 104
local.get 1
call 27
i64.store offset=120
local.get 1
i32.const 16
i32.add
i32.const 82876
call 101
local.get 1
i32.load offset=20
local.set 0
block ;; label = @6
block ;; label = @7
i32.const 70560
i32.const 1
local.get 1
i32.load offset=16
local.tee 2
i32.const 160
call 28
local.tee 3
i32.const -1
i32.gt_s
br_if 0 (;@7;)
local.get 1
i32.const 160
i32.add
i32.const 0
local.get 3
i32.sub
call 103
local.get 1
i32.load offset=164
local.tee 3
local.get 1
i32.load offset=168
local.tee 2
call 1
drop
local.get 1
i32.const 56
i32.add
local.get 3
local.get 2
call 95
local.get 1
i32.load offset=160
local.get 3
call 104
br 1 (;@6;)
end
local.get 1
i32.const 8
i32.add
local.get 2
local.get 3
call 105
local.get 1
i32.const 56
i32.add
local.get 1
i32.load offset=8
local.get 1
i32.load offset=12
call 95
end
local.get 0
local.get 0
i32.load
i32.const 1
i32.add
i32.store
local.get 1
i64.load offset=56
local.tee 11
i64.const 3
i64.eq
br_if 2 (;@3;)
local.get 1
i64.load offset=64
local.set 12
local.get 11
i64.const 2
i64.eq
br_if 3 (;@2;)
local.get 1
local.get 12
i64.store offset=136
local.get 1
local.get 11
i64.store offset=128
local.get 1
i64.const 0
i64.store offset=80
local.get 1
i64.const 0
i64.store offset=72
local.get 1
i64.const 0
i64.store offset=64
local.get 1
i64.const 0
i64.store offset=56
local.get 1
i32.const 56
i32.add
i32.const 32
call 29
i32.const 31
i32.shr_u
call 312
local.get 1
local.get 1
i64.load offset=80
i64.store offset=184
local.get 1
local.get 1
i64.load offset=72
i64.store offset=176
local.get 1
local.get 1
i64.load offset=64
i64.store offset=168
local.get 1
local.get 1
i64.load offset=56
i64.store offset=160
local.get 1
i32.const 148
i32.add
local.get 1
i32.const 160
i32.add
call 152
local.get 1
i32.load offset=152
local.set 0
block ;; label = @6
block ;; label = @7
local.get 1
i32.load offset=156
local.tee 3
i32.const 8
i32.gt_u
br_if 0 (;@7;)
local.get 3
i32.const 8
i32.eq
br_if 1 (;@6;)
local.get 0
local.get 3
i32.const 0
i32.const 8
i32.const 70564
call 313
unreachable
end
local.get 0
i32.load8_s offset=8
i32.const -65
i32.le_s
br_if 5 (;@1;)
end
local.get 1
i32.const 8
i32.store offset=164
local.get 1
local.get 0
i32.store offset=160
local.get 1
i32.const 23
i32.store offset=84
local.get 1
i32.const 7
i32.store offset=76
local.get 1
i32.const 27
i32.store offset=68
local.get 1
i32.const 28
i32.store offset=60
local.get 1
local.get 1
i32.const 160
i32.add
i32.store offset=80
local.get 1
local.get 1
i32.const 96
i32.add
i32.store offset=72
local.get 1
local.get 1
i32.const 128
i32.add
i32.store offset=64
local.get 1
local.get 1
i32.const 120
i32.add
i32.store offset=56
local.get 1
i32.const 108
i32.add
i32.const 67056
local.get 1
i32.const 56
i32.add
call 51
local.get 1
i32.load offset=148
local.get 0
call 104
local.get 1
i32.load offset=112
local.tee 0
local.get 1
i32.load offset=116
call 30
local.get 1
i32.load offset=108
local.get 0
call 104
local.get 1
local.get 1
i64.load offset=32
i64.store offset=164 align=4
local.get 1
local.get 1
i64.load offset=40
i64.store offset=172 align=4
local.get 1
local.get 1
i64.load offset=48
i64.store offset=180 align=4
local.get 1
i32.const 1
i32.store offset=56
local.get 1
local.get 1
i64.load offset=160 align=4
i64.store offset=60 align=4
local.get 1
local.get 1
i64.load offset=168 align=4
i64.store offset=68 align=4
local.get 1
local.get 1
i64.load offset=176 align=4
i64.store offset=76 align=4
local.get 1
local.get 1
i32.load offset=184
i32.store offset=84
local.get 1
i32.load offset=96
local.get 1
i32.load offset=100
call 104
local.get 1
i32.const 56
i32.add
i32.const 1
local.get 5
call 144
local.set 11
end
i32.const 0
local.get 5
local.get 5
i32.load
i32.const -2147483648
i32.eq
select
call 268
local.get 4
local.get 4
i32.load
i32.const 1
i32.add
i32.store
end
local.get 1
i32.const 192
i32.add
global.set 0
local.get 11
return
end
i32.const 80080
call 106
unreachable
end
local.get 1
local.get 12
i64.store8 offset=56
i32.const 78956
i32.const 32
local.get 1
i32.const 56
i32.add
i32.const 69804
i32.const 79004
call 112
unreachable
end
local.get 0
local.get 3
i32.const 0
i32.const 8
i32.const 70564
call 313
unreachable
)
(func (;308;) (type 18) (param i32 i64 i32)
(local i32 i64 i64 i32)
global.get 0
i32.const 16
i32.sub
local.tee 3
global.set 0
local.get 3
i32.const 4
i32.add
local.get 2
i64.const 0
call 27
local.tee 4
local.get 1
i64.sub
local.tee 5
local.get 5
local.get 4
i64.gt_u
select
local.tee 4
i64.const 4294967295
local.get 4
i64.const 4294967295
i64.lt_u
select
i32.wrap_i64
local.tee 6
local.get 2
local.get 6
i32.lt_u
select
local.tee 2
call 103
local.get 1
local.get 2
local.get 3
i32.load offset=8
local.get 3
i32.load offset=12
local.tee 6
call 37
local.tee 2
i32.const 31
i32.shr_u
call 312
block ;; label = @1
local.get 2
local.get 6
i32.gt_u
br_if 0 (;@1;)
local.get 3
local.get 2
i32.store offset=12
end
local.get 0
local.get 3
i32.load offset=12
i32.store offset=8
local.get 0
local.get 3
i64.load offset=4 align=4
i64.store align=4
local.get 3
i32.const 16
i32.add
global.set 0
)
(func (;309;) (type 2) (param i32 i32)
(local i32 i32 i32 i32 i32 i32 i32)
block ;; label = @1
local.get 1
i32.load offset=4
local.tee 2
i32.eqz
br_if 0 (;@1;)
local.get 1
i32.load
local.set 3
i32.const 0
local.set 4
block ;; label = @2
loop ;; label = @3
local.get 4
i32.const 1
i32.add
local.set 5
block ;; label = @4
block ;; label = @5
local.get 3
local.get 4
i32.add
i32.load8_u
local.tee 6
i32.extend8_s
local.tee 7
i32.const -1
i32.le_s
br_if 0 (;@5;)
local.get 5
local.set 4
br 1 (;@4;)
end
block ;; label = @5
block ;; label = @6
block ;; label = @7
block ;; label = @8
block ;; label = @9
block ;; label = @10
block ;; label = @11
block ;; label = @12
block ;; label = @13
block ;; label = @14
block ;; label = @15
local.get 6
i32.load8_u offset=72057
i32.const -2
i32.add
br_table 0 (;@15;) 1 (;@14;) 2 (;@13;) 13 (;@2;)
end
local.get 3
local.get 5
i32.add
i32.const 68941
local.get 5
local.get 2
i32.lt_u
select
i32.load8_s
i32.const -64
i32.ge_s
br_if 12 (;@2;)
local.get 4
i32.const 2
i32.add
local.set 4
br 10 (;@4;)
end
local.get 3
local.get 5
i32.add
i32.const 68941
local.get 5
local.get 2
i32.lt_u
select
i32.load8_s
local.set 8
local.get 6
i32.const -224
i32.add
br_table 1 (;@12;) 3 (;@10;) 3 (;@10;) 3 (;@10;) 3 (;@10;) 3 (;@10;) 3 (;@10;) 3 (;@10;) 3 (;@10;) 3 (;@10;) 3 (;@10;) 3 (;@10;) 3 (;@10;) 2 (;@11;) 3 (;@10;)
end
local.get 3
local.get 5
i32.add
i32.const 68941
local.get 5
local.get 2
i32.lt_u
select
i32.load8_s
local.set 8
local.get 6
i32.const -240
i32.add
br_table 4 (;@8;) 3 (;@9;) 3 (;@9;) 3 (;@9;) 5 (;@7;) 3 (;@9;)
end
local.get 8
i32.const -32
i32.and
i32.const -96
i32.ne
br_if 9 (;@2;)
br 6 (;@5;)
end
local.get 8
i32.const -97
i32.gt_s
br_if 8 (;@2;)
br 5 (;@5;)
end
block ;; label = @10
local.get 7
i32.const 31
i32.add
i32.const 255
i32.and
i32.const 12
i32.lt_u
br_if 0 (;@10;)
local.get 7
i32.const -2
i32.and
i32.const -18
i32.ne
br_if 8 (;@2;)
local.get 8
i32.const -64
i32.ge_s
br_if 8 (;@2;)
br 5 (;@5;)
end
local.get 8
i32.const -64
i32.ge_s
br_if 7 (;@2;)
br 4 (;@5;)
end
local.get 7
i32.const 15
i32.add
i32.const 255
i32.and
i32.const 2
i32.gt_u
br_if 6 (;@2;)
local.get 8
i32.const -64
i32.ge_s
br_if 6 (;@2;)
br 2 (;@6;)
end
local.get 8
i32.const 112
i32.add
i32.const 255
i32.and
i32.const 48
i32.ge_u
br_if 5 (;@2;)
br 1 (;@6;)
end
local.get 8
i32.const -113
i32.gt_s
br_if 4 (;@2;)
end
local.get 3
local.get 4
i32.const 2
i32.add
local.tee 5
i32.add
i32.const 68941
local.get 5
local.get 2
i32.lt_u
select
i32.load8_s
i32.const -65
i32.gt_s
br_if 3 (;@2;)
local.get 3
local.get 4
i32.const 3
i32.add
local.tee 5
i32.add
i32.const 68941
local.get 5
local.get 2
i32.lt_u
select
i32.load8_s
i32.const -65
i32.gt_s
br_if 3 (;@2;)
local.get 4
i32.const 4
i32.add
local.set 4
br 1 (;@4;)
end
local.get 3
local.get 4
i32.const 2
i32.add
local.tee 5
i32.add
i32.const 68941
local.get 5
local.get 2
i32.lt_u
select
i32.load8_s
i32.const -64
i32.ge_s
br_if 2 (;@2;)
local.get 4
i32.const 3
i32.add
local.set 4
end
local.get 4
local.set 5
local.get 4
local.get 2
i32.lt_u
br_if 0 (;@3;)
end
end
local.get 0
local.get 4
i32.store offset=4
local.get 0
local.get 3
i32.store
local.get 1
local.get 2
local.get 5
i32.sub
i32.store offset=4
local.get 1
local.get 3
local.get 5
i32.add
i32.store
local.get 0
local.get 5
local.get 4
i32.sub
i32.store offset=12
local.get 0
local.get 3
local.get 4
i32.add
i32.store offset=8
return
end
local.get 0
i32.const 0
i32.store
)
(func (;310;) (type 13) (param i32 i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 3
global.set 0
block ;; label = @1
local.get 2
local.get 1
i32.add
local.tee 1
local.get 2
i32.ge_u
br_if 0 (;@1;)
i32.const 0
i32.const 0
call 125
unreachable
end
local.get 3
i32.const 4
i32.add
local.get 0
i32.load
local.tee 2
local.get 0
i32.load offset=4
local.get 1
local.get 2
i32.const 1
i32.shl
local.tee 2
local.get 1
local.get 2
i32.gt_u
select
local.tee 2
i32.const 8
local.get 2
i32.const 8
i32.gt_u
select
local.tee 2
call 327
block ;; label = @1
local.get 3
i32.load offset=4
i32.const 1
i32.ne
br_if 0 (;@1;)
local.get 3
i32.load offset=8
local.get 3
i32.load offset=12
call 125
unreachable
end
local.get 3
i32.load offset=8
local.set 1
local.get 0
local.get 2
i32.store
local.get 0
local.get 1
i32.store offset=4
local.get 3
i32.const 16
i32.add
global.set 0
)
(func (;311;) (type 13) (param i32 i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 3
global.set 0
local.get 3
i32.const 4
i32.add
local.get 2
i32.const 0
i32.const 1
i32.const 1
call 238
local.get 3
i32.load offset=8
local.set 4
block ;; label = @1
local.get 3
i32.load offset=4
i32.const 1
i32.eq
br_if 0 (;@1;)
local.get 3
i32.load offset=12
local.set 5
local.get 0
i32.const 0
i32.store offset=8
local.get 0
local.get 5
i32.store offset=4
local.get 0
local.get 4
i32.store
block ;; label = @2
local.get 2
i32.eqz
br_if 0 (;@2;)
block ;; label = @3
local.get 2
i32.eqz
br_if 0 (;@3;)
local.get 5
local.get 1
local.get 2
memory.copy
end
local.get 0
local.get 2
i32.store offset=8
end
local.get 3
i32.const 16
i32.add
global.set 0
return
end
local.get 4
local.get 3
i32.load offset=12
call 125
unreachable
)
(func (;312;) (type 3) (param i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 1
global.set 0
block ;; label = @1
local.get 0
i32.const 1
i32.ne
br_if 0 (;@1;)
i32.const 78956
i32.const 32
local.get 1
i32.const 15
i32.add
i32.const 80476
i32.const 79096
call 112
unreachable
end
local.get 1
i32.const 16
i32.add
global.set 0
)
(func (;313;) (type 23) (param i32 i32 i32 i32 i32)
local.get 0
local.get 1
local.get 2
local.get 3
local.get 4
call 347
unreachable
)
(func (;314;) (type 24) (param i32 i32 i32) (result i64)
(local i32 i32 i32 i32 i32 i64)
global.get 0
i32.const 128
i32.sub
local.tee 3
global.set 0
block ;; label = @1
block ;; label = @2
i32.const 0
i32.load offset=82832
i32.const 1
i32.ne
br_if 0 (;@2;)
i32.const 0
i32.load offset=82732
local.set 4
i32.const 0
i32.load offset=82736
local.set 5
local.get 3
i32.const 16
i32.add
i32.const 82740
call 101
local.get 3
i32.load offset=20
local.set 6
i32.const 0
local.get 3
i32.load offset=16
local.tee 7
local.get 7
i32.load
i32.const -2147483648
i32.eq
select
call 234
drop
local.get 3
i32.const 48
i32.add
local.get 4
local.get 5
i32.const -1
local.get 0
local.get 1
i32.add
local.tee 1
local.get 1
local.get 0
i32.lt_u
select
local.tee 1
local.get 5
local.get 1
i32.lt_u
select
local.tee 1
local.get 0
local.get 1
local.get 0
local.get 1
i32.lt_u
select
i32.const 68960
call 139
local.get 3
i32.load offset=60
local.set 1
local.get 3
i32.load offset=56
local.set 5
local.get 3
i32.load offset=52
local.set 0
local.get 3
i32.load offset=48
local.set 4
local.get 7
call 290
local.get 3
i32.const 48
i32.add
local.get 4
local.get 0
call 133
block ;; label = @3
block ;; label = @4
local.get 3
i32.load offset=56
i32.const -2147483648
i32.eq
br_if 0 (;@4;)
local.get 3
local.get 3
i64.load offset=48
local.tee 8
i64.store offset=24
local.get 3
local.get 3
i64.load offset=64
i64.store offset=40
local.get 3
local.get 3
i64.load offset=56
i64.store offset=32
local.get 3
local.get 5
i32.store offset=84
local.get 3
i32.const -2147483648
i32.store offset=72
i32.const 0
local.set 0
local.get 3
local.get 2
i32.const 0
i32.ne
i32.store8 offset=92
local.get 3
local.get 1
i32.store offset=88
local.get 3
local.get 8
local.get 1
i64.extend_i32_u
i64.add
i64.store offset=24
block ;; label = @5
block ;; label = @6
local.get 2
br_if 0 (;@6;)
local.get 3
i32.const 48
i32.add
local.get 5
local.get 1
call 50
local.get 3
i32.const 72
i32.add
local.get 3
i32.const 48
i32.add
call 120
br 1 (;@5;)
end
local.get 3
i32.const 28
i32.store offset=112
local.get 3
local.get 3
i32.const 24
i32.add
i32.store offset=108
local.get 3
i32.const 96
i32.add
i32.const 68706
local.get 3
i32.const 108
i32.add
call 51
local.get 3
local.get 1
i32.store offset=52
local.get 3
local.get 5
i32.store offset=48
local.get 3
local.get 3
i32.load offset=104
i32.store offset=60
local.get 3
local.get 3
i32.load offset=100
local.tee 5
i32.store offset=56
local.get 3
i32.const 52
i32.add
local.set 1
i32.const 0
local.set 2
loop ;; label = @6
local.get 1
local.get 0
i32.add
i32.load
local.get 2
i32.add
local.set 2
local.get 0
i32.const 8
i32.add
local.tee 0
i32.const 16
i32.ne
br_if 0 (;@6;)
end
local.get 3
i32.const 8
i32.add
local.get 2
i32.const 1
i32.const 1
call 48
i32.const 0
local.set 0
local.get 3
i32.const 0
i32.store offset=124
local.get 3
local.get 3
i64.load offset=8
i64.store offset=116 align=4
block ;; label = @6
loop ;; label = @7
local.get 0
i32.const 16
i32.eq
br_if 1 (;@6;)
local.get 3
i32.const 116
i32.add
local.get 3
i32.const 48
i32.add
local.get 0
i32.add
local.tee 2
i32.load
local.tee 1
local.get 1
local.get 2
i32.const 4
i32.add
i32.load
i32.add
call 315
local.get 0
i32.const 8
i32.add
local.set 0
br 0 (;@7;)
end
end
local.get 3
i32.const 72
i32.add
local.get 3
i32.const 116
i32.add
call 120
local.get 3
i32.load offset=96
local.get 5
call 104
end
local.get 3
i32.const 72
i32.add
local.get 3
i32.const 24
i32.add
local.get 7
call 116
local.set 8
local.get 3
i32.load offset=32
local.get 3
i32.load offset=36
call 104
br 1 (;@3;)
end
local.get 7
call 298
local.set 8
end
i32.const 0
local.get 7
local.get 7
i32.load
i32.const -2147483648
i32.eq
select
call 268
local.get 6
local.get 6
i32.load
i32.const 1
i32.add
i32.store
br 1 (;@1;)
end
call 299
local.set 8
end
local.get 3
i32.const 128
i32.add
global.set 0
local.get 8
)
(func (;315;) (type 13) (param i32 i32 i32)
local.get 0
local.get 1
local.get 2
local.get 1
i32.sub
call 49
)
(func (;316;) (type 36) (param i32 i32) (result i64)
(local i32 i32 i32 i32 i32 i64)
global.get 0
i32.const 144
i32.sub
local.tee 2
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
block ;; label = @8
block ;; label = @9
block ;; label = @10
block ;; label = @11
block ;; label = @12
i32.const 0
i32.load offset=82832
i32.const 1
i32.ne
br_if 0 (;@12;)
i32.const 0
i32.load offset=82732
local.set 3
i32.const 0
i32.load offset=82736
local.set 4
local.get 2
i32.const 16
i32.add
i32.const 82740
call 101
local.get 2
i32.load offset=20
local.set 5
i32.const 0
local.get 2
i32.load offset=16
local.tee 6
local.get 6
i32.load
i32.const -2147483648
i32.eq
select
call 234
drop
local.get 2
i32.const 64
i32.add
local.get 3
local.get 4
i32.const -1
local.get 0
local.get 1
i32.add
local.tee 1
local.get 1
local.get 0
i32.lt_u
select
local.tee 1
local.get 4
local.get 1
i32.lt_u
select
local.tee 1
local.get 0
local.get 1
local.get 0
local.get 1
i32.lt_u
select
i32.const 68960
call 139
local.get 2
i32.load offset=76
local.set 0
local.get 2
i32.load offset=72
local.set 1
local.get 2
i64.load offset=64 align=4
local.set 7
local.get 6
call 290
local.get 2
local.get 7
i64.store offset=64 align=4
local.get 2
i32.const 8
i32.add
local.get 2
i32.const 64
i32.add
call 291
block ;; label = @13
block ;; label = @14
local.get 2
i32.load16_u offset=8
i32.const 1
i32.and
br_if 0 (;@14;)
local.get 2
i32.load offset=68
local.tee 4
i32.eqz
br_if 0 (;@14;)
local.get 2
i32.load offset=64
i32.load8_u
i32.const 3
i32.gt_u
br_if 0 (;@14;)
local.get 4
i32.const 8
i32.gt_s
br_if 1 (;@13;)
end
local.get 6
i32.const 66107
i32.const 37
call 130
local.set 7
br 11 (;@2;)
end
local.get 2
i32.const 64
i32.add
local.get 1
local.get 0
call 133
block ;; label = @13
local.get 2
i32.load offset=72
local.tee 0
i32.const -2147483648
i32.eq
br_if 0 (;@13;)
local.get 2
i32.load offset=84
local.set 3
local.get 2
i64.load offset=64
local.set 7
local.get 2
i32.load offset=76
local.tee 1
local.get 2
i32.load offset=80
local.tee 4
i32.const 70424
i32.const 15
call 63
br_if 2 (;@11;)
local.get 1
local.get 4
i32.const 70439
i32.const 18
call 63
br_if 3 (;@10;)
local.get 1
local.get 4
i32.const 70457
i32.const 15
call 63
br_if 4 (;@9;)
local.get 1
local.get 4
i32.const 70472
i32.const 15
call 63
br_if 5 (;@8;)
local.get 1
local.get 4
i32.const 70487
i32.const 13
call 63
br_if 6 (;@7;)
local.get 1
local.get 4
i32.const 70500
i32.const 17
call 63
br_if 7 (;@6;)
block ;; label = @14
block ;; label = @15
block ;; label = @16
local.get 1
local.get 4
i32.const 70114
i32.const 12
call 63
br_if 0 (;@16;)
local.get 1
local.get 4
i32.const 70517
i32.const 13
call 63
br_if 2 (;@14;)
local.get 6
i32.const 0
i32.store offset=56
local.get 2
i32.const 0
i32.store8 offset=143
local.get 2
local.get 4
i32.store offset=32
local.get 2
local.get 1
i32.store offset=28
local.get 2
local.get 2
i32.const 143
i32.add
i32.store offset=24
i32.const -6
local.set 4
loop ;; label = @17
local.get 4
i32.eqz
br_if 2 (;@15;)
local.get 4
i32.const 70536
i32.add
local.set 3
local.get 4
i32.const 1
i32.add
local.set 4
local.get 3
i32.load8_u
i32.const -65
i32.add
i32.const 255
i32.and
i32.const 25
i32.gt_u
br_if 0 (;@17;)
end
local.get 2
i32.const 64
i32.add
i32.const 70530
i32.const 6
call 45
local.get 2
i32.const 24
i32.add
local.get 6
local.get 2
i64.load32_u offset=72
i64.const 32
i64.shl
local.get 2
i32.load offset=68
local.tee 4
i64.extend_i32_u
i64.or
call 136
local.get 2
i32.load offset=64
local.get 4
call 104
br 11 (;@5;)
end
local.get 2
i32.const 104
i32.add
i32.const 69334
i32.const 4
i64.const 3600
call 132
local.get 2
i32.const 64
i32.add
i32.const 69331
i32.const 3
call 46
block ;; label = @16
local.get 2
i32.load offset=132
local.tee 4
local.get 2
i32.load offset=124
i32.ne
br_if 0 (;@16;)
local.get 2
i32.const 124
i32.add
call 317
end
local.get 2
i32.load offset=128
local.get 4
i32.const 12
i32.mul
i32.add
local.tee 3
local.get 2
i64.load offset=64 align=4
i64.store align=4
local.get 3
local.get 2
i32.load offset=72
i32.store offset=8
local.get 2
local.get 4
i32.const 1
i32.add
i32.store offset=132
local.get 6
local.get 2
i32.const 104
i32.add
call 318
local.get 2
i32.const 104
i32.add
call 223
br 10 (;@5;)
end
local.get 2
i32.const 24
i32.add
local.get 6
i32.const 70530
i64.extend_i32_u
i64.const 25769803776
i64.or
call 136
br 9 (;@5;)
end
local.get 2
i32.const 64
i32.add
i32.const 1
i32.const 0
i64.const 60
call 132
local.get 6
local.get 2
i32.const 64
i32.add
call 318
local.get 2
i32.const 64
i32.add
call 223
br 8 (;@5;)
end
local.get 6
call 298
local.set 7
br 10 (;@2;)
end
call 299
local.set 7
br 10 (;@1;)
end
local.get 2
local.get 3
i32.store offset=60
local.get 2
local.get 4
i32.store offset=56
local.get 2
local.get 1
i32.store offset=52
local.get 2
local.get 0
i32.store offset=48
local.get 2
local.get 7
i64.store offset=40
local.get 2
i64.const 64
i64.store offset=32
local.get 2
i32.const 2
i32.store offset=24
br 7 (;@3;)
end
local.get 2
local.get 3
i32.store offset=60
local.get 2
local.get 4
i32.store offset=56
local.get 2
local.get 1
i32.store offset=52
local.get 2
local.get 0
i32.store offset=48
local.get 2
local.get 7
i64.store offset=40
local.get 2
i64.const 4
i64.store offset=32
local.get 2
i32.const 2
i32.store offset=24
br 6 (;@3;)
end
local.get 2
local.get 3
i32.store offset=52
local.get 2
local.get 4
i32.store offset=48
local.get 2
local.get 1
i32.store offset=44
local.get 2
local.get 0
i32.store offset=40
local.get 2
local.get 7
i64.store offset=32
local.get 2
i32.const 3
i32.store offset=24
br 5 (;@3;)
end
local.get 2
i32.const 64
i32.add
i32.const 203
call 128
local.get 2
i32.const 24
i32.add
local.get 2
i32.const 64
i32.add
i32.const 70536
i32.const 7
i32.const 70544
call 124
br 3 (;@4;)
end
local.get 2
i32.const 24
i32.add
call 123
br 2 (;@4;)
end
local.get 2
i32.const 13369347
i32.store offset=64
local.get 6
local.get 2
i32.const 64
i32.add
call 117
end
local.get 2
i32.const 0
i32.store offset=24
end
local.get 0
local.get 1
call 104
end
local.get 2
i32.const 24
i32.add
i32.const 2
local.get 6
call 144
local.set 7
end
i32.const 0
local.get 6
local.get 6
i32.load
i32.const -2147483648
i32.eq
select
call 268
local.get 5
local.get 5
i32.load
i32.const 1
i32.add
i32.store
end
local.get 2
i32.const 144
i32.add
global.set 0
local.get 7
)
(func (;317;) (type 3) (param i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 1
global.set 0
local.get 1
i32.const 8
i32.add
local.get 0
local.get 0
i32.load
i32.const 1
i32.const 4
i32.const 12
call 237
block ;; label = @1
local.get 1
i32.load offset=8
local.tee 0
i32.const -2147483647
i32.eq
br_if 0 (;@1;)
local.get 0
local.get 1
i32.load offset=12
call 125
unreachable
end
local.get 1
i32.const 16
i32.add
global.set 0
)
(func (;318;) (type 2) (param i32 i32)
(local i32)
global.get 0
i32.const 48
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 0
i32.store offset=8
local.get 2
i64.const 4294967296
i64.store align=4
local.get 2
local.get 1
i32.load offset=12
local.get 1
i32.load offset=16
call 277
local.get 2
local.get 1
i64.load
call 278
local.get 2
local.get 1
i32.load offset=24
local.get 1
i32.load offset=28
call 115
block ;; label = @1
block ;; label = @2
local.get 2
i32.load
local.tee 1
i32.const -2147483648
i32.ne
br_if 0 (;@2;)
local.get 2
i32.const 2
i32.store8 offset=40
br 1 (;@1;)
end
local.get 2
local.get 2
i64.load offset=4 align=4
i64.store offset=40 align=4
end
local.get 2
local.get 1
i32.store offset=36
local.get 2
i32.const 24
i32.add
local.get 2
i32.const 36
i32.add
call 279
local.get 2
i32.const 16
i32.store16
local.get 2
local.get 2
i32.load offset=32
i32.store offset=8
local.get 2
local.get 2
i32.load offset=28
local.tee 1
i32.store offset=4
local.get 0
local.get 2
call 117
local.get 2
i32.load offset=24
local.get 1
call 104
local.get 2
i32.const 48
i32.add
global.set 0
)
(func (;319;) (type 35) (param i32) (result i64)
(local i32 i32 i32 i32 i32 i32 i32 i32 i32 i64 i64)
global.get 0
i32.const 80
i32.sub
local.tee 1
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
i32.const 0
i32.load offset=82832
i32.const 1
i32.ne
br_if 0 (;@6;)
i32.const 0
i32.load offset=82732
local.set 2
i32.const 0
i32.load offset=82736
local.set 3
local.get 1
i32.const 16
i32.add
i32.const 82740
call 101
local.get 1
i32.load offset=20
local.set 4
i32.const 0
local.get 1
i32.load offset=16
local.tee 5
local.get 5
i32.load
i32.const -2147483648
i32.eq
select
local.tee 6
call 234
local.set 7
local.get 5
call 290
local.get 1
i32.const 24
i32.add
local.get 2
local.get 3
local.get 0
local.get 3
local.get 0
i32.lt_u
select
call 133
block ;; label = @7
local.get 1
i32.load offset=32
local.tee 8
i32.const -2147483648
i32.eq
br_if 0 (;@7;)
local.get 1
i32.load offset=36
local.set 9
call 27
local.set 10
local.get 5
i32.const 0
i32.store offset=56
local.get 1
i32.const 0
i32.store8 offset=67
local.get 7
i32.const 60
i32.add
local.set 7
i32.const 79
local.set 0
loop ;; label = @8
local.get 0
i32.const -60
i32.add
local.tee 2
i32.const 19
i32.gt_u
br_if 3 (;@5;)
local.get 6
local.get 0
i32.add
local.get 10
local.get 10
i64.const 10
i64.div_u
local.tee 11
i64.const 10
i64.mul
i64.sub
i32.wrap_i64
i32.const 48
i32.or
i32.store8
local.get 0
i32.const -1
i32.add
local.set 0
local.get 10
i64.const 10
i64.lt_u
local.set 3
local.get 11
local.set 10
local.get 3
i32.eqz
br_if 0 (;@8;)
end
local.get 1
i32.const 8
i32.add
local.get 2
local.get 7
i32.const 20
i32.const 79216
call 320
local.get 1
local.get 1
i64.load offset=8
i64.store offset=72 align=4
local.get 1
local.get 1
i32.const 67
i32.add
i32.store offset=68
i32.const -8
local.set 0
loop ;; label = @8
local.get 0
i32.eqz
br_if 4 (;@4;)
local.get 0
i32.const 70588
i32.add
local.set 3
local.get 0
i32.const 1
i32.add
local.set 0
local.get 3
i32.load8_u
i32.const -65
i32.add
i32.const 255
i32.and
i32.const 25
i32.gt_u
br_if 0 (;@8;)
end
local.get 1
i32.const 24
i32.add
i32.const 70580
i32.const 8
call 45
local.get 1
i32.const 68
i32.add
local.get 5
local.get 1
i64.load32_u offset=32
i64.const 32
i64.shl
local.get 1
i32.load offset=28
local.tee 0
i64.extend_i32_u
i64.or
call 136
local.get 1
i32.load offset=24
local.get 0
call 104
br 4 (;@3;)
end
local.get 5
call 298
local.set 10
br 4 (;@2;)
end
call 299
local.set 10
br 4 (;@1;)
end
i32.const -1
i32.const 20
i32.const 79200
call 154
unreachable
end
local.get 1
i32.const 68
i32.add
local.get 5
i32.const 70580
i64.extend_i32_u
i64.const 34359738368
i64.or
call 136
end
local.get 1
i32.const 68
i32.add
i64.const 0
i32.const -1
call 308
local.get 1
i32.const 24
i32.add
local.get 1
i32.load offset=72
local.tee 0
local.get 1
i32.load offset=76
call 50
local.get 1
i32.load offset=28
local.tee 3
local.get 1
i32.load offset=32
call 30
local.get 1
i32.load offset=24
local.get 3
call 104
local.get 1
i32.load offset=68
local.get 0
call 104
local.get 1
i32.const 0
i32.store offset=24
local.get 8
local.get 9
call 104
local.get 1
i32.const 24
i32.add
i32.const 3
local.get 5
call 144
local.set 10
end
i32.const 0
local.get 5
local.get 5
i32.load
i32.const -2147483648
i32.eq
select
call 268
local.get 4
local.get 4
i32.load
i32.const 1
i32.add
i32.store
end
local.get 1
i32.const 80
i32.add
global.set 0
local.get 10
)
(func (;320;) (type 23) (param i32 i32 i32 i32 i32)
block ;; label = @1
local.get 3
local.get 1
i32.lt_u
br_if 0 (;@1;)
local.get 0
local.get 3
local.get 1
i32.sub
i32.store offset=4
local.get 0
local.get 2
local.get 1
i32.add
i32.store
return
end
local.get 1
local.get 3
local.get 3
local.get 4
call 142
unreachable
)
(func (;321;) (type 24) (param i32 i32 i32) (result i64)
(local i32 i32 i32 i32 i32 i64)
global.get 0
i32.const 80
i32.sub
local.tee 3
global.set 0
block ;; label = @1
block ;; label = @2
i32.const 0
i32.load offset=82832
i32.const 1
i32.ne
br_if 0 (;@2;)
i32.const 0
i32.load offset=82732
local.set 4
i32.const 0
i32.load offset=82736
local.set 5
local.get 3
i32.const 82740
call 101
local.get 3
i32.load offset=4
local.set 6
i32.const 0
local.get 3
i32.load
local.tee 7
local.get 7
i32.load
i32.const -2147483648
i32.eq
select
call 234
drop
local.get 3
i32.const 32
i32.add
local.get 4
local.get 5
i32.const -1
local.get 0
local.get 1
i32.add
local.tee 1
local.get 1
local.get 0
i32.lt_u
select
local.tee 1
local.get 5
local.get 1
i32.lt_u
select
local.tee 1
local.get 0
local.get 1
local.get 0
local.get 1
i32.lt_u
select
i32.const 68960
call 139
local.get 3
i32.load offset=44
local.set 0
local.get 3
i32.load offset=40
local.set 1
local.get 3
i32.load offset=36
local.set 5
local.get 3
i32.load offset=32
local.set 4
local.get 7
call 290
local.get 3
i32.const 32
i32.add
local.get 4
local.get 5
call 133
block ;; label = @3
block ;; label = @4
local.get 3
i32.load offset=40
i32.const -2147483648
i32.eq
br_if 0 (;@4;)
local.get 3
local.get 3
i64.load offset=48
i64.store offset=24
local.get 3
local.get 3
i64.load offset=40
i64.store offset=16
local.get 3
local.get 3
i64.load offset=32
i64.store offset=8
local.get 3
local.get 0
i32.store offset=72
local.get 3
local.get 1
i32.store offset=68
local.get 3
i32.const -2147483648
i32.store offset=56
local.get 3
local.get 2
i32.const 0
i32.ne
i32.store8 offset=76
local.get 3
i32.const 32
i32.add
local.get 1
local.get 0
call 50
local.get 3
i32.const 56
i32.add
local.get 3
i32.const 32
i32.add
call 120
local.get 3
i32.const 56
i32.add
local.get 3
i32.const 8
i32.add
local.get 7
call 116
local.set 8
local.get 3
i32.load offset=16
local.get 3
i32.load offset=20
call 104
br 1 (;@3;)
end
local.get 7
call 298
local.set 8
end
i32.const 0
local.get 7
local.get 7
i32.load
i32.const -2147483648
i32.eq
select
call 268
local.get 6
local.get 6
i32.load
i32.const 1
i32.add
i32.store
br 1 (;@1;)
end
call 299
local.set 8
end
local.get 3
i32.const 80
i32.add
global.set 0
local.get 8
)
(func (;322;) (type 10) (result i64)
(local i32 i32 i32 i32 i64)
global.get 0
i32.const 32
i32.sub
local.tee 0
global.set 0
block ;; label = @1
block ;; label = @2
i32.const 0
i32.load offset=82832
i32.const 1
i32.ne
br_if 0 (;@2;)
local.get 0
i32.const 8
i32.add
i32.const 82740
call 101
local.get 0
i32.load offset=12
local.set 1
i32.const 0
local.get 0
i32.load offset=8
local.tee 2
local.get 2
i32.load
i32.const -2147483648
i32.eq
select
call 234
drop
local.get 2
call 290
i32.const 0
i32.load offset=82856
local.set 3
local.get 0
i32.const 20
i32.add
i32.const 0
i32.load offset=82836
i32.const 1
i32.const 0
i32.const 1000
call 205
local.get 3
local.get 0
i32.load offset=28
f64.convert_i32_u
call 164
local.get 0
i32.const 20
i32.add
call 193
local.get 2
call 297
local.set 4
i32.const 0
local.get 2
local.get 2
i32.load
i32.const -2147483648
i32.eq
select
call 268
local.get 1
local.get 1
i32.load
i32.const 1
i32.add
i32.store
br 1 (;@1;)
end
call 299
local.set 4
end
local.get 0
i32.const 32
i32.add
global.set 0
local.get 4
)
(func (;323;) (type 3) (param i32)
(local i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 1
global.set 0
call 249
block ;; label = @1
block ;; label = @2
local.get 0
i32.const 0
i32.load offset=82736
i32.le_u
br_if 0 (;@2;)
local.get 1
i32.const 20
i32.add
local.get 0
call 103
i32.const 0
local.get 0
i32.store offset=82736
i32.const 0
local.get 1
i32.load offset=24
i32.store offset=82732
i32.const 0
i32.load offset=82716
br_if 1 (;@1;)
i32.const 0
local.get 1
i32.load offset=28
i32.store offset=82728
i32.const 0
i32.load offset=82724
local.set 0
i32.const 0
i32.load offset=82720
local.set 2
i32.const 0
local.get 1
i64.load offset=20 align=4
i64.store offset=82720 align=4
local.get 2
local.get 0
call 104
end
local.get 1
i32.const 8
i32.add
i32.const 82740
call 324
local.get 1
i32.load offset=12
local.set 0
i32.const 0
local.get 1
i32.load offset=8
local.tee 2
local.get 2
i32.load
i32.const -2147483648
i32.eq
select
call 268
local.get 0
local.get 0
i32.load
i32.const -1
i32.add
i32.store
local.get 1
i32.const 32
i32.add
global.set 0
return
end
i32.const 79036
call 325
unreachable
)
(func (;324;) (type 2) (param i32 i32)
(local i32)
block ;; label = @1
local.get 1
i32.load
local.tee 2
i32.const 2147483647
i32.lt_u
br_if 0 (;@1;)
call 351
unreachable
end
local.get 1
local.get 2
i32.const 1
i32.add
i32.store
local.get 0
local.get 1
i32.store offset=4
local.get 0
local.get 1
i32.const 4
i32.add
i32.store
)
(func (;325;) (type 3) (param i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 1
global.set 0
local.get 1
i32.const 29
i64.extend_i32_u
i64.const 32
i64.shl
local.get 1
i32.const 15
i32.add
i64.extend_i32_u
i64.or
i64.store
i32.const 67065
local.get 1
local.get 0
call 122
unreachable
)
(func (;326;) (type 33)
i32.const 80044
i32.const 35
i32.const 70824
call 122
unreachable
)
(func (;327;) (type 16) (param i32 i32 i32 i32)
(local i32)
i32.const 0
local.set 4
block ;; label = @1
block ;; label = @2
local.get 3
i32.const 0
i32.ge_s
br_if 0 (;@2;)
i32.const 1
local.set 1
i32.const 4
local.set 2
br 1 (;@1;)
end
block ;; label = @2
block ;; label = @3
local.get 1
i32.eqz
br_if 0 (;@3;)
local.get 2
local.get 1
i32.const 1
local.get 3
call 186
local.set 4
br 1 (;@2;)
end
local.get 3
call 54
local.set 4
end
block ;; label = @2
block ;; label = @3
local.get 4
br_if 0 (;@3;)
i32.const 1
local.set 1
local.get 0
i32.const 1
i32.store offset=4
br 1 (;@2;)
end
local.get 0
local.get 4
i32.store offset=4
i32.const 0
local.set 1
end
i32.const 8
local.set 2
local.get 3
local.set 4
end
local.get 0
local.get 2
i32.add
local.get 4
i32.store
local.get 0
local.get 1
i32.store
)
(func (;328;) (type 2) (param i32 i32)
local.get 1
local.get 0
call 491
unreachable
)
(func (;329;) (type 9) (param i32 i32 i32 i32) (result i32)
(local i32 i32 i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 4
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 3
i32.const 1
i32.and
br_if 0 (;@3;)
local.get 2
i32.load8_u
local.tee 5
br_if 1 (;@2;)
i32.const 0
local.set 5
br 2 (;@1;)
end
local.get 0
local.get 2
local.get 3
i32.const 1
i32.shr_u
local.get 1
i32.load offset=12
call_indirect (type 0)
local.set 5
br 1 (;@1;)
end
local.get 1
i32.load offset=12
local.set 6
i32.const 0
local.set 7
loop ;; label = @2
local.get 2
i32.const 1
i32.add
local.set 8
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
local.get 5
i32.extend8_s
i32.const -1
i32.gt_s
br_if 0 (;@7;)
local.get 5
i32.const 255
i32.and
local.tee 9
i32.const 128
i32.eq
br_if 1 (;@6;)
local.get 9
i32.const 192
i32.ne
br_if 3 (;@4;)
local.get 4
local.get 1
i32.store offset=4
local.get 4
local.get 0
i32.store
local.get 4
i64.const 1610612768
i64.store offset=8 align=4
local.get 3
local.get 7
i32.const 3
i32.shl
i32.add
local.tee 5
i32.load
local.get 4
local.get 5
i32.load offset=4
call_indirect (type 1)
i32.eqz
br_if 2 (;@5;)
i32.const 1
local.set 5
br 6 (;@1;)
end
block ;; label = @7
local.get 0
local.get 8
local.get 5
i32.const 255
i32.and
local.tee 5
local.get 6
call_indirect (type 0)
br_if 0 (;@7;)
local.get 8
local.get 5
i32.add
local.set 2
br 4 (;@3;)
end
i32.const 1
local.set 5
br 5 (;@1;)
end
block ;; label = @6
local.get 0
local.get 2
i32.const 3
i32.add
local.tee 5
local.get 2
i32.load16_u offset=1 align=1
local.tee 2
local.get 6
call_indirect (type 0)
br_if 0 (;@6;)
local.get 5
local.get 2
i32.add
local.set 2
br 3 (;@3;)
end
i32.const 1
local.set 5
br 4 (;@1;)
end
local.get 7
i32.const 1
i32.add
local.set 7
local.get 8
local.set 2
br 1 (;@3;)
end
i32.const 1610612768
local.set 10
block ;; label = @4
local.get 5
i32.const 1
i32.and
i32.eqz
br_if 0 (;@4;)
local.get 2
i32.const 5
i32.add
local.set 8
local.get 2
i32.load offset=1 align=1
local.set 10
end
i32.const 0
local.set 9
block ;; label = @4
block ;; label = @5
local.get 5
i32.const 2
i32.and
br_if 0 (;@5;)
i32.const 0
local.set 11
local.get 8
local.set 2
br 1 (;@4;)
end
local.get 8
i32.const 2
i32.add
local.set 2
local.get 8
i32.load16_u align=1
local.set 11
end
block ;; label = @4
block ;; label = @5
local.get 5
i32.const 4
i32.and
br_if 0 (;@5;)
local.get 2
local.set 8
br 1 (;@4;)
end
local.get 2
i32.const 2
i32.add
local.set 8
local.get 2
i32.load16_u align=1
local.set 9
end
block ;; label = @4
block ;; label = @5
local.get 5
i32.const 8
i32.and
br_if 0 (;@5;)
local.get 8
local.set 2
br 1 (;@4;)
end
local.get 8
i32.const 2
i32.add
local.set 2
local.get 8
i32.load16_u align=1
local.set 7
end
block ;; label = @4
local.get 5
i32.const 16
i32.and
i32.eqz
br_if 0 (;@4;)
local.get 3
local.get 11
i32.const 65535
i32.and
i32.const 3
i32.shl
i32.add
i32.load16_u offset=4
local.set 11
end
block ;; label = @4
local.get 5
i32.const 32
i32.and
i32.eqz
br_if 0 (;@4;)
local.get 3
local.get 9
i32.const 65535
i32.and
i32.const 3
i32.shl
i32.add
i32.load16_u offset=4
local.set 9
end
local.get 4
local.get 9
i32.store16 offset=14
local.get 4
local.get 11
i32.store16 offset=12
local.get 4
local.get 10
i32.store offset=8
local.get 4
local.get 1
i32.store offset=4
local.get 4
local.get 0
i32.store
block ;; label = @4
local.get 3
local.get 7
i32.const 3
i32.shl
i32.add
local.tee 5
i32.load
local.get 4
local.get 5
i32.load offset=4
call_indirect (type 1)
i32.eqz
br_if 0 (;@4;)
i32.const 1
local.set 5
br 3 (;@1;)
end
local.get 7
i32.const 1
i32.add
local.set 7
end
local.get 2
i32.load8_u
local.tee 5
br_if 0 (;@2;)
end
i32.const 0
local.set 5
end
local.get 4
i32.const 16
i32.add
global.set 0
local.get 5
)
(func (;330;) (type 1) (param i32 i32) (result i32)
local.get 1
i32.load
i32.const 76260
i32.const 5
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
)
(func (;331;) (type 3) (param i32)
(local i32)
block ;; label = @1
local.get 0
i32.load
local.tee 1
i32.eqz
br_if 0 (;@1;)
local.get 0
i32.load offset=4
local.get 1
i32.const 1
call 151
end
)
(func (;332;) (type 0) (param i32 i32 i32) (result i32)
(local i32)
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 2
local.get 0
i32.load
local.get 0
i32.load offset=8
local.tee 3
i32.sub
i32.le_u
br_if 0 (;@3;)
local.get 0
local.get 3
local.get 2
call 310
local.get 0
i32.load offset=8
local.set 3
br 1 (;@2;)
end
local.get 2
i32.eqz
br_if 1 (;@1;)
end
local.get 2
i32.eqz
br_if 0 (;@1;)
local.get 0
i32.load offset=4
local.get 3
i32.add
local.get 1
local.get 2
memory.copy
end
local.get 0
local.get 3
local.get 2
i32.add
i32.store offset=8
i32.const 0
)
(func (;333;) (type 1) (param i32 i32) (result i32)
(local i32 i32 i32 i32 i32 i32)
local.get 0
i32.load offset=8
local.set 2
block ;; label = @1
block ;; label = @2
local.get 1
i32.const 128
i32.ge_u
br_if 0 (;@2;)
i32.const 1
local.set 3
br 1 (;@1;)
end
block ;; label = @2
local.get 1
i32.const 2048
i32.ge_u
br_if 0 (;@2;)
i32.const 2
local.set 3
br 1 (;@1;)
end
i32.const 3
i32.const 4
local.get 1
i32.const 65536
i32.lt_u
select
local.set 3
end
local.get 2
local.set 4
block ;; label = @1
local.get 3
local.get 0
i32.load
local.get 2
i32.sub
i32.le_u
br_if 0 (;@1;)
local.get 0
local.get 2
local.get 3
call 310
local.get 0
i32.load offset=8
local.set 4
end
local.get 0
i32.load offset=4
local.get 4
i32.add
local.set 4
block ;; label = @1
block ;; label = @2
local.get 1
i32.const 128
i32.lt_u
br_if 0 (;@2;)
local.get 1
i32.const 63
i32.and
i32.const -128
i32.or
local.set 5
local.get 1
i32.const 6
i32.shr_u
local.set 6
block ;; label = @3
local.get 1
i32.const 2048
i32.ge_u
br_if 0 (;@3;)
local.get 4
local.get 5
i32.store8 offset=1
local.get 4
local.get 6
i32.const 192
i32.or
i32.store8
br 2 (;@1;)
end
local.get 1
i32.const 12
i32.shr_u
local.set 7
local.get 6
i32.const 63
i32.and
i32.const -128
i32.or
local.set 6
block ;; label = @3
local.get 1
i32.const 65535
i32.gt_u
br_if 0 (;@3;)
local.get 4
local.get 5
i32.store8 offset=2
local.get 4
local.get 6
i32.store8 offset=1
local.get 4
local.get 7
i32.const 224
i32.or
i32.store8
br 2 (;@1;)
end
local.get 4
local.get 5
i32.store8 offset=3
local.get 4
local.get 6
i32.store8 offset=2
local.get 4
local.get 7
i32.const 63
i32.and
i32.const -128
i32.or
i32.store8 offset=1
local.get 4
local.get 1
i32.const 18
i32.shr_u
i32.const -16
i32.or
i32.store8
br 1 (;@1;)
end
local.get 4
local.get 1
i32.store8
end
local.get 0
local.get 3
local.get 2
i32.add
i32.store offset=8
i32.const 0
)
(func (;334;) (type 0) (param i32 i32 i32) (result i32)
local.get 0
i32.const 70840
local.get 1
local.get 2
call 329
)
(func (;335;) (type 1) (param i32 i32) (result i32)
local.get 0
i32.load offset=4
local.get 0
i32.load offset=8
local.get 1
i32.load
local.get 1
i32.load offset=4
call 70
)
(func (;336;) (type 1) (param i32 i32) (result i32)
local.get 1
local.get 0
i32.load offset=4
local.get 0
i32.load offset=8
call 68
)
(func (;337;) (type 1) (param i32 i32) (result i32)
local.get 1
local.get 0
i32.load
local.get 0
i32.load offset=4
call 68
)
(func (;338;) (type 1) (param i32 i32) (result i32)
local.get 0
i32.load
local.get 1
local.get 0
i32.load offset=4
i32.load offset=12
call_indirect (type 1)
)
(func (;339;) (type 3) (param i32)
(local i32 i64)
global.get 0
i32.const 16
i32.sub
local.tee 1
global.set 0
local.get 0
i64.load align=4
local.set 2
local.get 1
local.get 0
i32.store offset=12
local.get 1
local.get 2
i64.store offset=4 align=4
local.get 1
i32.const 4
i32.add
call 474
unreachable
)
(func (;340;) (type 0) (param i32 i32 i32) (result i32)
(local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
local.get 0
i32.load offset=4
local.set 3
local.get 0
i32.load
local.set 4
local.get 0
i32.load offset=8
local.set 5
i32.const 0
local.set 6
i32.const 0
local.set 7
i32.const 0
local.set 8
i32.const 0
local.set 9
block ;; label = @1
loop ;; label = @2
local.get 9
i32.const 1
i32.and
br_if 1 (;@1;)
block ;; label = @3
block ;; label = @4
local.get 2
local.get 8
i32.lt_u
br_if 0 (;@4;)
loop ;; label = @5
local.get 1
local.get 8
i32.add
local.set 9
block ;; label = @6
block ;; label = @7
block ;; label = @8
block ;; label = @9
block ;; label = @10
block ;; label = @11
local.get 2
local.get 8
i32.sub
local.tee 10
i32.const 7
i32.gt_u
br_if 0 (;@11;)
local.get 2
local.get 8
i32.ne
br_if 1 (;@10;)
local.get 2
local.set 8
br 7 (;@4;)
end
local.get 9
i32.const 3
i32.add
i32.const -4
i32.and
local.tee 0
local.get 9
i32.eq
br_if 1 (;@9;)
local.get 0
local.get 9
i32.sub
local.set 11
i32.const 0
local.set 0
loop ;; label = @11
local.get 9
local.get 0
i32.add
i32.load8_u
i32.const 10
i32.eq
br_if 5 (;@6;)
local.get 11
local.get 0
i32.const 1
i32.add
local.tee 0
i32.ne
br_if 0 (;@11;)
end
local.get 11
local.get 10
i32.const -8
i32.add
local.tee 12
i32.gt_u
br_if 3 (;@7;)
br 2 (;@8;)
end
i32.const 0
local.set 0
loop ;; label = @10
local.get 9
local.get 0
i32.add
i32.load8_u
i32.const 10
i32.eq
br_if 4 (;@6;)
local.get 10
local.get 0
i32.const 1
i32.add
local.tee 0
i32.ne
br_if 0 (;@10;)
end
local.get 2
local.set 8
br 5 (;@4;)
end
local.get 10
i32.const -8
i32.add
local.set 12
i32.const 0
local.set 11
end
loop ;; label = @8
i32.const 16843008
local.get 9
local.get 11
i32.add
local.tee 0
i32.load
local.tee 13
i32.const 168430090
i32.xor
i32.sub
local.get 13
i32.or
i32.const 16843008
local.get 0
i32.const 4
i32.add
i32.load
local.tee 0
i32.const 168430090
i32.xor
i32.sub
local.get 0
i32.or
i32.and
i32.const -2139062144
i32.and
i32.const -2139062144
i32.ne
br_if 1 (;@7;)
local.get 11
i32.const 8
i32.add
local.tee 11
local.get 12
i32.le_u
br_if 0 (;@8;)
end
end
block ;; label = @7
local.get 10
local.get 11
i32.ne
br_if 0 (;@7;)
local.get 2
local.set 8
br 3 (;@4;)
end
local.get 9
local.get 11
i32.add
local.set 13
local.get 2
local.get 11
i32.sub
local.get 8
i32.sub
local.set 10
i32.const 0
local.set 0
block ;; label = @7
loop ;; label = @8
local.get 13
local.get 0
i32.add
i32.load8_u
i32.const 10
i32.eq
br_if 1 (;@7;)
local.get 10
local.get 0
i32.const 1
i32.add
local.tee 0
i32.ne
br_if 0 (;@8;)
end
local.get 2
local.set 8
br 3 (;@4;)
end
local.get 0
local.get 11
i32.add
local.set 0
end
local.get 8
local.get 0
i32.add
local.tee 11
i32.const 1
i32.add
local.set 8
block ;; label = @6
local.get 11
local.get 2
i32.ge_u
br_if 0 (;@6;)
local.get 9
local.get 0
i32.add
i32.load8_u
i32.const 10
i32.ne
br_if 0 (;@6;)
i32.const 0
local.set 9
local.get 8
local.set 13
local.get 8
local.set 0
br 3 (;@3;)
end
local.get 2
local.get 8
i32.ge_u
br_if 0 (;@5;)
end
end
local.get 2
local.get 7
i32.eq
br_if 2 (;@1;)
i32.const 1
local.set 9
local.get 7
local.set 13
local.get 2
local.set 0
end
block ;; label = @3
block ;; label = @4
local.get 5
i32.load8_u
i32.eqz
br_if 0 (;@4;)
local.get 4
i32.const 73942
i32.const 4
local.get 3
i32.load offset=12
call_indirect (type 0)
br_if 1 (;@3;)
end
local.get 0
local.get 7
i32.sub
local.set 10
i32.const 0
local.set 11
block ;; label = @4
local.get 0
local.get 7
i32.eq
br_if 0 (;@4;)
local.get 1
local.get 0
i32.add
i32.const -1
i32.add
i32.load8_u
i32.const 10
i32.eq
local.set 11
end
local.get 1
local.get 7
i32.add
local.set 0
local.get 5
local.get 11
i32.store8
local.get 13
local.set 7
local.get 4
local.get 0
local.get 10
local.get 3
i32.load offset=12
call_indirect (type 0)
i32.eqz
br_if 1 (;@2;)
end
end
i32.const 1
local.set 6
end
local.get 6
)
(func (;341;) (type 1) (param i32 i32) (result i32)
(local i32 i32)
local.get 0
i32.load offset=4
local.set 2
local.get 0
i32.load
local.set 3
block ;; label = @1
local.get 0
i32.load offset=8
local.tee 0
i32.load8_u
i32.eqz
br_if 0 (;@1;)
local.get 3
i32.const 73942
i32.const 4
local.get 2
i32.load offset=12
call_indirect (type 0)
i32.eqz
br_if 0 (;@1;)
i32.const 1
return
end
local.get 0
local.get 1
i32.const 10
i32.eq
i32.store8
local.get 3
local.get 1
local.get 2
i32.load offset=16
call_indirect (type 1)
)
(func (;342;) (type 0) (param i32 i32 i32) (result i32)
local.get 0
i32.const 71784
local.get 1
local.get 2
call 329
)
(func (;343;) (type 6) (param i32 i32 i32 i32 i32) (result i32)
block ;; label = @1
local.get 2
i32.const 1114112
i32.eq
br_if 0 (;@1;)
local.get 0
local.get 2
local.get 1
i32.load offset=16
call_indirect (type 1)
i32.eqz
br_if 0 (;@1;)
i32.const 1
return
end
block ;; label = @1
local.get 3
br_if 0 (;@1;)
i32.const 0
return
end
local.get 0
local.get 3
local.get 4
local.get 1
i32.load offset=12
call_indirect (type 0)
)
(func (;344;) (type 13) (param i32 i32 i32)
(local i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
block ;; label = @8
block ;; label = @9
block ;; label = @10
block ;; label = @11
block ;; label = @12
block ;; label = @13
block ;; label = @14
block ;; label = @15
block ;; label = @16
local.get 1
br_table 2 (;@14;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 3 (;@13;) 5 (;@11;) 1 (;@15;) 1 (;@15;) 4 (;@12;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 9 (;@7;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 1 (;@15;) 7 (;@9;) 0 (;@16;)
end
local.get 1
i32.const 92
i32.eq
br_if 5 (;@10;)
end
block ;; label = @15
local.get 2
i32.const 1
i32.and
i32.eqz
br_if 0 (;@15;)
local.get 1
i32.const 767
i32.gt_u
br_if 7 (;@8;)
end
local.get 1
i32.const 32
i32.lt_u
br_if 11 (;@3;)
local.get 1
i32.const 127
i32.lt_u
br_if 10 (;@4;)
br 9 (;@5;)
end
local.get 0
i64.const 0
i64.store offset=2 align=2
local.get 0
i32.const 12380
i32.store16
br 7 (;@6;)
end
local.get 0
i64.const 0
i64.store offset=2 align=2
local.get 0
i32.const 29788
i32.store16
br 6 (;@6;)
end
local.get 0
i64.const 0
i64.store offset=2 align=2
local.get 0
i32.const 29276
i32.store16
br 5 (;@6;)
end
local.get 0
i64.const 0
i64.store offset=2 align=2
local.get 0
i32.const 28252
i32.store16
br 4 (;@6;)
end
local.get 0
i64.const 0
i64.store offset=2 align=2
local.get 0
i32.const 23644
i32.store16
br 3 (;@6;)
end
local.get 2
i32.const 256
i32.and
i32.eqz
br_if 4 (;@4;)
local.get 0
i64.const 0
i64.store offset=2 align=2
local.get 0
i32.const 10076
i32.store16
br 2 (;@6;)
end
local.get 1
call 345
i32.eqz
br_if 2 (;@5;)
local.get 3
i32.const 0
i32.store8 offset=14
local.get 3
i32.const 0
i32.store16 offset=12
local.get 3
local.get 1
i32.const 20
i32.shr_u
i32.load8_u offset=71751
i32.store8 offset=15
local.get 3
local.get 1
i32.const 4
i32.shr_u
i32.const 15
i32.and
i32.load8_u offset=71751
i32.store8 offset=19
local.get 3
local.get 1
i32.const 8
i32.shr_u
i32.const 15
i32.and
i32.load8_u offset=71751
i32.store8 offset=18
local.get 3
local.get 1
i32.const 12
i32.shr_u
i32.const 15
i32.and
i32.load8_u offset=71751
i32.store8 offset=17
local.get 3
local.get 1
i32.const 16
i32.shr_u
i32.const 15
i32.and
i32.load8_u offset=71751
i32.store8 offset=16
local.get 3
i32.const 12
i32.add
local.get 1
i32.const 1
i32.or
i32.clz
i32.const 2
i32.shr_u
local.tee 2
i32.add
local.tee 4
i32.const 123
i32.store8
local.get 4
i32.const -1
i32.add
i32.const 117
i32.store8
local.get 3
i32.const 12
i32.add
local.get 2
i32.const -2
i32.add
local.tee 2
i32.add
i32.const 92
i32.store8
local.get 0
local.get 3
i64.load offset=12 align=2
i64.store align=1
local.get 3
i32.const 125
i32.store8 offset=21
local.get 3
local.get 1
i32.const 15
i32.and
i32.load8_u offset=71751
i32.store8 offset=20
local.get 0
local.get 3
i32.load16_u offset=20
i32.store16 offset=8 align=1
br 5 (;@2;)
end
local.get 2
i32.const 16777215
i32.and
i32.const 65536
i32.lt_u
br_if 2 (;@4;)
local.get 0
i64.const 0
i64.store offset=2 align=2
local.get 0
i32.const 8796
i32.store16
end
i32.const 2
local.set 1
i32.const 0
local.set 2
br 4 (;@1;)
end
block ;; label = @5
block ;; label = @6
block ;; label = @7
block ;; label = @8
local.get 1
i32.const 65536
i32.lt_u
br_if 0 (;@8;)
local.get 1
i32.const 131072
i32.lt_u
br_if 1 (;@7;)
local.get 1
i32.const 2097150
i32.and
local.tee 2
i32.const 183982
i32.eq
br_if 5 (;@3;)
local.get 1
i32.const 2097120
i32.and
i32.const 173792
i32.eq
br_if 5 (;@3;)
local.get 2
i32.const 178206
i32.eq
br_if 5 (;@3;)
local.get 1
i32.const -191472
i32.add
i32.const -16
i32.gt_u
br_if 5 (;@3;)
local.get 1
i32.const -194560
i32.add
i32.const -2467
i32.gt_u
br_if 5 (;@3;)
local.get 1
i32.const -196608
i32.add
i32.const -1507
i32.gt_u
br_if 5 (;@3;)
local.get 1
i32.const -201552
i32.add
i32.const -6
i32.gt_u
br_if 5 (;@3;)
local.get 1
i32.const -917760
i32.add
i32.const -707719
i32.gt_u
br_if 5 (;@3;)
local.get 1
i32.const 918000
i32.lt_u
br_if 4 (;@4;)
br 5 (;@3;)
end
i32.const 0
local.set 5
local.get 1
i32.const 8
i32.shr_u
i32.const 255
i32.and
local.set 6
i32.const 0
local.set 2
loop ;; label = @8
local.get 2
i32.const 2
i32.add
local.set 7
local.get 5
local.get 2
i32.load8_u offset=73122
local.tee 4
i32.add
local.set 8
block ;; label = @9
local.get 2
i32.load8_u offset=73121
local.tee 2
local.get 6
i32.eq
br_if 0 (;@9;)
local.get 2
local.get 6
i32.gt_u
br_if 3 (;@6;)
local.get 8
local.set 5
local.get 7
local.set 2
local.get 7
i32.const 76
i32.ne
br_if 1 (;@8;)
br 3 (;@6;)
end
block ;; label = @9
block ;; label = @10
block ;; label = @11
local.get 8
local.get 5
i32.lt_u
br_if 0 (;@11;)
local.get 8
i32.const 284
i32.gt_u
br_if 0 (;@11;)
local.get 4
i32.eqz
br_if 2 (;@9;)
local.get 5
i32.const 73197
i32.add
local.set 2
br 1 (;@10;)
end
local.get 5
local.get 8
i32.const 284
i32.const 73776
call 142
unreachable
end
loop ;; label = @10
local.get 2
i32.load8_u
local.get 1
i32.const 255
i32.and
i32.eq
br_if 7 (;@3;)
local.get 2
i32.const 1
i32.add
local.set 2
local.get 4
i32.const -1
i32.add
local.tee 4
br_if 0 (;@10;)
end
end
local.get 8
local.set 5
local.get 7
local.set 2
local.get 7
i32.const 76
i32.ne
br_if 0 (;@8;)
br 2 (;@6;)
end
end
i32.const 0
local.set 5
local.get 1
i32.const 8
i32.shr_u
i32.const 255
i32.and
local.set 6
i32.const 0
local.set 2
block ;; label = @7
loop ;; label = @8
local.get 2
i32.const 2
i32.add
local.set 7
local.get 5
local.get 2
i32.load8_u offset=72314
local.tee 4
i32.add
local.set 8
block ;; label = @9
local.get 2
i32.load8_u offset=72313
local.tee 2
local.get 6
i32.eq
br_if 0 (;@9;)
local.get 2
local.get 6
i32.gt_u
br_if 2 (;@7;)
local.get 8
local.set 5
local.get 7
local.set 2
local.get 7
i32.const 92
i32.ne
br_if 1 (;@8;)
br 2 (;@7;)
end
block ;; label = @9
block ;; label = @10
block ;; label = @11
local.get 8
local.get 5
i32.lt_u
br_if 0 (;@11;)
local.get 8
i32.const 212
i32.gt_u
br_if 0 (;@11;)
local.get 4
i32.eqz
br_if 2 (;@9;)
local.get 5
i32.const 72405
i32.add
local.set 2
br 1 (;@10;)
end
local.get 5
local.get 8
i32.const 212
i32.const 73776
call 142
unreachable
end
loop ;; label = @10
local.get 2
i32.load8_u
local.get 1
i32.const 255
i32.and
i32.eq
br_if 7 (;@3;)
local.get 2
i32.const 1
i32.add
local.set 2
local.get 4
i32.const -1
i32.add
local.tee 4
br_if 0 (;@10;)
end
end
local.get 8
local.set 5
local.get 7
local.set 2
local.get 7
i32.const 92
i32.ne
br_if 0 (;@8;)
end
end
local.get 1
i32.const 65535
i32.and
local.set 5
i32.const 1
local.set 4
i32.const 0
local.set 2
loop ;; label = @7
local.get 2
i32.const 1
i32.add
local.set 7
block ;; label = @8
block ;; label = @9
local.get 2
i32.load8_s offset=72617
local.tee 8
i32.const 0
i32.lt_s
br_if 0 (;@9;)
local.get 7
local.set 2
br 1 (;@8;)
end
block ;; label = @9
local.get 7
i32.const 504
i32.eq
br_if 0 (;@9;)
local.get 8
i32.const 127
i32.and
i32.const 8
i32.shl
local.get 2
i32.const 72618
i32.add
i32.load8_u
i32.or
local.set 8
local.get 2
i32.const 2
i32.add
local.set 2
br 1 (;@8;)
end
i32.const 73792
call 258
unreachable
end
local.get 5
local.get 8
i32.sub
local.tee 5
i32.const 0
i32.lt_s
br_if 2 (;@5;)
local.get 4
i32.const 1
i32.xor
local.set 4
local.get 2
i32.const 504
i32.ne
br_if 0 (;@7;)
br 2 (;@5;)
end
end
i32.const 1
local.set 4
local.get 1
local.set 5
i32.const 0
local.set 2
loop ;; label = @6
local.get 2
i32.const 1
i32.add
local.set 7
block ;; label = @7
block ;; label = @8
local.get 2
i32.load8_s offset=73481
local.tee 8
i32.const 0
i32.lt_s
br_if 0 (;@8;)
local.get 7
local.set 2
br 1 (;@7;)
end
block ;; label = @8
local.get 7
i32.const 292
i32.eq
br_if 0 (;@8;)
local.get 8
i32.const 127
i32.and
i32.const 8
i32.shl
local.get 2
i32.const 73482
i32.add
i32.load8_u
i32.or
local.set 8
local.get 2
i32.const 2
i32.add
local.set 2
br 1 (;@7;)
end
i32.const 73792
call 258
unreachable
end
local.get 5
local.get 8
i32.sub
local.tee 5
i32.const 0
i32.lt_s
br_if 1 (;@5;)
local.get 4
i32.const 1
i32.xor
local.set 4
local.get 2
i32.const 292
i32.ne
br_if 0 (;@6;)
end
end
local.get 4
i32.const 1
i32.and
i32.eqz
br_if 1 (;@3;)
end
local.get 0
local.get 1
i32.store
i32.const 129
local.set 1
i32.const 128
local.set 2
br 2 (;@1;)
end
local.get 3
i32.const 0
i32.store8 offset=24
local.get 3
i32.const 0
i32.store16 offset=22
local.get 3
local.get 1
i32.const 20
i32.shr_u
i32.load8_u offset=71751
i32.store8 offset=25
local.get 3
local.get 1
i32.const 4
i32.shr_u
i32.const 15
i32.and
i32.load8_u offset=71751
i32.store8 offset=29
local.get 3
local.get 1
i32.const 8
i32.shr_u
i32.const 15
i32.and
i32.load8_u offset=71751
i32.store8 offset=28
local.get 3
local.get 1
i32.const 12
i32.shr_u
i32.const 15
i32.and
i32.load8_u offset=71751
i32.store8 offset=27
local.get 3
local.get 1
i32.const 16
i32.shr_u
i32.const 15
i32.and
i32.load8_u offset=71751
i32.store8 offset=26
local.get 3
i32.const 22
i32.add
local.get 1
i32.const 1
i32.or
i32.clz
i32.const 2
i32.shr_u
local.tee 2
i32.add
local.tee 4
i32.const 123
i32.store8
local.get 4
i32.const -1
i32.add
i32.const 117
i32.store8
local.get 3
i32.const 22
i32.add
local.get 2
i32.const -2
i32.add
local.tee 2
i32.add
i32.const 92
i32.store8
local.get 0
local.get 3
i64.load offset=22 align=2
i64.store align=1
local.get 3
i32.const 125
i32.store8 offset=31
local.get 3
local.get 1
i32.const 15
i32.and
i32.load8_u offset=71751
i32.store8 offset=30
local.get 0
local.get 3
i32.load16_u offset=30
i32.store16 offset=8 align=1
end
i32.const 10
local.set 1
end
local.get 0
local.get 1
i32.store8 offset=13
local.get 0
local.get 2
i32.store8 offset=12
local.get 3
i32.const 32
i32.add
global.set 0
)
(func (;345;) (type 12) (param i32) (result i32)
(local i32 i32 i32 i32 i32)
i32.const 0
local.set 1
i32.const 0
i32.const 16
local.get 0
i32.const 69291
i32.lt_u
select
local.tee 2
local.get 2
i32.const 8
i32.or
local.tee 2
local.get 2
i32.const 2
i32.shl
i32.load offset=73808
i32.const 11
i32.shl
local.get 0
i32.const 11
i32.shl
local.tee 2
i32.gt_u
select
local.tee 3
local.get 3
i32.const 4
i32.or
local.tee 3
local.get 3
i32.const 2
i32.shl
i32.load offset=73808
i32.const 11
i32.shl
local.get 2
i32.gt_u
select
local.tee 3
local.get 3
i32.const 2
i32.or
local.tee 3
local.get 3
i32.const 2
i32.shl
i32.load offset=73808
i32.const 11
i32.shl
local.get 2
i32.gt_u
select
local.tee 3
local.get 3
i32.const 1
i32.add
local.tee 3
local.get 3
i32.const 2
i32.shl
i32.load offset=73808
i32.const 11
i32.shl
local.get 2
i32.gt_u
select
local.tee 3
local.get 3
i32.const 1
i32.add
local.tee 3
local.get 3
i32.const 2
i32.shl
i32.load offset=73808
i32.const 11
i32.shl
local.get 2
i32.gt_u
select
local.tee 3
i32.const 2
i32.shl
i32.load offset=73808
i32.const 11
i32.shl
local.tee 4
local.get 2
i32.eq
local.get 4
local.get 2
i32.lt_u
i32.add
local.get 3
i32.add
local.tee 3
i32.const 2
i32.shl
local.tee 2
i32.const 73808
i32.add
local.set 5
local.get 2
i32.load offset=73808
i32.const 21
i32.shr_u
local.set 2
i32.const 767
local.set 4
block ;; label = @1
block ;; label = @2
local.get 3
i32.const 31
i32.gt_u
br_if 0 (;@2;)
local.get 5
i32.load offset=4
i32.const 21
i32.shr_u
local.set 4
local.get 3
i32.eqz
br_if 1 (;@1;)
end
local.get 5
i32.const -4
i32.add
i32.load
i32.const 2097151
i32.and
local.set 1
end
block ;; label = @1
local.get 4
local.get 2
i32.const -1
i32.xor
i32.add
i32.eqz
br_if 0 (;@1;)
local.get 0
local.get 1
i32.sub
local.set 3
local.get 4
i32.const -1
i32.add
local.set 4
i32.const 0
local.set 0
loop ;; label = @2
local.get 0
local.get 2
i32.const 70984
i32.add
i32.load8_u
i32.add
local.tee 0
local.get 3
i32.gt_u
br_if 1 (;@1;)
local.get 4
local.get 2
i32.const 1
i32.add
local.tee 2
i32.ne
br_if 0 (;@2;)
end
end
local.get 2
i32.const 1
i32.and
)
(func (;346;) (type 13) (param i32 i32 i32)
local.get 0
local.get 1
i32.const 1
i32.shl
i32.const 1
i32.or
local.get 2
call 122
unreachable
)
(func (;347;) (type 23) (param i32 i32 i32 i32 i32)
(local i32 i32 i32 i64)
global.get 0
i32.const 80
i32.sub
local.tee 5
global.set 0
local.get 5
local.get 3
i32.store offset=8
local.get 5
local.get 2
i32.store offset=4
block ;; label = @1
block ;; label = @2
local.get 1
i32.const 257
i32.lt_u
br_if 0 (;@2;)
i32.const 256
local.set 6
block ;; label = @3
loop ;; label = @4
local.get 0
local.get 6
i32.add
i32.load8_s
i32.const -65
i32.gt_s
br_if 1 (;@3;)
local.get 6
i32.const -1
i32.add
local.tee 6
br_if 0 (;@4;)
end
i32.const 0
local.set 6
end
local.get 5
local.get 0
i32.store offset=12
local.get 5
local.get 6
i32.store offset=16
i32.const 5
i32.const 0
local.get 6
local.get 1
i32.lt_u
local.tee 7
select
local.set 6
i32.const 71808
i32.const 1
local.get 7
select
local.set 7
br 1 (;@1;)
end
local.get 5
local.get 1
i32.store offset=16
local.get 5
local.get 0
i32.store offset=12
i32.const 0
local.set 6
i32.const 1
local.set 7
end
local.get 5
local.get 6
i32.store offset=24
local.get 5
local.get 7
i32.store offset=20
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
block ;; label = @8
local.get 2
local.get 1
i32.gt_u
br_if 0 (;@8;)
local.get 3
local.get 1
i32.gt_u
br_if 1 (;@7;)
local.get 2
local.get 3
i32.gt_u
br_if 2 (;@6;)
local.get 2
i32.eqz
br_if 4 (;@4;)
local.get 2
local.get 1
i32.ge_u
br_if 4 (;@4;)
local.get 0
local.get 2
i32.add
i32.load8_s
i32.const -65
i32.gt_s
br_if 4 (;@4;)
local.get 2
local.set 6
block ;; label = @9
loop ;; label = @10
local.get 0
local.get 6
i32.add
i32.load8_s
i32.const -65
i32.gt_s
br_if 1 (;@9;)
local.get 6
i32.const -1
i32.add
local.tee 6
br_if 0 (;@10;)
end
i32.const 0
local.set 6
end
loop ;; label = @9
local.get 0
local.get 2
i32.add
i32.load8_s
i32.const -65
i32.gt_s
br_if 4 (;@5;)
local.get 1
local.get 2
i32.const 1
i32.add
local.tee 2
i32.ne
br_if 0 (;@9;)
end
local.get 1
local.set 2
br 3 (;@5;)
end
local.get 5
i32.const 4
i64.extend_i32_u
i64.const 32
i64.shl
local.tee 8
local.get 5
i32.const 20
i32.add
i64.extend_i32_u
i64.or
i64.store offset=56
local.get 5
local.get 8
local.get 5
i32.const 12
i32.add
i64.extend_i32_u
i64.or
i64.store offset=48
local.get 5
i32.const 5
i64.extend_i32_u
i64.const 32
i64.shl
local.get 5
i32.const 4
i32.add
i64.extend_i32_u
i64.or
i64.store offset=40
i32.const 66234
local.get 5
i32.const 40
i32.add
local.get 4
call 122
unreachable
end
local.get 5
i32.const 4
i64.extend_i32_u
i64.const 32
i64.shl
local.tee 8
local.get 5
i32.const 20
i32.add
i64.extend_i32_u
i64.or
i64.store offset=56
local.get 5
local.get 8
local.get 5
i32.const 12
i32.add
i64.extend_i32_u
i64.or
i64.store offset=48
local.get 5
i32.const 5
i64.extend_i32_u
i64.const 32
i64.shl
local.get 5
i32.const 8
i32.add
i64.extend_i32_u
i64.or
i64.store offset=40
i32.const 66281
local.get 5
i32.const 40
i32.add
local.get 4
call 122
unreachable
end
local.get 5
i32.const 4
i64.extend_i32_u
i64.const 32
i64.shl
local.tee 8
local.get 5
i32.const 20
i32.add
i64.extend_i32_u
i64.or
i64.store offset=64
local.get 5
local.get 8
local.get 5
i32.const 12
i32.add
i64.extend_i32_u
i64.or
i64.store offset=56
local.get 5
i32.const 5
i64.extend_i32_u
i64.const 32
i64.shl
local.tee 8
local.get 5
i32.const 8
i32.add
i64.extend_i32_u
i64.or
i64.store offset=48
local.get 5
local.get 8
local.get 5
i32.const 4
i32.add
i64.extend_i32_u
i64.or
i64.store offset=40
i32.const 66192
local.get 5
i32.const 40
i32.add
local.get 4
call 122
unreachable
end
local.get 5
local.get 6
i32.store offset=28
local.get 5
local.get 2
i32.store offset=32
block ;; label = @5
local.get 6
local.get 2
i32.gt_u
br_if 0 (;@5;)
block ;; label = @6
local.get 6
i32.eqz
br_if 0 (;@6;)
block ;; label = @7
local.get 6
local.get 1
i32.lt_u
br_if 0 (;@7;)
local.get 6
local.get 1
i32.eq
br_if 1 (;@6;)
br 2 (;@5;)
end
local.get 0
local.get 6
i32.add
i32.load8_s
i32.const -64
i32.lt_s
br_if 1 (;@5;)
end
block ;; label = @6
block ;; label = @7
local.get 2
local.get 1
i32.lt_u
br_if 0 (;@7;)
local.get 2
local.get 1
i32.ne
br_if 2 (;@5;)
br 1 (;@6;)
end
local.get 0
local.get 2
i32.add
i32.load8_s
i32.const -65
i32.le_s
br_if 1 (;@5;)
end
local.get 6
local.get 2
i32.eq
br_if 2 (;@3;)
block ;; label = @6
block ;; label = @7
local.get 0
local.get 6
i32.add
local.tee 0
i32.load8_s
local.tee 6
i32.const -1
i32.le_s
br_if 0 (;@7;)
local.get 6
i32.const 255
i32.and
local.set 6
br 1 (;@6;)
end
local.get 0
i32.load8_u offset=1
i32.const 63
i32.and
local.set 3
local.get 6
i32.const 31
i32.and
local.set 2
block ;; label = @7
local.get 6
i32.const -33
i32.gt_u
br_if 0 (;@7;)
local.get 2
i32.const 6
i32.shl
local.get 3
i32.or
local.set 6
br 1 (;@6;)
end
local.get 3
i32.const 6
i32.shl
local.get 0
i32.load8_u offset=2
i32.const 63
i32.and
i32.or
local.set 3
block ;; label = @7
local.get 6
i32.const -16
i32.ge_u
br_if 0 (;@7;)
local.get 3
local.get 2
i32.const 12
i32.shl
i32.or
local.set 6
br 1 (;@6;)
end
local.get 3
i32.const 6
i32.shl
local.get 0
i32.load8_u offset=3
i32.const 63
i32.and
i32.or
local.get 2
i32.const 18
i32.shl
i32.const 1835008
i32.and
i32.or
local.set 6
end
local.get 5
local.get 6
i32.store offset=36
local.get 5
i32.const 4
i64.extend_i32_u
i64.const 32
i64.shl
local.tee 8
local.get 5
i32.const 20
i32.add
i64.extend_i32_u
i64.or
i64.store offset=72
local.get 5
local.get 8
local.get 5
i32.const 12
i32.add
i64.extend_i32_u
i64.or
i64.store offset=64
local.get 5
i32.const 30
i64.extend_i32_u
i64.const 32
i64.shl
local.get 5
i32.const 28
i32.add
i64.extend_i32_u
i64.or
i64.store offset=56
local.get 5
i32.const 31
i64.extend_i32_u
i64.const 32
i64.shl
local.get 5
i32.const 36
i32.add
i64.extend_i32_u
i64.or
i64.store offset=48
local.get 5
i32.const 5
i64.extend_i32_u
i64.const 32
i64.shl
local.get 5
i32.const 4
i32.add
i64.extend_i32_u
i64.or
i64.store offset=40
i32.const 66326
local.get 5
i32.const 40
i32.add
local.get 4
call 122
unreachable
end
local.get 0
local.get 1
local.get 6
local.get 2
local.get 4
call 313
unreachable
end
local.get 3
i32.eqz
br_if 2 (;@1;)
local.get 3
local.get 1
i32.ge_u
br_if 2 (;@1;)
local.get 0
local.get 3
i32.add
i32.load8_s
i32.const -65
i32.gt_s
br_if 2 (;@1;)
local.get 3
local.set 6
block ;; label = @4
loop ;; label = @5
local.get 0
local.get 6
i32.add
i32.load8_s
i32.const -65
i32.gt_s
br_if 1 (;@4;)
local.get 6
i32.const -1
i32.add
local.tee 6
br_if 0 (;@5;)
end
i32.const 0
local.set 6
end
block ;; label = @4
loop ;; label = @5
local.get 0
local.get 3
i32.add
i32.load8_s
i32.const -65
i32.gt_s
br_if 1 (;@4;)
local.get 1
local.get 3
i32.const 1
i32.add
local.tee 3
i32.ne
br_if 0 (;@5;)
end
local.get 1
local.set 3
end
local.get 5
local.get 6
i32.store offset=28
local.get 5
local.get 3
i32.store offset=32
local.get 6
local.get 3
i32.gt_u
br_if 1 (;@2;)
block ;; label = @4
local.get 6
i32.eqz
br_if 0 (;@4;)
block ;; label = @5
local.get 6
local.get 1
i32.lt_u
br_if 0 (;@5;)
local.get 6
local.get 1
i32.eq
br_if 1 (;@4;)
br 3 (;@2;)
end
local.get 0
local.get 6
i32.add
i32.load8_s
i32.const -64
i32.lt_s
br_if 2 (;@2;)
end
block ;; label = @4
block ;; label = @5
local.get 3
local.get 1
i32.lt_u
br_if 0 (;@5;)
local.get 3
local.get 1
i32.ne
br_if 3 (;@2;)
br 1 (;@4;)
end
local.get 0
local.get 3
i32.add
i32.load8_s
i32.const -65
i32.le_s
br_if 2 (;@2;)
end
local.get 6
local.get 3
i32.eq
br_if 0 (;@3;)
block ;; label = @4
block ;; label = @5
local.get 0
local.get 6
i32.add
local.tee 0
i32.load8_s
local.tee 6
i32.const -1
i32.le_s
br_if 0 (;@5;)
local.get 6
i32.const 255
i32.and
local.set 6
br 1 (;@4;)
end
local.get 0
i32.load8_u offset=1
i32.const 63
i32.and
local.set 3
local.get 6
i32.const 31
i32.and
local.set 2
block ;; label = @5
local.get 6
i32.const -33
i32.gt_u
br_if 0 (;@5;)
local.get 2
i32.const 6
i32.shl
local.get 3
i32.or
local.set 6
br 1 (;@4;)
end
local.get 3
i32.const 6
i32.shl
local.get 0
i32.load8_u offset=2
i32.const 63
i32.and
i32.or
local.set 3
block ;; label = @5
local.get 6
i32.const -16
i32.ge_u
br_if 0 (;@5;)
local.get 3
local.get 2
i32.const 12
i32.shl
i32.or
local.set 6
br 1 (;@4;)
end
local.get 3
i32.const 6
i32.shl
local.get 0
i32.load8_u offset=3
i32.const 63
i32.and
i32.or
local.get 2
i32.const 18
i32.shl
i32.const 1835008
i32.and
i32.or
local.set 6
end
local.get 5
local.get 6
i32.store offset=36
local.get 5
i32.const 4
i64.extend_i32_u
i64.const 32
i64.shl
local.tee 8
local.get 5
i32.const 20
i32.add
i64.extend_i32_u
i64.or
i64.store offset=72
local.get 5
local.get 8
local.get 5
i32.const 12
i32.add
i64.extend_i32_u
i64.or
i64.store offset=64
local.get 5
i32.const 30
i64.extend_i32_u
i64.const 32
i64.shl
local.get 5
i32.const 28
i32.add
i64.extend_i32_u
i64.or
i64.store offset=56
local.get 5
i32.const 31
i64.extend_i32_u
i64.const 32
i64.shl
local.get 5
i32.const 36
i32.add
i64.extend_i32_u
i64.or
i64.store offset=48
local.get 5
i32.const 5
i64.extend_i32_u
i64.const 32
i64.shl
local.get 5
i32.const 8
i32.add
i64.extend_i32_u
i64.or
i64.store offset=40
i32.const 66407
local.get 5
i32.const 40
i32.add
local.get 4
call 122
unreachable
end
local.get 4
call 258
unreachable
end
local.get 0
local.get 1
local.get 6
local.get 3
local.get 4
call 313
unreachable
end
local.get 5
i32.const 4
i64.extend_i32_u
i64.const 32
i64.shl
local.tee 8
local.get 5
i32.const 20
i32.add
i64.extend_i32_u
i64.or
i64.store offset=56
local.get 5
local.get 8
local.get 5
i32.const 12
i32.add
i64.extend_i32_u
i64.or
i64.store offset=48
local.get 5
i32.const 5
i64.extend_i32_u
i64.const 32
i64.shl
local.get 5
i32.const 8
i32.add
i64.extend_i32_u
i64.or
i64.store offset=40
i32.const 66281
local.get 5
i32.const 40
i32.add
local.get 4
call 122
unreachable
)
(func (;348;) (type 1) (param i32 i32) (result i32)
(local i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
local.get 1
i32.load offset=8
local.tee 3
i32.const 33554432
i32.and
br_if 0 (;@4;)
local.get 3
i32.const 67108864
i32.and
br_if 1 (;@3;)
local.get 0
local.get 1
call 60
i32.eqz
br_if 2 (;@2;)
i32.const 1
local.set 4
br 3 (;@1;)
end
local.get 0
i32.load
local.set 4
i32.const 9
local.set 3
loop ;; label = @4
local.get 2
i32.const 8
i32.add
local.get 3
i32.add
i32.const -2
i32.add
local.get 4
i32.const 15
i32.and
i32.load8_u offset=71751
i32.store8
local.get 3
i32.const -1
i32.add
local.set 3
local.get 4
i32.const 4
i32.shr_u
local.tee 4
br_if 0 (;@4;)
end
i32.const 1
local.set 4
local.get 1
i32.const 1
i32.const 73946
i32.const 2
local.get 2
i32.const 8
i32.add
local.get 3
i32.add
i32.const -1
i32.add
i32.const 9
local.get 3
i32.sub
call 214
i32.eqz
br_if 1 (;@2;)
br 2 (;@1;)
end
local.get 0
i32.load
local.set 4
i32.const 9
local.set 3
loop ;; label = @3
local.get 2
i32.const 8
i32.add
local.get 3
i32.add
i32.const -2
i32.add
local.get 4
i32.const 15
i32.and
i32.load8_u offset=73948
i32.store8
local.get 3
i32.const -1
i32.add
local.set 3
local.get 4
i32.const 4
i32.shr_u
local.tee 4
br_if 0 (;@3;)
end
i32.const 1
local.set 4
local.get 1
i32.const 1
i32.const 73946
i32.const 2
local.get 2
i32.const 8
i32.add
local.get 3
i32.add
i32.const -1
i32.add
i32.const 9
local.get 3
i32.sub
call 214
br_if 1 (;@1;)
end
block ;; label = @2
local.get 1
i32.load
i32.const 73940
i32.const 2
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
i32.eqz
br_if 0 (;@2;)
i32.const 1
local.set 4
br 1 (;@1;)
end
local.get 0
i32.const 4
i32.add
local.set 3
block ;; label = @2
block ;; label = @3
local.get 1
i32.load offset=8
local.tee 4
i32.const 33554432
i32.and
br_if 0 (;@3;)
local.get 4
i32.const 67108864
i32.and
br_if 1 (;@2;)
local.get 3
local.get 1
call 60
local.set 4
br 2 (;@1;)
end
local.get 3
i32.load
local.set 4
i32.const 9
local.set 3
loop ;; label = @3
local.get 2
i32.const 8
i32.add
local.get 3
i32.add
i32.const -2
i32.add
local.get 4
i32.const 15
i32.and
i32.load8_u offset=71751
i32.store8
local.get 3
i32.const -1
i32.add
local.set 3
local.get 4
i32.const 4
i32.shr_u
local.tee 4
br_if 0 (;@3;)
end
local.get 1
i32.const 1
i32.const 73946
i32.const 2
local.get 2
i32.const 8
i32.add
local.get 3
i32.add
i32.const -1
i32.add
i32.const 9
local.get 3
i32.sub
call 214
local.set 4
br 1 (;@1;)
end
local.get 3
i32.load
local.set 4
i32.const 9
local.set 3
loop ;; label = @2
local.get 2
i32.const 8
i32.add
local.get 3
i32.add
i32.const -2
i32.add
local.get 4
i32.const 15
i32.and
i32.load8_u offset=73948
i32.store8
local.get 3
i32.const -1
i32.add
local.set 3
local.get 4
i32.const 4
i32.shr_u
local.tee 4
br_if 0 (;@2;)
end
local.get 1
i32.const 1
i32.const 73946
i32.const 2
local.get 2
i32.const 8
i32.add
local.get 3
i32.add
i32.const -1
i32.add
i32.const 9
local.get 3
i32.sub
call 214
local.set 4
end
local.get 2
i32.const 16
i32.add
global.set 0
local.get 4
)
(func (;349;) (type 1) (param i32 i32) (result i32)
(local i32 i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
i32.const 1
local.set 3
block ;; label = @1
local.get 1
i32.load
local.tee 4
i32.const 39
local.get 1
i32.load offset=4
local.tee 5
i32.load offset=16
local.tee 1
call_indirect (type 1)
br_if 0 (;@1;)
local.get 2
local.get 0
i32.load
i32.const 257
call 344
block ;; label = @2
block ;; label = @3
local.get 2
i32.load8_u offset=13
local.tee 3
i32.const 129
i32.lt_u
br_if 0 (;@3;)
local.get 4
local.get 2
i32.load
local.get 1
call_indirect (type 1)
i32.eqz
br_if 1 (;@2;)
i32.const 1
local.set 3
br 2 (;@1;)
end
local.get 4
local.get 2
local.get 2
i32.load8_u offset=12
local.tee 0
i32.add
local.get 3
local.get 0
i32.sub
local.get 5
i32.load offset=12
call_indirect (type 0)
i32.eqz
br_if 0 (;@2;)
i32.const 1
local.set 3
br 1 (;@1;)
end
local.get 4
i32.const 39
local.get 1
call_indirect (type 1)
local.set 3
end
local.get 2
i32.const 16
i32.add
global.set 0
local.get 3
)
(func (;350;) (type 1) (param i32 i32) (result i32)
local.get 1
i32.const 74032
i32.const 24
call 68
)
(func (;351;) (type 33)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 0
global.set 0
local.get 0
i32.const 32
i64.extend_i32_u
i64.const 32
i64.shl
local.get 0
i32.const 15
i32.add
i64.extend_i32_u
i64.or
i64.store
i32.const 67065
local.get 0
i32.const 80096
call 122
unreachable
)
(func (;352;) (type 1) (param i32 i32) (result i32)
local.get 1
i32.const 74000
i32.const 32
call 68
)
(func (;353;) (type 13) (param i32 i32 i32)
(local i32 i64)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
local.get 3
local.get 1
i32.store offset=8
local.get 3
local.get 0
i32.store offset=12
local.get 3
i32.const 5
i64.extend_i32_u
i64.const 32
i64.shl
local.tee 4
local.get 3
i32.const 12
i32.add
i64.extend_i32_u
i64.or
i64.store offset=24
local.get 3
local.get 4
local.get 3
i32.const 8
i32.add
i64.extend_i32_u
i64.or
i64.store offset=16
i32.const 68778
local.get 3
i32.const 16
i32.add
local.get 2
call 122
unreachable
)
(func (;354;) (type 1) (param i32 i32) (result i32)
(local i32 i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
i32.const 10
local.set 3
block ;; label = @1
local.get 0
i32.load
local.tee 4
local.get 4
i32.const 31
i32.shr_s
local.tee 0
i32.xor
local.get 0
i32.sub
local.tee 5
i32.const 1000
i32.lt_u
br_if 0 (;@1;)
i32.const 10
local.set 3
loop ;; label = @2
local.get 2
i32.const 6
i32.add
local.get 3
i32.add
local.tee 6
i32.const -4
i32.add
local.get 5
local.tee 0
local.get 0
i32.const 10000
i32.div_u
local.tee 5
i32.const 10000
i32.mul
i32.sub
local.tee 7
i32.const 65535
i32.and
i32.const 100
i32.div_u
local.tee 8
i32.const 1
i32.shl
i32.load16_u offset=71856 align=1
i32.store16 align=1
local.get 6
i32.const -2
i32.add
local.get 7
local.get 8
i32.const 100
i32.mul
i32.sub
i32.const 65535
i32.and
i32.const 1
i32.shl
i32.load16_u offset=71856 align=1
i32.store16 align=1
local.get 3
i32.const -4
i32.add
local.set 3
local.get 0
i32.const 9999999
i32.gt_u
br_if 0 (;@2;)
end
end
block ;; label = @1
block ;; label = @2
local.get 5
i32.const 9
i32.gt_u
br_if 0 (;@2;)
local.get 5
local.set 0
br 1 (;@1;)
end
local.get 2
i32.const 6
i32.add
local.get 3
i32.const -2
i32.add
local.tee 3
i32.add
local.get 5
local.get 5
i32.const 65535
i32.and
i32.const 100
i32.div_u
local.tee 0
i32.const 100
i32.mul
i32.sub
i32.const 65535
i32.and
i32.const 1
i32.shl
i32.load16_u offset=71856 align=1
i32.store16 align=1
end
block ;; label = @1
block ;; label = @2
local.get 4
i32.eqz
br_if 0 (;@2;)
local.get 0
i32.eqz
br_if 1 (;@1;)
end
local.get 2
i32.const 6
i32.add
local.get 3
i32.const -1
i32.add
local.tee 3
i32.add
local.get 0
i32.const 1
i32.shl
i32.load8_u offset=71857
i32.store8
end
local.get 1
local.get 4
i32.const -1
i32.xor
i32.const 31
i32.shr_u
i32.const 1
i32.const 0
local.get 2
i32.const 6
i32.add
local.get 3
i32.add
i32.const 10
local.get 3
i32.sub
call 214
local.set 3
local.get 2
i32.const 16
i32.add
global.set 0
local.get 3
)
(func (;355;) (type 3) (param i32)
(local i32 i32 i32 i32)
local.get 0
i32.const -8
i32.add
local.tee 1
local.get 0
i32.const -4
i32.add
i32.load
local.tee 2
i32.const -8
i32.and
local.tee 0
i32.add
local.set 3
block ;; label = @1
block ;; label = @2
local.get 2
i32.const 1
i32.and
br_if 0 (;@2;)
local.get 2
i32.const 2
i32.and
i32.eqz
br_if 1 (;@1;)
local.get 1
i32.load
local.tee 2
local.get 0
i32.add
local.set 0
block ;; label = @3
local.get 1
local.get 2
i32.sub
local.tee 1
i32.const 0
i32.load offset=214576
i32.ne
br_if 0 (;@3;)
local.get 3
i32.load offset=4
i32.const 3
i32.and
i32.const 3
i32.ne
br_if 1 (;@2;)
i32.const 0
local.get 0
i32.store offset=214568
local.get 3
local.get 3
i32.load offset=4
i32.const -2
i32.and
i32.store offset=4
local.get 1
local.get 0
i32.const 1
i32.or
i32.store offset=4
local.get 3
local.get 0
i32.store
return
end
local.get 1
local.get 2
call 356
end
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
block ;; label = @8
block ;; label = @9
local.get 3
i32.load offset=4
local.tee 2
i32.const 2
i32.and
br_if 0 (;@9;)
local.get 3
i32.const 0
i32.load offset=214580
i32.eq
br_if 2 (;@7;)
local.get 3
i32.const 0
i32.load offset=214576
i32.eq
br_if 3 (;@6;)
local.get 3
local.get 2
i32.const -8
i32.and
local.tee 2
call 356
local.get 1
local.get 2
local.get 0
i32.add
local.tee 0
i32.const 1
i32.or
i32.store offset=4
local.get 1
local.get 0
i32.add
local.get 0
i32.store
local.get 1
i32.const 0
i32.load offset=214576
i32.ne
br_if 1 (;@8;)
i32.const 0
local.get 0
i32.store offset=214568
return
end
local.get 3
local.get 2
i32.const -2
i32.and
i32.store offset=4
local.get 1
local.get 0
i32.const 1
i32.or
i32.store offset=4
local.get 1
local.get 0
i32.add
local.get 0
i32.store
end
local.get 0
i32.const 256
i32.lt_u
br_if 4 (;@3;)
local.get 1
local.get 0
call 490
i32.const 0
i32.const 0
i32.load offset=214600
i32.const -1
i32.add
local.tee 1
i32.store offset=214600
local.get 1
br_if 6 (;@1;)
i32.const 0
i32.load offset=214288
local.tee 0
br_if 2 (;@5;)
i32.const 4095
local.set 1
br 3 (;@4;)
end
i32.const 0
local.get 1
i32.store offset=214580
i32.const 0
i32.const 0
i32.load offset=214572
local.get 0
i32.add
local.tee 0
i32.store offset=214572
local.get 1
local.get 0
i32.const 1
i32.or
i32.store offset=4
block ;; label = @7
local.get 1
i32.const 0
i32.load offset=214576
i32.ne
br_if 0 (;@7;)
i32.const 0
i32.const 0
i32.store offset=214568
i32.const 0
i32.const 0
i32.store offset=214576
end
local.get 0
i32.const 0
i32.load offset=214592
local.tee 2
i32.le_u
br_if 5 (;@1;)
i32.const 0
i32.load offset=214580
local.tee 0
i32.eqz
br_if 5 (;@1;)
i32.const 0
i32.load offset=214572
local.tee 4
i32.const 41
i32.lt_u
br_if 4 (;@2;)
i32.const 214280
local.set 1
loop ;; label = @7
block ;; label = @8
local.get 1
i32.load
local.tee 3
local.get 0
i32.gt_u
br_if 0 (;@8;)
local.get 0
local.get 3
local.get 1
i32.load offset=4
i32.add
i32.lt_u
br_if 6 (;@2;)
end
local.get 1
i32.load offset=8
local.set 1
br 0 (;@7;)
end
end
i32.const 0
local.get 1
i32.store offset=214576
i32.const 0
i32.const 0
i32.load offset=214568
local.get 0
i32.add
local.tee 0
i32.store offset=214568
local.get 1
local.get 0
i32.const 1
i32.or
i32.store offset=4
local.get 1
local.get 0
i32.add
local.get 0
i32.store
return
end
i32.const 0
local.set 1
loop ;; label = @5
local.get 1
i32.const 1
i32.add
local.set 1
local.get 0
i32.load offset=8
local.tee 0
br_if 0 (;@5;)
end
local.get 1
i32.const 4095
local.get 1
i32.const 4095
i32.gt_u
select
local.set 1
end
i32.const 0
local.get 1
i32.store offset=214600
return
end
block ;; label = @3
block ;; label = @4
i32.const 0
i32.load offset=214560
local.tee 3
i32.const 1
local.get 0
i32.const 3
i32.shr_u
i32.shl
local.tee 2
i32.and
br_if 0 (;@4;)
i32.const 0
local.get 3
local.get 2
i32.or
i32.store offset=214560
local.get 0
i32.const 248
i32.and
i32.const 214296
i32.add
local.tee 0
local.set 3
br 1 (;@3;)
end
local.get 0
i32.const 248
i32.and
local.tee 0
i32.const 214296
i32.add
local.set 3
local.get 0
i32.const 214304
i32.add
i32.load
local.set 0
end
local.get 3
local.get 1
i32.store offset=8
local.get 0
local.get 1
i32.store offset=12
local.get 1
local.get 3
i32.store offset=12
local.get 1
local.get 0
i32.store offset=8
return
end
block ;; label = @2
block ;; label = @3
i32.const 0
i32.load offset=214288
local.tee 0
br_if 0 (;@3;)
i32.const 4095
local.set 1
br 1 (;@2;)
end
i32.const 0
local.set 1
loop ;; label = @3
local.get 1
i32.const 1
i32.add
local.set 1
local.get 0
i32.load offset=8
local.tee 0
br_if 0 (;@3;)
end
local.get 1
i32.const 4095
local.get 1
i32.const 4095
i32.gt_u
select
local.set 1
end
i32.const 0
local.get 1
i32.store offset=214600
local.get 4
local.get 2
i32.le_u
br_if 0 (;@1;)
i32.const 0
i32.const -1
i32.store offset=214592
end
)
(func (;356;) (type 2) (param i32 i32)
(local i32 i32 i32 i32)
local.get 0
i32.load offset=12
local.set 2
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
local.get 1
i32.const 256
i32.lt_u
br_if 0 (;@4;)
local.get 0
i32.load offset=24
local.set 3
block ;; label = @5
block ;; label = @6
block ;; label = @7
local.get 2
local.get 0
i32.ne
br_if 0 (;@7;)
local.get 0
i32.const 20
i32.const 16
local.get 0
i32.load offset=20
local.tee 2
select
i32.add
i32.load
local.tee 1
br_if 1 (;@6;)
i32.const 0
local.set 2
br 2 (;@5;)
end
local.get 0
i32.load offset=8
local.tee 1
local.get 2
i32.store offset=12
local.get 2
local.get 1
i32.store offset=8
br 1 (;@5;)
end
local.get 0
i32.const 20
i32.add
local.get 0
i32.const 16
i32.add
local.get 2
select
local.set 4
loop ;; label = @6
local.get 4
local.set 5
local.get 1
local.tee 2
i32.const 20
i32.add
local.get 2
i32.const 16
i32.add
local.get 2
i32.load offset=20
local.tee 1
select
local.set 4
local.get 2
i32.const 20
i32.const 16
local.get 1
select
i32.add
i32.load
local.tee 1
br_if 0 (;@6;)
end
local.get 5
i32.const 0
i32.store
end
local.get 3
i32.eqz
br_if 2 (;@2;)
block ;; label = @5
block ;; label = @6
local.get 0
local.get 0
i32.load offset=28
i32.const 2
i32.shl
i32.const 214152
i32.add
local.tee 1
i32.load
i32.eq
br_if 0 (;@6;)
local.get 3
i32.load offset=16
local.get 0
i32.eq
br_if 1 (;@5;)
local.get 3
local.get 2
i32.store offset=20
local.get 2
br_if 3 (;@3;)
br 4 (;@2;)
end
local.get 1
local.get 2
i32.store
local.get 2
i32.eqz
br_if 4 (;@1;)
br 2 (;@3;)
end
local.get 3
local.get 2
i32.store offset=16
local.get 2
br_if 1 (;@3;)
br 2 (;@2;)
end
block ;; label = @4
local.get 2
local.get 0
i32.load offset=8
local.tee 4
i32.eq
br_if 0 (;@4;)
local.get 4
local.get 2
i32.store offset=12
local.get 2
local.get 4
i32.store offset=8
return
end
i32.const 0
i32.const 0
i32.load offset=214560
i32.const -2
local.get 1
i32.const 3
i32.shr_u
i32.rotl
i32.and
i32.store offset=214560
return
end
local.get 2
local.get 3
i32.store offset=24
block ;; label = @3
local.get 0
i32.load offset=16
local.tee 1
i32.eqz
br_if 0 (;@3;)
local.get 2
local.get 1
i32.store offset=16
local.get 1
local.get 2
i32.store offset=24
end
local.get 0
i32.load offset=20
local.tee 1
i32.eqz
br_if 0 (;@2;)
local.get 2
local.get 1
i32.store offset=20
local.get 1
local.get 2
i32.store offset=24
return
end
return
end
i32.const 0
i32.const 0
i32.load offset=214564
i32.const -2
local.get 0
i32.load offset=28
i32.rotl
i32.and
i32.store offset=214564
)
(func (;357;) (type 2) (param i32 i32)
(local i32 i32)
local.get 0
local.get 1
i32.add
local.set 2
block ;; label = @1
block ;; label = @2
local.get 0
i32.load offset=4
local.tee 3
i32.const 1
i32.and
br_if 0 (;@2;)
local.get 3
i32.const 2
i32.and
i32.eqz
br_if 1 (;@1;)
local.get 0
i32.load
local.tee 3
local.get 1
i32.add
local.set 1
block ;; label = @3
local.get 0
local.get 3
i32.sub
local.tee 0
i32.const 0
i32.load offset=214576
i32.ne
br_if 0 (;@3;)
local.get 2
i32.load offset=4
i32.const 3
i32.and
i32.const 3
i32.ne
br_if 1 (;@2;)
i32.const 0
local.get 1
i32.store offset=214568
local.get 2
local.get 2
i32.load offset=4
i32.const -2
i32.and
i32.store offset=4
local.get 0
local.get 1
i32.const 1
i32.or
i32.store offset=4
local.get 2
local.get 1
i32.store
br 2 (;@1;)
end
local.get 0
local.get 3
call 356
end
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
local.get 2
i32.load offset=4
local.tee 3
i32.const 2
i32.and
br_if 0 (;@5;)
local.get 2
i32.const 0
i32.load offset=214580
i32.eq
br_if 2 (;@3;)
local.get 2
i32.const 0
i32.load offset=214576
i32.eq
br_if 3 (;@2;)
local.get 2
local.get 3
i32.const -8
i32.and
local.tee 3
call 356
local.get 0
local.get 3
local.get 1
i32.add
local.tee 1
i32.const 1
i32.or
i32.store offset=4
local.get 0
local.get 1
i32.add
local.get 1
i32.store
local.get 0
i32.const 0
i32.load offset=214576
i32.ne
br_if 1 (;@4;)
i32.const 0
local.get 1
i32.store offset=214568
return
end
local.get 2
local.get 3
i32.const -2
i32.and
i32.store offset=4
local.get 0
local.get 1
i32.const 1
i32.or
i32.store offset=4
local.get 0
local.get 1
i32.add
local.get 1
i32.store
end
block ;; label = @4
local.get 1
i32.const 256
i32.lt_u
br_if 0 (;@4;)
local.get 0
local.get 1
call 490
return
end
block ;; label = @4
block ;; label = @5
i32.const 0
i32.load offset=214560
local.tee 2
i32.const 1
local.get 1
i32.const 3
i32.shr_u
i32.shl
local.tee 3
i32.and
br_if 0 (;@5;)
i32.const 0
local.get 2
local.get 3
i32.or
i32.store offset=214560
local.get 1
i32.const 248
i32.and
i32.const 214296
i32.add
local.tee 1
local.set 2
br 1 (;@4;)
end
local.get 1
i32.const 248
i32.and
local.tee 1
i32.const 214296
i32.add
local.set 2
local.get 1
i32.const 214304
i32.add
i32.load
local.set 1
end
local.get 2
local.get 0
i32.store offset=8
local.get 1
local.get 0
i32.store offset=12
local.get 0
local.get 2
i32.store offset=12
local.get 0
local.get 1
i32.store offset=8
return
end
i32.const 0
local.get 0
i32.store offset=214580
i32.const 0
i32.const 0
i32.load offset=214572
local.get 1
i32.add
local.tee 1
i32.store offset=214572
local.get 0
local.get 1
i32.const 1
i32.or
i32.store offset=4
local.get 0
i32.const 0
i32.load offset=214576
i32.ne
br_if 1 (;@1;)
i32.const 0
i32.const 0
i32.store offset=214568
i32.const 0
i32.const 0
i32.store offset=214576
return
end
i32.const 0
local.get 0
i32.store offset=214576
i32.const 0
i32.const 0
i32.load offset=214568
local.get 1
i32.add
local.tee 1
i32.store offset=214568
local.get 0
local.get 1
i32.const 1
i32.or
i32.store offset=4
local.get 0
local.get 1
i32.add
local.get 1
i32.store
return
end
)
(func (;358;) (type 1) (param i32 i32) (result i32)
(local i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 0
i32.load
local.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 1
i32.load offset=8
local.tee 3
i32.const 33554432
i32.and
br_if 0 (;@3;)
local.get 3
i32.const 67108864
i32.and
br_if 1 (;@2;)
i32.const 3
local.set 3
local.get 0
i32.load8_u
local.tee 0
local.set 4
block ;; label = @4
local.get 0
i32.const 10
i32.lt_u
br_if 0 (;@4;)
i32.const 1
local.set 3
local.get 2
local.get 0
local.get 0
i32.const 100
i32.div_u
local.tee 4
i32.const 100
i32.mul
i32.sub
i32.const 255
i32.and
i32.const 1
i32.shl
i32.load16_u offset=71856 align=1
i32.store16 offset=12 align=1
end
block ;; label = @4
block ;; label = @5
local.get 0
i32.eqz
br_if 0 (;@5;)
local.get 4
i32.eqz
br_if 1 (;@4;)
end
local.get 2
i32.const 11
i32.add
local.get 3
i32.const -1
i32.add
local.tee 3
i32.add
local.get 4
i32.const 1
i32.shl
i32.load8_u offset=71857
i32.store8
end
local.get 1
i32.const 1
i32.const 1
i32.const 0
local.get 2
i32.const 11
i32.add
local.get 3
i32.add
i32.const 3
local.get 3
i32.sub
call 214
local.set 0
br 2 (;@1;)
end
local.get 0
i32.load8_u
local.set 3
i32.const 3
local.set 0
loop ;; label = @3
local.get 2
i32.const 9
i32.add
local.get 0
i32.add
i32.const -2
i32.add
local.get 3
i32.const 15
i32.and
i32.const 71751
i32.add
i32.load8_u
i32.store8
local.get 0
i32.const -1
i32.add
local.set 0
local.get 3
i32.const 4
i32.shr_u
i32.const 15
i32.and
local.tee 3
br_if 0 (;@3;)
end
local.get 1
i32.const 1
i32.const 73946
i32.const 2
local.get 2
i32.const 9
i32.add
local.get 0
i32.add
i32.const -1
i32.add
i32.const 3
local.get 0
i32.sub
call 214
local.set 0
br 1 (;@1;)
end
local.get 0
i32.load8_u
local.set 3
i32.const 3
local.set 0
loop ;; label = @2
local.get 2
i32.const 14
i32.add
local.get 0
i32.add
i32.const -2
i32.add
local.get 3
i32.const 15
i32.and
i32.const 73948
i32.add
i32.load8_u
i32.store8
local.get 0
i32.const -1
i32.add
local.set 0
local.get 3
i32.const 4
i32.shr_u
i32.const 15
i32.and
local.tee 3
br_if 0 (;@2;)
end
local.get 1
i32.const 1
i32.const 73946
i32.const 2
local.get 2
i32.const 14
i32.add
local.get 0
i32.add
i32.const -1
i32.add
i32.const 3
local.get 0
i32.sub
call 214
local.set 0
end
local.get 2
i32.const 16
i32.add
global.set 0
local.get 0
)
(func (;359;) (type 1) (param i32 i32) (result i32)
local.get 0
i32.load
local.get 1
call 263
)
(func (;360;) (type 13) (param i32 i32 i32)
block ;; label = @1
local.get 2
i32.eqz
br_if 0 (;@1;)
local.get 0
local.get 2
local.get 1
call 151
end
)
(func (;361;) (type 16) (param i32 i32 i32 i32)
block ;; label = @1
local.get 2
i32.eqz
br_if 0 (;@1;)
local.get 2
call 54
local.set 1
local.get 3
i32.eqz
br_if 0 (;@1;)
block ;; label = @2
local.get 1
br_if 0 (;@2;)
i32.const 0
local.set 1
br 1 (;@1;)
end
local.get 1
i32.const -4
i32.add
i32.load8_u
i32.const 3
i32.and
i32.eqz
br_if 0 (;@1;)
local.get 2
i32.eqz
br_if 0 (;@1;)
local.get 1
i32.const 0
local.get 2
memory.fill
end
local.get 0
local.get 2
i32.store offset=4
local.get 0
local.get 1
i32.store
)
(func (;362;) (type 16) (param i32 i32 i32 i32)
(local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i64 i32 i32 i32 i32)
global.get 0
i32.const 240
i32.sub
local.tee 4
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
local.get 1
i32.load
local.tee 5
i32.eqz
br_if 0 (;@6;)
local.get 2
i32.load offset=8
local.set 6
local.get 2
i32.load offset=4
local.set 7
local.get 1
i32.load offset=4
local.set 8
loop ;; label = @7
local.get 5
i32.const 268
i32.add
local.set 9
local.get 5
i32.load16_u offset=402
local.tee 10
i32.const 12
i32.mul
local.set 11
i32.const -1
local.set 12
block ;; label = @8
loop ;; label = @9
block ;; label = @10
local.get 11
br_if 0 (;@10;)
local.get 10
local.set 12
br 2 (;@8;)
end
local.get 9
i32.const 8
i32.add
local.set 13
local.get 9
i32.const 4
i32.add
local.set 14
local.get 11
i32.const -12
i32.add
local.set 11
local.get 12
i32.const 1
i32.add
local.set 12
local.get 9
i32.const 12
i32.add
local.set 9
block ;; label = @10
local.get 7
local.get 14
i32.load
local.get 6
local.get 13
i32.load
local.tee 13
local.get 6
local.get 13
i32.lt_u
select
call 493
local.tee 14
local.get 6
local.get 13
i32.sub
local.get 14
select
local.tee 13
i32.const 0
i32.gt_s
local.get 13
i32.const 0
i32.lt_s
i32.sub
i32.const 255
i32.and
br_table 0 (;@10;) 1 (;@9;) 2 (;@8;)
end
end
local.get 4
local.get 1
i32.store offset=40
local.get 4
local.get 12
i32.store offset=36
local.get 4
local.get 8
i32.store offset=32
local.get 4
local.get 5
i32.store offset=28
local.get 4
i32.const -2147483648
i32.store offset=24
local.get 2
i32.load
local.get 7
call 104
br 4 (;@4;)
end
block ;; label = @8
local.get 8
i32.eqz
br_if 0 (;@8;)
local.get 8
i32.const -1
i32.add
local.set 8
local.get 5
local.get 12
i32.const 2
i32.shl
i32.add
i32.load offset=408
local.set 5
br 1 (;@7;)
end
end
local.get 4
local.get 12
i32.store offset=48
local.get 4
i32.const 0
i32.store offset=44
local.get 4
local.get 5
i32.store offset=40
local.get 4
local.get 1
i32.store offset=36
local.get 4
local.get 2
i64.load align=4
local.tee 15
i64.store offset=24
local.get 4
local.get 2
i32.load offset=8
i32.store offset=32
local.get 15
i32.wrap_i64
i32.const -2147483648
i32.eq
br_if 1 (;@5;)
block ;; label = @7
local.get 5
i32.load16_u offset=402
i32.const 11
i32.lt_u
br_if 0 (;@7;)
local.get 4
i32.const 144
i32.add
local.set 14
local.get 4
i32.const 152
i32.add
local.set 8
i32.const 4
local.set 9
block ;; label = @8
local.get 12
i32.const 5
i32.lt_u
br_if 0 (;@8;)
local.get 12
local.set 9
block ;; label = @9
block ;; label = @10
local.get 12
i32.const -5
i32.add
br_table 2 (;@8;) 1 (;@9;) 0 (;@10;)
end
local.get 12
i32.const -7
i32.add
local.set 12
local.get 4
i32.const 132
i32.add
local.set 14
local.get 4
i32.const 136
i32.add
local.set 8
i32.const 6
local.set 9
br 1 (;@8;)
end
i32.const 0
local.set 12
local.get 4
i32.const 132
i32.add
local.set 14
local.get 4
i32.const 136
i32.add
local.set 8
i32.const 5
local.set 9
end
call 363
local.tee 7
i32.const 0
i32.store16 offset=402
local.get 7
i32.const 0
i32.store offset=264
local.get 7
local.get 9
i32.const -1
i32.xor
local.get 5
i32.load16_u offset=402
local.tee 2
i32.add
local.tee 11
i32.store16 offset=402
local.get 4
local.get 5
local.get 9
i32.const 24
i32.mul
i32.add
local.tee 6
i64.load
i64.store offset=56
local.get 4
local.get 6
i64.load offset=8
i64.store offset=64
local.get 4
local.get 6
i64.load offset=16
i64.store offset=72
block ;; label = @8
block ;; label = @9
block ;; label = @10
block ;; label = @11
block ;; label = @12
block ;; label = @13
block ;; label = @14
block ;; label = @15
block ;; label = @16
local.get 11
i32.const 12
i32.ge_u
br_if 0 (;@16;)
local.get 5
i32.const 268
i32.add
local.tee 10
local.get 9
i32.const 12
i32.mul
i32.add
local.tee 6
i64.load offset=4 align=4
local.set 15
local.get 6
i32.load
local.set 13
local.get 10
local.get 9
i32.const 1
i32.add
local.tee 6
i32.const 12
i32.mul
i32.add
local.get 2
local.get 6
i32.sub
local.tee 2
local.get 7
i32.const 268
i32.add
local.get 11
call 364
local.get 5
local.get 6
i32.const 24
i32.mul
i32.add
local.get 2
local.get 7
local.get 11
call 365
local.get 5
local.get 9
i32.store16 offset=402
local.get 4
local.get 4
i64.load offset=56
i64.store offset=192 align=4
local.get 4
local.get 4
i64.load offset=64
i64.store offset=200 align=4
local.get 4
local.get 4
i64.load offset=72
i64.store offset=208 align=4
local.get 4
i32.const 0
i32.store offset=132
local.get 4
i32.const 0
i32.store offset=144
local.get 4
local.get 5
i32.store offset=152
local.get 4
local.get 7
i32.store offset=136
local.get 4
local.get 12
i32.store offset=224
local.get 4
local.get 14
i32.load
i32.store offset=220
local.get 4
local.get 8
i32.load
i32.store offset=216
local.get 4
i32.const 56
i32.add
local.get 4
i32.const 216
i32.add
local.get 4
i32.const 24
i32.add
local.get 3
call 366
local.get 4
local.get 4
i64.load offset=188 align=4
i64.store offset=160
local.get 4
local.get 4
i64.load offset=196 align=4
i64.store offset=168
local.get 4
local.get 4
i64.load offset=204 align=4
i64.store offset=176
local.get 4
local.get 4
i32.load offset=212
i32.store offset=184
local.get 13
i32.const -2147483648
i32.eq
br_if 14 (;@2;)
local.get 4
local.get 15
i64.store offset=92 align=4
local.get 4
local.get 13
i32.store offset=88
local.get 4
local.get 4
i64.load offset=160
i64.store offset=100 align=4
local.get 4
local.get 4
i64.load offset=168
i64.store offset=108 align=4
local.get 4
local.get 4
i64.load offset=176
i64.store offset=116 align=4
local.get 4
local.get 4
i32.load offset=184
i32.store offset=124
local.get 4
i32.const 192
i32.add
local.set 8
local.get 4
i32.const 104
i32.add
local.set 16
local.get 4
i32.const 88
i32.add
i32.const 12
i32.add
local.set 14
i32.const 1
local.set 13
i32.const 0
local.set 9
loop ;; label = @17
block ;; label = @18
local.get 5
i32.load offset=264
local.tee 11
br_if 0 (;@18;)
local.get 1
i32.load
local.tee 6
i32.eqz
br_if 3 (;@15;)
local.get 1
i32.load offset=4
local.set 13
call 367
local.tee 11
local.get 6
i32.store offset=408
local.get 11
i32.const 0
i32.store16 offset=402
local.get 11
i32.const 0
i32.store offset=264
local.get 13
i32.const 1
i32.add
local.tee 6
i32.eqz
br_if 4 (;@14;)
local.get 4
i32.const 8
i32.add
local.get 11
local.get 6
call 368
local.get 4
i32.load offset=8
local.set 11
local.get 1
local.get 4
i32.load offset=12
local.tee 6
i32.store offset=4
local.get 1
local.get 11
i32.store
local.get 9
local.get 6
i32.const -1
i32.add
i32.ne
br_if 5 (;@13;)
local.get 11
i32.load16_u offset=402
local.tee 9
i32.const 11
i32.ge_u
br_if 6 (;@12;)
local.get 11
local.get 9
i32.const 1
i32.add
local.tee 6
i32.store16 offset=402
local.get 11
local.get 9
i32.const 12
i32.mul
i32.add
local.tee 13
local.get 4
i32.load offset=96
i32.store offset=276
local.get 13
local.get 4
i64.load offset=88
i64.store offset=268 align=4
local.get 11
local.get 9
i32.const 24
i32.mul
i32.add
local.tee 9
local.get 4
i64.load offset=104
i64.store
local.get 9
local.get 4
i64.load offset=112
i64.store offset=8
local.get 9
local.get 4
i64.load offset=120
i64.store offset=16
local.get 11
local.get 6
i32.const 2
i32.shl
i32.add
local.get 7
i32.store offset=408
local.get 7
local.get 6
i32.store16 offset=400
local.get 7
local.get 11
i32.store offset=264
br 16 (;@2;)
end
local.get 13
i32.const -1
i32.add
local.get 9
i32.ne
br_if 6 (;@11;)
local.get 5
i32.load16_u offset=400
local.tee 9
local.set 2
block ;; label = @18
local.get 11
i32.load16_u offset=402
local.tee 17
i32.const 11
i32.lt_u
br_if 0 (;@18;)
local.get 4
i32.const 152
i32.add
local.set 10
block ;; label = @19
block ;; label = @20
local.get 9
i32.const 5
i32.ge_u
br_if 0 (;@20;)
i32.const 4
local.set 9
br 1 (;@19;)
end
local.get 9
local.set 2
block ;; label = @20
block ;; label = @21
local.get 9
i32.const -5
i32.add
br_table 2 (;@19;) 1 (;@20;) 0 (;@21;)
end
local.get 9
i32.const -7
i32.add
local.set 2
local.get 4
i32.const 144
i32.add
local.set 10
i32.const 6
local.set 9
br 1 (;@19;)
end
i32.const 0
local.set 2
local.get 4
i32.const 144
i32.add
local.set 10
i32.const 5
local.set 9
end
call 367
local.tee 6
i32.const 0
i32.store16 offset=402
local.get 6
i32.const 0
i32.store offset=264
local.get 6
local.get 9
i32.const -1
i32.xor
local.get 11
i32.load16_u offset=402
local.tee 18
i32.add
local.tee 12
i32.store16 offset=402
local.get 4
local.get 11
local.get 9
i32.const 24
i32.mul
i32.add
local.tee 5
i64.load
i64.store offset=216
local.get 4
local.get 5
i64.load offset=8
i64.store offset=224
local.get 4
local.get 5
i64.load offset=16
i64.store offset=232
local.get 12
i32.const 12
i32.ge_u
br_if 8 (;@10;)
local.get 11
i32.const 268
i32.add
local.tee 19
local.get 9
i32.const 12
i32.mul
i32.add
local.tee 5
i64.load offset=4 align=4
local.set 15
local.get 5
i32.load
local.set 3
local.get 19
local.get 9
i32.const 1
i32.add
local.tee 5
i32.const 12
i32.mul
i32.add
local.get 18
local.get 5
i32.sub
local.tee 18
local.get 6
i32.const 268
i32.add
local.get 12
call 364
local.get 11
local.get 5
i32.const 24
i32.mul
i32.add
local.get 18
local.get 6
local.get 12
call 365
local.get 11
local.get 9
i32.store16 offset=402
local.get 8
local.get 4
i64.load offset=216
i64.store align=4
local.get 8
local.get 4
i64.load offset=224
i64.store offset=8 align=4
local.get 8
local.get 4
i64.load offset=232
i64.store offset=16 align=4
local.get 6
i32.load16_u offset=402
local.tee 5
i32.const 1
i32.add
local.set 12
local.get 5
i32.const 12
i32.ge_u
br_if 9 (;@9;)
local.get 17
local.get 9
i32.sub
local.get 12
i32.ne
br_if 10 (;@8;)
block ;; label = @19
local.get 12
i32.const 2
i32.shl
local.tee 12
i32.eqz
br_if 0 (;@19;)
local.get 6
i32.const 408
i32.add
local.get 11
local.get 9
i32.const 2
i32.shl
i32.add
i32.const 412
i32.add
local.get 12
memory.copy
end
local.get 4
i32.const 16
i32.add
local.get 6
local.get 13
call 368
local.get 4
local.get 11
i32.store offset=152
local.get 4
local.get 4
i64.load offset=188 align=4
i64.store offset=160
local.get 4
local.get 4
i64.load offset=196 align=4
i64.store offset=168
local.get 4
local.get 4
i64.load offset=204 align=4
i64.store offset=176
local.get 4
local.get 4
i32.load offset=212
i32.store offset=184
local.get 4
local.get 4
i32.load offset=16
i32.store offset=144
local.get 4
i32.load offset=20
local.set 9
local.get 10
i32.load
local.get 2
local.get 4
i32.const 88
i32.add
local.get 16
local.get 7
call 369
local.get 4
local.get 4
i32.load offset=184
i32.store offset=80
local.get 4
local.get 4
i64.load offset=176
i64.store offset=72
local.get 4
local.get 4
i64.load offset=168
i64.store offset=64
local.get 4
local.get 4
i64.load offset=160
i64.store offset=56
local.get 3
i32.const -2147483648
i32.eq
br_if 16 (;@2;)
local.get 4
i32.load offset=152
local.set 5
local.get 4
i32.load offset=144
local.set 7
local.get 14
local.get 4
i64.load offset=56
i64.store align=4
local.get 14
local.get 4
i64.load offset=64
i64.store offset=8 align=4
local.get 14
local.get 4
i64.load offset=72
i64.store offset=16 align=4
local.get 14
local.get 4
i32.load offset=80
i32.store offset=24
local.get 4
local.get 15
i64.store offset=92 align=4
local.get 4
local.get 3
i32.store offset=88
local.get 13
i32.const 1
i32.add
local.set 13
br 1 (;@17;)
end
end
local.get 11
local.get 2
local.get 4
i32.const 88
i32.add
local.get 16
local.get 7
call 369
br 14 (;@2;)
end
i32.const 0
local.get 11
i32.const 11
i32.const 75436
call 142
unreachable
end
i32.const 75236
call 258
unreachable
end
i32.const 75364
call 258
unreachable
end
i32.const 75284
i32.const 48
i32.const 75332
call 346
unreachable
end
i32.const 75252
i32.const 32
i32.const 75348
call 346
unreachable
end
i32.const 75468
i32.const 53
i32.const 75524
call 346
unreachable
end
i32.const 0
local.get 12
i32.const 11
i32.const 75436
call 142
unreachable
end
i32.const 0
local.get 12
i32.const 12
i32.const 75452
call 142
unreachable
end
i32.const 75380
i32.const 40
i32.const 75420
call 346
unreachable
end
local.get 4
i32.const 56
i32.add
local.get 4
i32.const 40
i32.add
local.get 4
i32.const 24
i32.add
local.get 3
call 366
br 4 (;@2;)
end
local.get 4
i32.const 0
i32.store offset=40
local.get 4
local.get 1
i32.store offset=36
local.get 4
local.get 2
i32.load offset=8
i32.store offset=32
local.get 4
local.get 2
i64.load align=4
local.tee 15
i64.store offset=24
local.get 15
i32.wrap_i64
i32.const -2147483648
i32.ne
br_if 2 (;@3;)
end
local.get 1
local.set 12
end
local.get 4
i32.load offset=28
local.get 12
i32.const 24
i32.mul
i32.add
local.tee 9
i64.load
local.set 15
local.get 9
local.get 3
i64.load
i64.store
local.get 0
local.get 15
i64.store
local.get 9
i64.load offset=8
local.set 15
local.get 9
local.get 3
i64.load offset=8
i64.store offset=8
local.get 0
local.get 15
i64.store offset=8
local.get 9
i64.load offset=16
local.set 15
local.get 9
local.get 3
i64.load offset=16
i64.store offset=16
local.get 0
local.get 15
i64.store offset=16
br 2 (;@1;)
end
call 363
local.tee 9
i32.const 1
i32.store16 offset=402
local.get 9
i32.const 0
i32.store offset=264
local.get 1
i32.const 0
i32.store offset=4
local.get 1
local.get 9
i32.store
local.get 9
local.get 4
i64.load offset=24
i64.store offset=268 align=4
local.get 9
local.get 4
i32.load offset=32
i32.store offset=276
local.get 9
local.get 3
i64.load
i64.store
local.get 9
local.get 3
i64.load offset=8
i64.store offset=8
local.get 9
local.get 3
i64.load offset=16
i64.store offset=16
end
local.get 0
i32.const 6
i32.store8
local.get 1
local.get 1
i32.load offset=8
i32.const 1
i32.add
i32.store offset=8
end
local.get 4
i32.const 240
i32.add
global.set 0
)
(func (;363;) (type 34) (result i32)
(local i32)
block ;; label = @1
i32.const 408
call 54
local.tee 0
br_if 0 (;@1;)
i32.const 8
i32.const 408
call 55
unreachable
end
local.get 0
)
(func (;364;) (type 16) (param i32 i32 i32 i32)
block ;; label = @1
local.get 1
local.get 3
i32.ne
br_if 0 (;@1;)
block ;; label = @2
local.get 1
i32.const 12
i32.mul
local.tee 1
i32.eqz
br_if 0 (;@2;)
local.get 2
local.get 0
local.get 1
memory.copy
end
return
end
i32.const 75380
i32.const 40
i32.const 75420
call 346
unreachable
)
(func (;365;) (type 16) (param i32 i32 i32 i32)
block ;; label = @1
local.get 1
local.get 3
i32.ne
br_if 0 (;@1;)
block ;; label = @2
local.get 1
i32.const 24
i32.mul
local.tee 1
i32.eqz
br_if 0 (;@2;)
local.get 2
local.get 0
local.get 1
memory.copy
end
return
end
i32.const 75380
i32.const 40
i32.const 75420
call 346
unreachable
)
(func (;366;) (type 16) (param i32 i32 i32 i32)
(local i32 i32 i32)
local.get 1
i32.load
local.tee 4
i32.const 268
i32.add
local.get 4
i32.load16_u offset=402
i32.const 1
i32.add
local.tee 5
local.get 1
i32.load offset=8
local.tee 6
local.get 2
call 372
local.get 4
local.get 5
local.get 6
local.get 3
call 373
local.get 4
local.get 5
i32.store16 offset=402
local.get 0
local.get 6
i32.store offset=8
local.get 0
local.get 4
i32.store
local.get 0
local.get 1
i32.load offset=4
i32.store offset=4
)
(func (;367;) (type 34) (result i32)
(local i32)
block ;; label = @1
i32.const 456
call 54
local.tee 0
br_if 0 (;@1;)
i32.const 8
i32.const 456
call 55
unreachable
end
local.get 0
)
(func (;368;) (type 13) (param i32 i32 i32)
(local i32 i32 i32 i32)
local.get 1
i32.const 408
i32.add
local.set 3
local.get 1
i32.load16_u offset=402
local.set 4
i32.const 0
local.set 5
i32.const 0
local.set 6
block ;; label = @1
loop ;; label = @2
local.get 6
i32.const 1
i32.and
br_if 1 (;@1;)
local.get 5
local.get 4
i32.gt_u
br_if 1 (;@1;)
local.get 3
local.get 5
i32.const 2
i32.shl
i32.add
i32.load
local.tee 6
local.get 5
i32.store16 offset=400
local.get 6
local.get 1
i32.store offset=264
local.get 5
local.get 4
i32.ge_u
local.set 6
local.get 5
local.get 5
local.get 4
i32.lt_u
i32.add
local.set 5
br 0 (;@2;)
end
end
local.get 0
local.get 2
i32.store offset=4
local.get 0
local.get 1
i32.store
)
(func (;369;) (type 23) (param i32 i32 i32 i32 i32)
(local i32 i32 i32 i32)
local.get 0
i32.const 268
i32.add
local.get 0
i32.load16_u offset=402
local.tee 5
i32.const 1
i32.add
local.tee 6
local.get 1
local.get 2
call 372
local.get 0
local.get 6
local.get 1
local.get 3
call 373
local.get 1
i32.const 1
i32.add
local.set 2
local.get 0
i32.const 408
i32.add
local.set 7
block ;; label = @1
local.get 5
i32.const 2
i32.add
local.tee 3
local.get 1
i32.const 2
i32.add
local.tee 8
i32.le_u
br_if 0 (;@1;)
local.get 5
local.get 1
i32.sub
i32.const 2
i32.shl
local.tee 5
i32.eqz
br_if 0 (;@1;)
local.get 7
local.get 8
i32.const 2
i32.shl
i32.add
local.get 7
local.get 2
i32.const 2
i32.shl
i32.add
local.get 5
memory.copy
end
local.get 7
local.get 2
i32.const 2
i32.shl
i32.add
local.get 4
i32.store
local.get 0
local.get 6
i32.store16 offset=402
local.get 3
local.get 2
local.get 3
local.get 2
i32.gt_u
select
local.set 3
local.get 1
i32.const 2
i32.shl
local.get 0
i32.add
i32.const 412
i32.add
local.set 1
block ;; label = @1
loop ;; label = @2
local.get 3
local.get 2
i32.eq
br_if 1 (;@1;)
local.get 1
i32.load
local.tee 6
local.get 2
i32.store16 offset=400
local.get 6
local.get 0
i32.store offset=264
local.get 1
i32.const 4
i32.add
local.set 1
local.get 2
i32.const 1
i32.add
local.set 2
br 0 (;@2;)
end
end
)
(func (;370;) (type 3) (param i32)
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
local.get 0
i32.load8_u
br_table 1 (;@3;) 1 (;@3;) 1 (;@3;) 2 (;@2;) 3 (;@1;) 0 (;@4;)
end
local.get 0
i32.const 4
i32.add
call 269
end
return
end
local.get 0
i32.load offset=4
local.get 0
i32.load offset=8
call 104
return
end
local.get 0
i32.const 4
i32.add
call 270
local.get 0
i32.load offset=4
local.get 0
i32.load offset=8
call 271
)
(func (;371;) (type 13) (param i32 i32 i32)
(local i32)
block ;; label = @1
local.get 1
i32.load offset=264
local.tee 3
i32.eqz
br_if 0 (;@1;)
local.get 0
local.get 1
i32.load16_u offset=400
i32.store offset=8
local.get 0
local.get 2
i32.const 1
i32.add
i32.store offset=4
end
local.get 0
local.get 3
i32.store
local.get 1
i32.const 8
i32.const 456
i32.const 408
local.get 2
select
call 360
)
(func (;372;) (type 16) (param i32 i32 i32 i32)
(local i32)
block ;; label = @1
local.get 1
local.get 2
i32.const 1
i32.add
local.tee 4
i32.le_u
br_if 0 (;@1;)
local.get 1
local.get 2
i32.const -1
i32.xor
i32.add
i32.const 12
i32.mul
local.tee 1
i32.eqz
br_if 0 (;@1;)
local.get 0
local.get 4
i32.const 12
i32.mul
i32.add
local.get 0
local.get 2
i32.const 12
i32.mul
i32.add
local.get 1
memory.copy
end
local.get 0
local.get 2
i32.const 12
i32.mul
i32.add
local.tee 2
local.get 3
i32.load offset=8
i32.store offset=8
local.get 2
local.get 3
i64.load align=4
i64.store align=4
)
(func (;373;) (type 16) (param i32 i32 i32 i32)
(local i32)
block ;; label = @1
local.get 1
local.get 2
i32.const 1
i32.add
local.tee 4
i32.le_u
br_if 0 (;@1;)
local.get 1
local.get 2
i32.const -1
i32.xor
i32.add
i32.const 24
i32.mul
local.tee 1
i32.eqz
br_if 0 (;@1;)
local.get 0
local.get 4
i32.const 24
i32.mul
i32.add
local.get 0
local.get 2
i32.const 24
i32.mul
i32.add
local.get 1
memory.copy
end
local.get 0
local.get 2
i32.const 24
i32.mul
i32.add
local.tee 2
local.get 3
i64.load offset=16
i64.store offset=16
local.get 2
local.get 3
i64.load offset=8
i64.store offset=8
local.get 2
local.get 3
i64.load
i64.store
)
(func (;374;) (type 13) (param i32 i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 3
global.set 0
local.get 3
i32.const 8
i32.add
local.get 1
call 375
local.get 2
local.get 3
i32.load offset=8
local.get 3
i32.load offset=12
call 376
local.set 1
local.get 0
i32.const 2
i32.store
local.get 0
local.get 1
i32.store offset=4
local.get 3
i32.const 16
i32.add
global.set 0
)
(func (;375;) (type 2) (param i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 8
i32.add
local.get 1
i32.load
local.get 1
i32.load offset=4
local.get 1
i32.load offset=8
call 384
local.get 2
i32.load offset=12
local.set 1
local.get 0
local.get 2
i32.load offset=8
i32.store
local.get 0
local.get 1
i32.store offset=4
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;376;) (type 0) (param i32 i32 i32) (result i32)
(local i32)
block ;; label = @1
i32.const 20
call 54
local.tee 3
br_if 0 (;@1;)
i32.const 4
i32.const 20
call 55
unreachable
end
local.get 3
local.get 2
i32.store offset=16
local.get 3
local.get 1
i32.store offset=12
local.get 3
local.get 0
i32.load offset=8
i32.store offset=8
local.get 3
local.get 0
i64.load align=4
i64.store align=4
local.get 3
)
(func (;377;) (type 1) (param i32 i32) (result i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 8
i32.add
local.get 0
call 375
local.get 1
local.get 2
i32.load offset=8
local.get 2
i32.load offset=12
call 376
local.set 0
local.get 2
i32.const 16
i32.add
global.set 0
local.get 0
)
(func (;378;) (type 2) (param i32 i32)
(local i32)
block ;; label = @1
local.get 0
i32.load offset=8
local.tee 2
local.get 0
i32.load
i32.ne
br_if 0 (;@1;)
local.get 0
call 72
end
local.get 0
local.get 2
i32.const 1
i32.add
i32.store offset=8
local.get 0
i32.load offset=4
local.get 2
i32.add
local.get 1
i32.store8
)
(func (;379;) (type 2) (param i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 8
i32.add
local.get 1
i32.load offset=8
local.tee 3
local.get 1
i32.load
local.get 1
i32.load offset=4
local.tee 4
i32.const 76120
call 320
block ;; label = @1
block ;; label = @2
local.get 2
i32.load offset=12
i32.const 3
i32.gt_u
br_if 0 (;@2;)
local.get 1
local.get 4
i32.store offset=8
local.get 2
i32.const 4
i32.store offset=20
local.get 0
local.get 1
local.get 2
i32.const 20
i32.add
call 380
br 1 (;@1;)
end
local.get 2
i32.load offset=8
local.set 4
local.get 1
local.get 3
i32.const 4
i32.add
i32.store offset=8
block ;; label = @2
local.get 4
i32.load8_u offset=1
i32.const 1
i32.shl
i32.load16_u offset=74058
local.get 4
i32.load8_u
i32.const 1
i32.shl
i32.load16_u offset=74570
i32.or
i32.extend16_s
i32.const 8
i32.shl
local.get 4
i32.load8_u offset=2
i32.const 1
i32.shl
i32.load16_s offset=74570
i32.or
local.get 4
i32.load8_u offset=3
i32.const 1
i32.shl
i32.load16_s offset=74058
i32.or
local.tee 4
i32.const -1
i32.gt_s
br_if 0 (;@2;)
local.get 2
i32.const 12
i32.store offset=20
local.get 0
local.get 1
local.get 2
i32.const 20
i32.add
call 380
br 1 (;@1;)
end
local.get 0
i32.const 0
i32.store16
local.get 0
local.get 4
i32.store16 offset=2
end
local.get 2
i32.const 32
i32.add
global.set 0
)
(func (;380;) (type 13) (param i32 i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 3
global.set 0
local.get 3
i32.const 8
i32.add
local.get 1
call 375
local.get 2
local.get 3
i32.load offset=8
local.get 3
i32.load offset=12
call 376
local.set 1
local.get 0
i32.const 1
i32.store16
local.get 0
local.get 1
i32.store offset=4
local.get 3
i32.const 16
i32.add
global.set 0
)
(func (;381;) (type 2) (param i32 i32)
(local i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
block ;; label = @1
block ;; label = @2
local.get 1
i32.load offset=8
local.tee 3
local.get 1
i32.load offset=4
i32.ge_u
br_if 0 (;@2;)
local.get 0
i32.const 0
i32.store8
local.get 0
local.get 1
i32.load
local.get 3
i32.add
i32.load8_u
i32.store8 offset=1
br 1 (;@1;)
end
local.get 2
i32.const 4
i32.store offset=4
local.get 0
local.get 1
local.get 2
i32.const 4
i32.add
call 382
end
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;382;) (type 13) (param i32 i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 3
global.set 0
local.get 3
i32.const 8
i32.add
local.get 1
call 375
local.get 2
local.get 3
i32.load offset=8
local.get 3
i32.load offset=12
call 376
local.set 1
local.get 0
i32.const 1
i32.store8
local.get 0
local.get 1
i32.store offset=4
local.get 3
i32.const 16
i32.add
global.set 0
)
(func (;383;) (type 2) (param i32 i32)
(local i32 i32 i32)
block ;; label = @1
local.get 0
i32.const 128
i32.lt_u
br_if 0 (;@1;)
local.get 1
i32.const 4
call 153
local.get 1
i32.load offset=4
local.get 1
i32.load offset=8
local.tee 2
i32.add
local.set 3
block ;; label = @2
block ;; label = @3
local.get 0
i32.const 2048
i32.ge_u
br_if 0 (;@3;)
local.get 3
local.get 0
i32.const 6
i32.shr_u
i32.const 192
i32.or
i32.store8
i32.const 2
local.set 4
br 1 (;@2;)
end
block ;; label = @3
local.get 0
i32.const 65535
i32.gt_u
br_if 0 (;@3;)
local.get 3
local.get 0
i32.const 12
i32.shr_u
i32.const 224
i32.or
i32.store8
local.get 3
local.get 0
i32.const 6
i32.shr_u
i32.const 63
i32.and
i32.const 128
i32.or
i32.store8 offset=1
i32.const 3
local.set 4
br 1 (;@2;)
end
local.get 3
local.get 0
i32.const 18
i32.shr_u
i32.const 240
i32.or
i32.store8
local.get 3
local.get 0
i32.const 6
i32.shr_u
i32.const 63
i32.and
i32.const 128
i32.or
i32.store8 offset=2
local.get 3
local.get 0
i32.const 12
i32.shr_u
i32.const 63
i32.and
i32.const 128
i32.or
i32.store8 offset=1
i32.const 4
local.set 4
end
local.get 1
local.get 2
local.get 4
i32.add
i32.store offset=8
local.get 3
local.get 4
i32.add
i32.const -1
i32.add
local.get 0
i32.const 63
i32.and
i32.const 128
i32.or
i32.store8
return
end
local.get 1
local.get 0
call 378
)
(func (;384;) (type 16) (param i32 i32 i32 i32)
(local i32 i32 i32)
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
local.get 3
local.get 2
i32.gt_u
br_if 0 (;@5;)
i32.const 0
local.set 4
local.get 3
i32.eqz
br_if 4 (;@1;)
local.get 1
local.get 3
i32.add
local.set 2
block ;; label = @6
local.get 3
i32.const 3
i32.gt_u
br_if 0 (;@6;)
loop ;; label = @7
local.get 2
local.get 1
i32.le_u
br_if 6 (;@1;)
local.get 2
i32.const -1
i32.add
local.tee 2
i32.load8_u
i32.const 10
i32.ne
br_if 0 (;@7;)
br 5 (;@2;)
end
end
block ;; label = @6
i32.const 16843008
local.get 2
i32.const -4
i32.add
i32.load align=1
local.tee 5
i32.const 168430090
i32.xor
i32.sub
local.get 5
i32.or
i32.const -2139062144
i32.and
i32.const -2139062144
i32.eq
br_if 0 (;@6;)
loop ;; label = @7
local.get 2
local.get 1
i32.le_u
br_if 6 (;@1;)
local.get 2
i32.const -1
i32.add
local.tee 2
i32.load8_u
i32.const 10
i32.ne
br_if 0 (;@7;)
br 5 (;@2;)
end
end
local.get 3
local.get 2
i32.const 3
i32.and
i32.sub
local.set 5
local.get 3
i32.const 9
i32.lt_u
br_if 1 (;@4;)
loop ;; label = @6
block ;; label = @7
block ;; label = @8
local.get 5
i32.const 8
i32.lt_s
br_if 0 (;@8;)
i32.const 16843008
local.get 1
local.get 5
i32.add
local.tee 2
i32.const -8
i32.add
i32.load
local.tee 6
i32.const 168430090
i32.xor
i32.sub
local.get 6
i32.or
i32.const -2139062144
i32.and
i32.const -2139062144
i32.eq
br_if 1 (;@7;)
end
local.get 1
local.get 5
i32.add
local.set 2
br 4 (;@3;)
end
local.get 5
i32.const -8
i32.add
local.set 5
i32.const 16843008
local.get 2
i32.const -4
i32.add
i32.load
local.tee 6
i32.const 168430090
i32.xor
i32.sub
local.get 6
i32.or
i32.const -2139062144
i32.and
i32.const -2139062144
i32.eq
br_if 0 (;@6;)
br 3 (;@3;)
end
end
i32.const 0
local.get 3
local.get 2
i32.const 75180
call 142
unreachable
end
local.get 1
local.get 5
i32.add
local.set 2
loop ;; label = @4
local.get 2
local.get 1
i32.le_u
br_if 3 (;@1;)
local.get 2
i32.const -1
i32.add
local.tee 2
i32.load8_u
i32.const 10
i32.ne
br_if 0 (;@4;)
br 2 (;@2;)
end
end
loop ;; label = @3
local.get 2
local.get 1
i32.le_u
br_if 2 (;@1;)
local.get 2
i32.const -1
i32.add
local.tee 2
i32.load8_u
i32.const 10
i32.ne
br_if 0 (;@3;)
end
end
local.get 2
local.get 1
i32.sub
i32.const 1
i32.add
local.set 4
end
i32.const 1
local.set 2
block ;; label = @1
local.get 1
local.get 1
local.get 4
i32.add
local.tee 5
i32.ge_u
br_if 0 (;@1;)
i32.const 0
local.set 2
block ;; label = @2
loop ;; label = @3
local.get 1
local.get 5
i32.ge_u
br_if 1 (;@2;)
local.get 2
local.get 1
i32.load8_u
i32.const 10
i32.eq
i32.add
local.set 2
local.get 1
i32.const 1
i32.add
local.set 1
br 0 (;@3;)
end
end
local.get 2
i32.const 1
i32.add
local.set 2
end
local.get 0
local.get 2
i32.store
local.get 0
local.get 3
local.get 4
i32.sub
i32.store offset=4
)
(func (;385;) (type 3) (param i32)
(local i32 i32 i32 i32)
local.get 0
i32.load offset=8
local.tee 1
local.get 0
i32.load offset=4
local.tee 2
local.get 1
local.get 2
i32.gt_u
select
local.set 3
local.get 0
i32.load
local.set 4
block ;; label = @1
loop ;; label = @2
local.get 3
local.get 1
i32.eq
br_if 1 (;@1;)
local.get 4
local.get 1
i32.add
i32.load8_u
local.tee 2
i32.const 34
i32.eq
br_if 1 (;@1;)
local.get 2
i32.const 92
i32.eq
br_if 1 (;@1;)
local.get 2
i32.const 32
i32.lt_u
br_if 1 (;@1;)
local.get 0
local.get 1
i32.const 1
i32.add
local.tee 1
i32.store offset=8
br 0 (;@2;)
end
end
)
(func (;386;) (type 2) (param i32 i32)
(local i32 f64 i64)
global.get 0
i32.const 32
i32.sub
local.tee 2
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
local.get 1
i32.load
br_table 0 (;@4;) 1 (;@3;) 2 (;@2;) 0 (;@4;)
end
local.get 1
f64.load offset=8
local.set 3
local.get 2
i32.const 0
i32.store8 offset=8
block ;; label = @4
local.get 3
i64.reinterpret_f64
i64.const 9223372036854775807
i64.and
i64.const 9218868437227405311
i64.gt_s
br_if 0 (;@4;)
local.get 0
local.get 3
f64.store offset=16
local.get 0
i64.const 2
i64.store offset=8
local.get 0
i32.const 2
i32.store8
local.get 2
i32.const 8
i32.add
call 370
br 3 (;@1;)
end
local.get 0
local.get 2
i64.load offset=24
i64.store offset=16
local.get 0
local.get 2
i64.load offset=16
i64.store offset=8
local.get 0
local.get 2
i64.load offset=8
i64.store
br 2 (;@1;)
end
local.get 0
i64.const 0
i64.store offset=8
local.get 0
i32.const 2
i32.store8
local.get 0
local.get 1
i64.load offset=8
i64.store offset=16
br 1 (;@1;)
end
local.get 0
i32.const 2
i32.store8
local.get 0
local.get 1
i64.load offset=8
local.tee 4
i64.store offset=16
local.get 0
local.get 4
i64.const 63
i64.shr_u
i64.store offset=8
end
local.get 2
i32.const 32
i32.add
global.set 0
)
(func (;387;) (type 3) (param i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 1
global.set 0
local.get 1
i32.const 8
i32.add
local.get 0
local.get 0
i32.load
i32.const 1
i32.const 8
i32.const 24
call 237
block ;; label = @1
local.get 1
i32.load offset=8
local.tee 0
i32.const -2147483647
i32.eq
br_if 0 (;@1;)
local.get 0
local.get 1
i32.load offset=12
call 125
unreachable
end
local.get 1
i32.const 16
i32.add
global.set 0
)
(func (;388;) (type 16) (param i32 i32 i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 4
global.set 0
local.get 4
i32.const 8
i32.add
local.get 2
local.get 3
call 296
block ;; label = @1
block ;; label = @2
local.get 4
i32.load offset=8
i32.const 1
i32.ne
br_if 0 (;@2;)
local.get 4
i32.load offset=12
local.set 5
local.get 4
local.get 1
call 375
local.get 4
i32.load
local.set 6
local.get 4
i32.load offset=4
local.set 1
local.get 4
i32.const 15
i32.store offset=20
i32.const 0
local.set 2
local.get 4
i32.const 20
i32.add
local.get 6
i32.const 0
local.get 1
local.get 5
local.get 3
i32.sub
i32.add
local.tee 3
local.get 3
local.get 1
i32.gt_u
select
call 376
local.set 3
br 1 (;@1;)
end
local.get 4
i32.load offset=16
local.set 3
local.get 4
i32.load offset=12
local.set 2
end
local.get 0
local.get 2
i32.store
local.get 0
local.get 3
i32.store offset=4
local.get 4
i32.const 32
i32.add
global.set 0
)
(func (;389;) (type 1) (param i32 i32) (result i32)
(local i32)
global.get 0
i32.const 32
i32.sub
local.tee 2
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
block ;; label = @8
block ;; label = @9
block ;; label = @10
block ;; label = @11
block ;; label = @12
block ;; label = @13
block ;; label = @14
block ;; label = @15
block ;; label = @16
block ;; label = @17
block ;; label = @18
block ;; label = @19
block ;; label = @20
block ;; label = @21
block ;; label = @22
block ;; label = @23
block ;; label = @24
block ;; label = @25
block ;; label = @26
block ;; label = @27
local.get 0
i32.load
br_table 0 (;@27;) 1 (;@26;) 2 (;@25;) 3 (;@24;) 4 (;@23;) 5 (;@22;) 6 (;@21;) 7 (;@20;) 8 (;@19;) 9 (;@18;) 10 (;@17;) 11 (;@16;) 12 (;@15;) 13 (;@14;) 14 (;@13;) 15 (;@12;) 16 (;@11;) 17 (;@10;) 18 (;@9;) 19 (;@8;) 20 (;@7;) 21 (;@6;) 22 (;@5;) 23 (;@4;) 24 (;@3;) 0 (;@27;)
end
local.get 1
i32.load
local.get 0
i32.load offset=4
local.get 0
i32.load offset=8
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 24 (;@2;)
end
block ;; label = @26
block ;; label = @27
block ;; label = @28
block ;; label = @29
local.get 0
i32.load8_u offset=4
br_table 0 (;@29;) 1 (;@28;) 2 (;@27;) 3 (;@26;) 0 (;@29;)
end
local.get 2
local.get 0
i32.load offset=8
i32.store
i32.const 20
call 54
local.tee 0
i32.eqz
br_if 27 (;@1;)
local.get 0
i32.const 0
i32.load offset=82156 align=1
i32.store offset=16 align=1
local.get 0
i32.const 0
i64.load offset=82148 align=1
i64.store offset=8 align=1
local.get 0
i32.const 0
i64.load offset=82140 align=1
i64.store align=1
local.get 2
i32.const 20
i32.store offset=12
local.get 2
local.get 0
i32.store offset=8
local.get 2
i32.const 20
i32.store offset=4
local.get 2
i32.const 33
i64.extend_i32_u
i64.const 32
i64.shl
local.get 2
i64.extend_i32_u
i64.or
i64.store offset=24
local.get 2
i32.const 34
i64.extend_i32_u
i64.const 32
i64.shl
local.get 2
i32.const 4
i32.add
i64.extend_i32_u
i64.or
i64.store offset=16
local.get 1
i32.load
local.get 1
i32.load offset=4
i32.const 68866
local.get 2
i32.const 16
i32.add
call 329
local.set 1
local.get 2
i32.load offset=4
local.tee 0
i32.eqz
br_if 26 (;@2;)
local.get 2
i32.load offset=8
local.get 0
i32.const 1
call 151
br 26 (;@2;)
end
local.get 2
local.get 0
i32.load8_u offset=5
i32.const 2
i32.shl
local.tee 0
i32.load offset=82252
i32.store offset=8
local.get 2
local.get 0
i32.load offset=82420
i32.store offset=4
local.get 2
i32.const 4
i64.extend_i32_u
i64.const 32
i64.shl
local.get 2
i32.const 4
i32.add
i64.extend_i32_u
i64.or
i64.store offset=16
local.get 1
i32.load
local.get 1
i32.load offset=4
i32.const 67065
local.get 2
i32.const 16
i32.add
call 329
local.set 1
br 25 (;@2;)
end
local.get 1
local.get 0
i32.load offset=8
local.tee 0
i32.load
local.get 0
i32.load offset=4
call 68
local.set 1
br 24 (;@2;)
end
local.get 0
i32.load offset=8
local.tee 0
i32.load
local.get 1
local.get 0
i32.load offset=4
i32.load offset=16
call_indirect (type 1)
local.set 1
br 23 (;@2;)
end
local.get 1
i32.load
i32.const 75556
i32.const 24
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 22 (;@2;)
end
local.get 1
i32.load
i32.const 75580
i32.const 27
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 21 (;@2;)
end
local.get 1
i32.load
i32.const 75607
i32.const 26
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 20 (;@2;)
end
local.get 1
i32.load
i32.const 75633
i32.const 25
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 19 (;@2;)
end
local.get 1
i32.load
i32.const 75658
i32.const 12
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 18 (;@2;)
end
local.get 1
i32.load
i32.const 75670
i32.const 19
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 17 (;@2;)
end
local.get 1
i32.load
i32.const 75689
i32.const 19
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 16 (;@2;)
end
local.get 1
i32.load
i32.const 75708
i32.const 14
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 15 (;@2;)
end
local.get 1
i32.load
i32.const 75722
i32.const 14
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 14 (;@2;)
end
local.get 1
i32.load
i32.const 75736
i32.const 12
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 13 (;@2;)
end
local.get 1
i32.load
i32.const 75748
i32.const 14
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 12 (;@2;)
end
local.get 1
i32.load
i32.const 75762
i32.const 14
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 11 (;@2;)
end
local.get 1
i32.load
i32.const 75776
i32.const 19
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 10 (;@2;)
end
local.get 1
i32.load
i32.const 75795
i32.const 26
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 9 (;@2;)
end
local.get 1
i32.load
i32.const 75821
i32.const 62
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 8 (;@2;)
end
local.get 1
i32.load
i32.const 75883
i32.const 20
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 7 (;@2;)
end
local.get 1
i32.load
i32.const 75903
i32.const 52
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 6 (;@2;)
end
local.get 1
i32.load
i32.const 75955
i32.const 44
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 5 (;@2;)
end
local.get 1
i32.load
i32.const 75999
i32.const 36
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 4 (;@2;)
end
local.get 1
i32.load
i32.const 76035
i32.const 14
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 3 (;@2;)
end
local.get 1
i32.load
i32.const 76049
i32.const 19
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 2 (;@2;)
end
local.get 1
i32.load
i32.const 76068
i32.const 28
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 1 (;@2;)
end
local.get 1
i32.load
i32.const 76096
i32.const 24
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
end
local.get 2
i32.const 32
i32.add
global.set 0
local.get 1
return
end
i32.const 1
i32.const 20
call 125
unreachable
)
(func (;390;) (type 1) (param i32 i32) (result i32)
local.get 1
local.get 0
i32.load offset=4
local.get 0
i32.load offset=8
call 68
)
(func (;391;) (type 0) (param i32 i32 i32) (result i32)
local.get 0
local.get 1
local.get 2
call 49
i32.const 0
)
(func (;392;) (type 1) (param i32 i32) (result i32)
(local i32 i32 i32 i32 i32 i32)
block ;; label = @1
block ;; label = @2
local.get 1
i32.const 128
i32.lt_u
local.tee 2
i32.eqz
br_if 0 (;@2;)
i32.const 1
local.set 3
br 1 (;@1;)
end
block ;; label = @2
local.get 1
i32.const 2048
i32.ge_u
br_if 0 (;@2;)
i32.const 2
local.set 3
br 1 (;@1;)
end
i32.const 3
i32.const 4
local.get 1
i32.const 65536
i32.lt_u
select
local.set 3
end
local.get 0
i32.load offset=8
local.set 4
local.get 0
local.get 3
call 153
local.get 0
i32.load offset=4
local.get 0
i32.load offset=8
i32.add
local.set 5
block ;; label = @1
block ;; label = @2
local.get 2
br_if 0 (;@2;)
local.get 1
i32.const 63
i32.and
i32.const -128
i32.or
local.set 2
local.get 1
i32.const 6
i32.shr_u
local.set 6
block ;; label = @3
local.get 1
i32.const 2048
i32.ge_u
br_if 0 (;@3;)
local.get 5
local.get 2
i32.store8 offset=1
local.get 5
local.get 6
i32.const 192
i32.or
i32.store8
br 2 (;@1;)
end
local.get 1
i32.const 12
i32.shr_u
local.set 7
local.get 6
i32.const 63
i32.and
i32.const -128
i32.or
local.set 6
block ;; label = @3
local.get 1
i32.const 65535
i32.gt_u
br_if 0 (;@3;)
local.get 5
local.get 2
i32.store8 offset=2
local.get 5
local.get 6
i32.store8 offset=1
local.get 5
local.get 7
i32.const 224
i32.or
i32.store8
br 2 (;@1;)
end
local.get 5
local.get 2
i32.store8 offset=3
local.get 5
local.get 6
i32.store8 offset=2
local.get 5
local.get 7
i32.const 63
i32.and
i32.const -128
i32.or
i32.store8 offset=1
local.get 5
local.get 1
i32.const 18
i32.shr_u
i32.const -16
i32.or
i32.store8
br 1 (;@1;)
end
local.get 5
local.get 1
i32.store8
end
local.get 0
local.get 3
local.get 4
i32.add
i32.store offset=8
i32.const 0
)
(func (;393;) (type 0) (param i32 i32 i32) (result i32)
local.get 0
i32.const 75196
local.get 1
local.get 2
call 329
)
(func (;394;) (type 13) (param i32 i32 i32)
(local i32 i32 i32 i32 i32 i32 i32 i32 i64)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
block ;; label = @8
block ;; label = @9
block ;; label = @10
block ;; label = @11
loop ;; label = @12
local.get 1
i32.load offset=8
local.tee 4
local.get 1
i32.load offset=4
local.tee 5
i32.eq
br_if 2 (;@10;)
block ;; label = @13
block ;; label = @14
block ;; label = @15
block ;; label = @16
local.get 4
local.get 5
i32.ge_u
br_if 0 (;@16;)
local.get 1
i32.load
local.tee 6
local.get 4
i32.add
i32.load8_u
local.tee 7
i32.const 34
i32.eq
br_if 2 (;@14;)
local.get 7
i32.const 92
i32.eq
br_if 2 (;@14;)
local.get 7
i32.const 32
i32.lt_u
br_if 2 (;@14;)
local.get 3
local.get 4
i32.const 1
i32.add
local.tee 8
local.get 6
local.get 5
i32.const 75100
call 320
local.get 3
i32.load
i32.const -8
i32.add
local.set 9
i32.const 0
local.get 3
i32.load offset=4
local.tee 10
i32.const 2147483640
i32.and
i32.sub
local.set 7
loop ;; label = @17
local.get 7
i32.eqz
br_if 2 (;@15;)
local.get 7
i32.const 8
i32.add
local.set 7
local.get 9
i32.const 8
i32.add
local.tee 9
i64.load align=1
local.tee 11
i64.const 2459565876494606882
i64.xor
i64.const -72340172838076673
i64.add
local.get 11
i64.const -2314885530818453536
i64.add
i64.or
local.get 11
i64.const 6655295901103053916
i64.xor
i64.const -72340172838076673
i64.add
i64.or
local.get 11
i64.const -1
i64.xor
i64.and
i64.const -9187201950435737472
i64.and
local.tee 11
i64.eqz
br_if 0 (;@17;)
end
local.get 1
local.get 9
local.get 6
i32.sub
local.get 11
i64.ctz
i32.wrap_i64
i32.const 3
i32.shr_u
i32.add
local.tee 7
i32.store offset=8
br 3 (;@13;)
end
local.get 4
local.get 5
i32.const 75084
call 154
unreachable
end
local.get 1
local.get 10
i32.const -8
i32.and
local.get 8
i32.add
i32.store offset=8
local.get 1
call 385
local.get 1
i32.load offset=4
local.set 5
local.get 1
i32.load offset=8
local.set 7
br 1 (;@13;)
end
local.get 4
local.set 7
end
local.get 7
local.get 5
i32.eq
br_if 2 (;@10;)
local.get 7
local.get 5
i32.ge_u
br_if 3 (;@9;)
block ;; label = @13
block ;; label = @14
local.get 1
i32.load
local.tee 9
local.get 7
i32.add
i32.load8_u
local.tee 6
i32.const 92
i32.eq
br_if 0 (;@14;)
local.get 6
i32.const 34
i32.eq
br_if 1 (;@13;)
local.get 1
local.get 7
i32.const 1
i32.add
i32.store offset=8
local.get 3
i32.const 16
i32.store offset=20
local.get 0
local.get 1
local.get 3
i32.const 20
i32.add
call 374
br 13 (;@1;)
end
local.get 7
local.get 4
i32.lt_u
br_if 5 (;@8;)
local.get 2
local.get 9
local.get 4
i32.add
local.get 7
local.get 4
i32.sub
call 77
local.get 1
local.get 7
i32.const 1
i32.add
local.tee 4
i32.store offset=8
block ;; label = @14
block ;; label = @15
local.get 4
local.get 5
i32.ge_u
br_if 0 (;@15;)
local.get 1
local.get 7
i32.const 2
i32.add
i32.store offset=8
local.get 3
local.get 9
local.get 4
i32.add
i32.load8_u
local.tee 7
i32.store8 offset=13
br 1 (;@14;)
end
local.get 3
i32.const 4
i32.store offset=20
local.get 3
i32.const 12
i32.add
local.get 1
local.get 3
i32.const 20
i32.add
call 382
block ;; label = @15
local.get 3
i32.load8_u offset=12
i32.const 1
i32.ne
br_if 0 (;@15;)
local.get 3
i32.load offset=16
local.set 7
br 13 (;@2;)
end
local.get 3
i32.load8_u offset=13
local.set 7
end
block ;; label = @14
block ;; label = @15
block ;; label = @16
block ;; label = @17
block ;; label = @18
block ;; label = @19
block ;; label = @20
block ;; label = @21
block ;; label = @22
block ;; label = @23
block ;; label = @24
local.get 7
i32.const 255
i32.and
local.tee 7
i32.const -110
i32.add
br_table 7 (;@17;) 1 (;@23;) 1 (;@23;) 1 (;@23;) 8 (;@16;) 1 (;@23;) 9 (;@15;) 10 (;@14;) 0 (;@24;)
end
block ;; label = @24
local.get 7
i32.const -98
i32.add
br_table 5 (;@19;) 1 (;@23;) 1 (;@23;) 1 (;@23;) 6 (;@18;) 0 (;@24;)
end
local.get 7
i32.const 34
i32.eq
br_if 1 (;@22;)
local.get 7
i32.const 47
i32.eq
br_if 3 (;@20;)
local.get 7
i32.const 92
i32.eq
br_if 2 (;@21;)
end
local.get 3
i32.const 12
i32.store offset=20
local.get 1
local.get 3
i32.const 20
i32.add
call 377
local.set 7
br 20 (;@2;)
end
local.get 2
i32.const 34
call 378
br 9 (;@12;)
end
local.get 2
i32.const 92
call 378
br 8 (;@12;)
end
local.get 2
i32.const 47
call 378
br 7 (;@12;)
end
local.get 2
i32.const 8
call 378
br 6 (;@12;)
end
local.get 2
i32.const 12
call 378
br 5 (;@12;)
end
local.get 2
i32.const 10
call 378
br 4 (;@12;)
end
local.get 2
i32.const 13
call 378
br 3 (;@12;)
end
local.get 2
i32.const 9
call 378
br 2 (;@12;)
end
local.get 3
i32.const 20
i32.add
local.get 1
call 379
local.get 3
i32.load16_u offset=20
i32.const 1
i32.eq
br_if 10 (;@3;)
local.get 3
i32.load16_u offset=22
local.tee 7
i32.const 64512
i32.and
i32.const 56320
i32.eq
br_if 2 (;@11;)
block ;; label = @14
local.get 7
i32.const 9216
i32.add
i32.const 65535
i32.and
i32.const 64512
i32.lt_u
br_if 0 (;@14;)
local.get 3
i32.const 20
i32.add
local.get 1
call 381
local.get 3
i32.load8_u offset=20
i32.const 1
i32.eq
br_if 11 (;@3;)
local.get 3
i32.load8_u offset=21
local.set 9
local.get 1
local.get 1
i32.load offset=8
local.tee 4
i32.const 1
i32.add
i32.store offset=8
local.get 9
i32.const 92
i32.ne
br_if 7 (;@7;)
local.get 3
i32.const 20
i32.add
local.get 1
call 381
local.get 3
i32.load8_u offset=20
br_if 11 (;@3;)
local.get 3
i32.load8_u offset=21
local.set 9
local.get 1
local.get 4
i32.const 2
i32.add
i32.store offset=8
local.get 9
i32.const 117
i32.ne
br_if 8 (;@6;)
local.get 3
i32.const 20
i32.add
local.get 1
call 379
local.get 3
i32.load16_u offset=20
br_if 11 (;@3;)
block ;; label = @15
local.get 3
i32.load16_u offset=22
local.tee 9
i32.const 8192
i32.add
i32.const 65535
i32.and
i32.const 64511
i32.gt_u
br_if 0 (;@15;)
local.get 3
i32.const 20
i32.store offset=20
local.get 1
local.get 3
i32.const 20
i32.add
call 377
local.set 7
br 13 (;@2;)
end
local.get 7
i32.const 10240
i32.add
i32.const 65535
i32.and
i32.const 10
i32.shl
local.get 9
i32.const 9216
i32.add
i32.const 65535
i32.and
i32.add
i32.const 65536
i32.add
local.get 2
call 383
br 2 (;@12;)
end
local.get 7
local.get 2
call 383
br 1 (;@12;)
end
end
block ;; label = @12
local.get 2
i32.load offset=8
i32.eqz
br_if 0 (;@12;)
local.get 7
local.get 4
i32.lt_u
br_if 7 (;@5;)
local.get 2
local.get 9
local.get 4
i32.add
local.get 7
local.get 4
i32.sub
call 77
i32.const 1
local.set 9
local.get 1
local.get 7
i32.const 1
i32.add
i32.store offset=8
local.get 3
i32.const 20
i32.add
local.get 1
local.get 2
i32.load offset=4
local.get 2
i32.load offset=8
call 388
block ;; label = @13
block ;; label = @14
local.get 3
i32.load offset=20
local.tee 7
br_if 0 (;@14;)
i32.const 2
local.set 9
local.get 3
i32.load offset=24
local.set 7
br 1 (;@13;)
end
local.get 0
local.get 3
i32.load offset=24
i32.store offset=8
end
local.get 0
local.get 9
i32.store
local.get 0
local.get 7
i32.store offset=4
br 11 (;@1;)
end
local.get 7
local.get 4
i32.lt_u
br_if 7 (;@4;)
local.get 1
local.get 7
i32.const 1
i32.add
i32.store offset=8
local.get 3
i32.const 20
i32.add
local.get 1
local.get 9
local.get 4
i32.add
local.get 7
local.get 4
i32.sub
call 388
block ;; label = @12
block ;; label = @13
local.get 3
i32.load offset=20
local.tee 7
br_if 0 (;@13;)
i32.const 2
local.set 9
local.get 3
i32.load offset=24
local.set 7
br 1 (;@12;)
end
local.get 0
local.get 3
i32.load offset=24
i32.store offset=8
i32.const 0
local.set 9
end
local.get 0
local.get 9
i32.store
local.get 0
local.get 7
i32.store offset=4
br 10 (;@1;)
end
local.get 3
i32.const 20
i32.store offset=20
local.get 1
local.get 3
i32.const 20
i32.add
call 377
local.set 7
br 8 (;@2;)
end
local.get 3
i32.const 4
i32.store offset=20
local.get 0
local.get 1
local.get 3
i32.const 20
i32.add
call 374
br 8 (;@1;)
end
local.get 7
local.get 5
i32.const 75116
call 154
unreachable
end
local.get 4
local.get 7
local.get 5
i32.const 75164
call 142
unreachable
end
local.get 3
i32.const 23
i32.store offset=20
local.get 1
local.get 3
i32.const 20
i32.add
call 377
local.set 7
br 4 (;@2;)
end
local.get 3
i32.const 23
i32.store offset=20
local.get 1
local.get 3
i32.const 20
i32.add
call 377
local.set 7
br 3 (;@2;)
end
local.get 4
local.get 7
local.get 5
i32.const 75132
call 142
unreachable
end
local.get 4
local.get 7
local.get 5
i32.const 75148
call 142
unreachable
end
local.get 3
i32.load offset=24
local.set 7
end
local.get 0
i32.const 2
i32.store
local.get 0
local.get 7
i32.store offset=4
end
local.get 3
i32.const 32
i32.add
global.set 0
)
(func (;395;) (type 13) (param i32 i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 3
global.set 0
block ;; label = @1
block ;; label = @2
local.get 1
br_if 0 (;@2;)
i32.const 0
local.set 1
br 1 (;@1;)
end
local.get 3
i32.const 8
i32.add
local.get 1
local.get 2
call 302
local.get 0
local.get 3
i64.load offset=8
i64.store offset=4 align=4
i32.const 1
local.set 1
end
local.get 0
local.get 1
i32.store
local.get 3
i32.const 16
i32.add
global.set 0
)
(func (;396;) (type 1) (param i32 i32) (result i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
local.get 1
i32.store16 offset=14
local.get 0
local.get 2
i32.const 14
i32.add
i32.const 2
call 397
local.set 1
local.get 2
i32.const 16
i32.add
global.set 0
local.get 1
)
(func (;397;) (type 0) (param i32 i32 i32) (result i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 3
global.set 0
local.get 3
i32.const 8
i32.add
local.get 0
local.get 2
call 399
block ;; label = @1
local.get 3
i32.load offset=8
local.tee 0
i32.eqz
br_if 0 (;@1;)
local.get 0
local.get 3
i32.load offset=12
local.get 1
local.get 2
call 400
end
local.get 3
i32.const 16
i32.add
global.set 0
local.get 0
i32.eqz
)
(func (;398;) (type 1) (param i32 i32) (result i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
local.get 1
i32.store8 offset=15
local.get 0
local.get 2
i32.const 15
i32.add
i32.const 1
call 397
local.set 1
local.get 2
i32.const 16
i32.add
global.set 0
local.get 1
)
(func (;399;) (type 13) (param i32 i32 i32)
(local i32 i32 i32)
i32.const 0
local.set 3
block ;; label = @1
local.get 1
i32.load offset=8
local.tee 4
local.get 2
i32.add
local.tee 5
local.get 4
i32.lt_u
br_if 0 (;@1;)
local.get 5
local.get 1
i32.load offset=4
i32.gt_u
br_if 0 (;@1;)
local.get 1
local.get 5
i32.store offset=8
local.get 1
i32.load
local.get 4
i32.add
local.set 3
end
local.get 0
local.get 2
i32.store offset=4
local.get 0
local.get 3
i32.store
)
(func (;400;) (type 16) (param i32 i32 i32 i32)
(local i32 i32 i64)
global.get 0
i32.const 16
i32.sub
local.tee 4
global.set 0
block ;; label = @1
local.get 3
i32.eqz
br_if 0 (;@1;)
block ;; label = @2
block ;; label = @3
block ;; label = @4
local.get 3
i32.const 3
i32.gt_u
br_if 0 (;@4;)
block ;; label = @5
block ;; label = @6
local.get 1
br_if 0 (;@6;)
i32.const 0
local.set 5
br 1 (;@5;)
end
local.get 0
local.get 2
i32.load8_u
i32.store8
local.get 4
local.get 0
local.get 1
local.get 1
i32.const -1
i32.add
call 401
local.get 4
i32.load offset=8
local.set 5
end
local.get 4
local.get 2
local.get 3
local.get 3
i32.const -1
i32.add
call 402
block ;; label = @5
local.get 5
i32.eqz
br_if 0 (;@5;)
local.get 5
local.get 4
i32.load offset=8
i32.load8_u
i32.store8
end
local.get 3
i32.const 1
i32.shr_u
local.tee 3
local.get 1
i32.ge_u
br_if 1 (;@3;)
local.get 0
local.get 3
i32.add
local.get 2
local.get 3
i32.add
i32.load8_u
i32.store8
br 3 (;@1;)
end
block ;; label = @4
local.get 3
i32.const 7
i32.gt_u
br_if 0 (;@4;)
i32.const 0
local.set 5
block ;; label = @5
local.get 1
i32.const 4
i32.lt_u
br_if 0 (;@5;)
local.get 0
local.get 2
i32.load align=1
i32.store align=1
local.get 4
local.get 0
local.get 1
local.get 1
i32.const -4
i32.add
call 401
local.get 4
i32.load offset=8
local.set 5
end
local.get 4
local.get 2
local.get 3
local.get 3
i32.const -4
i32.add
call 402
local.get 5
i32.eqz
br_if 3 (;@1;)
local.get 5
local.get 4
i32.load offset=8
i32.load align=1
i32.store align=1
br 3 (;@1;)
end
block ;; label = @4
local.get 3
i32.const 15
i32.gt_u
br_if 0 (;@4;)
i32.const 0
local.set 5
block ;; label = @5
local.get 1
i32.const 8
i32.lt_u
br_if 0 (;@5;)
local.get 0
local.get 2
i64.load align=1
i64.store align=1
local.get 4
local.get 0
local.get 1
local.get 1
i32.const -8
i32.add
call 401
local.get 4
i32.load offset=8
local.set 5
end
local.get 4
local.get 2
local.get 3
local.get 3
i32.const -8
i32.add
call 402
local.get 5
i32.eqz
br_if 3 (;@1;)
local.get 5
local.get 4
i32.load offset=8
i64.load align=1
i64.store align=1
br 3 (;@1;)
end
local.get 3
i32.const 32
i32.gt_u
br_if 1 (;@2;)
i32.const 0
local.set 5
block ;; label = @4
local.get 1
i32.const 16
i32.lt_u
br_if 0 (;@4;)
local.get 0
local.get 2
i64.load offset=8 align=1
i64.store offset=8 align=1
local.get 0
local.get 2
i64.load align=1
i64.store align=1
local.get 4
local.get 0
local.get 1
local.get 1
i32.const -16
i32.add
call 401
local.get 4
i32.load offset=8
local.set 5
end
local.get 4
local.get 2
local.get 3
local.get 3
i32.const -16
i32.add
call 402
local.get 5
i32.eqz
br_if 2 (;@1;)
local.get 4
i32.load offset=8
local.tee 3
i64.load align=1
local.set 6
local.get 5
local.get 3
i64.load offset=8 align=1
i64.store offset=8 align=1
local.get 5
local.get 6
i64.store align=1
br 2 (;@1;)
end
local.get 3
local.get 1
i32.const 78876
call 154
unreachable
end
local.get 0
local.get 1
local.get 2
local.get 3
i32.const 78860
call 143
end
local.get 4
i32.const 16
i32.add
global.set 0
)
(func (;401;) (type 16) (param i32 i32 i32 i32)
block ;; label = @1
local.get 2
local.get 3
i32.ge_u
br_if 0 (;@1;)
i32.const 80400
i32.const 19
i32.const 80412
call 122
unreachable
end
local.get 0
local.get 3
i32.store offset=4
local.get 0
local.get 1
i32.store
local.get 0
local.get 2
local.get 3
i32.sub
i32.store offset=12
local.get 0
local.get 1
local.get 3
i32.add
i32.store offset=8
)
(func (;402;) (type 16) (param i32 i32 i32 i32)
block ;; label = @1
local.get 2
local.get 3
i32.ge_u
br_if 0 (;@1;)
i32.const 80400
i32.const 19
i32.const 80312
call 122
unreachable
end
local.get 0
local.get 3
i32.store offset=4
local.get 0
local.get 1
i32.store
local.get 0
local.get 2
local.get 3
i32.sub
i32.store offset=12
local.get 0
local.get 1
local.get 3
i32.add
i32.store offset=8
)
(func (;403;) (type 6) (param i32 i32 i32 i32 i32) (result i32)
(local i32 i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 5
global.set 0
i32.const 1
local.set 6
i32.const 2
i32.const 1
local.get 1
select
local.set 1
block ;; label = @1
block ;; label = @2
local.get 2
i32.load
i32.eqz
br_if 0 (;@2;)
local.get 5
i32.const 1
i32.store offset=20
local.get 5
local.get 2
i64.load align=4
i64.store offset=24 align=4
local.get 0
local.get 1
local.get 5
i32.const 20
i32.add
local.get 3
local.get 4
call 140
local.set 6
br 1 (;@1;)
end
local.get 2
i32.load16_u offset=4
local.set 7
local.get 5
i32.const 8
i32.add
local.get 0
local.get 4
i32.const 7
i32.add
call 399
local.get 5
i32.load offset=8
local.tee 2
i32.eqz
br_if 0 (;@1;)
local.get 5
i32.load offset=12
local.tee 0
i32.const 7
i32.lt_u
br_if 0 (;@1;)
local.get 2
local.get 4
i32.store offset=3 align=1
local.get 2
local.get 7
i32.store8 offset=1
local.get 2
local.get 1
i32.store8
local.get 2
local.get 7
i32.const 8
i32.shr_u
i32.store8 offset=2
local.get 2
i32.const 7
i32.add
local.get 0
i32.const -7
i32.add
local.get 3
local.get 4
call 400
i32.const 0
local.set 6
end
local.get 5
i32.const 32
i32.add
global.set 0
local.get 6
)
(func (;404;) (type 1) (param i32 i32) (result i32)
local.get 1
local.get 0
i32.load
local.tee 0
i32.load offset=4
local.get 0
i32.load offset=8
call 68
)
(func (;405;) (type 1) (param i32 i32) (result i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
local.get 0
i32.load
br_table 0 (;@7;) 1 (;@6;) 2 (;@5;) 3 (;@4;) 4 (;@3;) 5 (;@2;) 0 (;@7;)
end
local.get 2
local.get 0
i32.const 4
i32.add
i32.store offset=4
local.get 2
i32.const 25
i32.store offset=12
local.get 2
local.get 2
i32.const 4
i32.add
i32.store offset=8
local.get 1
i32.load
local.get 1
i32.load offset=4
i32.const 66943
local.get 2
i32.const 8
i32.add
call 406
local.set 1
br 5 (;@1;)
end
local.get 2
local.get 0
i32.const 4
i32.add
i32.store offset=4
local.get 2
i32.const 25
i32.store offset=12
local.get 2
local.get 2
i32.const 4
i32.add
i32.store offset=8
local.get 1
i32.load
local.get 1
i32.load offset=4
i32.const 66813
local.get 2
i32.const 8
i32.add
call 406
local.set 1
br 4 (;@1;)
end
local.get 1
i32.load
i32.const 76144
i32.const 16
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
br 3 (;@1;)
end
local.get 2
local.get 0
i32.const 4
i32.add
i32.store offset=4
local.get 2
i32.const 25
i32.store offset=12
local.get 2
local.get 2
i32.const 4
i32.add
i32.store offset=8
local.get 1
i32.load
local.get 1
i32.load offset=4
i32.const 66915
local.get 2
i32.const 8
i32.add
call 406
local.set 1
br 2 (;@1;)
end
local.get 2
local.get 0
i32.const 4
i32.add
i32.store offset=4
local.get 2
i32.const 25
i32.store offset=12
local.get 2
local.get 2
i32.const 4
i32.add
i32.store offset=8
local.get 1
i32.load
local.get 1
i32.load offset=4
i32.const 66931
local.get 2
i32.const 8
i32.add
call 406
local.set 1
br 1 (;@1;)
end
local.get 1
i32.load
i32.const 76160
i32.const 23
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
end
local.get 2
i32.const 16
i32.add
global.set 0
local.get 1
)
(func (;406;) (type 9) (param i32 i32 i32 i32) (result i32)
local.get 0
local.get 1
local.get 2
local.get 3
call 329
)
(func (;407;) (type 2) (param i32 i32)
(local i32 i32)
local.get 1
i32.load
local.set 2
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 1
i32.load offset=8
local.tee 3
i32.eqz
br_if 0 (;@3;)
local.get 2
i32.eqz
br_if 1 (;@2;)
local.get 1
i32.load offset=12
local.get 3
i32.sub
i32.const 20
i32.div_u
local.get 1
i32.load offset=4
i32.const 0
i32.ne
i32.add
local.set 3
br 2 (;@1;)
end
i32.const 0
local.set 3
local.get 2
i32.eqz
br_if 1 (;@1;)
local.get 1
i32.load offset=4
i32.const 0
i32.ne
local.set 3
br 1 (;@1;)
end
local.get 1
i32.load offset=12
local.get 3
i32.sub
i32.const 20
i32.div_u
local.set 3
end
local.get 0
local.get 3
i32.store offset=8
local.get 0
i32.const 1
i32.store offset=4
local.get 0
local.get 3
i32.store
)
(func (;408;) (type 16) (param i32 i32 i32 i32)
block ;; label = @1
local.get 2
local.get 3
i32.ge_u
br_if 0 (;@1;)
i32.const 80400
i32.const 19
i32.const 80864
call 122
unreachable
end
local.get 0
local.get 3
i32.store offset=4
local.get 0
local.get 1
i32.store
local.get 0
local.get 2
local.get 3
i32.sub
i32.store offset=12
local.get 0
local.get 1
local.get 3
i32.add
i32.store offset=8
)
(func (;409;) (type 16) (param i32 i32 i32 i32)
block ;; label = @1
local.get 1
local.get 3
i32.ne
br_if 0 (;@1;)
block ;; label = @2
local.get 1
i32.eqz
br_if 0 (;@2;)
local.get 0
local.get 2
local.get 1
memory.copy
end
return
end
local.get 1
local.get 3
i32.const 80864
call 353
unreachable
)
(func (;410;) (type 2) (param i32 i32)
(local i32 i32 i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
i32.const -1
local.set 3
i32.const 0
local.set 4
i32.const 0
local.set 5
block ;; label = @1
block ;; label = @2
loop ;; label = @3
block ;; label = @4
block ;; label = @5
local.get 3
i32.const 4
i32.eq
br_if 0 (;@5;)
local.get 2
i32.const 8
i32.add
local.get 1
call 243
local.get 2
i32.load8_u offset=9
local.set 6
local.get 2
i32.load8_u offset=8
i32.eqz
br_if 1 (;@4;)
local.get 0
local.get 6
i32.store8 offset=1
br 3 (;@2;)
end
local.get 0
i32.const 5
i32.store8 offset=1
br 2 (;@2;)
end
local.get 3
i32.const 1
i32.add
local.set 3
local.get 6
i32.const 127
i32.and
local.get 4
i32.shl
local.get 5
i32.or
local.set 5
local.get 4
i32.const 7
i32.add
local.set 4
local.get 6
i32.extend8_s
i32.const 0
i32.lt_s
br_if 0 (;@3;)
end
block ;; label = @3
block ;; label = @4
local.get 3
i32.const 4
i32.ne
br_if 0 (;@4;)
local.get 6
i32.const 255
i32.and
i32.const 15
i32.gt_u
br_if 1 (;@3;)
end
local.get 0
local.get 5
i32.store offset=4
i32.const 0
local.set 3
br 2 (;@1;)
end
local.get 0
i32.const 5
i32.store8 offset=1
end
i32.const 1
local.set 3
end
local.get 0
local.get 3
i32.store8
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;411;) (type 2) (param i32 i32)
(local i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
block ;; label = @1
block ;; label = @2
local.get 1
i32.load offset=4
local.tee 3
br_if 0 (;@2;)
local.get 0
i32.const -2147483648
i32.store
br 1 (;@1;)
end
local.get 1
local.get 3
i32.const -1
i32.add
i32.store offset=4
local.get 2
i32.const 4
i32.add
local.get 1
i32.load
call 134
local.get 2
i32.load8_u offset=8
local.set 1
block ;; label = @2
local.get 2
i32.load offset=4
local.tee 3
i32.const -2147483648
i32.ne
br_if 0 (;@2;)
local.get 0
i32.const -2147483647
i32.store
local.get 0
local.get 1
i32.store8 offset=4
br 1 (;@1;)
end
local.get 0
local.get 2
i32.load offset=12 align=1
i32.store offset=8 align=1
local.get 0
local.get 2
i32.load offset=9 align=1
i32.store offset=5 align=1
local.get 0
local.get 1
i32.store8 offset=4
local.get 0
local.get 3
i32.store
end
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;412;) (type 2) (param i32 i32)
(local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i64 i32)
global.get 0
i32.const 48
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 36
i32.add
local.get 1
call 410
block ;; label = @1
block ;; label = @2
local.get 2
i32.load8_u offset=36
i32.const 1
i32.ne
br_if 0 (;@2;)
local.get 2
i32.load8_u offset=37
local.set 3
local.get 0
i32.const -2147483648
i32.store
local.get 0
local.get 3
i32.store8 offset=4
br 1 (;@1;)
end
i32.const 0
local.set 4
local.get 2
i32.const 8
i32.add
i32.const 0
local.get 2
i32.load offset=40
local.tee 5
i32.const 43690
local.get 5
i32.const 43690
i32.lt_u
select
local.get 1
i32.load offset=4
local.get 1
i32.load
i32.sub
local.get 5
i32.lt_u
select
i32.const 4
i32.const 24
call 257
local.get 2
i32.const 0
i32.store offset=24
local.get 2
local.get 2
i32.load offset=12
local.tee 6
i32.store offset=20
local.get 2
local.get 2
i32.load offset=8
i32.store offset=16
local.get 2
i32.const 45
i32.add
local.set 7
local.get 2
i32.const 47
i32.add
local.set 8
i32.const 16
local.set 9
block ;; label = @2
loop ;; label = @3
local.get 5
local.get 4
i32.eq
br_if 1 (;@2;)
local.get 2
i32.const 2
i32.store offset=32
local.get 2
local.get 1
i32.store offset=28
local.get 2
i32.const 36
i32.add
local.get 2
i32.const 28
i32.add
call 411
block ;; label = @4
block ;; label = @5
block ;; label = @6
local.get 2
i32.load offset=36
local.tee 10
i32.const -2147483647
i32.ne
br_if 0 (;@6;)
local.get 2
i32.load8_u offset=40
local.set 3
br 1 (;@5;)
end
block ;; label = @6
local.get 10
i32.const -2147483648
i32.ne
br_if 0 (;@6;)
i32.const 14
local.set 3
br 1 (;@5;)
end
local.get 2
i32.load offset=40
local.set 11
block ;; label = @6
block ;; label = @7
local.get 2
i32.load offset=32
br_if 0 (;@7;)
i32.const 14
local.set 3
br 1 (;@6;)
end
local.get 2
i32.load offset=44
local.set 12
local.get 2
i32.const 36
i32.add
local.get 2
i32.load offset=28
call 413
local.get 2
i32.load8_u offset=40
local.set 3
local.get 2
i32.load offset=36
local.tee 13
i32.const -2147483648
i32.ne
br_if 2 (;@4;)
end
local.get 10
local.get 11
call 104
end
local.get 0
i32.const -2147483648
i32.store
local.get 0
local.get 3
i32.store8 offset=4
local.get 2
i32.const 16
i32.add
call 185
br 3 (;@1;)
end
local.get 2
i64.load32_u offset=41 align=1
local.get 8
i64.load8_u
i64.const 48
i64.shl
local.get 7
i64.load16_u align=1
i64.const 32
i64.shl
i64.or
i64.or
i64.const 8
i64.shl
local.get 3
i64.extend_i32_u
i64.const 255
i64.and
i64.or
local.set 14
local.get 11
i32.const 8
i32.shr_u
local.set 15
block ;; label = @4
local.get 4
local.get 2
i32.load offset=16
i32.ne
br_if 0 (;@4;)
local.get 2
i32.const 16
i32.add
call 414
local.get 2
i32.load offset=20
local.set 6
end
local.get 6
local.get 9
i32.add
local.tee 3
local.get 14
i64.store align=4
local.get 3
i32.const -4
i32.add
local.get 13
i32.store
local.get 3
i32.const -8
i32.add
local.get 12
i32.store
local.get 3
i32.const -11
i32.add
local.tee 12
local.get 15
i32.store16 align=1
local.get 3
i32.const -12
i32.add
local.get 11
i32.store8
local.get 3
i32.const -16
i32.add
local.get 10
i32.store
local.get 12
i32.const 2
i32.add
local.get 15
i32.const 16
i32.shr_u
i32.store8
local.get 2
local.get 4
i32.const 1
i32.add
local.tee 4
i32.store offset=24
local.get 9
i32.const 24
i32.add
local.set 9
br 0 (;@3;)
end
end
local.get 0
local.get 2
i32.load offset=24
i32.store offset=8
local.get 0
local.get 2
i64.load offset=16 align=4
i64.store align=4
end
local.get 2
i32.const 48
i32.add
global.set 0
)
(func (;413;) (type 2) (param i32 i32)
(local i32 i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 8
i32.add
local.get 1
call 410
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
local.get 2
i32.load8_u offset=8
i32.const 1
i32.ne
br_if 0 (;@5;)
local.get 2
i32.load8_u offset=9
local.set 1
br 1 (;@4;)
end
i32.const 4
local.set 3
block ;; label = @5
block ;; label = @6
local.get 1
i32.load offset=4
local.get 1
i32.load
local.tee 4
i32.sub
local.get 2
i32.load offset=12
local.tee 5
i32.lt_u
br_if 0 (;@6;)
local.get 1
local.get 4
local.get 5
i32.add
i32.store
local.get 4
br_if 1 (;@5;)
local.get 5
local.set 3
end
local.get 3
i32.const 255
i32.and
local.set 1
br 1 (;@4;)
end
block ;; label = @5
local.get 5
br_if 0 (;@5;)
i32.const 1
local.set 1
i32.const 0
local.set 5
br 3 (;@2;)
end
local.get 5
call 54
local.tee 1
i32.eqz
br_if 1 (;@3;)
block ;; label = @5
local.get 5
i32.eqz
br_if 0 (;@5;)
local.get 1
local.get 4
local.get 5
memory.copy
end
local.get 5
i32.const -2147483648
i32.ne
br_if 2 (;@2;)
end
local.get 0
i32.const -2147483648
i32.store
local.get 0
local.get 1
i32.store8 offset=4
br 2 (;@1;)
end
i32.const 1
local.get 5
call 125
unreachable
end
local.get 0
local.get 5
i32.store offset=8
local.get 0
local.get 1
i32.store offset=4
local.get 0
local.get 5
i32.store
end
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;414;) (type 3) (param i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 1
global.set 0
local.get 1
i32.const 8
i32.add
local.get 0
local.get 0
i32.load
i32.const 1
i32.const 4
i32.const 24
call 237
block ;; label = @1
local.get 1
i32.load offset=8
local.tee 0
i32.const -2147483647
i32.eq
br_if 0 (;@1;)
local.get 0
local.get 1
i32.load offset=12
call 125
unreachable
end
local.get 1
i32.const 16
i32.add
global.set 0
)
(func (;415;) (type 2) (param i32 i32)
(local i32)
block ;; label = @1
local.get 0
i32.load offset=8
local.tee 2
local.get 0
i32.load
i32.ne
br_if 0 (;@1;)
local.get 0
call 72
end
local.get 0
local.get 2
i32.const 1
i32.add
i32.store offset=8
local.get 0
i32.load offset=4
local.get 2
i32.add
local.get 1
i32.store8
)
(func (;416;) (type 2) (param i32 i32)
(local i32 i64 i64 i64 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
i64.const -1
local.set 3
i64.const 0
local.set 4
i64.const 0
local.set 5
block ;; label = @1
block ;; label = @2
block ;; label = @3
loop ;; label = @4
i32.const 5
local.set 6
local.get 3
i64.const 9
i64.eq
br_if 1 (;@3;)
local.get 2
i32.const 8
i32.add
local.get 1
call 243
local.get 2
i32.load8_u offset=9
local.set 7
block ;; label = @5
local.get 2
i32.load8_u offset=8
i32.eqz
br_if 0 (;@5;)
local.get 7
local.set 6
br 2 (;@3;)
end
local.get 3
i64.const 1
i64.add
local.set 3
local.get 7
i64.extend_i32_u
i64.const 127
i64.and
local.get 4
i64.shl
local.get 5
i64.or
local.set 5
local.get 4
i64.const 7
i64.add
local.set 4
local.get 7
i32.extend8_s
i32.const 0
i32.lt_s
br_if 0 (;@4;)
end
local.get 3
i64.const 9
i64.ne
br_if 1 (;@2;)
local.get 7
i32.const 255
i32.and
i32.const 2
i32.lt_u
br_if 1 (;@2;)
end
local.get 0
local.get 6
i32.store8 offset=1
i32.const 1
local.set 7
br 1 (;@1;)
end
local.get 0
local.get 5
i64.store offset=8
i32.const 0
local.set 7
end
local.get 0
local.get 7
i32.store8
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;417;) (type 2) (param i32 i32)
(local i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 8
i32.add
local.get 1
call 410
block ;; label = @1
block ;; label = @2
local.get 2
i32.load8_u offset=8
i32.const 1
i32.ne
br_if 0 (;@2;)
local.get 2
i32.load8_u offset=9
local.set 1
local.get 0
i32.const 2
i32.store8
local.get 0
local.get 1
i32.store8 offset=1
br 1 (;@1;)
end
local.get 2
local.get 2
i32.load offset=12
call 80
local.get 2
i32.load8_u offset=1
local.set 3
block ;; label = @2
local.get 2
i32.load8_u
i32.eqz
br_if 0 (;@2;)
local.get 0
i32.const 2
i32.store8
local.get 0
local.get 3
i32.store8 offset=1
br 1 (;@1;)
end
local.get 0
local.get 1
i32.store offset=4
local.get 0
local.get 3
i32.const 1
i32.and
i32.store8
end
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;418;) (type 2) (param i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
i32.const 0
local.set 3
local.get 2
i32.const 0
i32.store8 offset=12
local.get 2
i32.const 0
i32.store offset=8
block ;; label = @1
loop ;; label = @2
block ;; label = @3
local.get 3
i32.const 5
i32.ne
br_if 0 (;@3;)
i32.const 5
local.set 1
local.get 2
i32.const 8
i32.add
local.set 3
br 2 (;@1;)
end
local.get 2
i32.const 8
i32.add
local.get 3
i32.add
local.tee 4
local.get 1
i32.store8
block ;; label = @3
local.get 1
i32.const 128
i32.lt_u
br_if 0 (;@3;)
local.get 4
local.get 1
i32.const 128
i32.or
i32.store8
local.get 1
i32.const 7
i32.shr_u
local.set 1
local.get 3
i32.const 1
i32.add
local.set 3
br 1 (;@2;)
end
end
local.get 2
local.get 2
i32.const 8
i32.add
local.get 3
i32.const 81052
call 244
local.get 2
i32.load offset=4
local.set 1
local.get 2
i32.load
local.set 3
end
local.get 0
local.get 3
local.get 1
call 77
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;419;) (type 13) (param i32 i32 i32)
local.get 2
local.get 1
call 418
local.get 2
local.get 0
local.get 1
call 77
)
(func (;420;) (type 1) (param i32 i32) (result i32)
block ;; label = @1
local.get 0
i32.load offset=12
i32.eqz
br_if 0 (;@1;)
local.get 0
return
end
local.get 1
local.get 0
call 429
local.set 1
local.get 0
call 433
local.get 1
)
(func (;421;) (type 0) (param i32 i32 i32) (result i32)
(local i32)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
loop ;; label = @4
block ;; label = @5
local.get 2
br_if 0 (;@5;)
i32.const 0
local.set 2
br 4 (;@1;)
end
local.get 3
i32.const 12
i32.add
local.get 0
call 428
local.get 3
i32.load8_u offset=12
br_if 2 (;@2;)
local.get 3
i32.load8_u offset=13
i32.const 1
i32.ne
br_if 1 (;@3;)
block ;; label = @5
local.get 3
i32.load8_u offset=14
local.get 1
i32.load8_u
i32.ne
br_if 0 (;@5;)
local.get 1
i32.const 1
i32.add
local.set 1
local.get 2
i32.const -1
i32.add
local.set 2
br 1 (;@4;)
end
end
local.get 3
i32.const 9
i32.store offset=20
local.get 0
local.get 3
i32.const 20
i32.add
call 429
local.set 2
br 2 (;@1;)
end
local.get 3
i32.const 5
i32.store offset=20
local.get 0
local.get 3
i32.const 20
i32.add
call 429
local.set 2
br 1 (;@1;)
end
local.get 3
i32.load offset=16
local.set 2
end
local.get 3
i32.const 32
i32.add
global.set 0
local.get 2
)
(func (;422;) (type 13) (param i32 i32 i32)
(local i32 i32 i32 i32 i32 i64 i32)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
local.get 3
i32.const 8
i32.add
local.get 1
call 428
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
local.get 3
i32.load8_u offset=8
i32.const 1
i32.ne
br_if 0 (;@6;)
local.get 3
i32.load offset=12
local.set 4
br 1 (;@5;)
end
block ;; label = @6
local.get 3
i32.load8_u offset=9
i32.const 1
i32.ne
br_if 0 (;@6;)
local.get 3
i32.load8_u offset=10
local.tee 5
i32.const 255
i32.and
i32.const 48
i32.ne
br_if 2 (;@4;)
block ;; label = @7
local.get 1
i32.load offset=20
local.tee 4
local.get 1
i32.load offset=16
i32.ge_u
br_if 0 (;@7;)
local.get 1
i32.load offset=12
local.get 4
i32.add
i32.load8_u
i32.const -48
i32.add
i32.const 255
i32.and
i32.const 10
i32.lt_u
br_if 4 (;@3;)
end
local.get 0
local.get 1
local.get 2
i64.const 0
call 430
br 5 (;@1;)
end
local.get 3
i32.const 5
i32.store offset=16
local.get 1
local.get 3
i32.const 16
i32.add
call 429
local.set 4
end
local.get 0
i64.const 3
i64.store
local.get 0
local.get 4
i32.store offset=8
br 3 (;@1;)
end
local.get 5
i32.const -49
i32.add
i32.const 255
i32.and
i32.const 9
i32.lt_u
br_if 1 (;@2;)
local.get 3
i32.const 13
i32.store offset=16
local.get 1
local.get 3
i32.const 16
i32.add
call 429
local.set 4
local.get 0
i64.const 3
i64.store
local.get 0
local.get 4
i32.store offset=8
br 2 (;@1;)
end
local.get 3
i32.const 13
i32.store offset=16
local.get 1
local.get 3
i32.const 16
i32.add
call 253
local.set 4
local.get 0
i64.const 3
i64.store
local.get 0
local.get 4
i32.store offset=8
br 1 (;@1;)
end
local.get 1
i32.load offset=20
local.tee 4
local.get 1
i32.load offset=16
local.tee 6
local.get 4
local.get 6
i32.gt_u
select
local.set 7
local.get 5
i32.const -48
i32.add
i64.extend_i32_u
i64.const 255
i64.and
local.set 8
local.get 1
i32.load offset=12
local.set 9
loop ;; label = @2
block ;; label = @3
block ;; label = @4
local.get 7
local.get 4
i32.eq
br_if 0 (;@4;)
local.get 9
local.get 4
i32.add
i32.load8_u
i32.const -48
i32.add
local.tee 5
i32.const 255
i32.and
local.tee 6
i32.const 10
i32.lt_u
br_if 1 (;@3;)
end
local.get 0
local.get 1
local.get 2
local.get 8
call 430
br 2 (;@1;)
end
block ;; label = @3
block ;; label = @4
local.get 8
i64.const 1844674407370955161
i64.lt_u
br_if 0 (;@4;)
local.get 8
i64.const 1844674407370955161
i64.ne
br_if 1 (;@3;)
local.get 6
i32.const 5
i32.gt_u
br_if 1 (;@3;)
end
local.get 1
local.get 4
i32.const 1
i32.add
local.tee 4
i32.store offset=20
local.get 8
i64.const 10
i64.mul
local.get 5
i64.extend_i32_u
i64.const 255
i64.and
i64.add
local.set 8
br 1 (;@2;)
end
end
local.get 3
i32.const 16
i32.add
local.get 1
local.get 2
local.get 8
call 431
block ;; label = @2
block ;; label = @3
local.get 3
i32.load offset=16
i32.const 1
i32.ne
br_if 0 (;@3;)
local.get 0
local.get 3
i32.load offset=20
i32.store offset=8
i64.const 3
local.set 8
br 1 (;@2;)
end
local.get 0
local.get 3
f64.load offset=24
f64.store offset=8
i64.const 0
local.set 8
end
local.get 0
local.get 8
i64.store
end
local.get 3
i32.const 32
i32.add
global.set 0
)
(func (;423;) (type 2) (param i32 i32)
(local i32 i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 12
i32.add
local.get 1
i32.load
local.tee 3
call 252
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
local.get 2
i32.load8_u offset=12
i32.const 1
i32.ne
br_if 0 (;@4;)
local.get 2
i32.load offset=16
local.set 1
br 1 (;@3;)
end
block ;; label = @4
local.get 2
i32.load8_u offset=13
i32.const 1
i32.ne
br_if 0 (;@4;)
local.get 2
i32.load8_u offset=14
local.tee 4
i32.const 255
i32.and
i32.const 125
i32.ne
br_if 2 (;@2;)
local.get 0
i32.const 0
i32.store16
br 3 (;@1;)
end
local.get 2
i32.const 3
i32.store offset=20
local.get 3
local.get 2
i32.const 20
i32.add
call 253
local.set 1
end
local.get 0
i32.const 1
i32.store8
local.get 0
local.get 1
i32.store offset=4
br 1 (;@1;)
end
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
local.get 1
i32.load8_u offset=4
br_if 0 (;@6;)
local.get 4
i32.const 255
i32.and
i32.const 44
i32.ne
br_if 1 (;@5;)
local.get 3
local.get 3
i32.load offset=20
i32.const 1
i32.add
i32.store offset=20
local.get 2
i32.const 12
i32.add
local.get 3
call 252
block ;; label = @7
local.get 2
i32.load8_u offset=12
i32.eqz
br_if 0 (;@7;)
local.get 0
local.get 2
i32.load offset=16
i32.store offset=4
local.get 0
i32.const 1
i32.store8
br 6 (;@1;)
end
block ;; label = @7
block ;; label = @8
block ;; label = @9
local.get 2
i32.load8_u offset=13
i32.const 1
i32.ne
br_if 0 (;@9;)
local.get 2
i32.load8_u offset=14
local.tee 1
i32.const 34
i32.eq
br_if 1 (;@8;)
local.get 1
i32.const 125
i32.eq
br_if 2 (;@7;)
local.get 2
i32.const 17
i32.store offset=20
local.get 0
local.get 3
local.get 2
i32.const 20
i32.add
call 253
i32.store offset=4
br 6 (;@3;)
end
local.get 2
i32.const 5
i32.store offset=20
local.get 0
local.get 3
local.get 2
i32.const 20
i32.add
call 253
i32.store offset=4
br 5 (;@3;)
end
local.get 0
i32.const 1
i32.store8 offset=1
i32.const 0
local.set 1
br 5 (;@2;)
end
local.get 2
i32.const 21
i32.store offset=20
local.get 0
local.get 3
local.get 2
i32.const 20
i32.add
call 253
i32.store offset=4
br 3 (;@3;)
end
local.get 1
i32.const 0
i32.store8 offset=4
local.get 4
i32.const 255
i32.and
i32.const 34
i32.eq
br_if 1 (;@4;)
local.get 2
i32.const 17
i32.store offset=20
local.get 3
local.get 2
i32.const 20
i32.add
call 253
local.set 1
local.get 0
i32.const 1
i32.store8
local.get 0
local.get 1
i32.store offset=4
br 4 (;@1;)
end
local.get 2
i32.const 8
i32.store offset=20
local.get 3
local.get 2
i32.const 20
i32.add
call 253
local.set 1
local.get 0
i32.const 1
i32.store8
local.get 0
local.get 1
i32.store offset=4
br 3 (;@1;)
end
local.get 0
i32.const 256
i32.store16
br 2 (;@1;)
end
i32.const 1
local.set 1
end
local.get 0
local.get 1
i32.store8
end
local.get 2
i32.const 32
i32.add
global.set 0
)
(func (;424;) (type 2) (param i32 i32)
(local i32)
global.get 0
i32.const 32
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 12
i32.add
local.get 1
i32.load
local.tee 1
call 252
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 2
i32.load8_u offset=12
i32.const 1
i32.ne
br_if 0 (;@3;)
local.get 2
i32.load offset=16
local.set 1
br 1 (;@2;)
end
block ;; label = @3
local.get 2
i32.load8_u offset=13
i32.const 1
i32.ne
br_if 0 (;@3;)
block ;; label = @4
local.get 2
i32.load8_u offset=14
i32.const 58
i32.eq
br_if 0 (;@4;)
local.get 2
i32.const 6
i32.store offset=20
local.get 1
local.get 2
i32.const 20
i32.add
call 253
local.set 1
br 2 (;@2;)
end
local.get 1
local.get 1
i32.load offset=20
i32.const 1
i32.add
i32.store offset=20
local.get 0
local.get 1
call 251
br 2 (;@1;)
end
local.get 2
i32.const 3
i32.store offset=20
local.get 1
local.get 2
i32.const 20
i32.add
call 253
local.set 1
end
local.get 0
i32.const 6
i32.store8
local.get 0
local.get 1
i32.store offset=4
end
local.get 2
i32.const 32
i32.add
global.set 0
)
(func (;425;) (type 3) (param i32)
block ;; label = @1
local.get 0
i32.load8_u
i32.const 6
i32.eq
br_if 0 (;@1;)
local.get 0
call 254
end
)
(func (;426;) (type 3) (param i32)
(local i32)
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 0
i32.load
br_table 0 (;@3;) 1 (;@2;) 2 (;@1;)
end
local.get 0
i32.load offset=8
local.tee 1
i32.eqz
br_if 1 (;@1;)
local.get 0
i32.load offset=4
local.get 1
i32.const 1
call 151
br 1 (;@1;)
end
local.get 0
i32.load8_u offset=4
i32.const 3
i32.ne
br_if 0 (;@1;)
local.get 0
i32.load offset=8
local.tee 1
i32.load
local.get 1
i32.const 4
i32.add
i32.load
call 432
local.get 1
i32.const 12
i32.const 4
call 151
end
local.get 0
call 433
)
(func (;427;) (type 3) (param i32)
local.get 0
call 270
local.get 0
i32.load
local.get 0
i32.load offset=4
call 271
)
(func (;428;) (type 2) (param i32 i32)
(local i32 i32 i32)
block ;; label = @1
local.get 1
i32.load offset=20
local.tee 2
local.get 1
i32.load offset=16
local.tee 3
i32.ge_u
br_if 0 (;@1;)
local.get 1
local.get 2
i32.const 1
i32.add
i32.store offset=20
local.get 1
i32.load offset=12
local.get 2
i32.add
i32.load8_u
local.set 4
end
local.get 0
local.get 4
i32.store8 offset=2
local.get 0
i32.const 0
i32.store8
local.get 0
local.get 2
local.get 3
i32.lt_u
i32.store8 offset=1
)
(func (;429;) (type 1) (param i32 i32) (result i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 8
i32.add
local.get 0
i32.const 12
i32.add
call 375
local.get 1
local.get 2
i32.load offset=8
local.get 2
i32.load offset=12
call 376
local.set 0
local.get 2
i32.const 16
i32.add
global.set 0
local.get 0
)
(func (;430;) (type 27) (param i32 i32 i32 i64)
(local i32 i32 i64 i64)
global.get 0
i32.const 16
i32.sub
local.tee 4
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
block ;; label = @8
local.get 1
i32.load offset=20
local.tee 5
local.get 1
i32.load offset=16
i32.ge_u
br_if 0 (;@8;)
local.get 1
i32.load offset=12
local.get 5
i32.add
i32.load8_u
local.tee 5
i32.const 46
i32.eq
br_if 1 (;@7;)
local.get 5
i32.const 69
i32.eq
br_if 2 (;@6;)
local.get 5
i32.const 101
i32.eq
br_if 2 (;@6;)
end
local.get 2
i32.eqz
br_if 2 (;@5;)
i64.const 1
local.set 6
br 5 (;@2;)
end
local.get 4
local.get 1
local.get 2
local.get 3
i32.const 0
call 434
local.get 4
i32.load
br_if 2 (;@4;)
br 3 (;@3;)
end
local.get 4
local.get 1
local.get 2
local.get 3
i32.const 0
call 435
local.get 4
i32.load
i32.eqz
br_if 2 (;@3;)
local.get 0
local.get 4
i32.load offset=4
i32.store offset=8
local.get 0
i64.const 3
i64.store
br 4 (;@1;)
end
i64.const 0
local.set 6
block ;; label = @5
i64.const 0
local.get 3
i64.sub
local.tee 7
i64.const 0
i64.ge_s
br_if 0 (;@5;)
i64.const 2
local.set 6
local.get 7
local.set 3
br 3 (;@2;)
end
local.get 3
f64.convert_i64_u
i64.reinterpret_f64
i64.const -9223372036854775808
i64.or
local.set 3
br 2 (;@2;)
end
local.get 0
local.get 4
i32.load offset=4
i32.store offset=8
local.get 0
i64.const 3
i64.store
br 2 (;@1;)
end
local.get 4
i64.load offset=8
local.set 3
i64.const 0
local.set 6
end
local.get 0
local.get 3
i64.store offset=8
local.get 0
local.get 6
i64.store
end
local.get 4
i32.const 16
i32.add
global.set 0
)
(func (;431;) (type 27) (param i32 i32 i32 i64)
(local i32 i32 i32 i32 i32)
i32.const 0
local.set 4
i32.const 0
local.get 1
i32.load offset=16
local.tee 5
local.get 1
i32.load offset=20
local.tee 6
i32.sub
local.tee 7
local.get 7
local.get 5
i32.gt_u
select
local.set 5
local.get 1
i32.load offset=12
local.get 6
i32.add
local.set 7
local.get 6
i32.const 1
i32.add
local.set 8
loop ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
local.get 5
local.get 4
i32.eq
br_if 0 (;@5;)
local.get 7
local.get 4
i32.add
i32.load8_u
local.tee 6
i32.const -48
i32.add
i32.const 255
i32.and
i32.const 10
i32.lt_u
br_if 3 (;@2;)
local.get 6
i32.const 46
i32.eq
br_if 1 (;@4;)
local.get 6
i32.const 69
i32.eq
br_if 2 (;@3;)
local.get 6
i32.const 101
i32.eq
br_if 2 (;@3;)
local.get 4
local.set 5
end
local.get 0
local.get 1
local.get 2
local.get 3
local.get 5
call 436
return
end
local.get 0
local.get 1
local.get 2
local.get 3
local.get 4
call 434
return
end
local.get 0
local.get 1
local.get 2
local.get 3
local.get 4
call 435
return
end
local.get 1
local.get 8
local.get 4
i32.add
i32.store offset=20
local.get 4
i32.const 1
i32.add
local.set 4
br 0 (;@1;)
end
)
(func (;432;) (type 2) (param i32 i32)
(local i32)
block ;; label = @1
local.get 1
i32.load
local.tee 2
i32.eqz
br_if 0 (;@1;)
local.get 0
local.get 2
call_indirect (type 3)
end
block ;; label = @1
local.get 1
i32.load offset=4
local.tee 2
i32.eqz
br_if 0 (;@1;)
local.get 0
local.get 2
local.get 1
i32.load offset=8
call 151
end
)
(func (;433;) (type 3) (param i32)
local.get 0
i32.const 20
i32.const 4
call 151
)
(func (;434;) (type 37) (param i32 i32 i32 i64 i32)
(local i32 i32 i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 5
global.set 0
local.get 1
local.get 1
i32.load offset=20
i32.const 1
i32.add
local.tee 6
i32.store offset=20
local.get 1
i32.load offset=12
local.set 7
local.get 1
i32.load offset=16
local.set 8
i32.const 0
local.set 9
block ;; label = @1
loop ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
block ;; label = @6
block ;; label = @7
local.get 6
local.get 8
i32.ge_u
br_if 0 (;@7;)
local.get 7
local.get 6
i32.add
i32.load8_u
local.tee 10
i32.const -48
i32.add
local.tee 11
i32.const 255
i32.and
local.tee 12
i32.const 10
i32.lt_u
br_if 4 (;@3;)
local.get 9
br_if 1 (;@6;)
local.get 5
i32.const 13
i32.store offset=4
local.get 1
local.get 5
i32.const 4
i32.add
call 253
local.set 6
local.get 0
i32.const 1
i32.store
local.get 0
local.get 6
i32.store offset=4
br 6 (;@1;)
end
block ;; label = @7
local.get 9
i32.eqz
br_if 0 (;@7;)
local.get 9
local.get 4
i32.add
local.set 6
br 2 (;@5;)
end
local.get 5
i32.const 5
i32.store offset=4
local.get 1
local.get 5
i32.const 4
i32.add
call 253
local.set 6
local.get 0
i32.const 1
i32.store
local.get 0
local.get 6
i32.store offset=4
br 5 (;@1;)
end
local.get 9
local.get 4
i32.add
local.set 6
local.get 10
i32.const 32
i32.or
i32.const 101
i32.eq
br_if 1 (;@4;)
end
local.get 0
local.get 1
local.get 2
local.get 3
local.get 6
call 436
br 3 (;@1;)
end
local.get 0
local.get 1
local.get 2
local.get 3
local.get 6
call 435
br 2 (;@1;)
end
block ;; label = @3
block ;; label = @4
local.get 3
i64.const 1844674407370955160
i64.le_u
br_if 0 (;@4;)
local.get 3
i64.const 1844674407370955161
i64.ne
br_if 1 (;@3;)
local.get 12
i32.const 5
i32.gt_u
br_if 1 (;@3;)
end
local.get 1
local.get 6
i32.const 1
i32.add
local.tee 6
i32.store offset=20
local.get 9
i32.const -1
i32.add
local.set 9
local.get 3
i64.const 10
i64.mul
local.get 11
i64.extend_i32_u
i64.const 255
i64.and
i64.add
local.set 3
br 1 (;@2;)
end
end
local.get 0
local.get 1
local.get 2
local.get 3
local.get 9
local.get 4
i32.add
call 437
end
local.get 5
i32.const 16
i32.add
global.set 0
)
(func (;435;) (type 37) (param i32 i32 i32 i64 i32)
(local i32 i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 5
global.set 0
local.get 1
local.get 1
i32.load offset=20
local.tee 6
i32.const 1
i32.add
local.tee 7
i32.store offset=20
i32.const 1
local.set 8
block ;; label = @1
local.get 7
local.get 1
i32.load offset=16
i32.ge_u
br_if 0 (;@1;)
i32.const 1
local.set 8
block ;; label = @2
block ;; label = @3
local.get 1
i32.load offset=12
local.get 7
i32.add
i32.load8_u
i32.const -43
i32.add
br_table 1 (;@2;) 2 (;@1;) 0 (;@3;) 2 (;@1;)
end
i32.const 0
local.set 8
end
local.get 1
local.get 6
i32.const 2
i32.add
i32.store offset=20
end
local.get 5
i32.const 12
i32.add
local.get 1
call 428
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
local.get 5
i32.load8_u offset=12
i32.const 1
i32.ne
br_if 0 (;@4;)
local.get 5
i32.load offset=16
local.set 7
br 1 (;@3;)
end
block ;; label = @4
local.get 5
i32.load8_u offset=13
i32.const 1
i32.ne
br_if 0 (;@4;)
local.get 5
i32.load8_u offset=14
i32.const -48
i32.add
i32.const 255
i32.and
local.tee 6
i32.const 10
i32.lt_u
br_if 2 (;@2;)
local.get 5
i32.const 13
i32.store offset=20
local.get 1
local.get 5
i32.const 20
i32.add
call 429
local.set 7
local.get 0
i32.const 1
i32.store
local.get 0
local.get 7
i32.store offset=4
br 3 (;@1;)
end
local.get 5
i32.const 5
i32.store offset=20
local.get 1
local.get 5
i32.const 20
i32.add
call 429
local.set 7
end
local.get 0
i32.const 1
i32.store
local.get 0
local.get 7
i32.store offset=4
br 1 (;@1;)
end
local.get 1
i32.load offset=20
local.tee 7
local.get 1
i32.load offset=16
local.tee 9
local.get 7
local.get 9
i32.gt_u
select
local.set 10
local.get 1
i32.load offset=12
local.set 11
loop ;; label = @2
block ;; label = @3
block ;; label = @4
local.get 10
local.get 7
i32.eq
br_if 0 (;@4;)
local.get 11
local.get 7
i32.add
i32.load8_u
i32.const -48
i32.add
i32.const 255
i32.and
local.tee 9
i32.const 10
i32.lt_u
br_if 1 (;@3;)
end
block ;; label = @4
block ;; label = @5
local.get 8
br_if 0 (;@5;)
local.get 4
local.get 6
i32.sub
local.tee 7
i32.const 31
i32.shr_s
i32.const -2147483648
i32.xor
local.get 7
local.get 6
i32.const 0
i32.gt_s
local.get 7
local.get 4
i32.lt_s
i32.xor
select
local.set 7
br 1 (;@4;)
end
local.get 4
local.get 6
i32.add
local.tee 7
i32.const 31
i32.shr_s
i32.const -2147483648
i32.xor
local.get 7
local.get 6
i32.const 0
i32.lt_s
local.get 7
local.get 4
i32.lt_s
i32.xor
select
local.set 7
end
local.get 0
local.get 1
local.get 2
local.get 3
local.get 7
call 436
br 2 (;@1;)
end
local.get 1
local.get 7
i32.const 1
i32.add
local.tee 7
i32.store offset=20
block ;; label = @3
block ;; label = @4
local.get 6
i32.const 214748363
i32.le_s
br_if 0 (;@4;)
local.get 6
i32.const 214748364
i32.ne
br_if 1 (;@3;)
local.get 9
i32.const 7
i32.gt_u
br_if 1 (;@3;)
end
local.get 6
i32.const 10
i32.mul
local.get 9
i32.add
local.set 6
br 1 (;@2;)
end
end
local.get 0
local.get 1
local.get 2
local.get 3
i64.eqz
local.get 8
call 438
end
local.get 5
i32.const 32
i32.add
global.set 0
)
(func (;436;) (type 37) (param i32 i32 i32 i64 i32)
(local i32 f64 i32 f64)
global.get 0
i32.const 16
i32.sub
local.tee 5
global.set 0
local.get 3
f64.convert_i64_u
local.set 6
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
loop ;; label = @5
block ;; label = @6
local.get 4
local.get 4
i32.const 31
i32.shr_s
local.tee 7
i32.xor
local.get 7
i32.sub
local.tee 7
i32.const 308
i32.gt_u
br_if 0 (;@6;)
local.get 7
i32.const 3
i32.shl
f64.load offset=76328
local.set 8
local.get 4
i32.const -1
i32.gt_s
br_if 2 (;@4;)
local.get 6
local.get 8
f64.div
local.set 6
br 4 (;@2;)
end
local.get 6
f64.const 0x0p+0 (;=0;)
f64.eq
br_if 3 (;@2;)
block ;; label = @6
local.get 4
i32.const -1
i32.gt_s
br_if 0 (;@6;)
local.get 4
i32.const 308
i32.add
local.set 4
local.get 6
f64.const 0x1.1ccf385ebc8ap+1023 (;=100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000;)
f64.div
local.set 6
br 1 (;@5;)
end
end
local.get 5
i32.const 14
i32.store offset=4
local.get 0
local.get 1
local.get 5
i32.const 4
i32.add
call 429
i32.store offset=4
br 1 (;@3;)
end
local.get 6
local.get 8
f64.mul
local.tee 6
f64.abs
f64.const inf (;=inf;)
f64.ne
br_if 1 (;@2;)
local.get 5
i32.const 14
i32.store offset=4
local.get 0
local.get 1
local.get 5
i32.const 4
i32.add
call 429
i32.store offset=4
end
i32.const 1
local.set 4
br 1 (;@1;)
end
local.get 0
local.get 6
local.get 6
f64.neg
local.get 2
select
f64.store offset=8
i32.const 0
local.set 4
end
local.get 0
local.get 4
i32.store
local.get 5
i32.const 16
i32.add
global.set 0
)
(func (;437;) (type 37) (param i32 i32 i32 i64 i32)
(local i32 i32 i32 i32)
local.get 1
i32.load offset=20
local.tee 5
local.get 1
i32.load offset=16
local.tee 6
local.get 5
local.get 6
i32.gt_u
select
local.set 6
local.get 1
i32.load offset=12
local.set 7
block ;; label = @1
block ;; label = @2
loop ;; label = @3
local.get 6
local.get 5
i32.eq
br_if 1 (;@2;)
block ;; label = @4
local.get 7
local.get 5
i32.add
i32.load8_u
local.tee 8
i32.const -48
i32.add
i32.const 255
i32.and
i32.const 9
i32.gt_u
br_if 0 (;@4;)
local.get 1
local.get 5
i32.const 1
i32.add
local.tee 5
i32.store offset=20
br 1 (;@3;)
end
end
local.get 8
i32.const 32
i32.or
i32.const 101
i32.eq
br_if 1 (;@1;)
end
local.get 0
local.get 1
local.get 2
local.get 3
local.get 4
call 436
return
end
local.get 0
local.get 1
local.get 2
local.get 3
local.get 4
call 435
)
(func (;438;) (type 23) (param i32 i32 i32 i32 i32)
(local i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 5
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 3
br_if 0 (;@3;)
local.get 4
br_if 1 (;@2;)
end
local.get 1
i32.load offset=20
local.tee 3
local.get 1
i32.load offset=16
local.tee 4
local.get 3
local.get 4
i32.gt_u
select
local.set 4
local.get 1
i32.load offset=12
local.set 6
loop ;; label = @3
block ;; label = @4
block ;; label = @5
local.get 4
local.get 3
i32.eq
br_if 0 (;@5;)
local.get 6
local.get 3
i32.add
i32.load8_u
i32.const -48
i32.add
i32.const 255
i32.and
i32.const 10
i32.lt_u
br_if 1 (;@4;)
end
local.get 0
f64.const 0x0p+0 (;=0;)
f64.const -0x0p+0 (;=-0;)
local.get 2
select
f64.store offset=8
i32.const 0
local.set 3
br 3 (;@1;)
end
local.get 1
local.get 3
i32.const 1
i32.add
local.tee 3
i32.store offset=20
br 0 (;@3;)
end
end
local.get 5
i32.const 14
i32.store offset=4
local.get 0
local.get 1
local.get 5
i32.const 4
i32.add
call 429
i32.store offset=4
i32.const 1
local.set 3
end
local.get 0
local.get 3
i32.store
local.get 5
i32.const 16
i32.add
global.set 0
)
(func (;439;) (type 13) (param i32 i32 i32)
(local i32 i32)
global.get 0
i32.const 80
i32.sub
local.tee 3
global.set 0
local.get 3
local.get 1
i32.store offset=20
local.get 3
local.get 1
local.get 2
i32.add
i32.store offset=24
local.get 3
i32.const 68
i32.add
local.get 3
i32.const 20
i32.add
call 410
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
local.get 3
i32.load8_u offset=68
i32.const 1
i32.ne
br_if 0 (;@4;)
local.get 3
i32.load8_u offset=69
local.set 2
br 1 (;@3;)
end
local.get 3
local.get 3
i32.load offset=72
local.tee 1
i32.store offset=40
local.get 3
i32.load offset=20
local.set 2
local.get 3
i32.load offset=24
local.set 4
local.get 3
local.get 3
i32.const 20
i32.add
i32.store offset=36
local.get 3
i32.const 8
i32.add
i32.const 0
local.get 1
i32.const 87381
local.get 1
i32.const 87381
i32.lt_u
select
local.get 4
local.get 2
i32.sub
local.get 1
i32.lt_u
select
i32.const 4
i32.const 12
call 257
local.get 3
i32.const 0
i32.store offset=52
local.get 3
local.get 3
i64.load offset=8
i64.store offset=44 align=4
block ;; label = @4
loop ;; label = @5
local.get 3
i32.const 56
i32.add
local.get 3
i32.const 36
i32.add
call 411
block ;; label = @6
block ;; label = @7
local.get 3
i32.load offset=56
local.tee 1
i32.const -2147483648
i32.add
br_table 3 (;@4;) 0 (;@7;) 1 (;@6;)
end
local.get 3
i32.load8_u offset=60
local.set 2
local.get 3
i32.const 44
i32.add
call 193
br 3 (;@3;)
end
local.get 3
local.get 3
i64.load offset=60 align=4
i64.store offset=72 align=4
local.get 3
local.get 1
i32.store offset=68
local.get 3
i32.const 44
i32.add
local.get 3
i32.const 68
i32.add
call 274
br 0 (;@5;)
end
end
local.get 3
local.get 3
i32.load offset=49 align=1
i32.store offset=28
local.get 3
local.get 3
i32.load offset=52 align=1
i32.store offset=31 align=1
local.get 3
i32.load8_u offset=48
local.set 2
local.get 3
i32.load offset=44
local.tee 1
i32.const -2147483648
i32.ne
br_if 1 (;@2;)
end
i32.const -2147483648
local.set 1
br 1 (;@1;)
end
local.get 0
local.get 3
i32.load offset=31 align=1
i32.store offset=8 align=1
local.get 0
local.get 3
i32.load offset=28
i32.store offset=5 align=1
end
local.get 0
local.get 1
i32.store
local.get 0
local.get 2
i32.store8 offset=4
local.get 3
i32.const 80
i32.add
global.set 0
)
(func (;440;) (type 13) (param i32 i32 i32)
(local i32 i64 i64 i32 i64 i64 i64 i32 i64 i32)
global.get 0
i32.const 32
i32.sub
local.tee 3
global.set 0
local.get 3
local.get 1
local.get 2
i32.add
i32.store offset=12
i64.const 3
local.set 4
block ;; label = @1
block ;; label = @2
local.get 2
br_if 0 (;@2;)
i32.const 4
local.set 2
br 1 (;@1;)
end
local.get 3
local.get 1
i32.const 1
i32.add
i32.store offset=8
i64.const 2
local.set 5
i32.const 9
local.set 2
block ;; label = @2
block ;; label = @3
local.get 1
i32.load8_u
br_table 1 (;@2;) 0 (;@3;) 2 (;@1;)
end
local.get 3
i32.const 16
i32.add
local.get 3
i32.const 8
i32.add
call 413
local.get 3
i32.load8_u offset=20
local.set 2
local.get 3
i32.load offset=16
local.tee 6
i32.const -2147483648
i32.eq
br_if 1 (;@1;)
local.get 3
i32.const 25
i32.add
i64.load16_u align=1
local.set 7
local.get 3
i32.const 27
i32.add
i64.load8_u
local.set 8
local.get 3
i64.load32_u offset=21 align=1
local.tee 9
i64.const 8
i64.shl
local.get 2
i64.extend_i32_u
i64.const 255
i64.and
i64.or
i32.wrap_i64
local.set 10
local.get 3
i32.const 16
i32.add
local.get 3
i32.const 8
i32.add
call 416
block ;; label = @3
block ;; label = @4
block ;; label = @5
local.get 3
i32.load8_u offset=16
br_if 0 (;@5;)
local.get 3
i64.load offset=24
local.set 11
local.get 3
i32.const 16
i32.add
local.get 3
i32.const 8
i32.add
call 96
local.get 3
i64.load offset=16
local.tee 5
i64.const 2
i64.ne
br_if 2 (;@3;)
local.get 3
i32.load8_u offset=24
local.set 2
br 1 (;@4;)
end
local.get 3
i32.load8_u offset=17
local.set 2
end
local.get 6
local.get 10
call 104
br 2 (;@1;)
end
local.get 9
local.get 8
i64.const 48
i64.shl
local.get 7
i64.const 32
i64.shl
i64.or
i64.or
i64.const 24
i64.shr_u
i32.wrap_i64
local.set 12
local.get 3
i64.load offset=24
local.tee 4
i64.const 8
i64.shr_u
local.set 7
local.get 4
i32.wrap_i64
local.set 2
end
local.get 0
local.get 7
i64.store32 offset=9 align=1
local.get 0
local.get 12
i32.store offset=32
local.get 0
local.get 10
i32.store offset=28
local.get 0
local.get 6
i32.store offset=24
local.get 0
local.get 11
i64.store offset=16
local.get 0
i32.const 15
i32.add
local.get 7
i64.const 48
i64.shr_u
i64.store8
local.get 0
i32.const 13
i32.add
local.get 7
i64.const 32
i64.shr_u
i64.store16 align=1
local.get 5
local.set 4
end
local.get 0
local.get 4
i64.store
local.get 0
local.get 2
i32.store8 offset=8
local.get 3
i32.const 32
i32.add
global.set 0
)
(func (;441;) (type 13) (param i32 i32 i32)
(local i32)
global.get 0
i32.const 48
i32.sub
local.tee 3
global.set 0
local.get 3
local.get 1
i32.store offset=12
local.get 3
local.get 1
local.get 2
i32.add
i32.store offset=16
local.get 3
i32.const 20
i32.add
local.get 3
i32.const 12
i32.add
call 88
local.get 3
i32.load8_u offset=24
local.set 1
block ;; label = @1
local.get 3
i32.load offset=20
local.tee 2
i32.const -2147483647
i32.eq
br_if 0 (;@1;)
local.get 0
local.get 3
i64.load offset=40 align=1
i64.store offset=20 align=1
local.get 0
local.get 3
i64.load offset=33 align=1
i64.store offset=13 align=1
local.get 0
local.get 3
i64.load offset=25 align=1
i64.store offset=5 align=1
end
local.get 0
local.get 2
i32.store
local.get 0
local.get 1
i32.store8 offset=4
local.get 3
i32.const 48
i32.add
global.set 0
)
(func (;442;) (type 1) (param i32 i32) (result i32)
local.get 1
i32.load
local.get 0
i32.load8_u
i32.const 2
i32.shl
local.tee 0
i32.load offset=82652
local.get 0
i32.load offset=82588
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
)
(func (;443;) (type 1) (param i32 i32) (result i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
local.get 0
i32.const 4
i32.add
i32.store offset=12
local.get 1
i32.const 76231
i32.const 9
i32.const 76240
i32.const 11
local.get 0
i32.const 12
i32.const 76251
i32.const 9
local.get 2
i32.const 12
i32.add
i32.const 35
call 216
local.set 0
local.get 2
i32.const 16
i32.add
global.set 0
local.get 0
)
(func (;444;) (type 1) (param i32 i32) (result i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
block ;; label = @1
block ;; label = @2
local.get 0
i32.load
local.tee 0
i32.load8_u
i32.const 1
i32.ne
br_if 0 (;@2;)
local.get 2
local.get 0
i32.const 1
i32.add
i32.store offset=12
local.get 1
i32.const 80972
i32.const 4
local.get 2
i32.const 12
i32.add
i32.const 36
call 58
local.set 1
br 1 (;@1;)
end
local.get 1
i32.load
i32.const 80968
i32.const 4
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
local.set 1
end
local.get 2
i32.const 16
i32.add
global.set 0
local.get 1
)
(func (;445;) (type 0) (param i32 i32 i32) (result i32)
(local i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 3
global.set 0
local.get 0
i32.load offset=1024
local.set 4
local.get 3
i32.const 8
i32.add
local.get 4
local.get 4
local.get 1
local.get 2
i32.const 1024
local.get 4
i32.sub
call 446
local.tee 5
i32.add
local.get 0
i32.const 1024
i32.const 80492
call 447
block ;; label = @1
local.get 5
local.get 2
i32.le_u
br_if 0 (;@1;)
i32.const 0
local.get 5
local.get 2
i32.const 80508
call 142
unreachable
end
local.get 3
i32.load offset=8
local.get 3
i32.load offset=12
local.get 1
local.get 5
i32.const 80524
call 143
local.get 0
local.get 0
i32.load offset=1024
local.get 5
i32.add
i32.store offset=1024
local.get 3
i32.const 16
i32.add
global.set 0
local.get 5
local.get 2
i32.ne
)
(func (;446;) (type 0) (param i32 i32 i32) (result i32)
block ;; label = @1
local.get 2
local.get 1
i32.ge_u
br_if 0 (;@1;)
loop ;; label = @2
block ;; label = @3
local.get 2
br_if 0 (;@3;)
i32.const 0
return
end
block ;; label = @3
local.get 0
local.get 2
i32.add
i32.load8_s
i32.const -65
i32.le_s
br_if 0 (;@3;)
local.get 2
local.set 1
br 2 (;@1;)
end
local.get 2
i32.const -1
i32.add
local.set 2
br 0 (;@2;)
end
end
local.get 1
)
(func (;447;) (type 20) (param i32 i32 i32 i32 i32 i32)
block ;; label = @1
local.get 2
local.get 1
i32.lt_u
br_if 0 (;@1;)
local.get 2
local.get 4
i32.gt_u
br_if 0 (;@1;)
local.get 0
local.get 2
local.get 1
i32.sub
i32.store offset=4
local.get 0
local.get 3
local.get 1
i32.add
i32.store
return
end
local.get 1
local.get 2
local.get 4
local.get 5
call 142
unreachable
)
(func (;448;) (type 1) (param i32 i32) (result i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 0
i32.store offset=12
local.get 2
local.get 1
local.get 2
i32.const 12
i32.add
call 287
local.get 0
local.get 2
i32.load
local.get 2
i32.load offset=4
call 445
local.set 1
local.get 2
i32.const 16
i32.add
global.set 0
local.get 1
)
(func (;449;) (type 2) (param i32 i32)
(local i32 i32 i32)
block ;; label = @1
local.get 0
i32.const 128
i32.lt_u
br_if 0 (;@1;)
local.get 0
i32.const 63
i32.and
i32.const -128
i32.or
local.set 2
local.get 0
i32.const 6
i32.shr_u
local.set 3
block ;; label = @2
local.get 0
i32.const 2048
i32.ge_u
br_if 0 (;@2;)
local.get 1
local.get 2
i32.store8 offset=1
local.get 1
local.get 3
i32.const 192
i32.or
i32.store8
return
end
local.get 0
i32.const 12
i32.shr_u
local.set 4
local.get 3
i32.const 63
i32.and
i32.const -128
i32.or
local.set 3
block ;; label = @2
local.get 0
i32.const 65535
i32.gt_u
br_if 0 (;@2;)
local.get 1
local.get 2
i32.store8 offset=2
local.get 1
local.get 3
i32.store8 offset=1
local.get 1
local.get 4
i32.const 224
i32.or
i32.store8
return
end
local.get 1
local.get 2
i32.store8 offset=3
local.get 1
local.get 3
i32.store8 offset=2
local.get 1
local.get 4
i32.const 63
i32.and
i32.const -128
i32.or
i32.store8 offset=1
local.get 1
local.get 0
i32.const 18
i32.shr_u
i32.const -16
i32.or
i32.store8
return
end
local.get 1
local.get 0
i32.store8
)
(func (;450;) (type 16) (param i32 i32 i32 i32)
block ;; label = @1
local.get 3
local.get 1
i32.lt_u
br_if 0 (;@1;)
local.get 0
local.get 3
local.get 1
i32.sub
i32.store offset=4
local.get 0
local.get 2
local.get 1
i32.add
i32.store
return
end
local.get 1
local.get 3
local.get 3
i32.const 79348
call 142
unreachable
)
(func (;451;) (type 13) (param i32 i32 i32)
(local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 48
i32.sub
local.tee 3
global.set 0
local.get 1
local.get 1
i32.load offset=28
i32.const 1
i32.add
local.tee 4
i32.store offset=28
block ;; label = @1
block ;; label = @2
local.get 4
i32.const 256
i32.gt_u
br_if 0 (;@2;)
local.get 0
i32.load offset=4
local.set 5
local.get 0
i32.load
local.set 6
local.get 0
i32.load offset=8
local.tee 7
i32.const 7
i32.add
local.set 8
local.get 2
i32.load16_u offset=6
local.set 9
local.get 2
i32.load16_u offset=4
local.set 10
local.get 2
i32.load
local.set 2
block ;; label = @3
block ;; label = @4
loop ;; label = @5
local.get 1
i32.load offset=24
local.set 0
local.get 3
i32.const 16
i32.add
local.get 1
call 137
local.get 3
i32.const 8
i32.add
local.get 0
local.get 3
i32.load offset=16
local.get 3
i32.load offset=20
call 450
local.get 3
i32.const 0
i32.store offset=32
local.get 3
local.get 3
i32.load offset=12
local.tee 11
i32.store offset=28
local.get 3
local.get 3
i32.load offset=8
local.tee 12
i32.store offset=24
local.get 6
i32.load8_u
i32.const 1
i32.add
local.set 4
block ;; label = @6
block ;; label = @7
local.get 2
br_if 0 (;@7;)
local.get 8
local.get 11
i32.gt_u
br_if 1 (;@6;)
local.get 12
local.get 7
i32.store offset=3 align=1
local.get 12
local.get 10
i32.store8 offset=1
local.get 12
local.get 4
i32.store8
local.get 12
local.get 10
i32.const 8
i32.shr_u
i32.store8 offset=2
local.get 12
i32.const 7
i32.add
local.get 7
local.get 5
local.get 7
call 452
br 4 (;@3;)
end
local.get 3
local.get 9
i32.store16 offset=46
local.get 3
local.get 10
i32.store16 offset=44
local.get 3
local.get 2
i32.store offset=40
local.get 3
i32.const 1
i32.store offset=36
local.get 3
i32.const 24
i32.add
local.get 4
local.get 3
i32.const 36
i32.add
local.get 5
local.get 7
call 140
i32.eqz
br_if 2 (;@4;)
end
local.get 1
call 141
i32.eqz
br_if 0 (;@5;)
end
local.get 1
i32.const 32
i32.store offset=44
local.get 1
i32.const 79380
i32.store offset=40
br 3 (;@1;)
end
local.get 3
i32.load offset=32
local.set 8
end
local.get 1
local.get 0
local.get 8
i32.add
i32.store offset=24
br 1 (;@1;)
end
local.get 1
i32.const 36
i32.store offset=44
local.get 1
i32.const 79412
i32.store offset=40
end
local.get 3
i32.const 48
i32.add
global.set 0
)
(func (;452;) (type 16) (param i32 i32 i32 i32)
(local i32 i32 i64)
global.get 0
i32.const 16
i32.sub
local.tee 4
global.set 0
block ;; label = @1
local.get 3
i32.eqz
br_if 0 (;@1;)
block ;; label = @2
block ;; label = @3
block ;; label = @4
local.get 3
i32.const 3
i32.gt_u
br_if 0 (;@4;)
block ;; label = @5
block ;; label = @6
local.get 1
br_if 0 (;@6;)
i32.const 0
local.set 5
br 1 (;@5;)
end
local.get 0
local.get 2
i32.load8_u
i32.store8
local.get 4
local.get 0
local.get 1
local.get 1
i32.const -1
i32.add
call 401
local.get 4
i32.load offset=8
local.set 5
end
local.get 4
local.get 2
local.get 3
local.get 3
i32.const -1
i32.add
call 402
block ;; label = @5
local.get 5
i32.eqz
br_if 0 (;@5;)
local.get 5
local.get 4
i32.load offset=8
i32.load8_u
i32.store8
end
local.get 3
i32.const 1
i32.shr_u
local.tee 3
local.get 1
i32.ge_u
br_if 1 (;@3;)
local.get 0
local.get 3
i32.add
local.get 2
local.get 3
i32.add
i32.load8_u
i32.store8
br 3 (;@1;)
end
block ;; label = @4
local.get 3
i32.const 7
i32.gt_u
br_if 0 (;@4;)
i32.const 0
local.set 5
block ;; label = @5
local.get 1
i32.const 4
i32.lt_u
br_if 0 (;@5;)
local.get 0
local.get 2
i32.load align=1
i32.store align=1
local.get 4
local.get 0
local.get 1
local.get 1
i32.const -4
i32.add
call 401
local.get 4
i32.load offset=8
local.set 5
end
local.get 4
local.get 2
local.get 3
local.get 3
i32.const -4
i32.add
call 402
local.get 5
i32.eqz
br_if 3 (;@1;)
local.get 5
local.get 4
i32.load offset=8
i32.load align=1
i32.store align=1
br 3 (;@1;)
end
block ;; label = @4
local.get 3
i32.const 15
i32.gt_u
br_if 0 (;@4;)
i32.const 0
local.set 5
block ;; label = @5
local.get 1
i32.const 8
i32.lt_u
br_if 0 (;@5;)
local.get 0
local.get 2
i64.load align=1
i64.store align=1
local.get 4
local.get 0
local.get 1
local.get 1
i32.const -8
i32.add
call 401
local.get 4
i32.load offset=8
local.set 5
end
local.get 4
local.get 2
local.get 3
local.get 3
i32.const -8
i32.add
call 402
local.get 5
i32.eqz
br_if 3 (;@1;)
local.get 5
local.get 4
i32.load offset=8
i64.load align=1
i64.store align=1
br 3 (;@1;)
end
local.get 3
i32.const 32
i32.gt_u
br_if 1 (;@2;)
i32.const 0
local.set 5
block ;; label = @4
local.get 1
i32.const 16
i32.lt_u
br_if 0 (;@4;)
local.get 0
local.get 2
i64.load offset=8 align=1
i64.store offset=8 align=1
local.get 0
local.get 2
i64.load align=1
i64.store align=1
local.get 4
local.get 0
local.get 1
local.get 1
i32.const -16
i32.add
call 401
local.get 4
i32.load offset=8
local.set 5
end
local.get 4
local.get 2
local.get 3
local.get 3
i32.const -16
i32.add
call 402
local.get 5
i32.eqz
br_if 2 (;@1;)
local.get 4
i32.load offset=8
local.tee 3
i64.load align=1
local.set 6
local.get 5
local.get 3
i64.load offset=8 align=1
i64.store offset=8 align=1
local.get 5
local.get 6
i64.store align=1
br 2 (;@1;)
end
local.get 3
local.get 1
i32.const 78876
call 154
unreachable
end
local.get 0
local.get 1
local.get 2
local.get 3
i32.const 78860
call 143
end
local.get 4
i32.const 16
i32.add
global.set 0
)
(func (;453;) (type 2) (param i32 i32)
(local i32)
local.get 0
local.get 1
i32.load offset=8
local.tee 2
local.get 1
i32.load offset=16
local.get 2
select
i32.store offset=4
local.get 0
local.get 1
i32.const 4
i32.const 12
local.get 2
select
i32.add
i32.load
i32.store
)
(func (;454;) (type 2) (param i32 i32)
block ;; label = @1
local.get 0
i32.load offset=8
i32.eqz
br_if 0 (;@1;)
local.get 0
i32.load
local.get 0
i32.load offset=4
call 104
local.get 0
i32.const 0
i32.store offset=8
local.get 0
i64.const 4294967296
i64.store align=4
end
local.get 0
i64.const 2
i64.store offset=36 align=4
local.get 0
i64.const 0
i64.store offset=28 align=4
local.get 0
local.get 1
i32.store offset=24
local.get 0
local.get 1
i32.store offset=20
)
(func (;455;) (type 13) (param i32 i32 i32)
(local i32 i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 48
i32.sub
local.tee 3
global.set 0
block ;; label = @1
block ;; label = @2
block ;; label = @3
block ;; label = @4
block ;; label = @5
local.get 2
local.get 0
i32.load offset=20
local.tee 4
i32.le_u
br_if 0 (;@5;)
i32.const 0
local.get 2
local.get 4
i32.sub
local.tee 5
local.get 5
local.get 2
i32.gt_u
select
local.set 6
local.get 0
i32.load offset=24
local.set 7
block ;; label = @6
loop ;; label = @7
local.get 0
i32.load offset=24
local.set 5
local.get 3
i32.const 40
i32.add
local.get 0
call 137
local.get 3
i32.const 32
i32.add
local.get 5
local.get 3
i32.load offset=40
local.get 3
i32.load offset=44
call 450
local.get 6
local.get 3
i32.load offset=36
i32.le_u
br_if 1 (;@6;)
local.get 0
call 141
i32.eqz
br_if 0 (;@7;)
end
local.get 0
i32.const 32
i32.store offset=44
local.get 0
i32.const 79380
i32.store offset=40
br 2 (;@4;)
end
local.get 0
local.get 5
local.get 6
i32.add
i32.store offset=24
local.get 3
i32.const 24
i32.add
local.get 0
call 137
local.get 7
local.get 3
i32.load offset=28
local.tee 8
i32.gt_u
br_if 2 (;@3;)
local.get 7
local.get 4
i32.lt_u
br_if 3 (;@2;)
local.get 6
local.get 4
i32.add
local.tee 9
local.get 8
local.get 7
local.get 4
i32.sub
local.tee 5
i32.sub
i32.gt_u
br_if 4 (;@1;)
block ;; label = @6
local.get 5
i32.eqz
br_if 0 (;@6;)
local.get 3
i32.load offset=24
local.tee 7
local.get 9
i32.add
local.get 7
local.get 4
i32.add
local.get 5
memory.copy
end
local.get 0
local.get 0
i32.load offset=20
local.get 6
i32.add
local.tee 4
i32.store offset=20
end
local.get 3
i32.const 16
i32.add
local.get 0
call 137
local.get 3
i32.const 8
i32.add
local.get 4
local.get 2
i32.sub
local.tee 5
local.get 4
local.get 3
i32.load offset=16
local.get 3
i32.load offset=20
i32.const 79284
call 447
local.get 3
i32.load offset=8
local.get 3
i32.load offset=12
local.get 1
local.get 2
call 452
local.get 0
local.get 5
i32.store offset=20
end
local.get 3
i32.const 48
i32.add
global.set 0
return
end
i32.const 0
local.get 7
local.get 8
i32.const 76184
call 142
unreachable
end
local.get 4
local.get 7
local.get 8
i32.const 76200
call 142
unreachable
end
i32.const 80328
i32.const 43
i32.const 79268
call 122
unreachable
)
(func (;456;) (type 1) (param i32 i32) (result i32)
local.get 1
i32.load
i32.const 78800
i32.const 9
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
)
(func (;457;) (type 1) (param i32 i32) (result i32)
local.get 1
i32.load
i32.const 76260
i32.const 5
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
)
(func (;458;) (type 1) (param i32 i32) (result i32)
local.get 0
local.get 1
call 261
i32.const 0
)
(func (;459;) (type 12) (param i32) (result i32)
(local i32)
block ;; label = @1
local.get 0
call 54
local.tee 1
br_if 0 (;@1;)
i32.const 4
local.get 0
call 55
unreachable
end
local.get 1
)
(func (;460;) (type 2) (param i32 i32)
local.get 0
i32.const 0
i64.load offset=80304 align=4
i64.store offset=8 align=4
local.get 0
i32.const 0
i64.load offset=80296 align=4
i64.store align=4
)
(func (;461;) (type 2) (param i32 i32)
(local i32)
block ;; label = @1
local.get 0
i32.load offset=8
local.tee 2
local.get 0
i32.load
i32.ne
br_if 0 (;@1;)
local.get 0
call 462
end
local.get 0
local.get 2
i32.const 1
i32.add
i32.store offset=8
local.get 0
i32.load offset=4
local.get 2
i32.const 20
i32.mul
i32.add
local.tee 0
local.get 1
i64.load align=4
i64.store align=4
local.get 0
local.get 1
i64.load offset=8 align=4
i64.store offset=8 align=4
local.get 0
local.get 1
i32.load offset=16
i32.store offset=16
)
(func (;462;) (type 3) (param i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 1
global.set 0
local.get 1
i32.const 8
i32.add
local.get 0
local.get 0
i32.load
i32.const 1
i32.const 4
i32.const 20
call 237
block ;; label = @1
local.get 1
i32.load offset=8
local.tee 0
i32.const -2147483647
i32.eq
br_if 0 (;@1;)
local.get 0
local.get 1
i32.load offset=12
call 125
unreachable
end
local.get 1
i32.const 16
i32.add
global.set 0
)
(func (;463;) (type 13) (param i32 i32 i32)
block ;; label = @1
local.get 1
i32.load
br_if 0 (;@1;)
local.get 1
i32.const -1
i32.store
local.get 0
local.get 1
i32.store offset=4
local.get 0
local.get 1
i32.const 4
i32.add
i32.store
return
end
local.get 2
call 325
unreachable
)
(func (;464;) (type 34) (result i32)
i32.const 0
i32.load offset=214132
i32.eqz
)
(func (;465;) (type 2) (param i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 2
global.set 0
local.get 2
i32.const 8
i32.add
local.get 1
call 453
local.get 2
local.get 1
i32.load offset=20
local.get 2
i32.load offset=8
local.get 2
i32.load offset=12
i32.const 79252
call 320
local.get 2
i32.load offset=4
local.set 1
local.get 0
local.get 2
i32.load
i32.store
local.get 0
local.get 1
i32.store offset=4
local.get 2
i32.const 16
i32.add
global.set 0
)
(func (;466;) (type 3) (param i32)
(local i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 1088
i32.sub
local.tee 1
global.set 0
i32.const 0
local.set 2
local.get 1
i32.const 8
i32.add
i32.const 0
i32.const 1028
memory.fill
local.get 1
i32.const 1056
i32.add
local.get 0
i32.load
local.tee 3
local.get 0
i32.load offset=4
i32.load offset=12
local.tee 4
call_indirect (type 2)
i32.const 4
local.set 5
local.get 3
local.set 6
block ;; label = @1
block ;; label = @2
local.get 1
i64.load offset=1056
i64.const 7199936582794304877
i64.xor
local.get 1
i64.load offset=1064
i64.const -5076933981314334344
i64.xor
i64.or
i64.eqz
br_if 0 (;@2;)
local.get 1
i32.const 1056
i32.add
local.get 3
local.get 4
call_indirect (type 2)
local.get 1
i64.load offset=1056
i64.const -3168470129573060075
i64.xor
local.get 1
i64.load offset=1064
i64.const -602373692278867885
i64.xor
i64.or
i64.const 0
i64.ne
br_if 1 (;@1;)
local.get 3
i32.const 4
i32.add
local.set 6
i32.const 8
local.set 5
end
local.get 3
local.get 5
i32.add
i32.load
local.set 5
local.get 6
i32.load
local.set 2
end
local.get 1
local.get 5
i32.const 5
local.get 2
select
i32.store offset=1040
local.get 1
local.get 2
i32.const 79988
local.get 2
select
i32.store offset=1036
local.get 0
i32.load offset=8
local.tee 2
i32.load offset=8
local.set 0
local.get 1
local.get 2
i64.load align=4
i64.store offset=1044 align=4
local.get 1
local.get 0
i32.store offset=1052
local.get 1
i32.const 23
i32.store offset=1076
local.get 1
i32.const 5
i32.store offset=1068
local.get 1
i32.const 23
i32.store offset=1060
local.get 1
local.get 1
i32.const 1036
i32.add
i32.store offset=1072
local.get 1
local.get 1
i32.const 1052
i32.add
i32.store offset=1064
local.get 1
local.get 1
i32.const 1044
i32.add
i32.store offset=1056
local.get 1
i32.const 8
i32.add
i32.const 66978
local.get 1
i32.const 1056
i32.add
call 294
drop
local.get 1
local.get 1
i32.const 8
i32.add
call 295
local.get 1
i32.load
local.get 1
i32.load offset=4
call 44
local.get 1
i32.const 1088
i32.add
global.set 0
)
(func (;467;) (type 13) (param i32 i32 i32)
(local i32 i32 i32 i32 i32)
local.get 2
i32.const 3
i32.and
local.set 3
block ;; label = @1
local.get 2
i32.const 2
i32.shr_u
local.tee 4
i32.eqz
br_if 0 (;@1;)
local.get 1
local.set 5
local.get 0
local.set 6
loop ;; label = @2
local.get 4
i32.eqz
br_if 1 (;@1;)
local.get 6
i32.load align=1
local.set 7
local.get 6
local.get 5
i32.load align=1
i32.store align=1
local.get 5
local.get 7
i32.store align=1
local.get 4
i32.const -1
i32.add
local.set 4
local.get 5
i32.const 4
i32.add
local.set 5
local.get 6
i32.const 4
i32.add
local.set 6
br 0 (;@2;)
end
end
block ;; label = @1
local.get 3
i32.eqz
br_if 0 (;@1;)
local.get 1
local.get 2
i32.const -4
i32.and
local.tee 6
i32.add
local.set 5
local.get 0
local.get 6
i32.add
local.set 6
block ;; label = @2
block ;; label = @3
local.get 3
i32.const 1
i32.ne
br_if 0 (;@3;)
i32.const 0
local.set 4
br 1 (;@2;)
end
local.get 6
i32.load16_u align=1
local.set 4
local.get 6
local.get 5
i32.load16_u align=1
i32.store16 align=1
local.get 5
local.get 4
i32.store16 align=1
local.get 2
i32.const 1
i32.and
i32.eqz
br_if 1 (;@1;)
i32.const 2
local.set 4
end
local.get 6
local.get 4
i32.add
local.tee 6
i32.load8_u
local.set 7
local.get 6
local.get 5
local.get 4
i32.add
local.tee 5
i32.load8_u
i32.store8
local.get 5
local.get 7
i32.store8
end
)
(func (;468;) (type 1) (param i32 i32) (result i32)
(local i32 i32 i32 i32 i32 i32 i32 i32)
global.get 0
i32.const 48
i32.sub
local.tee 2
global.set 0
local.get 0
i32.load offset=8
i32.const 24
i32.mul
local.set 3
local.get 0
i32.load offset=4
local.tee 4
i32.const 4
i32.add
local.set 5
local.get 4
i32.const 12
i32.add
local.set 6
local.get 1
i32.load offset=4
local.set 7
local.get 1
i32.load
local.set 8
i32.const 0
local.set 0
block ;; label = @1
loop ;; label = @2
local.get 3
local.tee 1
i32.eqz
br_if 1 (;@1;)
local.get 2
i32.const 2
i32.const 0
local.get 0
select
i32.store offset=12
local.get 2
i32.const 80976
i32.const 1
local.get 0
select
i32.store offset=8
block ;; label = @3
block ;; label = @4
local.get 4
i32.load offset=8
local.tee 3
br_if 0 (;@4;)
i32.const 17
local.set 3
i32.const 80978
local.set 9
br 1 (;@3;)
end
local.get 5
i32.load
local.set 9
end
local.get 4
i32.const 24
i32.add
local.set 4
local.get 2
local.get 3
i32.store offset=20
local.get 2
local.get 9
i32.store offset=16
local.get 2
i32.const 7
i32.store offset=44
local.get 2
i32.const 23
i32.store offset=36
local.get 2
i32.const 23
i32.store offset=28
local.get 0
i32.const -1
i32.add
local.set 0
local.get 1
i32.const -24
i32.add
local.set 3
local.get 5
i32.const 24
i32.add
local.set 5
local.get 2
local.get 6
i32.store offset=40
local.get 6
i32.const 24
i32.add
local.set 6
local.get 2
local.get 2
i32.const 16
i32.add
i32.store offset=32
local.get 2
local.get 2
i32.const 8
i32.add
i32.store offset=24
local.get 8
local.get 7
i32.const 66971
local.get 2
i32.const 24
i32.add
call 329
i32.eqz
br_if 0 (;@2;)
end
end
local.get 2
i32.const 48
i32.add
global.set 0
local.get 1
i32.const 0
i32.ne
)
(func (;469;) (type 23) (param i32 i32 i32 i32 i32)
(local i32 i32)
global.get 0
i32.const 32
i32.sub
local.tee 5
global.set 0
i32.const 0
i32.const 0
i32.load offset=214148
local.tee 6
i32.const 1
i32.add
i32.store offset=214148
block ;; label = @1
local.get 6
i32.const 0
i32.lt_s
br_if 0 (;@1;)
block ;; label = @2
i32.const 0
i32.load8_u offset=214136
br_if 0 (;@2;)
i32.const 0
i32.const 1
i32.store8 offset=214136
i32.const 0
i32.const 0
i32.load offset=214132
i32.const 1
i32.add
i32.store offset=214132
i32.const 0
i32.load offset=214140
local.tee 6
i32.const -1
i32.le_s
br_if 1 (;@1;)
i32.const 0
local.get 6
i32.const 1
i32.add
i32.store offset=214140
block ;; label = @3
i32.const 0
i32.load offset=214144
i32.eqz
br_if 0 (;@3;)
local.get 5
i32.const 8
i32.add
local.get 0
local.get 1
i32.load offset=20
call_indirect (type 2)
local.get 5
local.get 4
i32.store8 offset=29
local.get 5
local.get 3
i32.store8 offset=28
local.get 5
local.get 2
i32.store offset=24
local.get 5
local.get 5
i64.load offset=8
i64.store offset=16 align=4
local.get 5
i32.const 16
i32.add
call 466
i32.const 0
i32.load offset=214140
i32.const -1
i32.add
local.set 6
end
i32.const 0
local.get 6
i32.store offset=214140
i32.const 0
i32.const 0
i32.store8 offset=214136
local.get 3
i32.eqz
br_if 1 (;@1;)
call 470
unreachable
end
local.get 5
local.get 0
local.get 1
i32.load offset=24
call_indirect (type 2)
end
unreachable
)
(func (;470;) (type 33)
unreachable
)
(func (;471;) (type 2) (param i32 i32)
local.get 0
i32.const 0
i32.store
)
(func (;472;) (type 2) (param i32 i32)
local.get 0
i32.const 0
i64.load offset=81168 align=4
i64.store offset=8 align=4
local.get 0
i32.const 0
i64.load offset=81160 align=4
i64.store align=4
)
(func (;473;) (type 2) (param i32 i32)
i32.const 0
i32.const 1
i32.store8 offset=214604
unreachable
)
(func (;474;) (type 3) (param i32)
local.get 0
call 475
unreachable
)
(func (;475;) (type 3) (param i32)
(local i32 i32 i32)
global.get 0
i32.const 16
i32.sub
local.tee 1
global.set 0
block ;; label = @1
local.get 0
i32.load
local.tee 2
i32.load offset=4
local.tee 3
i32.const 1
i32.and
i32.eqz
br_if 0 (;@1;)
local.get 2
i32.load
local.set 2
local.get 1
local.get 3
i32.const 1
i32.shr_u
i32.store offset=4
local.get 1
local.get 2
i32.store
local.get 1
i32.const 81104
local.get 0
i32.load offset=4
local.get 0
i32.load offset=8
local.tee 0
i32.load8_u offset=8
local.get 0
i32.load8_u offset=9
call 469
unreachable
end
local.get 1
i32.const -2147483648
i32.store
local.get 1
local.get 0
i32.store offset=12
local.get 1
i32.const 81132
local.get 0
i32.load offset=4
local.get 0
i32.load offset=8
local.tee 0
i32.load8_u offset=8
local.get 0
i32.load8_u offset=9
call 469
unreachable
)
(func (;476;) (type 3) (param i32)
(local i32)
block ;; label = @1
local.get 0
i32.load
local.tee 1
i32.const 1
i32.lt_s
br_if 0 (;@1;)
local.get 0
i32.load offset=4
local.get 1
i32.const 1
call 151
end
)
(func (;477;) (type 1) (param i32 i32) (result i32)
block ;; label = @1
local.get 0
i32.load
i32.const -2147483648
i32.eq
br_if 0 (;@1;)
local.get 1
i32.load
local.get 0
i32.load offset=4
local.get 0
i32.load offset=8
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
return
end
local.get 1
i32.load
local.get 1
i32.load offset=4
local.get 0
i32.load offset=12
i32.load
local.tee 0
i32.load
local.get 0
i32.load offset=4
call 329
)
(func (;478;) (type 2) (param i32 i32)
(local i32 i32 i64)
global.get 0
i32.const 48
i32.sub
local.tee 2
global.set 0
block ;; label = @1
local.get 1
i32.load
i32.const -2147483648
i32.ne
br_if 0 (;@1;)
local.get 1
i32.load offset=12
local.set 3
local.get 2
i32.const 0
i32.store offset=44
local.get 2
i64.const 4294967296
i64.store offset=36 align=4
local.get 2
i32.const 36
i32.add
i32.const 81080
local.get 3
i32.load
local.tee 3
i32.load
local.get 3
i32.load offset=4
call 329
drop
local.get 2
local.get 2
i32.load offset=44
local.tee 3
i32.store offset=32
local.get 2
local.get 2
i64.load offset=36 align=4
local.tee 4
i64.store offset=24
local.get 1
local.get 3
i32.store offset=8
local.get 1
local.get 4
i64.store align=4
end
local.get 1
i32.load offset=8
local.set 3
local.get 1
i32.const 0
i32.store offset=8
local.get 1
i64.load align=4
local.set 4
local.get 1
i64.const 4294967296
i64.store align=4
local.get 2
local.get 3
i32.store offset=16
local.get 2
local.get 4
i64.store offset=8
block ;; label = @1
i32.const 12
call 54
local.tee 1
br_if 0 (;@1;)
i32.const 4
i32.const 12
call 55
unreachable
end
local.get 1
local.get 2
i32.load offset=16
i32.store offset=8
local.get 1
local.get 2
i64.load offset=8
i64.store align=4
local.get 0
i32.const 82188
i32.store offset=4
local.get 0
local.get 1
i32.store
local.get 2
i32.const 48
i32.add
global.set 0
)
(func (;479;) (type 2) (param i32 i32)
(local i32 i32 i64)
global.get 0
i32.const 32
i32.sub
local.tee 2
global.set 0
block ;; label = @1
local.get 1
i32.load
i32.const -2147483648
i32.ne
br_if 0 (;@1;)
local.get 1
i32.load offset=12
local.set 3
local.get 2
i32.const 0
i32.store offset=28
local.get 2
i64.const 4294967296
i64.store offset=20 align=4
local.get 2
i32.const 20
i32.add
i32.const 81080
local.get 3
i32.load
local.tee 3
i32.load
local.get 3
i32.load offset=4
call 329
drop
local.get 2
local.get 2
i32.load offset=28
local.tee 3
i32.store offset=16
local.get 2
local.get 2
i64.load offset=20 align=4
local.tee 4
i64.store offset=8
local.get 1
local.get 3
i32.store offset=8
local.get 1
local.get 4
i64.store align=4
end
local.get 0
i32.const 82188
i32.store offset=4
local.get 0
local.get 1
i32.store
local.get 2
i32.const 32
i32.add
global.set 0
)
(func (;480;) (type 13) (param i32 i32 i32)
(local i32)
global.get 0
i32.const 16
i32.sub
local.tee 3
global.set 0
block ;; label = @1
local.get 2
local.get 1
i32.add
local.tee 1
local.get 2
i32.ge_u
br_if 0 (;@1;)
i32.const 0
i32.const 0
call 125
unreachable
end
local.get 3
i32.const 4
i32.add
local.get 0
i32.load
local.tee 2
local.get 0
i32.load offset=4
local.get 1
local.get 2
i32.const 1
i32.shl
local.tee 2
local.get 1
local.get 2
i32.gt_u
select
local.tee 2
i32.const 8
local.get 2
i32.const 8
i32.gt_u
select
local.tee 2
call 481
block ;; label = @1
local.get 3
i32.load offset=4
i32.const 1
i32.ne
br_if 0 (;@1;)
local.get 3
i32.load offset=8
local.get 3
i32.load offset=12
call 125
unreachable
end
local.get 3
i32.load offset=8
local.set 1
local.get 0
local.get 2
i32.store
local.get 0
local.get 1
i32.store offset=4
local.get 3
i32.const 16
i32.add
global.set 0
)
(func (;481;) (type 16) (param i32 i32 i32 i32)
(local i32)
i32.const 0
local.set 4
block ;; label = @1
block ;; label = @2
local.get 3
i32.const 0
i32.ge_s
br_if 0 (;@2;)
i32.const 1
local.set 1
i32.const 4
local.set 2
br 1 (;@1;)
end
block ;; label = @2
block ;; label = @3
local.get 1
i32.eqz
br_if 0 (;@3;)
local.get 2
local.get 1
i32.const 1
local.get 3
call 186
local.set 4
br 1 (;@2;)
end
local.get 3
call 54
local.set 4
end
block ;; label = @2
block ;; label = @3
local.get 4
br_if 0 (;@3;)
i32.const 1
local.set 1
local.get 0
i32.const 1
i32.store offset=4
br 1 (;@2;)
end
local.get 0
local.get 4
i32.store offset=4
i32.const 0
local.set 1
end
i32.const 8
local.set 2
local.get 3
local.set 4
end
local.get 0
local.get 2
i32.add
local.get 4
i32.store
local.get 0
local.get 1
i32.store
)
(func (;482;) (type 2) (param i32 i32)
local.get 0
i32.const 0
i64.load offset=81184 align=4
i64.store offset=8 align=4
local.get 0
i32.const 0
i64.load offset=81176 align=4
i64.store align=4
)
(func (;483;) (type 0) (param i32 i32 i32) (result i32)
(local i32)
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 2
local.get 0
i32.load
local.get 0
i32.load offset=8
local.tee 3
i32.sub
i32.le_u
br_if 0 (;@3;)
local.get 0
local.get 3
local.get 2
call 480
local.get 0
i32.load offset=8
local.set 3
br 1 (;@2;)
end
local.get 2
i32.eqz
br_if 1 (;@1;)
end
local.get 2
i32.eqz
br_if 0 (;@1;)
local.get 0
i32.load offset=4
local.get 3
i32.add
local.get 1
local.get 2
memory.copy
end
local.get 0
local.get 3
local.get 2
i32.add
i32.store offset=8
i32.const 0
)
(func (;484;) (type 1) (param i32 i32) (result i32)
(local i32 i32 i32 i32 i32 i32)
local.get 0
i32.load offset=8
local.set 2
block ;; label = @1
block ;; label = @2
local.get 1
i32.const 128
i32.ge_u
br_if 0 (;@2;)
i32.const 1
local.set 3
br 1 (;@1;)
end
block ;; label = @2
local.get 1
i32.const 2048
i32.ge_u
br_if 0 (;@2;)
i32.const 2
local.set 3
br 1 (;@1;)
end
i32.const 3
i32.const 4
local.get 1
i32.const 65536
i32.lt_u
select
local.set 3
end
local.get 2
local.set 4
block ;; label = @1
local.get 3
local.get 0
i32.load
local.get 2
i32.sub
i32.le_u
br_if 0 (;@1;)
local.get 0
local.get 2
local.get 3
call 480
local.get 0
i32.load offset=8
local.set 4
end
local.get 0
i32.load offset=4
local.get 4
i32.add
local.set 4
block ;; label = @1
block ;; label = @2
local.get 1
i32.const 128
i32.lt_u
br_if 0 (;@2;)
local.get 1
i32.const 63
i32.and
i32.const -128
i32.or
local.set 5
local.get 1
i32.const 6
i32.shr_u
local.set 6
block ;; label = @3
local.get 1
i32.const 2048
i32.ge_u
br_if 0 (;@3;)
local.get 4
local.get 5
i32.store8 offset=1
local.get 4
local.get 6
i32.const 192
i32.or
i32.store8
br 2 (;@1;)
end
local.get 1
i32.const 12
i32.shr_u
local.set 7
local.get 6
i32.const 63
i32.and
i32.const -128
i32.or
local.set 6
block ;; label = @3
local.get 1
i32.const 65535
i32.gt_u
br_if 0 (;@3;)
local.get 4
local.get 5
i32.store8 offset=2
local.get 4
local.get 6
i32.store8 offset=1
local.get 4
local.get 7
i32.const 224
i32.or
i32.store8
br 2 (;@1;)
end
local.get 4
local.get 5
i32.store8 offset=3
local.get 4
local.get 6
i32.store8 offset=2
local.get 4
local.get 7
i32.const 63
i32.and
i32.const -128
i32.or
i32.store8 offset=1
local.get 4
local.get 1
i32.const 18
i32.shr_u
i32.const -16
i32.or
i32.store8
br 1 (;@1;)
end
local.get 4
local.get 1
i32.store8
end
local.get 0
local.get 3
local.get 2
i32.add
i32.store offset=8
i32.const 0
)
(func (;485;) (type 0) (param i32 i32 i32) (result i32)
local.get 0
i32.const 81080
local.get 1
local.get 2
call 329
)
(func (;486;) (type 1) (param i32 i32) (result i32)
local.get 1
i32.load
local.get 0
i32.load
local.get 0
i32.load offset=4
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
)
(func (;487;) (type 2) (param i32 i32)
(local i32 i32)
local.get 1
i32.load offset=4
local.set 2
local.get 1
i32.load
local.set 3
block ;; label = @1
i32.const 8
call 54
local.tee 1
br_if 0 (;@1;)
i32.const 4
i32.const 8
call 55
unreachable
end
local.get 1
local.get 2
i32.store offset=4
local.get 1
local.get 3
i32.store
local.get 0
i32.const 82160
i32.store offset=4
local.get 0
local.get 1
i32.store
)
(func (;488;) (type 2) (param i32 i32)
local.get 0
i32.const 82160
i32.store offset=4
local.get 0
local.get 1
i32.store
)
(func (;489;) (type 2) (param i32 i32)
local.get 0
local.get 1
i64.load align=4
i64.store
)
(func (;490;) (type 2) (param i32 i32)
(local i32 i32 i32 i32)
i32.const 31
local.set 2
block ;; label = @1
local.get 1
i32.const 16777216
i32.ge_u
br_if 0 (;@1;)
local.get 1
i32.const 38
local.get 1
i32.const 8
i32.shr_u
i32.clz
local.tee 2
i32.sub
i32.shr_u
i32.const 1
i32.and
local.get 2
i32.const 1
i32.shl
i32.or
i32.const 62
i32.xor
local.set 2
end
local.get 0
i64.const 0
i64.store offset=16 align=4
local.get 0
local.get 2
i32.store offset=28
local.get 2
i32.const 2
i32.shl
i32.const 214152
i32.add
local.set 3
block ;; label = @1
i32.const 0
i32.load offset=214564
i32.const 1
local.get 2
i32.shl
local.tee 4
i32.and
br_if 0 (;@1;)
local.get 3
local.get 0
i32.store
local.get 0
local.get 3
i32.store offset=24
local.get 0
local.get 0
i32.store offset=12
local.get 0
local.get 0
i32.store offset=8
i32.const 0
i32.const 0
i32.load offset=214564
local.get 4
i32.or
i32.store offset=214564
return
end
block ;; label = @1
block ;; label = @2
block ;; label = @3
local.get 3
i32.load
local.tee 4
i32.load offset=4
i32.const -8
i32.and
local.get 1
i32.ne
br_if 0 (;@3;)
local.get 4
local.set 2
br 1 (;@2;)
end
local.get 1
i32.const 0
i32.const 25
local.get 2
i32.const 1
i32.shr_u
i32.sub
local.get 2
i32.const 31
i32.eq
select
i32.shl
local.set 3
loop ;; label = @3
local.get 4
local.get 3
i32.const 29
i32.shr_u
i32.const 4
i32.and
i32.add
local.tee 5
i32.load offset=16
local.tee 2
i32.eqz
br_if 2 (;@1;)
local.get 3
i32.const 1
i32.shl
local.set 3
local.get 2
local.set 4
local.get 2
i32.load offset=4
i32.const -8
i32.and
local.get 1
i32.ne
br_if 0 (;@3;)
end
end
local.get 2
i32.load offset=8
local.tee 3
local.get 0
i32.store offset=12
local.get 2
local.get 0
i32.store offset=8
local.get 0
i32.const 0
i32.store offset=24
local.get 0
local.get 2
i32.store offset=12
local.get 0
local.get 3
i32.store offset=8
return
end
local.get 5
i32.const 16
i32.add
local.get 0
i32.store
local.get 0
local.get 4
i32.store offset=24
local.get 0
local.get 0
i32.store offset=12
local.get 0
local.get 0
i32.store offset=8
)
(func (;491;) (type 2) (param i32 i32)
local.get 0
local.get 1
call 473
unreachable
)
(func (;492;) (type 1) (param i32 i32) (result i32)
local.get 1
i32.load
i32.const 82176
i32.const 11
local.get 1
i32.load offset=4
i32.load offset=12
call_indirect (type 0)
)
(func (;493;) (type 0) (param i32 i32 i32) (result i32)
(local i32 i32 i32)
i32.const 0
local.set 3
block ;; label = @1
local.get 2
i32.eqz
br_if 0 (;@1;)
block ;; label = @2
loop ;; label = @3
local.get 0
i32.load8_u
local.tee 4
local.get 1
i32.load8_u
local.tee 5
i32.ne
br_if 1 (;@2;)
local.get 0
i32.const 1
i32.add
local.set 0
local.get 1
i32.const 1
i32.add
local.set 1
local.get 2
i32.const -1
i32.add
local.tee 2
i32.eqz
br_if 2 (;@1;)
br 0 (;@3;)
end
end
local.get 4
local.get 5
i32.sub
local.set 3
end
local.get 3
)
(func (;494;) (type 38) (param i32 i64 i64 i64 i64)
(local i64 i64 i64 i64 i64 i64)
local.get 0
local.get 3
i64.const 4294967295
i64.and
local.tee 5
local.get 1
i64.const 4294967295
i64.and
local.tee 6
i64.mul
local.tee 7
local.get 3
i64.const 32
i64.shr_u
local.tee 8
local.get 6
i64.mul
local.tee 6
local.get 5
local.get 1
i64.const 32
i64.shr_u
local.tee 9
i64.mul
i64.add
local.tee 5
i64.const 32
i64.shl
i64.add
local.tee 10
i64.store
local.get 0
local.get 8
local.get 9
i64.mul
local.get 5
local.get 6
i64.lt_u
i64.extend_i32_u
i64.const 32
i64.shl
local.get 5
i64.const 32
i64.shr_u
i64.or
i64.add
local.get 10
local.get 7
i64.lt_u
i64.extend_i32_u
i64.add
local.get 4
local.get 1
i64.mul
local.get 3
local.get 2
i64.mul
i64.add
i64.add
i64.store offset=8
)
(data (;0;) (i32.const 65536) "%\00\00\00\0c\00\00\00\04\00\00\00&\00\00\00%\00\00\00\0c\00\00\00\04\00\00\00'\00\00\00&\00\00\00\00\00\01\00(\00\00\00)\00\00\00*\00\00\00(\00\00\00+\00\00\00a flow that goes on has no answer to buildFlow::body belongs to Flow::respond; a problem has a detaila body hook has the body already: return Flow::next or Flow::next_withFlow::serve_cached belongs to request hooks: there is a response alreadyabout:blankconformance0.1.0Asks the host for one thing of each request and tells the answer: the same cases for the fake host and the real one.the host handed over no request headwithout the request hook there is no state for the others: keep it, or leave them out toothe host handed over no response headthe host handed over no summaryit cannot be read\0dbegin > end (\c0\03 > \c0\10) when slicing `\c0\01`\c0\00\11start byte index \c0\16 is out of bounds of `\c0\01`\c0\00\0fend byte index \c0\16 is out of bounds of `\c0\01`\c0\00\11start byte index \c0& is not a char boundary; it is inside \c0\08 (bytes \c0\06) of `\c0\01`\c0\00\0fend byte index \c0& is not a char boundary; it is inside \c0\08 (bytes \c0\06) of `\c0\01`\c0\00\01\22\c0\02\22:\c0\00\01,\c0\00\0b{\22$schema\22:\c0\0a,\22title\22:\22\c0\01\22\c0\00\16slice index starts at \c0\0d but ends at \c0\00 index out of bounds: the len is \c0\12 but the index is \c0\00\c0\09 at line \c0\08 column \c0\00\12range start index \c0\22 out of range for slice of length \c0\00\10range end index \c0\22 out of range for slice of length \c0\00\1funknown; the known members are \c0\00\09expected \c0\08, found \c0\00\0eover a limit: \c0\00Hcannot access a Thread Local Storage value during or after destruction: \c0\00\07store: \c0\00\0dunavailable: \c0\00\09invalid: \c0\00\0dnot granted: \c0\00\09no JSON: \c0\00\c0\c0\02: \c0\00\c0\01:\c0\02: \c0\00\06limit \c0\02: \c0\00\07secret \c0\02: \c0\00\08counter \c0\02: \c0\00\06store \c0\02: \c0\00\07metric \c0\02: \c0\00\c0\01 \c0\01 \c0\01 \c0\00\01{\c0\01}\00/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/collections/btree/map/entry.rs\00/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/index.rs\00sdk/src/guest/out.rs\00dependencies/postcard-1.1.3/src/varint.rs\00/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/fmt.rs\00sdk/src/sys.rs\00sdk/src/exports.rs\00tests/guests/conformance/src/acts.rs\00sdk/abi/src/bytes.rs\00/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/str.rs\00sdk/src/guest/out/buffer.rs\00sdk/src/crypto.rs\00sdk/src/sys/wasm.rs\00/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/thread/local.rs\00sdk/src/log.rs\00/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/string.rs\00/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs\00/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/collections/btree/navigate.rs\00sdk/abi/src/wire.rs\00/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/unicode/printable.rs\00/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/collections/btree/node.rs\00/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/fmt/mod.rs\00/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/mod.rs\00/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/raw_vec/mod.rs\00/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/vec/mod.rs\00sdk/src/field.rs\00/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/vec/spec_from_iter_nested.rs\00dependencies/serde_json-1.0.154/src/read.rs\00/rust/deps/dlmalloc-0.2.11/src/dlmalloc.rs\00tests/guests/conformance/src/lib.rs\00\02; \c0\06 bytes\00\c0\0b is no case\00\c0\22 is no status to answer with: use \c0\07 to 599\00&copy_from_slice: source slice length (\c0+) does not match destination slice length (\c0\01)\00\c0\0b (os error \c0\01)\00\c02 is not a header name: use letters, digits and '-'\00\01\22\c0\01\22\00\00\00\fb\07\01\00\11\00\00\00\1b\00\00\00#\00\00\00I\07\01\00\12\00\00\00\80\00\00\00)\00\00\00an instance is configured oncecallout-not-grantedcallout-detached-not-grantedcallout-bad-pathcallout-no-timecallout-too-largecallout-too-many-at-onceno case grantedno-slashelsewhere/okdeniedlimittimeoutunavailableinvalidconflictkv-callout-sha256hmacconstant-time-eqrandomclockplanidentitycachepurgeloadcurrentattributesabsentrequest.idx-twicex-absentx-acttagkeptno keynobody-of-that-nameaabwhat do ya want for nothing?otherabcone keysharedsigningtwiceactconformance_actsWhat was asked for.conformance_entriesEntries of the store.\00\00\00\00\00\00\00\00\00\00\00\00\00\f0?\00\00\00\00\00@\8f@conformance_bytesBytes of responses.askedkv-setkv-compare-and-setkv-incrementkv-no-counterkv-deletekv-keyskv-boundskv-ttlkv-apartapartownsoonxstaysklarge\00\00\00\5c\07\01\00$\00\00\00\86\00\00\000\00\00\00fitsnowlist/blist/alist/clisplist/gonetext01mostcount9casonetwothreeset\00\a4de\e6\05Hh\00W\fa\a6}B\b2[s\ce\1d1\ffP\14\cd\b6\b6\ae\9a\fc\1e\d8\14K\00\00\00\00\01\00\00\00\01\00\00\00,\00\00\00\00\00\00\00\00\00\00\00\01\00\00\00-\00\00\00.\00\00\00\0c\00\00\00\04\00\00\00/\00\00\00.\00\00\00\0c\00\00\00\04\00\00\000\00\00\00/\00\00\00\cc\10\01\00(\00\00\001\00\00\00*\00\00\00(\00\00\00+\00\00\002\00\00\00\10\00\00\00\04\00\00\003\00\00\002\00\00\00\10\00\00\00\04\00\00\004\00\00\003\00\00\00\08\11\01\00(\00\00\005\00\00\00*\00\00\00(\00\00\00+\00\00\00DeniedLimitTimeoutUnavailableInvalidConflictRefusedfindingsFindingpointermessagecontent-typetext/plain\00\00>\0c\01\00#\00\00\005\00\00\00*\00\00\00>\0c\01\00#\00\00\005\00\00\00O\00\00\00buffer-bodystream-bodyserve-cachedrefuseno-statusbody-of-nonefaultwrite-reservedwrite-bad-valuebad-pathhidden-dotsbad-methodstrangernot-granted-upstreamlong-attributeown-attributeno-timeouttraceset-path/a/./b/../%7ecq=1routeNO METHOD/a/..%2fbx-bada\0d\0abcontent-length1it was asked for\00\00>\0c\01\00#\00\00\00=\00\00\00<\00\00\00Forbiddenx-why\00\00>\0c\01\00#\00\00\00;\00\00\00C\00\00\00response-bufferresponse-too-largeresponse-streamresponse-answerresponse-lateresponse-bodilessstore-bad-keyx-seeninstead\00>\0c\01\00#\00\00\00g\00\00\00?\00\00\00l\00\00\00>\0c\01\00#\00\00\00U\00\00\00j\00\00\00x-length\06\00\00\00\05\00\00\00\07\00\00\00\0b\00\00\00\07\00\00\00\08\00\00\00(\0e\01\00.\0e\01\003\0e\01\00:\0e\01\00E\0e\01\00L\0e\01\00\06\00\00\00\05\00\00\00\07\00\00\00\0b\00\00\00\07\00\00\00\08\00\00\00\02\00\00\00(\0e\01\00.\0e\01\003\0e\01\00:\0e\01\00E\0e\01\00L\0e\01\00&\0e\01\00\0d\00\00\00\11\00\00\00\13\00\00\00\19\00\00\00\18\00\00\00\14\00\00\00\12\00\00\00\12\00\00\00\12\00\00\00\14\00\00\00\12\00\00\00\16\00\00\00\11\00\00\00\0e\00\00\00\0d\00\00\00\0f\00\00\00\9c:\01\00\a9:\01\00\ba:\01\00\cd:\01\00\e6:\01\00\fe:\01\00\12;\01\00$;\01\006;\01\00H;\01\00\5c;\01\00n;\01\00\84;\01\00\95;\01\00\a3;\01\00\b0;\01\00\ef\bf\bd\00\d9\0a\01\00P\00\00\00\1c\00\00\00\05\00\00\006\00\00\00\0c\00\00\00\04\00\00\007\00\00\008\00\00\009\00\00\00\00\00\00\00\00\00\00\00\01\00\00\00:\00\00\00a formatting trait implementation returned an error when the underlying stream did not\00\00\f1\06\01\00H\00\00\00\8f\02\00\00\0e\00\00\00\00p\00\07\00-\01\01\01\02\01\02\01\01H\0b0\15\10\01e\07\02\06\02\02\01\04#\01\1e\1b[\0b:\09\09\01\18\04\01\09\01\03\01\05+\03;\09*\18\01 7\01\01\01\04\08\04\01\03\07\0a\02\1d\01:\01\01\01\02\04\08\01\09\01\0a\02\1a\01\02\029\01\04\02\04\02\02\03\03\01\1e\02\03\01\0b\029\01\04\05\01\02\04\01\14\02\16\06\01\01:\01\01\02\01\04\08\01\07\03\0a\02\1e\01;\01\01\01\0c\01\09\01(\01\03\017\01\01\03\05\03\01\04\07\02\0b\02\1d\01:\01\02\02\01\01\03\03\01\04\07\02\0b\02\1c\029\02\01\01\02\04\08\01\09\01\0a\02\1d\01H\01\04\01\02\03\01\01\08\01Q\01\02\07\0c\08b\01\02\09\0b\07I\02\1b\01\01\01\01\017\0e\01\05\01\02\05\0b\01$\09\01f\04\01\06\01\02\02\02\19\02\04\03\10\04\0d\01\02\02\06\01\0f\01\00\03\00\04\1c\03\1d\02\1e\02@\02\01\07\08\01\02\0b\09\01-\03\01\01u\02\22\01v\03\04\02\09\01\06\03\db\02\02\01:\01\01\07\01\01\01\01\02\08\06\0a\02\010.\02\0c\14\040\0a\04\03&\09\0c\02 \04\02\068\01\01\02\03\01\01\058\08\02\02\98\03\01\0d\01\07\04\01\06\01\03\02\c6@\00\01\c3!\00\03\8d\01` \00\06i\02\00\04\01\0a \02P\02\00\01\03\01\04\01\19\02\05\01\97\02\1a\12\0d\01&\08\19\0b\01\01,\030\01\02\04\02\02\02\01$\01C\06\02\02\02\02\0c\01\08\01/\013\01\01\03\02\02\05\02\01\01*\02\08\01\ee\01\02\01\04\01\00\01\00\10\10\10\00\02\00\01\e2\01\95\05\00\03\01\02\05\04(\03\04\01\a5\02\00\04A\05\00\02M\06F\0b1\04{\016\0f)\01\02\02\0a\031\04\02\02\07\01=\03$\05\01\08>\01\0c\024\09\01\01\08\04\02\01_\03\02\04\06\01\02\01\9d\01\03\08\15\029\02\01\01\01\01\0c\01\09\01\0e\07\03\05C\01\02\06\01\01\02\01\01\03\04\03\01\01\0e\02U\08\02\03\01\01\17\01Q\01\02\06\01\01\02\01\01\02\01\02\eb\01\02\04\06\02\01\02\1b\02U\08\02\01\01\02j\01\01\01\02\08e\01\01\01\02\04\01\05\00\09\01\02\f5\01\0a\04\04\01\90\04\02\02\04\01 \0a(\06\02\04\08\01\09\06\02\03.\0d\01\02\c6\01\01\03\01\01\c9\07\01\06\01\01R\16\02\07\01\02\01\02z\06\03\01\01\02\01\07\01\01H\02\03\01\01\01\00\02\0b\024\05\05\03\17\01\00\01\06\0f\00\0c\03\03\00\05;\07\00\01?\04Q\01\0b\02\00\02\00.\02\17\00\05\03\06\08\08\02\07\1e\04\94\03\007\042\08\01\0e\01\16\05\01\0f\00\07\01\11\02\07\01\02\01\05d\01\a0\07\00\01=\04\00\04\fe\02\f3\01\02\01\07\02\05\01\00\07m\07\00`\80\f0\000123456789abcdef {  {\0a,\0a((\0a\0a)] }\00\00\00\00\00\0c\00\00\00\04\00\00\00;\00\00\00<\00\00\00=\00\00\00[...]called `Option::unwrap()` on a `None` value00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899[\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\01\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\02\03\03\03\03\03\03\03\03\03\03\03\03\03\03\03\03\04\04\04\04\04\00\00\00\00\00\00\00\00\00\00\00\00\06\01\01\03\01\04\02\05\07\07\02\08\08\09\02\0a\05\0b\02\0e\04\10\01\11\02\12\05\13\1c\14\01\15\02\17\02\19\0d\1c\05\1d\08\1f\01$\01j\04k\02n\02\af\03\b1\02\bc\02\cf\02\d1\02\d4\0c\d5\09\d6\02\d7\02\da\01\e0\05\e1\02\e6\01\e7\04\e8\02\ee \f0\04\f8\02\fa\05\fb\01\0c';>NO\8f\9e\9e\9f{\8b\93\96\a2\b2\ba\86\b1\06\07\096=>V\f3\d0\d1\04\14\1867VW\7f\aa\ae\af\bd5\e0\12\87\89\8e\9e\04\0d\0e\11\12)14:EFIJNOde\8a\8c\8d\8f\b6\c1\c3\c4\c6\cb\d6\5c\b6\b7\1b\1c\07\08\0a\0b\14\1769:\a8\a9\d8\d9\097\90\91\a8\07\0a;>fi\8f\92\11o_\bf\ee\efZb\b9\ba\f4\fc\ffST\9a\9b./'(U\9d\a0\a1\a3\a4\a7\a8\ad\ba\bc\c4\06\0b\0c\15\1d:?EQ\a6\a7\cc\cd\a0\07\19\1a\22%>?\df\e7\ec\ef\ff\c5\c6\04 #%&(38:HJLPSUVXZ\5c^`cefksx}\7f\8a\a4\aa\af\b0\c0\d0\ae\afno\c7\dd\de\93^\22{\05\03\04-\03f\03\01/.\80\82\1d\031\0f\1c\04$\09\1e\05+\05D\04\0e*\80\aa\06$\04$\04(\084\0bN\034\0c\817\09\16\0a\08\18;E9\03c\08\090\16\05!\03\1b\05\1b&8\04K\05/\04\0a\07\09\07@ '\04\0c\096\03:\05\1a\07\04\0c\07PI73\0d3\07.\08\0a\06&\03\1d\08\02\80\d0R\10\06\08\09!.\08*\16\1a&\1c\14\17\09N\04$\09D\0d\19\07\0a\06H\08'\09u\0bB>*\06;\05\0a\06Q\06\01\05\10\03\05\0bY\08\02\1db\1eH\08\0a\80\a6^\22E\0b\0a\06\0d\13:\06\0a\06\14\1c,\04\17\80\b9<dS\0cH\09\0aFE\1bH\08S\0dI\07\0aV\08X\22\0e\0a\06F\0a\1d\03GI7\03\0e\08\0a\069\07\0a\06,\04\0a\80\f6\19\07;\03\1dU\01\0f2\0d\83\9bfu\0b\80\c4\8aLc\0d\840\10\16\0a\8f\9b\05\82G\9a\b9:\86\c6\829\07*\04\5c\06&\0aF\0a(\05\13\81\b0:\80\c6[\054,K\049\07\11@\05\0b\07\09\9c\d6) as\a1\fd\813\0f\01\1d\06\0e\04\08\81\8c\89\04k\05\0d\03\09\07\10\8f`\80\fd\03\81\b4\06\17\0f\11\0fG\09t<\80\f6\0as\08p\15Fz\14\0c\14\0cW\09\19\80\87\81G\03\85B\0f\15\84P\1f\06\06\80\d5+\05>!\01p-\03\1a\04\02\81@\1f\11:\05\01\81\d0*\80\d6+\04\01\80\c06\08\02\80\e0\80\f7)L\04\0a\04\02\83\11DL=\80\c2<\06\01\04U\05\1b4\02\81\0e,\04d\0cV\0a\80\ae8\1d\0d,\04\09\07\02\0e\06\80\9a\83\d9\03\11\03\0d\03\80\da\06\0c\04\01\0f\0c\048\08\0a\06(\08,\04\02\0e\09'\81X\08\1d\03\0b\03;\04\1e\04\0a\07\80\fb\84\05\00\01\03\05\05\06\06\02\07\06\08\07\09\11\0a\1c\0b\19\0c\19\0d\10\0e\0c\0f\04\10\03\12\12\13\09\16\01\17\04\18\01\19\03\1a\09\1b\01\1c\02\1f\16 \03+\02-\0b.\010\041\022\01\a9\02\aa\04\ab\08\fa\02\fb\05\fe\03\ff\09\adxy\8b\8d\a20WX\8b\8c\90\1c\dd\0e\0fKL\fb\fc./?\5c]_\e2\84\8d\8e\91\92\a9\b1\ba\bb\c5\c6\c9\ca\de\e4\e5\ff\00\04\11\12)147:;=IJ]\84\8e\92\a9\b1\b4\ba\bb\c6\ca\ce\cf\e4\e5\00\04\0d\0e\11\12)14:;EFIJ^de\84\91\9b\9d\c9\ce\cf\0d\11):;EIW[^_de\8d\91\a9\b4\ba\bb\c5\c9\df\e4\e5\f0\0d\11EIde\80\84\b2\bc\be\bf\d5\d7\f0\f1\83\85\8b\a4\a6\be\bf\c5\c7\cf\da\dbH\98\bd\cd\c6\ce\cfINOWY^_\89\8e\8f\b1\b6\b7\bf\c1\c6\c7\d7\11\16\17[\5c\f6\f7\fe\ff\80mq\de\df\0e\1fno\1c\1d_}~\ae\af\de\dfM\bb\bc\16\17\1e\1fFGNOXZ\5c^~\7f\b5\c5\d4\d5\dc\f0\f1\f5rs\8ftu&./\a7\af\b7\bf\c7\cf\d7\df\9a\00@\97\980\8f\1f\ce\ffNOZ[\07\08\0f\10'/\ee\efno7=?BESgu\c8\c9\d0\d1\d8\d9\e7\fe\ff\00 _\22\82\df\04\82D\08\1b\04\06\11\81\ac\0e\80\ab\05 \07\81\1c\03\19\08\01\04/\044\04\07\03\01\07\06\07\11\0aP\0f\12\07U\07\03\04\1c\0a\09\03\08\03\07\03\02\03\03\03\0c\04\05\03\0b\06\01\0e\15\05N\07\1b\07W\07\02\05\18\0cP\04C\03-\03\01\04\11\06\0f\0c:\04\1d%_ m\04j%\80\c8\05\82\b0\03\1a\06\82\fd\03Y\07\16\09\18\09\14\0c\14\0cj\06\0a\06\1a\06Y\07+\05F\0a,\04\0c\04\01\031\0b,\04\1a\06\0b\03\80\ac\06\0a\06L\14\80\f4\08<\03\0f\03>\058\08+\05\82\ff\11\18\08/\11-\03\22\0e!\0f\80\8c\04\82\9a\16\0b\15\88\94\05/\05;\07\02\0e\18\09\80\be\22t\0c\80\d6\1a\81\10\05\80\e1\09\f2\9e\037\09\81\5c\14\80\b8\08\80\dd\14<\03\0a\068\08F\08\0c\06t\0b\1e\03Z\04Y\09\80\83\18\1c\0a\16\09L\04\80\8a\06\ab\a4\0c\17\041\a1\04\81\da&\07\0c\05\05\82\b3 *\06L\04\80\8d\04\80\be\03\1b\03\0f\0d\00\00\00\8d\09\01\00U\00\00\00\0a\00\00\00+\00\00\00\8d\09\01\00U\00\00\00\1a\00\00\006\00\00\00\00\03\00\00\83\04 \00\91\05`\00]\13\a0\00\12\17 \1f\0c `\1f\ef,`+*0\e0+o\a6\a0,\02\a8 -\1e\fb .\00\fe`6\9e\ff\a06\fd\01!7\01\0aa7$\0d!8\ab\0e\a19/\18!:\f3\1e!K@4\a1S\1ea\e1T\f0jaUOo\e1U\9d\bcaV\00\cfaWe\d1\a1W\00\da!X\00\e0\a1Y\ae\e2![\ec\e4\e1\5c\d0\e8a] \00\ee^\f0\01\7f_..    0x0123456789ABCDEFtrue?\0a\01\00K\00\00\00~\0b\00\00&\00\00\00?\0a\01\00K\00\00\00\87\0b\00\00\1a\00\00\00RefCell already mutably borrowedRefCell already borrowed()\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\00\00\01\00\02\00\03\00\04\00\05\00\06\00\07\00\08\00\09\00\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\0a\00\0b\00\0c\00\0d\00\0e\00\0f\00\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\0a\00\0b\00\0c\00\0d\00\0e\00\0f\00\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\00\00\10\00 \000\00@\00P\00`\00p\00\80\00\90\00\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\a0\00\b0\00\c0\00\d0\00\e0\00\f0\00\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\a0\00\b0\00\c0\00\d0\00\e0\00\f0\00\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\ff\00\00\e7\0b\01\00+\00\00\00\ce\01\00\00\1a\00\00\00\e7\0b\01\00+\00\00\00\d4\01\00\00\1f\00\00\00\e7\0b\01\00+\00\00\00\1b\02\00\00\13\00\00\00\e7\0b\01\00+\00\00\00$\02\00\00>\00\00\00\e7\0b\01\00+\00\00\00 \02\00\003\00\00\00\e7\0b\01\00+\00\00\00*\02\00\00:\00\00\00\e7\0b\01\00+\00\00\00\c1\01\00\00E\00\00\00%\00\00\00\0c\00\00\00\04\00\00\00>\00\00\00?\00\00\00@\00\00\00\19\09\01\00_\00\00\00\c6\00\00\00'\00\00\00\01\06\01\00`\00\00\00\a0\01\00\00.\00\00\00assertion failed: idx < CAPACITYassertion failed: edge.height == self.height - 1\e3\09\01\00[\00\00\00\b6\02\00\00\09\00\00\00\e3\09\01\00[\00\00\00\ba\02\00\00\09\00\00\00\e3\09\01\00[\00\00\00\f0\00\00\00M\00\00\00assertion failed: src.len() == dst.len()\e3\09\01\00[\00\00\00T\07\00\00\05\00\00\00\e3\09\01\00[\00\00\00\d0\04\00\00#\00\00\00\e3\09\01\00[\00\00\00\13\05\00\00$\00\00\00assertion failed: edge.height == self.node.height - 1\00\00\00\e3\09\01\00[\00\00\00\03\04\00\00\09\00\00\00\19\09\01\00_\00\00\00X\02\00\000\00\00\00EOF while parsing a listEOF while parsing an objectEOF while parsing a stringEOF while parsing a valueexpected `:`expected `,` or `]`expected `,` or `}`expected identexpected valueexpected `\22`invalid escapeinvalid numbernumber out of rangeinvalid unicode code pointcontrol character (\5cu0000-\5cu001F) found while parsing a stringkey must be a stringinvalid value: expected key to be a number in quotesfloat key must be finite (got NaN or +/-inf)lone leading surrogate in hex escapetrailing commatrailing charactersunexpected end of hex escaperecursion limit exceeded\e7\0b\01\00+\00\00\00\89\02\00\00\19\00\00\00GETTRACEit took too longsomebody else was first\00b\06\01\00O\00\00\00\fc\03\00\003\00\00\00b\06\01\00O\00\00\00\07\04\00\007\00\00\00TryFromIntErrorUtf8Errorvalid_up_toerror_lenError\00\00\00%\00\00\00\0c\00\00\00\04\00\00\00&\00\00\00%\00\00\00\0c\00\00\00\04\00\00\00'\00\00\00&\00\00\00\ec)\01\00(\00\00\00)\00\00\00*\00\00\00(\00\00\00+\00\00\00\00\00\00\00\00\00\f0?\00\00\00\00\00\00$@\00\00\00\00\00\00Y@\00\00\00\00\00@\8f@\00\00\00\00\00\88\c3@\00\00\00\00\00j\f8@\00\00\00\00\80\84.A\00\00\00\00\d0\12cA\00\00\00\00\84\d7\97A\00\00\00\00e\cd\cdA\00\00\00 _\a0\02B\00\00\00\e8vH7B\00\00\00\a2\94\1amB\00\00@\e5\9c0\a2B\00\00\90\1e\c4\bc\d6B\00\004&\f5k\0cC\00\80\e07y\c3AC\00\a0\d8\85W4vC\00\c8Ngm\c1\abC\00=\91`\e4X\e1C@\8c\b5x\1d\af\15DP\ef\e2\d6\e4\1aKD\92\d5M\06\cf\f0\80D\f6J\e1\c7\02-\b5D\b4\9d\d9yCx\eaD\91\02(,*\8b E5\032\b7\f4\adTE\02\84\fe\e4q\d9\89E\81\12\1f/\e7'\c0E!\d7\e6\fa\e01\f4E\ea\8c\a09Y>)F$\b0\08\88\ef\8d_F\17n\05\b5\b5\b8\93F\9c\c9F\22\e3\a6\c8F\03|\d8\ea\9b\d0\feF\82M\c7raB3G\e3 y\cf\f9\12hG\1biWC\b8\17\9eG\b1\a1\16*\d3\ce\d2G\1dJ\9c\f4\87\82\07H\a5\5c\c3\f1)c=H\e7\19\1a7\fa]rHa\a0\e0\c4x\f5\a6Hy\c8\18\f6\d6\b2\dcHL}\cfY\c6\ef\11I\9e\5cC\f0\b7kFI\c63T\ec\a5\06|I\5c\a0\b4\b3'\84\b1Is\c8\a1\a01\e5\e5I\8f:\ca\08~^\1bJ\9ad~\c5\0e\1bQJ\c0\fd\ddv\d2a\85J0}\95\14G\ba\baJ>n\ddll\b4\f0J\ce\c9\14\88\87\e1$KA\fc\19j\e9\19ZK\a9=P\e21P\90K\13M\e4Z>d\c4KW`\9d\f1M}\f9Km\b8\04n\a1\dc/LD\f3\c2\e4\e4\e9cL\15\b0\f3\1d^\e4\98L\1b\9cp\a5u\1d\cfL\91af\87ir\03M\f5\f9?\e9\03O8Mr\f8\8f\e3\c4bnMG\fb9\0e\bb\fd\a2M\19z\c8\d1)\bd\d7M\9f\98:Ft\ac\0dNd\9f\e4\ab\c8\8bBN=\c7\dd\d6\ba.wN\0c9\95\8ci\fa\acN\a7C\dd\f7\81\1c\e2N\91\94\d4u\a2\a3\16O\b5\b9I\13\8bLLO\11\14\0e\ec\d6\af\81O\16\99\11\a7\cc\1b\b6O[\ff\d5\d0\bf\a2\ebO\99\bf\85\e2\b7E!P\7f/'\db%\97UP_\fb\f0Q\ef\fc\8aP\1b\9d6\93\15\de\c0PbD\04\f8\9a\15\f5P{U\05\b6\01[*QmU\c3\11\e1x`Q\c8*4V\19\97\94Qz5\c1\ab\df\bc\c9Ql\c1X\cb\0b\16\00R\c7\f1.\be\8e\1b4R9\ae\bamr\22iR\c7Y)\09\0fk\9fR\1d\d8\b9e\e9\a2\d3R$N(\bf\a3\8b\08S\ada\f2\ae\8c\ae>S\0c}W\ed\17-sSO\5c\ad\e8]\f8\a7Sc\b3\d8bu\f6\ddS\1ep\c7]\09\ba\12T%L9\b5\8bhGT.\9f\87\a2\aeB}T}\c3\94%\adI\b2T\5c\f4\f9n\18\dc\e6Tsq\b8\8a\1e\93\1cU\e8F\b3\16\f3\dbQU\a2\18`\dc\efR\86U\ca\1ex\d3\ab\e7\bbU?\13+d\cbp\f1U\0e\d85=\fe\cc%V\12N\83\cc=@[V\cb\10\d2\9f&\08\91V\fe\94\c6G0J\c5V=:\b8Y\bc\9c\faVf$\13\b8\f5\a10W\80\ed\17&s\cadW\e0\e8\9d\ef\0f\fd\99W\8c\b1\c2\f5)>\d0W\ef]3s\b4M\04Xk5\00\90!a9X\c5B\00\f4i\b9oX\bb)\808\e2\d3\a3X*4\a0\c6\da\c8\d8X5AHx\11\fb\0eY\c1(-\eb\ea\5cCY\f1r\f8\a5%4xY\ad\8fv\0f/A\aeY\cc\19\aai\bd\e8\e2Y?\a0\14\c4\ec\a2\17ZO\c8\19\f5\a7\8bMZ2\1d0\f9Hw\82Z~$|7\1b\15\b7Z\9e-[\05b\da\ecZ\82\fcXC}\08\22[\a3;/\94\9c\8aV[\8c\0a;\b9C-\8c[\97\e6\c4SJ\9c\c1[= \b6\e8\5c\03\f6[M\a8\e3\224\84+\5c0I\ce\95\a02a\5c|\dbA\bbH\7f\95\5c[R\12\ea\1a\df\ca\5cysK\d2p\cb\00]WP\de\06M\fe4]m\e4\95H\e0=j]\c4\ae]-\acf\a0]u\1a\b58W\80\d4]\12a\e2\06m\a0\09^\ab|M$D\04@^\d6\db`-U\05t^\cc\12\b9x\aa\06\a9^\7fW\e7\16UH\df^\af\96P.5\8d\13_[\bc\e4y\82pH_r\eb]\18\a3\8c~_'\b3:\ef\e5\17\b3_\f1_\09k\df\dd\e7_\ed\b7\cbEW\d5\1d`\f4R\9f\8bV\a5R`\b1'\87.\acN\87`\9d\f1(:W\22\bd`\02\97Y\84v5\f2`\c3\fco%\d4\c2&a\f4\fb\cb.\89s\5cax}?\bd5\c8\91a\d6\5c\8f,C:\c6a\0c4\b3\f7\d3\c8\fba\87\00\d0z\84]1b\a9\00\84\99\e5\b4eb\d4\00\e5\ff\1e\22\9bb\84 \ef_S\f5\d0b\a5\e8\ea7\a82\05c\cf\a2\e5ER\7f:c\c1\85\afk\93\8fpc2g\9bFx\b3\a4c\fe@BXV\e0\d9c\9fh)\f75,\10d\c6\c2\f3tC7Ddx\b30R\14EydV\e0\bcfY\96\afd6\0c6\e0\f7\bd\e3dC\8fC\d8u\ad\18e\14sTN\d3\d8Ne\ec\c7\f4\10\84G\83e\e8\f91\15e\19\b8eax~Z\be\1f\eee=\0b\8f\f8\d6\d3\22f\0c\ce\b2\b6\cc\88Wf\8f\81_\e4\ffj\8df\f9\b0\bb\ee\dfb\c2f8\9dj\ea\97\fb\f6f\86D\05\e5}\ba,g\d4J#\af\8e\f4ag\89\1d\ecZ\b2q\96g\eb$\a7\f1\1e\0e\ccg\13w\08W\d3\88\01h\d7\94\ca,\08\eb5h\0d:\fd7\caekhHD\feb\9e\1f\a1hZ\d5\bd\fb\85g\d5h\b1J\adzg\c1\0ai\afN\ac\ac\e0\b8@iZb\d7\d7\18\e7ti\f1:\cd\0d\df \aai\d6D\a0h\8bT\e0i\0cV\c8B\aei\14j\8fkz\d3\19\84Ijs\06YH \e5\7fj\08\a47-4\ef\b3j\0a\8d\858\01\eb\e8jL\f0\a6\86\c1%\1fk0V(\f4\98wSk\bbk21\7fU\88k\aa\06\7f\fd\dej\bek*do^\cb\02\f3k5=\0b6~\c3'l\82\0c\8e\c3]\b4]l\d1\c78\9a\ba\90\92l\c6\f9\c6@\e94\c7l7\b8\f8\90#\02\fdl#s\9b:V!2m\ebOB\c9\ab\a9fm\e6\e3\92\bb\16T\9cmp\ce;5\8e\b4\d1m\0c\c2\8a\c2\b1!\06n\8fr-3\1e\aa;n\99g\fc\dfRJqn\7f\81\fb\97\e7\9c\a5n\dfa\fa}!\04\dbn,}\bc\ee\94\e2\10ov\9ck*:\1bEo\94\83\06\b5\08bzo=\12$qE}\b0o\cc\16m\cd\96\9c\e4o\7f\5c\c8\80\bc\c3\19p\cf9}\d0U\1aPpC\88\9cD\eb \84pT\aa\c3\15&)\b9p\e9\944\9bos\efp\11\dd\00\c1%\a8#qV\14A1/\92XqkY\91\fd\ba\b6\8eq\e3\d7z\de42\c3q\dc\8d\19\16\c2\fe\f7qS\f1\9f\9br\fe-r\d4\f6C\a1\07\bfbr\89\f4\94\89\c9n\97r\ab1\fa\eb{J\cdr\0b_|s\8dN\02s\cdv[\d00\e26s\81Tr\04\bd\9als\d0t\c7\22\b6\e0\a1s\04Ry\ab\e3X\d6s\86\a6W\96\1c\ef\0bt\14\c8\f6\ddquAt\18ztU\ce\d2ut\9e\98\d1\ea\81G\abtc\ff\c22\b1\0c\e1t<\bfs\7f\ddO\15u\0b\afP\df\d4\a3Jugm\92\0be\a6\80u\c0\08wN\fe\cf\b4u\f1\ca\14\e2\fd\03\eau\d6\feL\ad~B v\8c>\a0X\1eSTv/N\c8\ee\e5g\89v\bbazj\df\c1\bfv\15}\8c\a2+\d9\f3vZ\9c/\8bv\cf(wp\83\fb-T\03_w&2\bd\9c\14b\93w\b0~\ec\c3\99:\c8w\5c\9e\e74@I\few\f9\c2\10!\c8\ed2x\b8\f3T):\a9gx\a50\aa\b3\88\93\9dxg^Jp5|\d2x\01\f6\5c\ccB\1b\07y\823t\7f\13\e2<y1\a0\a8/L\0dry=\c8\92;\9f\90\a6yMzw\0a\c74\dcyp\ac\8af\fc\a0\11z\8cW-\80;\09Fzo\ad8`\8a\8b{zel#|67\b1z\7fG,\1b\04\85\e5z^Y\f7!E\e6\1a{\db\97:5\eb\cfP{\d2=\89\02\e6\03\85{F\8d+\83\dfD\ba{L8\fb\b1\0bk\f0{_\06z\9e\ce\85$|\f6\87\18FB\a7Y|\faT\cfk\89\08\90|8*\c3\c6\ab\0a\c4|\c7\f4s\b8V\0d\f9|\f8\f1\90f\acP/};\97\1a\c0k\92c}\0a=!\b0\06w\98}L\8c)\5c\c8\94\ce}\b0\f7\999\fd\1c\03~\9cu\00\88<\e47~\03\93\00\aaK\ddm~\e2[@JO\aa\a2~\dar\d0\1c\e3T\d7~\90\8f\04\e4\1b*\0d\7f\ba\d9\82nQ:B\7f)\90#\ca\e5\c8v\7f3t\ac<\1f{\ac\7f\a0\c8\eb\85\f3\cc\e1\7fMalformedplain data serialises into memory\00\00y\09\01\00\13\00\00\00\bf\01\00\00\22\00\00\00\81\07\01\00\14\00\00\00*\00\00\00\14\00\00\00\81\07\01\00\14\00\00\00%\00\00\00\0d\00\00\00lines are cut between charactersq\08\01\00\0e\00\00\00D\00\00\00.\00\00\00q\08\01\00\0e\00\00\00@\00\00\00\14\00\00\00the host answers by the contract:\07\01\00\0e\00\00\00A\00\00\006\00\00\00:\07\01\00\0e\00\00\009\00\00\00\0d\00\00\00:\07\01\00\0e\00\00\001\00\00\00*\00\00\00\0d\08\01\00\13\00\00\00?\00\00\00\15\00\00\00an instance has one OUT area\0d\08\01\00\13\00\00\00$\00\00\00\05\00\00\00:\07\01\00\0e\00\00\00L\00\00\00#\00\00\00a tag and ten bytes hold any time\00\00\00:\07\01\00\0e\00\00\00_\00\00\00:\00\00\00:\07\01\00\0e\00\00\00d\00\00\00\14\00\00\00:\07\01\00\0e\00\00\00G\00\00\00\1d\00\00\00: \00\00w\0b\01\00\10\00\00\00c\00\00\00\09\00\00\00w\0b\01\00\10\00\00\00f\00\00\00\1b\00\00\00\00\00\00\00\b2\06\01\00\14\00\00\00u\00\00\00\0d\00\00\00\df\07\01\00\1b\00\00\00,\00\00\00\16\00\00\00\df\07\01\00\1b\00\00\00X\00\00\00\1e\00\00\00\df\07\01\00\1b\00\00\00\5c\00\00\00#\00\00\00\df\07\01\00\1b\00\00\00u\00\00\00\0f\00\00\00\df\07\01\00\1b\00\00\00u\00\00\00&\00\00\00\df\07\01\00\1b\00\00\00&\00\00\00\16\00\00\00\df\07\01\00\1b\00\00\00D\00\00\00?\00\00\00\df\07\01\00\1b\00\00\00d\00\00\00\19\00\00\00the outcome is larger than 1 MiBthe hook makes more than 256 changesthe state is larger than 64 KiBa header name is longer than 255 bytesthe state is not that of the hook before!#$%&'*+-.^_`|~setup.tick_every() is for plugins with on_tick: define it, or leave the call outon_tick is never called: say how often with setup.tick_every(), or leave it out with setup.without_hook(Hook::Tick)an objectobjecta numbertrue or falsea text,propertiesadditionalPropertiesfalsetype\22https://json-schema.org/draft/2020-12/schema\22\00\e97\01\00.\00\00\00}~0~1, no member is known here; leave it outnulla listthe instance is not configuredpanicevery export starts the instance\00\00\00I\07\01\00\12\00\00\00\9d\00\00\00'\00\00\00capacity overflow\00\00\00\88\0b\01\00^\00\00\009\00\00\00\12\00\00\00!\08\01\00O\00\00\00\df\01\00\00\19\00\00\00!\08\01\00O\00\00\00\d4\02\00\00\22\00\00\00!\08\01\00O\00\00\00\f5\02\00\00&\00\00\00!\08\01\00O\00\00\00\1b\03\00\00\17\00\00\00%\00\00\00\0c\00\00\00\04\00\00\00>\00\00\00A\00\00\00@\00\00\00\00\00\00\00\00\00\00\00\01\00\00\00B\00\00\00a Display implementation returned an error unexpectedly\00\80\08\01\00K\00\00\00d\0b\00\00\0e\00\00\00description() is deprecated; use Display\f2o\87Y\92\ffD6W\ec\81f\a8y`\a7\8b\0a\01\00M\00\00\00\00\02\00\00\1e\00\00\00dest is out of boundsassertion failed: mid <= self.len()\8b\0a\01\00M\00\00\00-\0f\00\00\09\00\00\00mid > len\00\00\00\8b\0a\01\00M\00\00\00\1e\02\00\00\1e\00\00\00\00\00\00\00\01\00\00\00\01\00\00\00C\00\00\00\00\00\00\00\08\00\00\00\04\00\00\00D\00\00\00\00\00\00\00\00\00\00\00\01\00\00\00E\00\00\00\00\00\00\00\00\00\00\00\01\00\00\00-\00\00\00q\08\01\00\0e\00\00\00L\00\00\00\13\00\00\00q\08\01\00\0e\00\00\00L\00\00\00N\00\00\00q\08\01\00\0e\00\00\00L\00\00\00.\00\00\00WontImplementNotYetImplementedSerializeBufferFullSerializeSeqLengthUnknownDeserializeUnexpectedEndDeserializeBadVarintDeserializeBadBoolDeserializeBadCharDeserializeBadUtf8DeserializeBadOptionDeserializeBadEnumDeserializeBadEncodingDeserializeBadCrcSerdeSerCustomSerdeDeCustomCollectStrError\00\19\09\01\00_\00\00\00\16\02\00\00/\00\00\00\19\09\01\00_\00\00\00\a1\00\00\00$\00\00\00\96\07\01\00H\00\00\00\b1\00\00\00\16\00\00\00attempt to join into collection with len > usize::MAX\00\00\00\96\07\01\00H\00\00\00\9a\00\00\00\0a\00\00\00*\0b\01\00L\00\00\00\af\0f\00\00\0d\00\00\00NoneSome; the configuration\00\00\00\00\00\04\04\00\00\04\00\00\00F\00\00\00G\00\00\00H\00\00\00\c7\06\01\00)\00\00\00?\00\00\00\1c\00\00\00\c7\06\01\00)\00\00\00O\00\00\00\1c\00\00\00\c7\06\01\00)\00\00\00\1f\00\00\00\1c\00\00\00ullruealse\00\006\00\00\00\0c\00\00\00\04\00\00\00I\00\00\00J\00\00\00K\00\00\00\00\00\00\00\08\00\00\00\04\00\00\00L\00\00\00M\00\00\00N\00\00\00O\00\00\00P\00\00\00\10\00\00\00\04\00\00\00Q\00\00\00R\00\00\00S\00\00\00T\00\00\00m]\cb\d6,P\ebcxA\a6Wq\1b\8b\b9\15\a2\5cU4U\07\d4Sx\ad\81Q\f0\a3\f7assertion failed: psize >= size + min_overhead\00\00\13\0c\01\00*\00\00\00\b1\04\00\00\09\00\00\00assertion failed: psize <= size + max_overhead\00\00\13\0c\01\00*\00\00\00\b7\04\00\00\0d\00\00\00entity not foundpermission deniedconnection refusedconnection resethost unreachablenetwork unreachableconnection abortednot connectedaddress in useaddress not availablenetwork downbroken pipeentity already existsoperation would blocknot a directoryis a directorydirectory not emptyread-only filesystem or storage mediumfilesystem loop or indirection limit (e.g. symlink loop)stale network file handleinvalid input parameterinvalid datatimed outwrite zerono storage spaceseek on unseekable filequota exceededfile too largeresource busyexecutable file busydeadlockcross-device link or renametoo many linksinvalid filenameargument list too longoperation interruptedunsupportedunexpected end of fileout of memoryin progressother erroruncategorized errorcannot modify the panic hook from a panicking thread\00\00\00\cc\08\01\00L\00\00\00\90\00\00\00\09\00\00\00operation successful\00\00\00\00\08\00\00\00\04\00\00\00U\00\00\00AccessError\006\00\00\00\0c\00\00\00\04\00\00\00V\00\00\00L8\01\00\ae7\01\00\a67\01\00\bb7\01\00P8\01\00\977\01\00\04\00\00\00\0d\00\00\00\08\00\00\00\06\00\00\00\06\00\00\00\09\00\00\00\10\00\00\00\11\00\00\00\12\00\00\00\10\00\00\00\10\00\00\00\13\00\00\00\12\00\00\00\0d\00\00\00\0e\00\00\00\15\00\00\00\0c\00\00\00\0b\00\00\00\15\00\00\00\15\00\00\00\0f\00\00\00\0e\00\00\00\13\00\00\00&\00\00\008\00\00\00\19\00\00\00\17\00\00\00\0c\00\00\00\09\00\00\00\0a\00\00\00\10\00\00\00\17\00\00\00\0e\00\00\00\0e\00\00\00\0d\00\00\00\14\00\00\00\08\00\00\00\1b\00\00\00\0e\00\00\00\10\00\00\00\16\00\00\00\15\00\00\00\0b\00\00\00\16\00\00\00\0d\00\00\00\0b\00\00\00\0b\00\00\00\13\00\00\00\a8=\01\00\b8=\01\00\c9=\01\00\db=\01\00\eb=\01\00\fb=\01\00\0e>\01\00 >\01\00->\01\00;>\01\00P>\01\00\5c>\01\00g>\01\00|>\01\00\91>\01\00\a0>\01\00\ae>\01\00\c1>\01\00\e7>\01\00\1f?\01\008?\01\00O?\01\00[?\01\00d?\01\00n?\01\00~?\01\00\95?\01\00\a3?\01\00\b1?\01\00\be?\01\00\d2?\01\00\da?\01\00\f5?\01\00\03@\01\00\13@\01\00)@\01\00>@\01\00I@\01\00_@\01\00l@\01\00w@\01\00\82@\01\00\0d\00\00\00\11\00\00\00\13\00\00\00\19\00\00\00\18\00\00\00\14\00\00\00\12\00\00\00\12\00\00\00\12\00\00\00\14\00\00\00\12\00\00\00\16\00\00\00\11\00\00\00\0e\00\00\00\0d\00\00\00\0f\00\00\00\9c:\01\00\a9:\01\00\ba:\01\00\cd:\01\00\e6:\01\00\fe:\01\00\12;\01\00$;\01\006;\01\00H;\01\00\5c;\01\00n;\01\00\84;\01\00\95;\01\00\a3;\01\00\b0;\01\00")
(data (;1;) (i32.const 82716) "\00\00\00\00\00\00\00\00\01\00\00\00\00\00\00\00`D\01\00\00\00\01\00\00\00\00\00\00\00\00\80\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00")
)
