// The FastCGI role, with libfcgi: a worker that handles one request after another.
//
// The web server, or a spawner, starts it with the listening socket as descriptor 0; several
// workers can share one socket. SIGTERM, SIGUSR1, SIGINT and SIGHUP end a worker after its current
// upload. They stay blocked and are only checked between requests, because libfcgi treats any
// signal that is handled while it reads as the end of the body.
#pragma once

#include <functional>

#include "web/request.h"

namespace s3drop {

// Whether this process was started with a listening socket.
bool is_fastcgi();

// Calls `serve` for each request until a signal asks the worker to stop, or `is_outdated` returns
// true because a new worker could read files that this one cannot. `is_outdated` is called while no
// request waits, twice a second. Throws std::runtime_error if it cannot listen on the socket.
void run_fastcgi(const std::function<void(Request&)>& serve,
                 const std::function<bool()>& is_outdated);

}  // namespace s3drop
