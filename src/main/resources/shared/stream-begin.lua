-- Begins a journal, unless there is one to go on from. Of several beginnings the earliest counts until a poll has followed.
-- ARGV: epoch of a new journal, version that the replica knows and wants to replace, or 0, time of the beginning in ms since 1970,
-- checkpoint, text of the event of a pause, time to live in ms, most bytes.
local epoch, known, time, checkpoint, pause, ttl, most = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]
if is_later(ttl) then
  return 'OK'
end
check()
local head = redis.call('HMGET', HEAD, 'epoch', 'version', 'begun', 'bytes')
if not head[1] then
  drop()
  redis.call('HSET', HEAD, 'epoch', epoch, 'version', 1, 'begun', time, 'checkpoint', checkpoint, 'floor', time .. '-0')
  trim(0, tonumber(most), ttl)
elseif head[3] ~= '' and tonumber(time) < tonumber(head[3]) then
  redis.call('HSET', HEAD, 'version', head[2] + 1, 'by', '', 'begun', time, 'checkpoint', checkpoint, 'floor', time .. '-0')
elseif head[2] == known then
  redis.call('DEL', TRADES)
  append(pause, '')
  redis.call('HSET', HEAD, 'version', head[2] + 1, 'by', '', 'begun', '', 'checkpoint', checkpoint)
  trim(tonumber(head[4]) + #pause + OVERHEAD, tonumber(most), ttl)
end
return 'OK'
