-- The script for wrk: every request is a form with a file of 10 KiB under a new name. At the end it
-- prints one line: requests, seconds, median and 99th percentile in ms, and the number of errors.

local boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW"
local before, after
local number = 0

function init()
  local content = {}
  for i = 1, 10240 do content[i] = string.char(math.random(0, 255)) end
  local form = "--" .. boundary .. '\r\nContent-Disposition: form-data; name="file_data"; filename="'
  after = '"\r\nContent-Type: application/octet-stream\r\n\r\n' .. table.concat(content) ..
    "\r\n--" .. boundary .. "--\r\n"
  before = "POST /upload HTTP/1.1\r\nHost: " .. wrk.headers["Host"] ..
    "\r\nContent-Type: multipart/form-data; boundary=" .. boundary ..
    "\r\nContent-Length: " .. #form + 9 + #after .. "\r\n\r\n" .. form
end

function request()
  number = number + 1
  return before .. string.format("%09d", number) .. after
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("measured %d %.6f %.3f %.3f %d\n", summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
