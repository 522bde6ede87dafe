#include "base/ini_file.h"

#include <boost/property_tree/ini_parser.hpp>
#include <boost/property_tree/ptree.hpp>
#include <sys/stat.h>

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

namespace s3drop {

namespace {

constexpr std::string_view blanks = " \t\r";

// The file in a form that the parser can read: without a byte order mark, and with the nested
// settings of AWS's files (indented lines below a name without a value) under full names: "s3 ="
// and, below it, "  x = 1" become "s3 =" and "s3.x = 1". Line numbers stay the same.
std::stringstream flattened(std::istream& file) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    std::stringstream flat;
    std::string outer;  // the name that lines indented deeper than outer_indent belong to
    std::size_t outer_indent = 0;
    bool first = true;
    for (std::string line; std::getline(file, line); first = false) {
        if (first && line.starts_with(byte_order_mark)) line.erase(0, byte_order_mark.size());
        const std::size_t indent = line.find_first_not_of(blanks);
        const bool empty =
            indent == std::string::npos || line[indent] == '#' || line[indent] == ';';
        if (!empty && !outer.empty() && indent > outer_indent) {
            line.replace(0, indent, outer + ".");
        } else if (!empty) {
            const std::size_t equals = line.find('=');
            const bool has_value = line.find_last_not_of(blanks) != equals;
            outer = has_value ? "" : line.substr(indent, equals - indent);
            outer.erase(outer.find_last_not_of(blanks) + 1);
            outer_indent = indent;
        }
        flat << line << '\n';
    }
    return flat;
}

}  // namespace

std::optional<Ini> read_ini(const std::string& path) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0 &&
        (errno == ENOENT || errno == ENOTDIR || errno == EACCES)) {
        return std::nullopt;
    }
    std::ifstream file(path);
    if (!file) {
        throw UnreadableFile(path + ": cannot be read: " + std::generic_category().message(errno));
    }
    std::stringstream lines = flattened(file);
    if (file.bad()) throw UnreadableFile(path + ": cannot be read");
    boost::property_tree::ptree tree;
    try {
        boost::property_tree::read_ini(lines, tree);
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
