-- Holds a rate, and corrects the latencies: a response that comes later than the next request was due has made others wait,
-- which are counted as if they had been sent in time.
local interval = tonumber(os.getenv("BENCH_INTERVAL"))

function init()
  math.randomseed(46)
end

-- Returns exponential times between requests, in ms.
function delay()
  return math.floor(-interval * math.log(1 - math.random()) + 0.5)
end

local function corrected(latency)
  local counts, total = {}, 0
  local function add(micros, times)
    counts[micros] = (counts[micros] or 0) + times
    total = total + times
  end
  for index = 1, #latency do
    local micros, times = latency(index)
    add(micros, times)
    local late = micros - interval * 1000
    while late > 0 do
      add(late, times)
      late = late - interval * 1000
    end
  end
  return counts, total
end

function done(summary, latency)
  local errors = summary.errors
  local counts, total = corrected(latency)
  local values = {}
  for micros in pairs(counts) do values[#values + 1] = micros end
  table.sort(values)
  local function percentile(share)
    local seen = 0
    for _, micros in ipairs(values) do
      seen = seen + counts[micros]
      if seen >= share * total then return micros end
    end
    return 0
  end
  io.write(string.format(
    '\nREPORT {"requests": %d, "micros": %d, "p50": %d, "p99": %d, "p999": %d, "max": %d, "errors": %d}\n',
    summary.requests, summary.duration, percentile(0.5), percentile(0.99), percentile(0.999), latency.max,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
