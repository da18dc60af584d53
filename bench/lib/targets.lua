-- Requests the targets in the file BENCH_TARGETS one after the other.
local targets, next_one = {}, 0

function init()
  for target in io.lines(os.getenv("BENCH_TARGETS")) do
    targets[#targets + 1] = wrk.format("GET", target)
  end
end

function request()
  next_one = next_one % #targets + 1
  return targets[next_one]
end

-- Prints what a run of wrk measured as one line of JSON.
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\nREPORT {"requests": %d, "micros": %d, "bytes": %d, "p50": %d, "p99": %d, "max": %d, "errors": %d}\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99), latency.max,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
