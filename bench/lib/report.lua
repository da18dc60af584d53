local file, teams = os.getenv("BENCH_TARGETS"), tonumber(os.getenv("BENCH_TEAMS"))

-- Requests the targets in that file one after the other, if there is one, or the same target for one team after the other.
if file or teams then
  local requests, next_one = {}, 0

  function init()
    if teams then
      for number = 1, teams do
        wrk.headers["Authorization"] = "Bearer bench-" .. number
        requests[number] = wrk.format("GET")
      end
      return
    end
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
