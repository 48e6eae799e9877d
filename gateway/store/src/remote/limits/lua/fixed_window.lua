-- The fixed window: limit, window.
local fixed = {}
kinds.f = fixed

function fixed.read(key)
  local found = redis.call('GET', key)
  if not found then return false end
  local start, count = string.match(found, '^(%d+) (%d+)$')
  return { start = moment(start), count = tonumber(count) }
end

function fixed.current(state, limit, window)
  local start = begin(state and since(state.start, now) > 0 and state.start or now, window)
  local same = state and since(begin(state.start, window), start) == 0
  return { start = start, count = same and min(state.count, limit) or 0 }
end

function fixed.ends(current, window)
  return since(current.start, now) + window
end

function fixed.judge(state, draw)
  local cost, limit, window = draw.cost, draw.a, draw.b
  local current = fixed.current(state, limit, window)
  local left, ends = limit - current.count, fixed.ends(current, window)
  if cost == 0 then
    return admit(left, left == limit and 0 or ends)
  elseif cost <= left then
    return admit(left - cost, ends), { start = current.start, count = current.count + cost, window = window }
  end
  return refuse(left, left == limit and 0 or ends, cost <= limit and ends or -1)
end

function fixed.back(state, draw, taken_at)
  local window = draw.b
  if state and since(begin(state.start, window), begin(taken_at, window)) == 0 then
    return { start = state.start, count = max(0, state.count - draw.cost), window = window }
  end
end

function fixed.write(key, state)
  local ends = fixed.ends(state, state.window)
  redis.call('SET', key, string.format('%s %d', text(state.start), state.count), 'PX', keep(ends))
end
