-- Adds requests, hits and bytes to the account of the current month, once for each number of a replica.
-- KEYS: ledger, prefix of the accounts, number of the replica's last addition; all are in the same hash slot. ARGV: number, name
-- of the longest window or empty, the month by the clock of the replica, and for each line its name, requests, hits and bytes.
if redis.call('TYPE', KEYS[3]).ok ~= 'string' then
  redis.call('DEL', KEYS[3])
end
if (tonumber(redis.call('GET', KEYS[3]) or 0) or 0) >= tonumber(ARGV[1]) then
  return 'known'
end
redis.call('SET', KEYS[3], ARGV[1], 'EX', 86400)

local key = KEYS[2] .. ':' .. currentMonth(KEYS[1], ARGV[2], ARGV[3])
if redis.call('TYPE', key).ok ~= 'hash' then
  redis.call('DEL', key)
end
for i = 4, #ARGV, 4 do
  local field = '~' .. ARGV[i]
  local known = redis.call('HMGET', key, field, '#~')
  if not known[1] and (tonumber(known[2] or 0) or 0) >= MAX_LINES then
    field = '~(others) ' .. string.match(ARGV[i], ' (.*)$')
    known = redis.call('HMGET', key, field, '#~')
  end
  if not known[1] then
    redis.call('HSET', key, '#~', (tonumber(known[2] or 0) or 0) + 1)
  end
  local sums = {}
  local before = string.gmatch(known[1] or '0 0 0', '%d+')
  for part = 1, 3 do
    sums[part] = string.format('%.0f', (tonumber(before() or 0) or 0) + tonumber(ARGV[i + part]))
  end
  redis.call('HSET', key, field, table.concat(sums, ' '))
end
redis.call('EXPIRE', key, 86400 * 430)
return 'added'
