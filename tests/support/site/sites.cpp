#include "site/sites.h"

#include <nlohmann/json.hpp>

#include <map>

namespace s3drop::test {

const std::string& default_bucket() {
    return Store::access().bucket;
}

Site& default_site(Front front) {
    const std::string settings = settings_for(Store::access(), default_bucket());
    static std::map<Front, std::unique_ptr<Site>> sites;
    std::unique_ptr<Site>& site = sites[front];
    if (!site) site = std::make_unique<Site>(front, settings);
    return *site;
}

std::vector<FormPart> file_form(const std::string& filename, Content content) {
    return {{.name = "file_data", .content = std::move(content), .filename = filename}};
}

std::string json_value(const Response& response, const std::string& name) {
    const auto json = nlohmann::json::parse(response.body, nullptr, false);
    if (!json.is_object() || !json.contains(name)) return {};
    return json[name].is_string() ? json[name].get<std::string>() : json[name].dump();
}

std::string stored_url(const Response& response) {
    return json_value(response, "url");
}

std::string first_file(const Response& response, const std::string& name) {
    const auto json = nlohmann::json::parse(response.body);
    const auto& value = json.at("files").at(0).at(name);
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string fresh_name(const std::string& stem) {
    static int number = 0;
    return std::to_string(++number) + "-" + stem;
}

}  // namespace s3drop::test
