-- wrk's script: every request has an id of its own, and the end is a line of figures.
-- Arguments: the method, the path before the last nine digits of the id, and after them; and for how many milliseconds
-- a connection rests before each request, where it does.
local method, before, after
local n = 0

function init(args)
  method, before, after = args[1], args[2], args[3]
  local rest = tonumber(args[4])
  if rest > 0 then
    delay = function() return rest end
  end
end

function request()
  n = n + 1
  return wrk.format(method, before .. string.format("%09d", n) .. after)
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format("figures %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
