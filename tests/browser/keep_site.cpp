// Runs a store and sites for tests that are not written in C++. It reads requests as lines of JSON
// and replies to each with one line:
//
//   {"start":"lighttpd_fastcgi","settings":["UPLOAD_TYPES=image/*"],"buckets":2,"line":true}
//       → {"site":1,"url":"http://127.0.0.1:PORT/","htdocs":"FOLDER","buckets":["…","…"]}
//       Starts a site behind lighttpd, or behind Apache for "proxy_fcgi". It has new buckets, one
//       by default. `line`: its connection to the store can be cut.
//   {"object":"KEY","bucket":"…"}      → {"object":{"size":3,"sha256":"…"}}, or {"object":null}
//   {"keys":"BUCKET"}                  → {"keys":["…"]}
//   {"line":"refuse","site":1}         → {}     the store refuses connections, until "listen"
//   {"upload":1}                       → {"upload":{"busy":false,"spooled":[]}}
//       Whether a worker is handling an upload past its first MiB, and what is kept on disk.
//   {"log":1}                          → {"log":"…"}
//   {"stop":1}                         → {}     stops the site; its objects stay
//
// If a request fails, the reply is {"error":"…"}. The program ends when its input ends, and on
// SIGTERM and SIGINT.
#include <arpa/inet.h>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>

#include "base/descriptor.h"
#include "base/percent.h"
#include "scripted_store/evp_hash.h"
#include "scripted_store/faulty_line.h"
#include "site/site.h"
#include "store/store.h"

using namespace s3drop::test;
using nlohmann::json;

namespace {

// A reserved port of 127.0.0.1. It refuses connections unless another socket that shares it
// (SO_REUSEADDR) listens.
class BoundPort {
  public:
    BoundPort() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const int shared = 1;
        sockaddr_in address{};
        socklen_t size = sizeof address;
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (setsockopt(socket_.get(), SOL_SOCKET, SO_REUSEADDR, &shared, sizeof shared) != 0 ||
            bind(socket_.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
            getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
            throw std::runtime_error("no free port");
        }
        number_ = ntohs(address.sin_port);
    }

    int number() const { return number_; }

  private:
    s3drop::Descriptor socket_;
    int number_ = 0;
};

// A connection to the store that can be cut.
class StoreLine {
  public:
    StoreLine() { listen(); }

    std::string endpoint() const { return "http://127.0.0.1:" + std::to_string(port_.number()); }
    void refuse() { line_.reset(); }
    void listen() {
        if (!line_) line_.emplace(port_of(Store::access().endpoint), whole, port_.number());
    }

  private:
    static LineLimits whole() { return {}; }

    BoundPort port_;
    std::optional<FaultyLine> line_;
};

struct KeptSite {
    std::vector<std::string> buckets;
    std::unique_ptr<StoreLine> line;
    std::unique_ptr<Site> site;
};

Front front_named(const std::string& name) {
    if (name == "lighttpd_fastcgi") return Front::lighttpd_fastcgi;
    if (name == "proxy_fcgi") return Front::proxy_fcgi;
    throw std::invalid_argument("no such front: " + name);
}

std::string joined(const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& name : names)
        all += (all.empty() ? "" : ",") + name;
    return all;
}

json object(const std::string& bucket, const std::string& key) {
    const Response response =
        signed_get(Store::access(), "/" + bucket + "/" + s3drop::uri_encode(key, true));
    if (response.status == 404) return nullptr;
    if (response.status != 200) throw std::runtime_error("the store responded: " + response.body);
    return {{"size", response.body.size()}, {"sha256", evp_sha256(response.body)}};
}

class Sites {
  public:
    json reply(const std::string& line) {
        try {
            return carry_out(json::parse(line));
        } catch (const std::exception& error) {
            return {{"error", error.what()}};
        }
    }

  private:
    json carry_out(const json& wanted) {
        if (wanted.contains("start")) return start(wanted);
        if (wanted.contains("object"))
            return {{"object", object(wanted.at("bucket"), wanted.at("object"))}};
        if (wanted.contains("keys")) return {{"keys", keys_of(Store::access(), wanted.at("keys"))}};
        if (wanted.contains("line")) return cut(wanted.at("site"), wanted.at("line"));
        if (wanted.contains("upload")) return upload(*sites_.at(wanted.at("upload")).site);
        if (wanted.contains("log")) return {{"log", sites_.at(wanted.at("log")).site->log()}};
        if (wanted.contains("stop")) return stop(wanted.at("stop"));
        throw std::invalid_argument("unknown request");
    }

    json start(const json& wanted) {
        KeptSite kept;
        for (int count = wanted.value("buckets", 1); count > 0; --count)
            kept.buckets.push_back(Store::new_bucket());
        auto settings = wanted.value("settings", std::vector<std::string>());
        if (wanted.value("line", false)) {
            kept.line = std::make_unique<StoreLine>();
            settings.push_back("AWS_ENDPOINT_URL_S3=" + kept.line->endpoint());
        }
        kept.site =
            std::make_unique<Site>(front_named(wanted.at("start")),
                                   settings_for(Store::access(), joined(kept.buckets), settings));
        const json reply = {{"site", ++last_},
                            {"url", kept.site->url("/")},
                            {"htdocs", (kept.site->folder() / "htdocs").string()},
                            {"buckets", kept.buckets}};
        sites_.emplace(last_, std::move(kept));
        return reply;
    }

    json cut(int number, const std::string& what) {
        StoreLine* line = sites_.at(number).line.get();
        if (line == nullptr) throw std::invalid_argument("that site was started without a line");
        if (what == "refuse") {
            line->refuse();
        } else {
            line->listen();
        }
        return json::object();
    }

    static json upload(const Site& site) {
        return {{"upload", {{"busy", site.busy_worker() != 0}, {"spooled", site.spooled()}}}};
    }

    json stop(int number) {
        sites_.erase(number);
        return json::object();
    }

    std::map<int, KeptSite> sites_;
    int last_ = 0;
};

// Ends the input: at once if the program is waiting for it, otherwise at the next read.
void end_input(int) {
    dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
}

void end_on_signals() {
    struct sigaction action {};
    action.sa_handler = end_input;
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);
}

}  // namespace

int main() {
    end_on_signals();
    Sites sites;
    for (std::string line; std::getline(std::cin, line);)
        std::cout << sites.reply(line).dump() << std::endl;
}
