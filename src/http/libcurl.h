// libcurl's functions, looked up in the shared library when they are first needed.
//
// libcurl depends on about thirty libraries. Loading them takes 3 ms of CPU time, most of what a
// CGI program needs before it reads its form, and a form that is refused needs none of them. So the
// program is not linked with libcurl.
#pragma once

#include <curl/curl.h>

namespace s3drop {

class Libcurl {
  public:
    // Throws std::runtime_error, with the loader's message, if libcurl.so.4 cannot be loaded. The
    // library stays loaded until the process ends, because it has global state.
    Libcurl();

    decltype(&curl_easy_init) easy_init;
    decltype(&curl_easy_setopt) easy_setopt;
    decltype(&curl_easy_perform) easy_perform;
    decltype(&curl_easy_getinfo) easy_getinfo;
    decltype(&curl_easy_reset) easy_reset;
    decltype(&curl_easy_cleanup) easy_cleanup;
    decltype(&curl_easy_strerror) easy_strerror;
    decltype(&curl_slist_append) slist_append;
    decltype(&curl_slist_free_all) slist_free_all;
    decltype(&curl_version_info) version_info;

  private:
    explicit Libcurl(void* library);
};

}  // namespace s3drop
