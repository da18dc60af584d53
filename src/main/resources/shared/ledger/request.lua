-- The count of the calls of all replicas. Charges or releases one call in all windows at once, counts a report of calls,
-- and returns the current count.
-- KEYS: ledger, receipt of the charge or report, calls of the minute by time, prefix of the accounts of the months, prefix of the
-- calls of each team in days and months; all are in the same hash slot. ARGV: request as JSON.
--
-- The files of this folder are one script, in this order: request, minute, windows, accounts, calls, reply. This one reads the
-- request and what the ledger has stored, and finds out whether it has lost calls.
local request = cjson.decode(ARGV[1])
local key = KEYS[1]
local recent = KEYS[3]

local function isGiven(value)
  return value ~= nil and value ~= cjson.null
end

-- A value of another type is garbage.
if redis.call('TYPE', key).ok ~= 'hash' then
  redis.call('DEL', key)
end
if redis.call('TYPE', KEYS[2]).ok ~= 'string' then
  redis.call('DEL', KEYS[2])
end
if redis.call('TYPE', recent).ok ~= 'zset' then
  redis.call('DEL', recent)
end
local state = {}
local fields = redis.call('HGETALL', key)
for i = 1, #fields, 2 do
  state[fields[i]] = fields[i + 1]
end
local function number(field)
  return tonumber(state[field]) or 0
end

local function text(value)
  return type(value) == 'number' and string.format('%.0f', value) or value
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local minute = isGiven(request.minute) and request.minute or { limit = 0, length = 0, needed = 0, unknown = 0 }
local changed = request.change ~= 0
local fresh = not state.epoch
local calls = number('calls')

-- A replica that knows another ledger knows of calls that this one does not know of.
local lost = request.epoch ~= '' and (fresh or request.epoch ~= state.epoch)
local unknown = lost and minute.unknown or 0
if fresh then
  redis.call('DEL', key, recent)
  state = { epoch = time[1] .. '.' .. time[2] }
  calls = 0
end
if not lost and request.epoch == state.epoch and request.calls > calls then
  unknown = request.calls - calls
  calls = request.calls
  lost = true
end
changed = changed or fresh or lost
