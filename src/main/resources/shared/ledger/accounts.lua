-- Calls of each team, in the windows and in the accounts of the months.

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
local knowsNoMonth = longest and not state['account.month']
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

-- A ledger that has just begun to enter calls does not know the earlier ones of a month in which none is entered.
if (fresh or knowsNoMonth) and month and not redis.call('HMGET', account(month), '#')[1] then
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
