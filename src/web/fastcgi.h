// The FastCGI role, on libfcgi: a worker that answers one request after another.
//
// The web server, or a spawner, starts it with the listening socket as descriptor 0; several
// workers share one socket. SIGTERM, SIGUSR1, SIGINT and SIGHUP end a worker once the upload in
// hand is finished: they are kept blocked, since libfcgi takes any signal that is handled while it
// reads for the end of the body, and are only looked at between requests.
#pragma once

#include <functional>

#include "web/request.h"

namespace s3drop {

// Whether this process was started with a listening socket.
bool is_fastcgi();

// Has `serve` answer requests until a signal asks to stop, or `is_outdated` says that a worker
// started anew would do better: it is asked between requests, and now and then while none comes.
// Throws std::runtime_error where the socket cannot be listened on.
void run_fastcgi(const std::function<void(Request&)>& serve,
                 const std::function<bool()>& is_outdated);

}  // namespace s3drop
