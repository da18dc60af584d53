-- Stores a rejection (ARGV[3]) that holds for ARGV[1] ms, for ARGV[2] ms longer than it holds.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local until_ms = string.format('%.0f', now + ARGV[1])
return redis.call('SET', KEYS[1], until_ms .. ' ' .. ARGV[3], 'PX', ARGV[1] + ARGV[2])
