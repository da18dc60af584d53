local file = os.getenv("BENCH_TARGETS")

-- Requests the targets in that file one after the other, if there is one.
if file then
  local requests, next_one = {}, 0

  function init()
    for target in io.lines(file) do
      requests[#requests + 1] = wrk.format("GET", target)
    end
  end

  function request()
    next_one = next_one % #requests + 1
    return requests[next_one]
  end
end

-- Prints what a run of wrk measured as one line of JSON.
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\nREPORT {"requests": %d, "micros": %d, "bytes": %d, "p50": %d, "p99": %d, "max": %d, "errors": %d}\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99), latency.max,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
