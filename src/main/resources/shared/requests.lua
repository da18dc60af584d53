-- Counts requests of a team that one replica has admitted, and returns how many the team has left in the minute.
-- An excess is subtracted from the following requests, but at most one minute's worth.
-- ARGV: requests per minute, requests admitted.
local key = KEYS[1]
local limit, admitted = tonumber(ARGV[1]), tonumber(ARGV[2])
if redis.call('TYPE', key).ok ~= 'hash' then
  redis.call('DEL', key)
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local state = redis.call('HMGET', key, 'left', 'at')
local left = tonumber(state[1]) or limit
local at = math.min(now, tonumber(state[2]) or now)
left = math.max(-limit, math.min(limit, left + limit * (now - at) / 60000) - admitted)
if admitted > 0 then
  redis.call('HSET', key, 'left', string.format('%.6f', left), 'at', string.format('%.0f', now))
  redis.call('PEXPIRE', key, 180000)
end
return string.format('%.0f', math.floor(left))
