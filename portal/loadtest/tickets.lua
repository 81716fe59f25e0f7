-- Guests who join: POST /api/v1/rooms/{room}/tickets, for wrk. ROOM in the environment is the meeting's room.
-- The CSRF cookie and header only have to be equal.
local room = assert(os.getenv("ROOM"), "ROOM is not set")

wrk.method = "POST"
wrk.path = "/api/v1/rooms/" .. room .. "/tickets"
wrk.body = '{"name":"Gus Guest"}'
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Cookie"] = "XSRF-TOKEN=load"
wrk.headers["X-XSRF-TOKEN"] = "load"

local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init()
  refused = 0
end

function response(status)
  if status ~= 201 then
    refused = refused + 1
  end
end

function done(summary, latency)
  local others = 0
  for _, thread in ipairs(threads) do
    others = others + thread:get("refused")
  end
  io.write(string.format(
    "tickets per second: %.0f   p50: %.1f ms   p99: %.1f ms   not 201: %d\n",
    (summary.requests - others) / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, others))
end
