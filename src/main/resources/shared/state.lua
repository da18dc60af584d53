-- Stores a state update (ARGV[2]) with the given date (ARGV[1], in ms since 1970) for ARGV[3] ms, unless a newer one is stored; an empty
-- date stores nothing. A stored one after ARGV[4] is dropped. Returns the newest update as its date and text, or an empty string.
if redis.call('TYPE', KEYS[1]).ok ~= 'string' then
  redis.call('DEL', KEYS[1])
end
local newest = redis.call('GET', KEYS[1]) or ''
local at = tonumber(string.match(newest, '^(%d+) ')) or 0
if at > tonumber(ARGV[4]) then
  newest = ''
  at = 0
end
if ARGV[1] ~= '' and tonumber(ARGV[1]) > at then
  newest = ARGV[1] .. ' ' .. ARGV[2]
  redis.call('SET', KEYS[1], newest, 'PX', ARGV[3])
end
return newest
