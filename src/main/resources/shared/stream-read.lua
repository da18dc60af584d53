-- Returns events after a position, and takes or renews the turn.
-- ARGV: token of the replica, time of the turn in ms, epoch and position that the replica knows, most events, time to live in ms.
-- Returns nothing but the word none without a journal, or later if it is one of a later version. Otherwise its lines are the head, the checkpoint, and the events. The head has
-- the epoch, the version, 1 if the replica has the turn, 1 if the events are those from the beginning, 1 if more follow, the position
-- after them, and the position since which fills are complete.
local token, length, epoch, position, most, ttl = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5]), ARGV[6]
if is_later(ttl) then
  if has_turn(token) then
    redis.call('DEL', TURN)
  end
  return 'later'
end
check()
local head = redis.call('HMGET', HEAD, 'epoch', 'version', 'floor', 'checkpoint')
if not head[1] then
  return 'none'
end

-- A turn that would last longer is from before the clock was set back.
local left = redis.call('PTTL', TURN)
if left == -1 or left > tonumber(length) then
  redis.call('DEL', TURN)
end
if has_turn(token) then
  redis.call('PEXPIRE', TURN, length)
else
  redis.call('SET', TURN, token, 'NX', 'PX', length)
end
for _, key in ipairs({ HEAD, EVENTS, TRADES }) do
  redis.call('PEXPIRE', key, ttl)
end

-- The event at the known position proves that none is missing: Redis can have lost the latest ones, or dropped older ones.
local entries
local all = 0
if epoch == head[1] and position ~= '-' then
  entries = redis.call('XRANGE', EVENTS, position, '+', 'COUNT', most + 1)
end
if entries and entries[1] and entries[1][1] == position then
  table.remove(entries, 1)
else
  all = 1
  position = '-'
  entries = redis.call('XRANGE', EVENTS, '-', '+', 'COUNT', most)
end
local lines = {}
for i, entry in ipairs(entries) do
  lines[i] = entry[2][2]
  position = entry[1]
end
local more = (#entries == most) and 1 or 0
local first = table.concat({ head[1], head[2], has_turn(token) and 1 or 0, all, more, position, head[3] }, ' ')
return first .. '\n' .. head[4] .. (#lines > 0 and ('\n' .. table.concat(lines, '\n')) or '')
