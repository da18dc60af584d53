-- Returns the account of a month, with the balance of the longest window's current period, and the months that have an
-- account.
-- KEYS: ledger, prefix of the accounts, which are in the same hash slot. ARGV: the month, the name of the longest window or
-- empty, the months to check.
local name = ARGV[2]
local state = {}
if redis.call('TYPE', KEYS[1]).ok == 'hash' then
  local fields = { 'account.month', 'account.start' }
  for _, part in ipairs({ 'start', 'floor', 'count', 'assumed', 'assumed.start', 'elsewhere.calls', 'elsewhere.start' }) do
    fields[#fields + 1] = name .. '.' .. part
  end
  for i, value in ipairs(redis.call('HMGET', KEYS[1], unpack(fields))) do
    state[fields[i]] = value
  end
end
local function number(field)
  return tonumber(state[field] or 0) or 0
end

local key = KEYS[2] .. ':' .. ARGV[1]
local lines = redis.call('TYPE', key).ok == 'hash' and redis.call('HGETALL', key) or {}
local start = number(name .. '.start')
local isCurrent = state['account.month'] == ARGV[1]
if isCurrent and state[name .. '.start'] and number('account.start') == start then
  local all = number(name .. '.floor') + number(name .. '.count')
  local assumed = number(name .. '.assumed.start') == start and math.min(number(name .. '.assumed'), number(name .. '.floor')) or 0
  local elsewhere = number(name .. '.elsewhere.start') == start and number(name .. '.elsewhere.calls') or 0
  lines[#lines + 1] = '=' .. string.format('%.0f', start)
  lines[#lines + 1] = string.format('%.0f %.0f %.0f', all - assumed, assumed, elsewhere)
end

local months = {}
for i = 3, #ARGV do
  local hasAccount = redis.call('EXISTS', KEYS[2] .. ':' .. ARGV[i]) == 1
  if hasAccount or ARGV[i] == ARGV[1] and #lines > 0 then
    months[#months + 1] = ARGV[i]
  end
end
return table.concat(months, ' ') .. '\n' .. table.concat(lines, '\n')
