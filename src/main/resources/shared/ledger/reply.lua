-- Stores a changed ledger, and returns its count.

if changed then
  state.calls = calls
  local values = {}
  for field, value in pairs(state) do
    values[#values + 1] = field
    values[#values + 1] = text(value)
  end
  redis.call('HSET', key, unpack(values))
  redis.call('EXPIRE', key, 86400 * 400)
end

local reply = {
  epoch = state.epoch, calls = calls, refused = refused, minute = {}, assumed = {},
  interactive = number('interactive'), refresh = number('refresh'), accounts = {}, windows = {}, elsewhere = {}, used = {},
  reported = isGiven(request.report) and request.report.number or 0
}
local hasAccounts = false
for field in pairs(state) do
  if string.sub(field, 1, 2) == 'a:' then
    reply.accounts[string.sub(field, 3)] = number(field)
    hasAccounts = true
  end
end

-- The reply has the times of the oldest calls, and takes the others for as new as the newest one.
local EXACT = 100
local function addRecent(time, account, more)
  local age = text(math.max(0, now - time))
  reply.minute[age] = reply.minute[age] or {}
  reply.minute[age][account] = (reply.minute[age][account] or 0) + more
end
local function addMembers(first, last, time)
  local members = redis.call('ZRANGE', recent, first, last, 'WITHSCORES')
  for i = 1, #members, 2 do
    addRecent(time or tonumber(members[i + 1]), string.match(members[i], ' (.*)$') or '', 1)
  end
end
addMembers(0, EXACT - 1)
local others = redis.call('ZCARD', recent) - EXACT
if others > 0 then
  local newest = tonumber(redis.call('ZRANGE', recent, -1, -1, 'WITHSCORES')[2])
  if hasAccounts then
    addMembers(EXACT, -1, newest)
  else
    addRecent(newest, '', others)
  end
end
if assumedRecent() > 0 then
  reply.assumed[text(math.max(0, now + minute.length - number('minute.assumed.until')))] = assumedRecent()
end
for _, window in ipairs(request.windows) do
  local guess, certain = present(window.name)
  reply.windows[window.name] = {
    start = number(window.name .. '.start'), calls = used(window.name), assumed = guess, certain = certain
  }
  if hasElsewhere(window.name) then
    local field = window.name .. '.elsewhere.'
    reply.elsewhere[window.name] = {
      start = number(field .. 'start'), calls = number(field .. 'calls'), expected = number(field .. 'expected'),
      revision = number(field .. 'revision'), at = number(field .. 'at')
    }
  end
end
if request.entry.read then
  if isGiven(request.minute) then
    reply.used.minute = 0
    for _, member in ipairs(redis.call('ZRANGE', recent, 0, -1)) do
      if string.match(member, ' (.*)$') == request.entry.team then
        reply.used.minute = reply.used.minute + 1
      end
    end
  end
  for _, window in ipairs(request.windows) do
    reply.used[window.name] = usedIn(teams(window.name), request.entry.team)
  end
end
return cjson.encode(reply)
