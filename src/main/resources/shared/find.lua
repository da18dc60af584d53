-- Finds a stored response that is younger than the given age (ARGV[1], in ms; empty: any age).
-- Returns its age in ms (8 bytes) and the stored value, which begins with the time when the response was fetched (8 bytes).
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
-- If the clock was set back since, the age is unknown.
if age < -1000 then
  return false
end
age = math.max(0, age)
if ARGV[1] ~= '' and age >= tonumber(ARGV[1]) then
  return false
end
return struct.pack('>l', age) .. value
