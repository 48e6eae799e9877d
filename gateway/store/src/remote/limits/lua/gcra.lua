-- GCRA and the leaky bucket: interval, burst, and how many are not delayed, or -1 when none is ever.
local gcra = {}
kinds.g, kinds.b = gcra, gcra

function gcra.read(key)
  local found = redis.call('GET', key)
  return found and moment(found)
end

function gcra.judge(arrival, draw)
  local cost, interval, burst, undelayed = draw.cost, draw.a, draw.b, draw.c
  local refill = interval * burst
  local owed, cut = arrival and since(arrival, now) or 0, nil
  -- What a slower rate left behind must not be paid back at its pace.
  if owed > refill then owed, cut = refill, after(now, refill) end
  owed = max(owed, 0)
  local function left()
    local remaining = floor((refill - owed) / interval)
    return min(remaining, burst), min((remaining + 1) * interval, refill) - (refill - owed)
  end
  if cost == 0 then
    return admit(left()), cut
  end
  local spent = interval * cost
  if cost <= burst and owed + spent <= refill then
    owed = owed + spent
    local remaining, more = left()
    local delay = undelayed < 0 and 0 or max(0, owed - interval * (undelayed + 1))
    return admit(remaining, more, delay), after(now, owed)
  end
  local remaining, more = left()
  return refuse(remaining, more, cost <= burst and owed + spent - refill or -1), cut
end

function gcra.back(arrival, draw)
  return arrival and after(arrival, -draw.a * draw.cost)
end

function gcra.write(key, arrival)
  redis.call('SET', key, text(arrival), 'PX', keep(since(arrival, now)))
end
