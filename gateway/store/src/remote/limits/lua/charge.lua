-- === charges ===

local answer, position, number = { text(now) }, 3, 0
-- The states of all keys as they are after the charges so far, and the kinds of those that differ from what is stored.
local states, dirty = {}, {}

local function word()
  position = position + 1
  return ARGV[position - 1]
end

local function next_draw()
  number = number + 1
  local draw = { key = KEYS[number], kind = word(), cost = tonumber(word()) }
  draw.a, draw.b, draw.c = word(), word(), word()
  -- Usage is counted under a date, which is no number.
  if draw.kind ~= 'u' then draw.a, draw.b, draw.c = tonumber(draw.a), tonumber(draw.b), tonumber(draw.c) end
  return draw
end

local function state_of(draw)
  local state = states[draw.key]
  if state == nil then
    state = kinds[draw.kind].read(draw.key)
    states[draw.key] = state
  end
  return state
end

local function commit(key, kind, state)
  states[key], dirty[key] = state, kind
end

local function flush(key)
  if dirty[key] then kinds[dirty[key]].write(key, states[key]) end
  states[key], dirty[key] = nil, nil
end

local function tell(decision)
  for i = 1, 5 do answer[#answer + 1] = decision[i] end
end

-- What was used on a day: most fields, milliseconds to keep. The oldest day makes room for a new one.
local function count_usage(draw)
  local sum = redis.call('HINCRBY', draw.key, draw.a, draw.cost)
  if sum == draw.cost and redis.call('HLEN', draw.key) > tonumber(draw.b) then
    local days = redis.call('HKEYS', draw.key)
    table.sort(days)
    redis.call('HDEL', draw.key, days[1])
  end
  redis.call('PEXPIRE', draw.key, draw.c)
end

-- Takes all draws or none, and counts usage if it did. Tells a decision for each draw but those of usage; those that would
-- have passed beside one that did not are told as if they cost nothing.
local function take(count)
  local draws, decisions, trial, passes = {}, {}, {}, true
  for i = 1, count do
    local draw = next_draw()
    draws[i] = draw
    if draw.kind ~= 'u' then
      local kind = kinds[draw.kind]
      local state = trial[draw.key] or state_of(draw)
      local decision, next = kind.judge(state, draw)
      decisions[i] = decision
      if decision[1] == 0 then
        passes = false
        if next and not trial[draw.key] then commit(draw.key, draw.kind, next) end
      elseif next then
        trial[draw.key] = next
        draw.changed = true
      end
    end
  end
  for i, draw in ipairs(draws) do
    if draw.kind == 'u' then
      if passes then count_usage(draw) end
    else
      if passes and draw.changed then
        commit(draw.key, draw.kind, trial[draw.key])
      elseif not passes and decisions[i][1] == 1 then
        draw.cost = 0
        decisions[i] = kinds[draw.kind].judge(state_of(draw), draw)
      end
      tell(decisions[i])
    end
  end
end

-- Takes as much of what the one draw costs as there is, or a part of it, so that others find some: not less than the
-- verb's word, and of what windows and quotas have left an eighth. Tells what was taken, the time until the window ends
-- or -1, what remains, the time until more, and the time until a request of cost 1 would pass.
local function lease(least)
  local draw = next_draw()
  local kind, want = kinds[draw.kind], draw.cost
  draw.cost = 0
  local left = kind.judge(state_of(draw), draw)[3]
  local some = max(min(want, least), draw.kind ~= 'g' and min(want, floor(left / 8)) or 0)
  draw.cost = min(left, some)
  if draw.cost > 0 then
    local _, next = kind.judge(state_of(draw), draw)
    commit(draw.key, draw.kind, next)
  end
  local granted = draw.cost
  draw.cost = 1
  local then_one = kind.judge(state_of(draw), draw)
  draw.cost = 0
  local rest = kind.judge(state_of(draw), draw)
  local ends = draw.kind == 'f' and fixed.ends(fixed.current(state_of(draw), draw.a, draw.b), draw.b) or -1
  tell({ granted, ends, rest[3], rest[4], then_one[5] })
end

-- Undoes what was taken at the verb's word. Tells nothing.
local function give_back(count, taken_at)
  for _ = 1, count do
    local draw = next_draw()
    -- A log gives back where it is stored.
    if draw.kind == 'l' then flush(draw.key) end
    local next = kinds[draw.kind].back(state_of(draw), draw, taken_at)
    if next then commit(draw.key, draw.kind, next) elseif draw.kind == 'l' then states[draw.key] = nil end
  end
end

while position <= #ARGV do
  local verb, count, own = word(), tonumber(word()), word()
  if verb == 'take' then
    take(count)
  elseif verb == 'lease' then
    lease(tonumber(own))
  else
    give_back(count, moment(own))
  end
end
for key in pairs(dirty) do flush(key) end
return answer
