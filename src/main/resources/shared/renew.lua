-- Renews the lease if it has the given token (ARGV[1]), for the given time (ARGV[2], in ms).
if redis.call('TYPE', KEYS[1]).ok ~= 'string' or redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return false
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 'OK'
