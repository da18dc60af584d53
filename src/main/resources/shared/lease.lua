-- Takes the lease with the given token (ARGV[1]) for the given time (ARGV[2], in ms).
return redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2])
