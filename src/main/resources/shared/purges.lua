-- Returns the stored purges, one a line: age in ms, time in ms, and subjects.
if redis.call('TYPE', KEYS[1]).ok ~= 'zset' then
  redis.call('DEL', KEYS[1])
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local purges = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
local lines = {}
for i = 1, #purges, 2 do
  lines[#lines + 1] = string.format('%.0f %s %s', math.max(0, now - tonumber(purges[i + 1])), purges[i + 1], purges[i])
end
return table.concat(lines, '\n')
