-- The count of the calls of all replicas. Charges or releases one call in all windows at once, counts a report of calls,
-- and returns the current count.
-- KEYS: ledger, receipt of the charge or report, calls of the minute by time, prefix of the accounts of the months, prefix of the
-- calls of each team in days and months; all are in the same hash slot. ARGV: request as JSON.
local request = cjson.decode(ARGV[1])
local key = KEYS[1]
local recent = KEYS[3]

local function isGiven(value)
  return value ~= nil and value ~= cjson.null
end

-- A value of another type is garbage.
if redis.call('TYPE', key).ok ~= 'hash' then
  redis.call('DEL', key)
end
if redis.call('TYPE', KEYS[2]).ok ~= 'string' then
  redis.call('DEL', KEYS[2])
end
if redis.call('TYPE', recent).ok ~= 'zset' then
  redis.call('DEL', recent)
end
local state = {}
local fields = redis.call('HGETALL', key)
for i = 1, #fields, 2 do
  state[fields[i]] = fields[i + 1]
end
local function number(field)
  return tonumber(state[field]) or 0
end

local function text(value)
  return type(value) == 'number' and string.format('%.0f', value) or value
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local minute = isGiven(request.minute) and request.minute or { limit = 0, length = 0, needed = 0, unknown = 0 }
local changed = request.change ~= 0
local fresh = not state.epoch
local calls = number('calls')

-- A replica that knows another ledger knows of calls that this one does not know of.
local lost = request.epoch ~= '' and (fresh or request.epoch ~= state.epoch)
local unknown = lost and minute.unknown or 0
if fresh then
  redis.call('DEL', key, recent)
  state = { epoch = time[1] .. '.' .. time[2] }
  calls = 0
end
if not lost and request.epoch == state.epoch and request.calls > calls then
  unknown = request.calls - calls
  calls = request.calls
  lost = true
end
changed = changed or fresh or lost

-- The minute has one member for each call, scored by its time: an id, a space, and the team. Earlier versions named only teams
-- with a share.
-- If the clock was set back, the calls in its future count from now on. Earlier versions counted the tokens that are left.
if state.tokens then
  unknown = minute.unknown
  state.tokens = nil
  redis.call('HDEL', key, 'tokens', 'full', 'at')
end
for _, member in ipairs(redis.call('ZRANGEBYSCORE', recent, '(' .. text(now), '+inf')) do
  redis.call('ZADD', recent, now, member)
end
redis.call('ZREMRANGEBYSCORE', recent, '-inf', now - minute.length)
-- Calls of the minute that may have been made, but were not counted.
local function assumedRecent()
  return (now < number('minute.assumed.until')) and number('minute.assumed') or 0
end
if unknown > 0 then
  state['minute.assumed'] = math.min(minute.limit, assumedRecent() + unknown)
  state['minute.assumed.until'] = now + minute.length
elseif number('minute.assumed.until') > now + minute.length then
  state['minute.assumed.until'] = now + minute.length
  changed = true
end
local function madeRecently(id, account, age)
  redis.call('ZADD', recent, now - age, id .. ' ' .. account)
  redis.call('PEXPIRE', recent, minute.length)
end

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
-- if not all are ('@'). The ledger knows the month of the
-- window's current period from the replicas.
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

local function add(field, more)
  state[field] = math.max(0, number(field) + more)
end
local function used(window)
  return number(window .. '.floor') + number(window .. '.count')
end

-- The calls of each team in a day or month are a hash.
local function teams(window)
  local key = KEYS[5] .. ':' .. window .. ':' .. text(number(window .. '.start'))
  if redis.call('TYPE', key).ok ~= 'hash' then
    redis.call('DEL', key)
  end
  return key
end
local function usedIn(key, team)
  return tonumber(redis.call('HMGET', key, team)[1] or 0) or 0
end
local function addUsed(window, team, more)
  if team ~= '' then
    local key = teams(window)
    redis.call('HSET', key, team, text(math.max(0, usedIn(key, team) + more)))
    redis.call('EXPIRE', key, 86400 * 32)
  end
end

-- The month of the current period. If an earlier version moved the window, the period that it left is closed now.
local month = not longest and request.entry.month or nil
local opened = false
if longest then
  local start = number(longest.name .. '.start')
  local left = longest.name .. '.left'
  if longest.start == start and (state['account.month'] ~= request.entry.month or number('account.start') ~= start) then
    if number('account.start') ~= start and number(left .. '.start') == number('account.start') then
      local calls = number(left .. '.calls')
      close(number('account.start'), calls, (assumed(left, number(left .. '.start'), calls)))
    end
    state['account.month'] = request.entry.month
    state['account.start'] = start
    opened = true
    changed = true
  end
  month = number('account.start') == start and state['account.month'] or nil
