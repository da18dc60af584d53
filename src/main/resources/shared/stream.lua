-- The journal of streams: KEYS are the turn, the head, the events and the trades that a page can repeat, all in one hash slot.
local TURN, HEAD, EVENTS, TRADES = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
-- Bytes that an event occupies in the logs of replicas besides its text.
local OVERHEAD = 420
-- Format of the journal, which increases with each change that earlier versions cannot read.
local FORMAT = 1
-- Time in ms after which nobody uses the journal of a later version any more.
local IDLE = 60000

local function drop()
  redis.call('DEL', HEAD, EVENTS, TRADES)
end

-- Returns whether replicas of a later version use the journal. Their readings renew its time to live.
local function is_later(ttl)
  if redis.call('TYPE', HEAD).ok ~= 'hash' then
    return false
  end
  local format = tonumber(redis.call('HMGET', HEAD, 'format')[1] or '') or 0
  return format > FORMAT and redis.call('PTTL', HEAD) > tonumber(ttl) - IDLE
end

-- Drops everything unless it is complete and of this format: Redis can have evicted a part, or the keys hold other data.
local function check()
  local kinds = { [TURN] = 'string', [HEAD] = 'hash', [EVENTS] = 'stream', [TRADES] = 'zset' }
  for key, kind in pairs(kinds) do
    local found = redis.call('TYPE', key).ok
    if found ~= kind and found ~= 'none' then
      redis.call('DEL', key)
    end
  end
  local head = redis.call('HMGET', HEAD, 'epoch', 'events', 'trades', 'version', 'format')
  if not head[1] or tonumber(head[2]) ~= redis.call('XLEN', EVENTS) or tonumber(head[3]) ~= redis.call('ZCARD', TRADES)
    or not tonumber(head[4]) or (tonumber(head[5] or '') or 0) > FORMAT then
    drop()
  end
end

local function has_turn(token)
  return redis.call('GET', TURN) == token
end

-- Returns whether the first of two positions, each a time, a trade and perhaps a side, is after the second. Trades exceed the exact
-- numbers of Lua.
local function is_after(first, second)
  local time, trade, side = string.match(first, '^(%d+)-(%d+)(%u?)$')
  local other_time, other_trade, other_side = string.match(second, '^(%d+)-(%d+)(%u?)$')
  if time ~= other_time then
    return tonumber(time) > tonumber(other_time)
  end
  if trade ~= other_trade then
    return #trade > #other_trade or (#trade == #other_trade and trade > other_trade)
  end
  return side > other_side
end

-- Appends an event: its text, and the position of a fill or an empty text.
local function append(text, position)
  redis.call('XADD', EVENTS, '*', 'e', text, 'p', position)
end

-- Stores the number of events and trades, without the oldest events beyond the given number of bytes.
local function trim(bytes, most, ttl)
  local count = redis.call('XLEN', EVENTS)
  local floor = redis.call('HMGET', HEAD, 'floor')[1]
  while bytes > most and count > 1 do
    local left = count
    for _, entry in ipairs(redis.call('XRANGE', EVENTS, '-', '+', 'COUNT', 100)) do
      if bytes <= most or left == 1 then
        break
      end
      local event = entry[2]
      bytes = bytes - #event[2] - OVERHEAD
      if event[4] ~= '' and is_after(event[4], floor) then
        floor = event[4]
      end
      left = left - 1
    end
    redis.call('XTRIM', EVENTS, 'MAXLEN', left)
    count = left
  end
  redis.call('HSET', HEAD, 'format', FORMAT, 'bytes', string.format('%.0f', bytes), 'events', count, 'trades', redis.call('ZCARD', TRADES), 'floor', floor)
  for _, key in ipairs({ HEAD, EVENTS, TRADES }) do
    redis.call('PEXPIRE', key, ttl)
  end
end

