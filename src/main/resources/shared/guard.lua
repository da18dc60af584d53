-- Shared state of the guard: the pause and the ramp after it, and API keys that are refused for all or some endpoints.
-- KEYS: pause, latch of one API key, probe of that key or of one endpoint, refused endpoints of the key.
-- ARGV: operation, its argument, channel, endpoint (empty for the key itself).
local operation, argument, channel, endpoint = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local kinds = { 'hash', 'string', 'string', 'hash' }
for i, key in ipairs(KEYS) do
  if redis.call('TYPE', key).ok ~= kinds[i] then
    redis.call('DEL', key)
  end
end

local RAMP = 10
-- A little less than the minute after which replicas send probes.
local PROBE = 59000
local LATCH = 600000

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local pause = redis.call('HMGET', KEYS[1], 'until', 'second', 'admitted', 'length')
local ends = tonumber(pause[1] or nil) or 0
local admitted = true

-- A pause cannot last longer than its length: the clock was set back since.
local length = tonumber(pause[4] or nil)
if length and ends > now + length then
  ends = now + length
  redis.call('HSET', KEYS[1], 'until', string.format('%.0f', ends))
  redis.call('PEXPIRE', KEYS[1], length + RAMP * 1000)
end

if operation == 'pause' then
  local length = tonumber(argument)
  if now + length > ends then
    ends = now + length
    redis.call('HSET', KEYS[1], 'until', string.format('%.0f', ends), 'second', -1, 'admitted', 0,
      'length', string.format('%.0f', length))
    redis.call('PEXPIRE', KEYS[1], length + RAMP * 1000)
    redis.call('PUBLISH', channel, 'look')
  end
elseif operation == 'ramp' then
  local second = math.floor((now - ends) / 1000)
  if second < 0 then
    admitted = false
  elseif second < RAMP then
    local before = (second == tonumber(pause[2])) and tonumber(pause[3]) or 0
    admitted = before <= second
    if admitted then
      redis.call('HSET', KEYS[1], 'second', second, 'admitted', before + 1)
    end
  end
elseif operation == 'unsent-ramp' then
  local second = math.floor((now - ends) / 1000)
  local before = tonumber(pause[3] or nil) or 0
  if before > 0 and second == tonumber(pause[2] or nil) then
    redis.call('HSET', KEYS[1], 'admitted', before - 1)
  end
elseif operation == 'refused' then
  local age = math.max(0, tonumber(argument) or 0)
  if endpoint == '' then
    redis.call('SET', KEYS[2], '1', 'PX', LATCH)
  else
    -- The first refusal keeps its time: a refused probe changes nothing. A value that is no past time is replaced.
    local first = tonumber(redis.call('HGET', KEYS[4], endpoint) or nil)
    if not first or first > now then
      redis.call('HSET', KEYS[4], endpoint, string.format('%.0f', now - age))
    end
    redis.call('PEXPIRE', KEYS[4], LATCH)
  end
  if age < PROBE then
    -- The minute of a probe began when it was sent, before its response.
    redis.call('SET', KEYS[3], '1', 'NX', 'PX', PROBE - age)
  end
  redis.call('PUBLISH', channel, 'look')
elseif operation == 'accepted' then
  if endpoint == '' then
    redis.call('DEL', KEYS[2])
  else
    redis.call('HDEL', KEYS[4], endpoint)
  end
  redis.call('DEL', KEYS[3])
  redis.call('PUBLISH', channel, 'look')
elseif operation == 'probe' then
  admitted = redis.call('SET', KEYS[3], '1', 'NX', 'PX', PROBE) ~= false
  redis.call('PEXPIRE', endpoint == '' and KEYS[2] or KEYS[4], LATCH)
elseif operation == 'unsent' then
  redis.call('DEL', KEYS[3])
elseif operation == 'key' then
  redis.call('PUBLISH', channel, 'key')
end

-- If the clock was set back since, the age of a refusal is unknown and counts as 0.
local endpoints = {}
local refusals = redis.call('HGETALL', KEYS[4])
for i = 1, #refusals, 2 do
  local at = tonumber(refusals[i + 1])
  if at then
    endpoints[refusals[i]] = math.max(0, now - at)
  end
end

return cjson.encode({
  endpoints = endpoints,
  pause = math.max(0, ends - now),
  refused = redis.call('EXISTS', KEYS[2]) == 1,
  admitted = admitted
})
