#include "web/signals.h"

#include <csignal>

namespace s3drop {

void ignore_signals_of_writes() {
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
    static_cast<void>(std::signal(SIGXFSZ, SIG_IGN));
}

}  // namespace s3drop
