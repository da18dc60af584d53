-- Days and months: how many calls each has, and which one is the current one.

-- Remembers how many calls were counted while a day or month was the current one, for the latest 12 of them.
local function remember(name, start)
  local made = name .. '.made.'
  local count = number(made .. start) + number(name .. '.count')
  if count > 0 then
    state[made .. start] = count
  end
  local starts = {}
  for field in pairs(state) do
    if string.sub(field, 1, #made) == made then
      starts[#starts + 1] = tonumber(string.sub(field, #made + 1))
    end
  end
  table.sort(starts)
  for i = 1, #starts - 12 do
    state[made .. text(starts[i])] = nil
    redis.call('HDEL', key, made .. text(starts[i]))
  end
end

-- The floor of a window is what is known of the calls before its count began. A part of it may be assumed: these calls may
-- have been made, but were not counted. A part of the assumed calls is certain and never dropped: a run made calls without
-- saving them. Earlier versions do not reset the assumed calls when they move to another period, so the numbers are stored
-- with the start of their period and are valid only for it.
local function assumed(name, start, floor)
  if number(name .. '.assumed.start') ~= start then
    return 0, 0
  end
  local guess = math.min(number(name .. '.assumed'), floor)
  return guess, math.min(number(name .. '.assumed.certain'), guess)
end
local function present(name)
  return assumed(name, number(name .. '.start'), number(name .. '.floor'))
end
local function assume(name, start, guess, certain)
  state[name .. '.assumed'] = guess
  state[name .. '.assumed.certain'] = certain
  state[name .. '.assumed.start'] = start
end
-- Combines two floors: the larger number of made calls, of certain calls, and of all calls.
local function raise(name, known, guess, certain)
  local floor = number(name .. '.floor')
  local before, kept = present(name)
  local made = math.max(floor - before, known - guess)
  local least = math.max(floor - before + kept, known - guess + certain)
  floor = math.max(floor, known)
  state[name .. '.floor'] = floor
  assume(name, number(name .. '.start'), math.max(0, floor - made), math.max(0, least - made))
end

-- The account of a month is a hash. It has the calls of each line ('+'), the number of lines ('#'), what the longest window
-- counted in each of its periods that began in the month ('='): made, assumed and elsewhere, and since when its calls are known,
-- if not all are ('@'). The ledger knows the month of the window's current period from the replicas.
local longest = request.windows[#request.windows]
local accounts = {}
local function account(month)
  if not accounts[month] then
    accounts[month] = KEYS[4] .. ':' .. month
    if redis.call('TYPE', accounts[month]).ok ~= 'hash' then
      redis.call('DEL', accounts[month])
    end
  end
  return accounts[month]
end
local stored = {}
local function store(month, field, value)
  redis.call('HSET', account(month), field, text(value))
  if not stored[month] then
    redis.call('EXPIRE', account(month), 86400 * 430)
    stored[month] = true
  end
end
local function close(start, calls, guess)
  if state['account.month'] and number('account.start') == start then
    local field = longest.name .. '.elsewhere.'
    local others = number(field .. 'start') == start and number(field .. 'calls') or 0
    store(state['account.month'], '=' .. text(start), table.concat({ text(calls - guess), text(guess), text(others) }, ' '))
  end
end

-- A window moves to the next day or month when its time has come. If clocks were set forward and back, it returns to the
-- earlier period, and the calls counted in the meantime are added to it: they were made in it. If clocks were set back, the
-- window later reaches the same period again, with the calls that were counted in it before.
for _, window in ipairs(request.windows) do
  local name = window.name
  local start = number(name .. '.start')
  local earlier = window.start < start and now < start
  if not state[name .. '.start'] then
    state[name .. '.start'] = window.start
    state[name .. '.floor'] = 0
    state[name .. '.count'] = 0
    raise(name, window.known, window.assumed, window.certain)
    changed = true
  elseif earlier or window.start > start and now >= window.start then
    remember(name, text(start))
    local made = number(name .. '.made.' .. text(window.start))
    local count = number(name .. '.count')
    local before = number(name .. '.floor') + count
    local guess, certain = present(name)
    if name == longest.name then
      close(start, before, guess)
    end
    state[name .. '.start'] = window.start
    state[name .. '.floor'] = made
    assume(name, window.start, 0, 0)
    state[name .. '.count'] = 0
    raise(name, window.known, window.assumed, window.certain)
    if not earlier then
      state[name .. '.left.start'] = start
      state[name .. '.left.calls'] = before
      assume(name .. '.left', start, guess, certain)
    elseif number(name .. '.left.start') == window.start then
      local calls = number(name .. '.left.calls')
      raise(name, calls + count, assumed(name .. '.left', window.start, calls))
    else
      raise(name, made + count, 0, 0)
    end
    changed = true
  elseif lost and window.start == start then
    local count = (request.epoch == state.epoch) and number(name .. '.count') or 0
    raise(name, window.known - count, window.assumed, window.certain)
  end
  local guess, certain = present(name)
  if window.assumesNone and guess > certain then
    state[name .. '.floor'] = number(name .. '.floor') - (guess - certain)
    assume(name, number(name .. '.start'), certain, certain)
    changed = true
  end
end

-- What others spend is an estimate of the replicas. The one with the highest revision counts in its period: one that arrives
-- late or again changes nothing.
local function hasElsewhere(name)
  return state[name .. '.elsewhere.start'] and number(name .. '.elsewhere.start') == number(name .. '.start')
end
for name, estimate in pairs(request.elsewhere) do
  local field = name .. '.elsewhere.'
  if state[name .. '.start'] and estimate.start == number(name .. '.start')
    and (not hasElsewhere(name) or estimate.revision > number(field .. 'revision')) then
    for part, value in pairs(estimate) do
      state[field .. part] = value
    end
    changed = true
  end
end
local function elsewhere(name)
  return hasElsewhere(name) and number(name .. '.elsewhere.calls') or 0
end
