-- Stores what was fetched the given age ago (ARGV[1], in ms) for the given time (ARGV[2],
-- in ms) unless there is what was fetched later.
local time = redis.call('TIME')
local fetched = time[1] * 1000 + math.floor(time[2] / 1000) - tonumber(ARGV[1])
if redis.call('TYPE', KEYS[1]).ok == 'string' then
  local before = redis.call('GETRANGE', KEYS[1], 0, 11)
  if #before == 12 and string.sub(before, 9) == string.sub(ARGV[3], 1, 4) then
    if struct.unpack('>l', string.sub(before, 1, 8)) > fetched then
      return false
    end
  end
end
redis.call('SET', KEYS[1], struct.pack('>l', fetched) .. ARGV[3], 'PX', ARGV[2])
return 'OK'
