-- Shared part of the scripts that read or change the accounts of the months. It is prepended to them.

-- Most lines of a month. Further teams share one line for each endpoint.
local MAX_LINES = 10000

-- Returns the month of the longest window's current period, or the given one if the ledger does not know it.
local function currentMonth(ledger, longest, otherwise)
  if longest ~= '' and redis.call('TYPE', ledger).ok == 'hash' then
    local known = redis.call('HMGET', ledger, 'account.month', 'account.start', longest .. '.start')
    return known[1] and known[2] == known[3] and known[1] or otherwise
  end
  return otherwise
end
