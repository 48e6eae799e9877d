-- Decides charges, each all or nothing, and all of them at one moment of this server's clock.
--
-- It does what gateway/algorithms/src/limit does, to the nanosecond: gateway/algorithms/vectors holds both to it.
-- Numbers here are floating point, exact up to 2^53. A moment is therefore a pair of whole microseconds since 1970 and
-- the nanoseconds beyond; a stretch of time is one number of nanoseconds and, as no window is longer than 2^52 of
-- them, exact also when two are added.
--
-- KEYS: the key of each draw, in the order of ARGV.
-- ARGV: the last microsecond at which anybody waits for the answer; the moment in nanoseconds instead of the clock's,
--   or nothing; then for each charge: verb, number of draws, a word of the verb's own; and for each of its draws: kind,
--   cost, and three numbers of the kind's own.
-- Answer: the moment in nanoseconds; then for each draw that is decided five numbers, as the verbs below say.
--   Nothing but the moment when it is later than anybody waits: then nothing was done.

local floor, min, max = math.floor, math.min, math.max

-- === moments and stretches ===

local function moment(text)
  if #text <= 3 then return { 0, tonumber(text) } end
  return { tonumber(string.sub(text, 1, -4)), tonumber(string.sub(text, -3)) }
end

local function text(moment)
  return string.format('%d%03d', moment[1], moment[2])
end

local function since(later, earlier)
  return (later[1] - earlier[1]) * 1000 + (later[2] - earlier[2])
end

local function after(moment, stretch)
  local us, ns = moment[1] + floor(stretch / 1000), moment[2] + stretch % 1000
  if ns >= 1000 then us, ns = us + 1, ns - 1000 end
  return { us, ns }
end

-- a * b / c in whole numbers, and the rest; b is at most c. Exact where the product is not: then by long division, a bit
-- of a at a time, in which nothing grows beyond c.
local function share(a, b, c)
  local product = a * b
  if product < 2 ^ 53 then
    local rest = product % c
    return (product - rest) / c, rest
  end
  local bit, quotient, rest = 1, 0, 0
  while bit * 2 <= a do bit = bit * 2 end
  while bit >= 1 do
    quotient = quotient * 2
    if rest >= c - rest then quotient, rest = quotient + 1, rest - (c - rest) else rest = rest * 2 end
    if a >= bit then
      a = a - bit
      if rest >= c - b then quotient, rest = quotient + 1, rest - (c - b) else rest = rest + b end
    end
    bit = bit / 2
  end
  return quotient, rest
end

-- When the window began that a moment is in: windows begin at the multiples of their length.
local function begin(moment, window)
  local _, rest = share(1000, moment[1] % window, window)
  return after(moment, -((rest + moment[2]) % window))
end

local now
if ARGV[2] == '' then
  local clock = redis.call('TIME')
  now = { tonumber(clock[1]) * 1000000 + tonumber(clock[2]), 0 }
else
  now = moment(ARGV[2])
end
if now[1] > tonumber(ARGV[1]) then return { text(now) } end

-- === decisions: admitted, delay, remaining, time until more, time until the same passes or -1 for never ===

local function admit(remaining, more, delay)
  return { 1, delay or 0, remaining, more, 0 }
end

local function refuse(remaining, more, again)
  return { 0, 0, remaining, more, again }
end

-- Milliseconds that a state is kept: until it is at rest, and a second more for clocks that are set back.
local function keep(stretch)
  return floor(max(stretch, 0) / 1000000) + 1001
end

-- === kinds: a kind reads a state, judges a draw, which yields a decision and the next state if it is another one,
-- gives back, and writes a state ===

local kinds = {}
