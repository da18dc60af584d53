-- What a team has left of its requests a minute, after those that one replica has let pass. What was too much
-- is made up for, but for no more than a minute.
-- ARGV: requests a minute, requests that passed.
local key = KEYS[1]
local most, passed = tonumber(ARGV[1]), tonumber(ARGV[2])
if redis.call('TYPE', key).ok ~= 'hash' then
  redis.call('DEL', key)
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local state = redis.call('HMGET', key, 'left', 'at')
local left = tonumber(state[1]) or most
local at = math.min(now, tonumber(state[2]) or now)
left = math.max(-most, math.min(most, left + most * (now - at) / 60000) - passed)
if passed > 0 then
  redis.call('HSET', key, 'left', string.format('%.6f', left), 'at', string.format('%.0f', now))
  redis.call('PEXPIRE', key, 180000)
end
return string.format('%.0f', math.floor(left))
