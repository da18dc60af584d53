-- What is noted as stale: in each line for how long, in ms, and the subjects.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local notes = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
local lines = {}
for i = 1, #notes, 2 do
  lines[#lines + 1] = string.format('%d %s', now - tonumber(notes[i + 1]), notes[i])
end
return table.concat(lines, '\n')
