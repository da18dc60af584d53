-- Returns how long the stored rejection holds, in ms, and the rejection; nothing if none is stored.
-- A rejection that would hold for more than ARGV[1] ms was stored before the clock was set back: it holds no longer.
if redis.call('TYPE', KEYS[1]).ok ~= 'string' then
  redis.call('DEL', KEYS[1])
  return nil
end
local until_ms, rejection = string.match(redis.call('GET', KEYS[1]), '^(%d+) (.+)$')
if not until_ms then
  return nil
end
local time = redis.call('TIME')
local left = until_ms - (time[1] * 1000 + math.floor(time[2] / 1000))
if left < 0 or left > tonumber(ARGV[1]) then
  left = 0
end
return string.format('%.0f', left) .. ' ' .. rejection
