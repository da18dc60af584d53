-- Returns the usage of some endpoints by a team in the current month, and since when its calls are known, if not all are.
-- KEYS: ledger, prefix of the accounts, which are in the same hash slot. ARGV: name of the longest window or empty, the month by
-- the clock of the replica, lines, each of the team and one endpoint.
local month = currentMonth(KEYS[1], ARGV[1], ARGV[2])
local key = KEYS[2] .. ':' .. month
local lines = {}
if redis.call('TYPE', key).ok == 'hash' then
  local since = redis.call('HMGET', key, '@')[1]
  if since then
    lines = { '@', since }
  end
  for i = 3, #ARGV do
    for _, kind in ipairs({ '+', '~' }) do
      local value = redis.call('HMGET', key, kind .. ARGV[i])[1]
      if value then
        lines[#lines + 1] = kind .. ARGV[i]
        lines[#lines + 1] = value
      end
    end
  end
end
return month .. '\n' .. table.concat(lines, '\n')
