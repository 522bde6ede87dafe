#include "http/libcurl.h"

#include <dlfcn.h>

#include <stdexcept>
#include <string>

namespace s3drop {

namespace {

[[noreturn]] void fail() {
    const char* why = dlerror();
    throw std::runtime_error(std::string("libcurl cannot be loaded: ") +
                             (why == nullptr ? "no reason given" : why));
}

// RTLD_LOCAL keeps its symbols from other libraries: the program may have its own libcrypto linked
// in.
void* loaded() {
    void* library = dlopen("libcurl.so.4", RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
    if (library == nullptr) fail();
    return library;
}

class Symbol {
  public:
    Symbol(void* library, const char* name) : address_(dlsym(library, name)) {
        if (address_ == nullptr) fail();
    }

    template <class Function>
    operator Function*() const {  // NOLINT(google-explicit-constructor): the member says its type
        return reinterpret_cast<Function*>(address_);
    }

  private:
    void* address_;
};

}  // namespace

Libcurl::Libcurl() : Libcurl(loaded()) {}

Libcurl::Libcurl(void* library)
    : easy_init(Symbol(library, "curl_easy_init")),
      easy_setopt(Symbol(library, "curl_easy_setopt")),
      easy_perform(Symbol(library, "curl_easy_perform")),
      easy_getinfo(Symbol(library, "curl_easy_getinfo")),
      easy_reset(Symbol(library, "curl_easy_reset")),
      easy_cleanup(Symbol(library, "curl_easy_cleanup")),
      easy_strerror(Symbol(library, "curl_easy_strerror")),
      slist_append(Symbol(library, "curl_slist_append")),
      slist_free_all(Symbol(library, "curl_slist_free_all")),
      version_info(Symbol(library, "curl_version_info")) {}

}  // namespace s3drop
