-- Lets wrk ask for the addresses of a file, each thread for others, and prints what it saw as one line of JSON.
-- wrk -s benchmarks/wrk.lua URL -- FILE ENCODING THREADS

local threads = 0

function setup(thread)
  thread:set("place", threads)
  threads = threads + 1
end

function init(args)
  addresses = {}
  for line in io.lines(args[1]) do
    addresses[#addresses + 1] = line
  end
  wrk.headers["Accept-Encoding"] = args[2]
  -- Threads begin far from each other, so that no address is asked for twice while there are enough.
  asked = math.floor(place * #addresses / tonumber(args[3]))
end

function request()
  local address = addresses[asked % #addresses + 1]
  asked = asked + 1
  return wrk.format("GET", address)
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "seconds": %f, "p50": %f, "p99": %f, "failed": %d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