end

-- A ledger that lost its data restores its count from the account, whose calls were made. The account is read only once, because
-- it can have many lines.
if opened and longest.name == 'month' and (fresh or lost) then
  local entered = redis.call('HGETALL', account(month))
  local current = '=' .. text(number(longest.name .. '.start'))
  local guess = present(longest.name)
  local missing = guess - used(longest.name)
  for i = 1, #entered, 2 do
    local kind = string.sub(entered[i], 1, 1)
    if kind == '+' then
      missing = missing + (tonumber(string.match(entered[i + 1], '^%d+$')) or 0)
    elseif kind == '=' and entered[i] ~= current then
      missing = missing - (tonumber(string.match(entered[i + 1], '^%d+')) or 0)
    end
  end
  if missing > 0 then
    raise(longest.name, number(longest.name .. '.floor') - guess + missing, 0, 0)
  end
end

-- A ledger without data does not know the earlier calls of a month that has no account.
if fresh and month and redis.call('EXISTS', account(month)) == 0 then
  store(month, '@', now)
end

-- Enters calls in the account and returns where, for the receipt. Calls for which the month is not known are not entered: they
-- are the difference to what the window counts.
local function enter(line, calls)
  if not month or line == '' then
    return ''
  end
  local field = '+' .. line
  local known = redis.call('HMGET', account(month), field, '#')
  if not known[1] and (tonumber(known[2] or 0) or 0) >= MAX_LINES then
    field = '+(others) ' .. string.match(line, ' (.*)$')
    known = redis.call('HMGET', account(month), field, '#')
  end
  if not known[1] then
    store(month, '#', (tonumber(known[2] or 0) or 0) + 1)
  end
  store(month, field, (tonumber(known[1] or 0) or 0) + calls)
  return '{' .. month .. ' ' .. field .. '}'
end

-- A report of calls that a replica made without the ledger counts once.
if isGiven(request.report) and (tonumber(redis.call('GET', KEYS[2]) or 0) or 0) < request.report.number then
  local report = request.report
  -- Calls reported for a later period were made in this one, by a replica whose clock is ahead.
  for window, made in pairs(report.windows) do
    if made.start >= number(window .. '.start') then
      add(window .. '.count', made.calls)
      for team, calls in pairs(report.teams[window]) do
        addUsed(window, team, calls)
      end
    end
  end
  local made = longest and report.windows[longest.name]
  if not longest or made and made.start >= number(longest.name .. '.start') then
    for line, calls in pairs(report.lines) do
      enter(line, calls)
    end
  end
  for account, made in pairs(report.accounts) do
    add('a:' .. account, made)
  end
  for age, accounts in pairs(report.minute) do
    for account, made in pairs(accounts) do
      for call = 1, made do
        madeRecently(table.concat({ report.replica, report.number, age, account, call }, ':'), account, age)
      end
    end
  end
  add('interactive', report.interactive)
  add('refresh', report.refresh)
  calls = calls + report.interactive + report.refresh
  redis.call('SET', KEYS[2], text(report.number), 'EX', 86400)
  changed = true
end

