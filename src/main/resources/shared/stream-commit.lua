-- Stores events that are new, and the checkpoint after them, for the replica that has the turn.
-- ARGV: token of the replica, time of the turn in ms, version before, checkpoint, time before which no trade can be repeated, time to
-- live in ms, most bytes, name of this commit, and for each event its trade (empty for others than fills), its position and its text.
-- Returns the number of new fills, or the word lost if another replica has the turn or has committed since.
local token, length, version, checkpoint, forget, ttl, most = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]
local name = ARGV[8]
if is_later(ttl) then
  return 'lost'
end
check()
local head = redis.call('HMGET', HEAD, 'version', 'by', 'bytes', 'added')
if not has_turn(token) or not head[1] then
  return 'lost'
end
-- Sent again, because the reply was lost. Nothing has changed the journal since: a beginning clears the name.
if head[2] == name then
  return head[4]
end
if head[1] ~= version then
  return 'lost'
end
redis.call('PEXPIRE', TURN, length)
local bytes = tonumber(head[3])
local added = 0
for i = 9, #ARGV, 3 do
  local trade, position, text = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  if trade == '' or redis.call('ZADD', TRADES, 'NX', string.match(position, '^%d+'), trade) == 1 then
    append(text, position)
    bytes = bytes + #text + OVERHEAD
    added = added + (trade ~= '' and 1 or 0)
  end
end
redis.call('ZREMRANGEBYSCORE', TRADES, '-inf', '(' .. forget)
redis.call('HSET', HEAD, 'version', string.format('%.0f', version + 1), 'by', name, 'added', added, 'begun', '', 'checkpoint', checkpoint)
trim(bytes, tonumber(most), ttl)
return tostring(added)
