-- Requests targets as the plan of a day says (BENCH_PLAN). Requests are due at random times, which do not depend on responses:
-- whichever connection is free sends the next one.
local ffi = require("ffi")
ffi.cdef [[ typedef struct { long seconds, micros; } day_time; int gettimeofday(day_time *, void *); ]]
local clock = ffi.new("day_time")
local plan = dofile(os.getenv("BENCH_PLAN"))
-- Planned requests; a free connection waits for each up to number taken.
local waiting, first, last, taken = {}, 1, 0, 0
local plain, packed, coins, etags = {}, {}, {}, {}
local sums, next_burst, due = {}, 1, plan.start

counts = {}

local function now()
  ffi.C.gettimeofday(clock, nil)
  return tonumber(clock.seconds) + tonumber(clock.micros) / 1e6
end

assert(loadfile(plan.folder .. "/day_counts.lua"))(plan, etags, now)

function init()
  math.randomseed(plan.seed)
  local sum = 0
  for index, target in ipairs(plan.targets) do
    sum = sum + target[2]
    sums[index] = sum
    plain[target[1]] = wrk.format("GET", target[1])
    wrk.headers["Accept-Encoding"] = "gzip"
    packed[target[1]] = wrk.format("GET", target[1])
    wrk.headers["Accept-Encoding"] = nil
    coins[target[1]] = target[1]:match("coins/(.-)/")
  end
end

-- Returns a random target: the first whose sum of weights is not less than a random number.
local function random_target()
  local wanted, from, to = math.random() * sums[#sums], 1, #sums
  while from < to do
    local middle = math.floor((from + to) / 2)
    if sums[middle] < wanted then from = middle + 1 else to = middle end
  end
  return plan.targets[from][1]
end

local function rate(time)
  local hour = (time - plan.start) * plan.speed / 3600
  local before, part = math.floor(hour) % 24, hour % 1
  return plan.peak * ((1 - part) * plan.hours[before + 1] + part * plan.hours[(before + 1) % 24 + 1])
end

local function add(time, target)
  last = last + 1
  waiting[last] = { time, target, math.random() }
end

-- Adds the next request, or all those of a burst.
local function plan_next()
  due = due - math.log(1 - math.random()) / rate(due)
  local burst = plan.bursts[next_burst]
  if burst and burst.at <= due then
    next_burst = next_burst + 1
    for _ = 1, burst.clients do
      for _, target in ipairs(burst.targets) do add(burst.at, target) end
    end
  end
  add(due, random_target())
end

-- A connection has become free. It takes the next request that no other one waits for.
function delay()
  taken = math.max(taken, first - 1) + 1
  while taken > last do plan_next() end
  local left = waiting[taken][1] - now()
  if left >= 0 then return math.floor(left * 1000 + 0.5) end
  local late = math.floor(-left * 1000)
  if late > 0 then counts.late = (counts.late or 0) + 1 end
  counts.latest = math.max(counts.latest or 0, late)
  return 0
end

function request()
  while first > last do plan_next() end
  local _, target, kind = unpack(waiting[first])
  waiting[first] = nil
  first = first + 1
  local etag = etags[coins[target]]
  if kind < plan.packed then return packed[target] end
  if not etag or kind > plan.packed + plan.conditional then return plain[target] end
  wrk.headers["If-None-Match"] = etag
  local conditional = wrk.format("GET", target)
  wrk.headers["If-None-Match"] = nil
  return conditional
end
