-- The sliding log: limit, window. A list with a moment for each request of cost 1, oldest first. The state says how many
-- there are, how many of them are to go, and how many come at the moment `at`.
local log = {}
kinds.l = log

function log.read(key)
  return { key = key, total = redis.call('LLEN', key), gone = 0, added = 0 }
end

function log.at(state, index)
  if index >= state.total then return state.at end
  return moment(redis.call('LINDEX', state.key, index))
end

-- How many are past their window: looked for in steps, as most often there are few.
function log.gone(state, window)
  local gone = state.gone
  while gone < state.total do
    for _, found in ipairs(redis.call('LRANGE', state.key, gone, gone + 63)) do
      if since(now, moment(found)) < window then return gone end
      gone = gone + 1
    end
  end
  return gone
end

-- Time until cost passes beside what is logged: when the last of those is gone that leave no room for it.
function log.wait(state, limit, window, cost)
  local last = state.total + state.added + cost - limit - 1
  if last < 0 then return 0 end
  return max(0, since(log.at(state, last), now) + window)
end

function log.judge(state, draw)
  local cost, limit, window = draw.cost, draw.a, draw.b
  local gone = log.gone(state, window)
  local left = max(0, limit - (state.total + state.added - gone))
  local next
  if cost > 0 and cost <= left then
    -- A moment before the newest is one that came late: it is logged with the newest, so that the log stays in order.
    local newest = state.total > gone and log.at(state, state.total - 1) or now
    local at = since(newest, now) > 0 and newest or now
    next = { key = state.key, total = state.total, gone = gone, added = state.added + cost, at = at, window = window }
    left = left - cost
  end
  local function more()
    return left == limit and 0 or log.wait(next or state, limit, window, left + 1)
  end
  if cost == 0 or next then return admit(left, more()), next end
  return refuse(left, more(), cost <= limit and log.wait(state, limit, window, cost) or -1)
end

function log.back(state, draw, taken_at)
  -- To LREM, 0 is all of them.
  if draw.cost == 0 then return end
  local key, at = state.key, text(taken_at)
  local owed = draw.cost - redis.call('LREM', key, draw.cost, at)
  if owed > 0 then
    -- It came late, and was logged with the newest of its time.
    for index, found in ipairs(redis.call('LRANGE', key, 0, -1)) do
      if owed > 0 and since(moment(found), taken_at) > 0 then
        redis.call('LSET', key, index - 1, 'back')
        owed = owed - 1
      end
    end
    redis.call('LREM', key, 0, 'back')
  end
end

function log.write(key, state)
  if state.gone > 0 then redis.call('LTRIM', key, state.gone, -1) end
  local at, added = text(state.at), state.added
  while added > 0 do
    local some = {}
    for i = 1, min(added, 1000) do some[i] = at end
    redis.call('RPUSH', key, unpack(some))
    added = added - #some
  end
  redis.call('PEXPIRE', key, keep(since(state.at, now) + state.window))
end
