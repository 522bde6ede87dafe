#include "ini_file.h"

#include <boost/property_tree/ini_parser.hpp>
#include <boost/property_tree/ptree.hpp>

#include <cerrno>
#include <fstream>
#include <system_error>

namespace s3drop {

std::optional<Ini> read_ini(const std::string& path) {
    std::ifstream file(path);
    if (!file && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
    if (!file) {
        throw std::runtime_error(path +
                                 ": cannot be read: " + std::generic_category().message(errno));
    }
    boost::property_tree::ptree tree;
    try {
        boost::property_tree::read_ini(file, tree);
    } catch (const boost::property_tree::ini_parser_error& error) {
        throw std::runtime_error(path + ":" + std::to_string(error.line()) + ": " +
                                 error.message());
    }
    Ini ini;
    for (const auto& [name, child] : tree) {
        if (child.empty()) ini[""][name] = child.data();
        for (const auto& [key, value] : child)
            ini[name][key] = value.data();
    }
    return ini;
}

}  // namespace s3drop
