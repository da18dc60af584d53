-- Counts the calls of the request: those that are reported, charged or released.

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
