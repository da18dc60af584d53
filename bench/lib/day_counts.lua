-- Counts the responses of a day, and how old their data was. Takes the plan, the entity tags by coin, and a function that returns the time.
local plan, etags, now = ...
local threads = {}

behind, ages = {}, {}

function setup(thread)
  threads[#threads + 1] = thread
end

local function count(name)
  counts[name] = (counts[name] or 0) + 1
end

-- Adds a value to a histogram, with two significant digits.
local function add(histogram, value)
  local digit = value > 0 and 10 ^ (math.floor(math.log10(value)) - 1) or 1
  local bucket = math.floor(value / digit + 0.5) * digit
  histogram[bucket] = (histogram[bucket] or 0) + 1
end

-- The age of data is the time since its state was published; it is behind since the next state was published.
local function measure(state)
  local time, replaced = now(), plan.states[state + 2]
  add(behind, replaced and math.max(0, time - replaced) * plan.speed or 0)
  add(ages, (time - plan.states[state + 1]) * plan.speed)
end

local function is_stale(cached)
  return cached:find("ttl=-", 1, true) or cached:find("STALE", 1, true) or cached:find("UPDATING", 1, true)
end

-- The gateway names the path of a failed request in the body, nginx in a header.
local function kind_of(failed)
  return failed:match("fills") or failed:match("heatmap") or failed:match("risk") or "unknown"
end

function response(status, headers, body)
  count("status " .. status)
  if is_stale(headers["Cache-Status"] or headers["cache-status"] or "") then count("stale") end
  if status >= 500 then
    count("failed " .. kind_of(headers.Failed or body))
  elseif status == 200 and not (headers["Content-Encoding"] or headers["content-encoding"]) then
    local state, of = body:match('^{"state":(%d+),"of":"([^"]*)"')
    if not state then
      count("wrong")
    elseif of ~= "" then
      measure(tonumber(state))
      if of:find("COIN", 1, true) then etags[of] = headers.ETag or headers.etag end
    end
  end
end

local function json(values)
  local fields = {}
  for name, value in pairs(values) do fields[#fields + 1] = string.format('"%s": %.17g', name, value) end
  return "{" .. table.concat(fields, ", ") .. "}"
end

-- Each percentile takes wrk a pass over all latencies.
local POINTS = 200

function done(summary, latency)
  local thread, latencies, errors = threads[1], {}, summary.errors
  for point = 1, POINTS do
    local micros = latency:percentile(100 * (point - 0.5) / POINTS)
    latencies[micros] = (latencies[micros] or 0) + summary.requests / POINTS
  end
  latencies[latency.max] = latencies[latency.max] or 0
  io.write(string.format('\nREPORT {"requests": %d, "errors": %d, "counts": %s, "behind": %s, "ages": %s, "latencies": %s}\n',
    summary.requests, errors.connect + errors.read + errors.write + errors.timeout, json(thread:get("counts")),
    json(thread:get("behind")), json(thread:get("ages")), json(latencies)))
end
