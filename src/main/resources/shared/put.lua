-- Stores a response (ARGV[3]) that was fetched at the given time (ARGV[1], in ms) and may be served for the given time
-- from then (ARGV[2], in ms), unless the stored one was fetched later.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local fetched = math.min(now, tonumber(ARGV[1]))
local left = fetched + tonumber(ARGV[2]) - now
if left <= 0 then
  return false
end
if redis.call('TYPE', KEYS[1]).ok == 'string' then
  local before = redis.call('GETRANGE', KEYS[1], 0, 11)
  if #before == 12 and string.sub(before, 9) == string.sub(ARGV[3], 1, 4) then
    local earlier = struct.unpack('>l', string.sub(before, 1, 8))
    -- A time in the future is from before the clock was set back.
    if earlier > fetched and earlier <= now + 1000 then
      return false
    end
  end
end
redis.call('SET', KEYS[1], struct.pack('>l', fetched) .. ARGV[3], 'PX', string.format('%.0f', left))
return 'OK'