-- The receipt of a charge names the windows that counted it. A repeated charge counts once. A released charge does not
-- count, even if it arrives after its release. A release gives the call back to the minute, and to a day or month if it is
-- still the same one.
local name = isGiven(request.charge) and request.charge or ''
local receipt = name ~= '' and redis.call('GET', KEYS[2]) or ''
local RELEASED = 'returned'
local COUNTED = 'counted in ' .. state.epoch .. ' '
local isCounted = string.sub(receipt, 1, #COUNTED) == COUNTED
local function counter(window)
  return '[' .. window.name .. ' ' .. text(number(window.name .. '.start')) .. ']'
end
local function storeReceipt(value)
  if name ~= '' then
    redis.call('SET', KEYS[2], value, 'EX', 300)
  end
end

-- Takes a released call out of the account, if its period is still the current one.
local function takeBack()
  local entered, field = string.match(receipt, '{(%d+%-%d+) (.*)}$')
  if entered and (not longest or string.find(receipt, counter(longest), 1, true)) then
    local calls = tonumber(redis.call('HMGET', account(entered), field)[1] or 0) or 0
    if calls > 0 then
      store(entered, field, calls - 1)
    end
  end
end

local refused
local function count(change)
  if change < 0 then
    redis.call('ZREM', recent, name .. ' ', name .. ' ' .. request.entry.team)
  elseif isGiven(request.minute) then
    madeRecently(name, request.entry.team, 0)
  end
  for _, window in ipairs(request.windows) do
    if change > 0 or string.find(receipt, counter(window), 1, true) then
      add(window.name .. '.count', change)
      addUsed(window.name, request.entry.team, change)
    end
  end
  if request.account ~= '' then
    add('a:' .. request.account, change)
  end
  add(string.lower(request.priority), change)
end
if request.change > 0 and receipt == RELEASED then
  refused = RELEASED
elseif request.change > 0 and not isCounted then
  if isGiven(request.minute) and minute.limit - assumedRecent() - redis.call('ZCARD', recent) < minute.needed then
    refused = 'minute'
  end
  for _, window in ipairs(request.windows) do
    if window.limit - used(window.name) - elsewhere(window.name) < window.needed then
      refused = window.name
    end
  end
  if not refused then
    calls = calls + 1
    count(1)
    local counters = ''
    for _, window in ipairs(request.windows) do
      counters = counters .. counter(window)
    end
    storeReceipt(COUNTED .. counters .. enter(request.entry.line, 1))
  end
elseif request.change < 0 then
  if isCounted then
    count(-1)
    takeBack()
  end
  storeReceipt(RELEASED)
end

if changed then
  state.calls = calls
  local values = {}
  for field, value in pairs(state) do
    values[#values + 1] = field
    values[#values + 1] = text(value)
  end
  redis.call('HSET', key, unpack(values))
  redis.call('EXPIRE', key, 86400 * 400)
end

local reply = {
  epoch = state.epoch, calls = calls, refused = refused, minute = {}, assumed = {},
  interactive = number('interactive'), refresh = number('refresh'), accounts = {}, windows = {}, elsewhere = {}, used = {},
  reported = isGiven(request.report) and request.report.number or 0
}
local hasAccounts = false
for field in pairs(state) do
  if string.sub(field, 1, 2) == 'a:' then
    reply.accounts[string.sub(field, 3)] = number(field)
    hasAccounts = true
  end
end

-- The reply has the times of the oldest calls, and takes the others for as new as the newest one.
local EXACT = 100
local function addRecent(time, account, more)
  local age = text(math.max(0, now - time))
  reply.minute[age] = reply.minute[age] or {}
  reply.minute[age][account] = (reply.minute[age][account] or 0) + more
end
local function addMembers(first, last, time)
  local members = redis.call('ZRANGE', recent, first, last, 'WITHSCORES')
  for i = 1, #members, 2 do
    addRecent(time or tonumber(members[i + 1]), string.match(members[i], ' (.*)$') or '', 1)
  end
end
addMembers(0, EXACT - 1)
local others = redis.call('ZCARD', recent) - EXACT
if others > 0 then
  local newest = tonumber(redis.call('ZRANGE', recent, -1, -1, 'WITHSCORES')[2])
  if hasAccounts then
    addMembers(EXACT, -1, newest)
  else
    addRecent(newest, '', others)
  end
end
if assumedRecent() > 0 then
  reply.assumed[text(math.max(0, now + minute.length - number('minute.assumed.until')))] = assumedRecent()
end
for _, window in ipairs(request.windows) do
  local guess, certain = present(window.name)
  reply.windows[window.name] = {
    start = number(window.name .. '.start'), calls = used(window.name), assumed = guess, certain = certain
  }
  if hasElsewhere(window.name) then
    local field = window.name .. '.elsewhere.'
    reply.elsewhere[window.name] = {
      start = number(field .. 'start'), calls = number(field .. 'calls'), expected = number(field .. 'expected'),
      revision = number(field .. 'revision'), at = number(field .. 'at')
    }
  end
end
if request.entry.read then
  if isGiven(request.minute) then
    reply.used.minute = 0
    for _, member in ipairs(redis.call('ZRANGE', recent, 0, -1)) do
      if string.match(member, ' (.*)$') == request.entry.team then
        reply.used.minute = reply.used.minute + 1
      end
    end
  end
  for _, window in ipairs(request.windows) do
    reply.used[window.name] = usedIn(teams(window.name), request.entry.team)
  end
end
return cjson.encode(reply)
