-- What is stored, if it was fetched later than the given age ago (in ms; none: any).
-- Returns the age of what is found, 8 bytes, and behind it what is stored, which begins with the time when it was
-- fetched, 8 bytes.
if redis.call('TYPE', KEYS[1]).ok ~= 'string' then
  return false
end
local value = redis.call('GET', KEYS[1])
if #value < 8 then
  return false
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local age = now - struct.unpack('>l', string.sub(value, 1, 8))
-- Its age is not known where the clock was set back since.
if age < -1000 then
  return false
end
age = math.max(0, age)
if ARGV[1] ~= '' and age >= tonumber(ARGV[1]) then
  return false
end
return struct.pack('>l', age) .. value
