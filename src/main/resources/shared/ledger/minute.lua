-- Calls of the minute.

-- The minute has one member for each call, scored by its time: an id, a space, and the team. Earlier versions named only teams
-- with a share.
-- If the clock was set back, the calls in its future count from now on. Earlier versions counted the tokens that are left.
if state.tokens then
  unknown = minute.unknown
  state.tokens = nil
  redis.call('HDEL', key, 'tokens', 'full', 'at')
end
for _, member in ipairs(redis.call('ZRANGEBYSCORE', recent, '(' .. text(now), '+inf')) do
  redis.call('ZADD', recent, now, member)
end
redis.call('ZREMRANGEBYSCORE', recent, '-inf', now - minute.length)
-- Calls of the minute that may have been made, but were not counted.
local function assumedRecent()
  return (now < number('minute.assumed.until')) and number('minute.assumed') or 0
end
if unknown > 0 then
  state['minute.assumed'] = math.min(minute.limit, assumedRecent() + unknown)
  state['minute.assumed.until'] = now + minute.length
elseif number('minute.assumed.until') > now + minute.length then
  state['minute.assumed.until'] = now + minute.length
  changed = true
end
local function madeRecently(id, account, age)
  redis.call('ZADD', recent, now - age, id .. ' ' .. account)
  redis.call('PEXPIRE', recent, minute.length)
end
