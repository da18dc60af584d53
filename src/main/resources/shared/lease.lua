-- Acquires the lease for the holder of the given token (ARGV[1]), for the given time (ARGV[2], in ms).
-- A repeated request with the same token renews the lease.
-- A value that would last longer is foreign, or from before the clock was set back.
local left = redis.call('PTTL', KEYS[1])
if left == -1 or left > tonumber(ARGV[2]) then
  redis.call('DEL', KEYS[1])
end
if redis.call('TYPE', KEYS[1]).ok == 'string' and redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return 'OK'
end
return redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2])
