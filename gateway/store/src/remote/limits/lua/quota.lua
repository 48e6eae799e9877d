-- The quota of a calendar period, whose key names the period: allowance without top-ups, limit, milliseconds to keep.
-- Its decisions tell no times, as the caller knows when the period ends: 1 says at its end.
local quota = {}
kinds.q = quota

function quota.read(key)
  local found = redis.call('HMGET', key, 'used', 'extra')
  return { used = tonumber(found[1] or 0), extra = tonumber(found[2] or 0) }
end

function quota.judge(state, draw)
  local cost, left = draw.cost, max(0, draw.a + state.extra - state.used)
  if cost == 0 then
    return admit(left, state.used > 0 and 1 or 0)
  elseif cost <= left then
    return admit(left - cost, 1), { used = state.used + cost, extra = state.extra, keep = draw.c }
  end
  return refuse(left, state.used > 0 and 1 or 0, cost <= draw.b and 1 or -1)
end

function quota.back(state, draw)
  return { used = max(0, state.used - draw.cost), extra = state.extra, keep = draw.c }
end

function quota.write(key, state)
  redis.call('HSET', key, 'used', string.format('%d', state.used))
  redis.call('PEXPIRE', key, state.keep)
end
