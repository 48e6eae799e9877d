-- The sliding window counter: limit, window.
local sliding = {}
kinds.s = sliding

function sliding.read(key)
  local found = redis.call('GET', key)
  if not found then return false end
  local start, previous, current = string.match(found, '^(%d+) (%d+) (%d+)$')
  return { start = moment(start), previous = tonumber(previous), current = tonumber(current) }
end

function sliding.turned(state, limit, window)
  if not state then return { start = begin(now, window), previous = 0, current = 0, window = window } end
  local start = begin(since(state.start, now) > 0 and state.start or now, window)
  local passed = since(start, begin(state.start, window))
  local previous, current = 0, 0
  if passed == 0 then
    previous, current = state.previous, state.current
  elseif passed == window then
    previous = state.current
  end
  return { start = start, previous = min(previous, limit), current = min(current, limit), window = window }
end

function sliding.left(state, limit, window)
  local until_end = window - max(0, since(now, state.start))
  local weight, rest = share(state.previous, until_end, window)
  if rest > 0 then weight = weight + 1 end
  return max(0, max(0, limit - state.current) - weight)
end

-- Time since a window's begin after which the one before, with count in it, weighs no more than room.
function sliding.faded(count, room, window)
  if count <= room then return 0 end
  return window - share(window, room, count)
end

function sliding.wait(state, limit, window, cost)
  local room = limit - (state.current + cost)
  local wait = since(state.start, now)
  if room >= 0 then
    wait = wait + sliding.faded(state.previous, room, window)
  else
    wait = wait + window + sliding.faded(state.current, limit - cost, window)
  end
  return max(0, wait)
end

function sliding.judge(state, draw)
  local cost, limit, window = draw.cost, draw.a, draw.b
  local turned = sliding.turned(state, limit, window)
  local left = sliding.left(turned, limit, window)
  local function more()
    return left == limit and 0 or sliding.wait(turned, limit, window, left + 1)
  end
  if cost == 0 then
    return admit(left, more())
  elseif cost <= left then
    turned.current, left = turned.current + cost, left - cost
    return admit(left, more()), turned
  end
  return refuse(left, more(), cost <= limit and sliding.wait(turned, limit, window, cost) or -1)
end

function sliding.back(state, draw, taken_at)
  if not state then return end
  local window, cost = draw.b, draw.cost
  local passed = since(begin(state.start, window), begin(taken_at, window))
  local next = { start = state.start, previous = state.previous, current = state.current, window = window }
  if passed == 0 then
    next.current = max(0, state.current - cost)
  elseif passed == window then
    next.previous = max(0, state.previous - cost)
  end
  return next
end

function sliding.write(key, state)
  local value = string.format('%s %d %d', text(state.start), state.previous, state.current)
  redis.call('SET', key, value, 'PX', keep(since(state.start, now) + 2 * state.window))
end
