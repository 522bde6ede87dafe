// What operators get: the package of make dist, and the files of make install.
//
// The package is built with this machine's toolchain. make dist-portable uses the same recipe; it
// is not tested in every run, because it first sets up a whole Debian and needs the network.
#include <boost/test/unit_test.hpp>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

#include "site/host.h"
#include "site/sites.h"

using namespace s3drop::test;
namespace fs = std::filesystem;

namespace {

bool contains(const std::string& text, const std::string& wanted) {
    return text.find(wanted) != std::string::npos;
}

std::string output_of(const std::vector<std::string>& arguments, const std::string& input = {}) {
    const Finished finished = run({.arguments = arguments, .environment = {}}, input);
    if (finished.status != 0) throw std::runtime_error(arguments.front() + ":\n" + finished.output);
    return finished.output;
}

// Everything below a folder except folders.
std::set<std::string> files_below(const fs::path& folder) {
    std::set<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_symlink() || !entry.is_directory())
            files.insert(entry.path().lexically_relative(folder));
    }
    return files;
}

// The package, unpacked into a folder that represents somebody's home on a host.
class Home {
  public:
    Home() {
        output_of({"make", "-s", "dist", "DIST=" + built_.path().string(), "DEPS=have"});
        for (const std::string& name : built_.entries()) {
            if (name.ends_with(".tar.gz")) package_ = built_.path(name);
        }
        output_of({"tar", "-xzf", package_, "-C", folder_.path(), "--strip-components=1"});
        fs::permissions(folder_.path(), fs::perms(0755));
    }

    const fs::path& path() const { return folder_.path(); }
    const std::string& package() const { return package_; }
    std::string program() const { return folder_.path("cgi-bin/upload.fcgi"); }

    // Writes ~/.config/s3drop/upload.conf and gives the folder to the user of at-home.
    void configure(const std::string& settings) const {
        const std::string file = folder_.file(".config/s3drop/upload.conf", settings);
        fs::permissions(file, fs::perms(0600));
        if (geteuid() == 0) output_of({"chown", "-R", "nobody:nogroup", folder_.path()});
    }

    // Runs a command as that user. Only the password database says where the home is.
    Finished run_at_home(Environment environment, const std::vector<std::string>& command,
                         const std::string& input = {}) const {
        std::vector<std::string> arguments = {"tests/support/site/at-home", folder_.path()};
        arguments.insert(arguments.end(), command.begin(), command.end());
        return run({.arguments = arguments, .environment = std::move(environment)}, input);
    }

  private:
    TemporaryFolder built_;
    TemporaryFolder folder_;
    std::string package_;
};

const Home& home() {
    static const Home unpacked;
    return unpacked;
}

std::set<std::string> needed_by(const std::string& program) {
    std::set<std::string> libraries;
    std::istringstream lines(output_of({"readelf", "-W", "-d", program}));
    for (std::string line; std::getline(lines, line);) {
        if (contains(line, "(NEEDED)"))
            libraries.insert(line.substr(line.find('[') + 1, line.find(']') - line.find('[') - 1));
    }
    return libraries;
}

// The effects of the hardening flags in the Makefile.
void check_hardened(const std::string& program) {
    const std::string elf = output_of({"readelf", "-W", "-h", "-l", "-d", program});
    BOOST_TEST(contains(elf, "DYN (Position-Independent Executable file)"));
    BOOST_TEST(contains(elf, "GNU_RELRO"));
    BOOST_TEST(contains(elf, "BIND_NOW"));
    BOOST_TEST(contains(elf, "GNU_STACK"));  // without it, the stack would be executable
    BOOST_TEST(!contains(elf, "RWE"));
    const std::string calls = output_of({"nm", "-D", "--undefined-only", program});
    BOOST_TEST(contains(calls, "__stack_chk_fail"));
    BOOST_TEST(contains(calls, "__memcpy_chk"));                   // from FORTIFY
    BOOST_TEST(contains(text_of(program), "__n < this->size()"));  // an assertion of libstdc++
}

void check_page(const Host& host) {
    const Response page = get(host.url("/drop/"));
    BOOST_TEST(page.status == 200, host.log());
    BOOST_TEST(page.headers.at("content-type") == "text/html; charset=utf-8");
    BOOST_TEST(page.body == text_of(home().path() / "htdocs/index.html"));
}

// Even if somebody copied all of the package there, or put the settings next to the page.
void check_settings_are_private(const Host& host) {
    const auto mode = fs::status(host.home() / ".config/s3drop/upload.conf").permissions();
    BOOST_TEST((mode == fs::perms(0600)));
    for (const char* name : {"upload.conf.example", "upload.conf", "cgi-bin/other.conf"})
        std::ofstream(host.home() / "public_html/drop" / name) << "secret";
    for (const char* path :
         {"upload.conf.example", "upload.conf", "cgi-bin/other.conf", ".htaccess", "cgi-bin/"}) {
        const int status = get(host.url(std::string("/drop/") + path)).status;
        BOOST_TEST(status == 403, path << ": " << status);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(installed)

BOOST_AUTO_TEST_CASE(contents_of_the_package) {
    std::set<std::string> files = files_below(home().path());
    std::erase_if(files, [](const std::string& file) {
        return file.starts_with("licenses/") || file.starts_with("man/") ||
               file.starts_with(".config/");
    });
    std::set<std::string> expected = {"INSTALL", "LICENSE", "cgi-bin/upload.fcgi",
                                      "htdocs/.htaccess", "upload.conf.example"};
    for (const std::string& file : files_below("htdocs"))
        expected.insert("htdocs/" + file);
    BOOST_TEST(files == expected, boost::test_tools::per_element());
    const std::string manual = text_of(home().path() / "INSTALL");
    for (const char* left : {"@VERSION@", "@ARCH@", "@GLIBC@"})
        BOOST_TEST(!contains(manual, left), left);
    const auto mode = fs::status(home().program()).permissions();
    BOOST_TEST((mode == fs::perms(0755)));
}

BOOST_AUTO_TEST_CASE(package_built_twice) {
    const Home again;
    BOOST_TEST(text_of(again.package()) == text_of(home().package()));
}

// The program loads libcurl itself.
BOOST_AUTO_TEST_CASE(starts_with_only_libc) {
    // Older versions of glibc have parts of libc in separate files.
    const std::set<std::string> libc = {"libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0"};
    for (const std::string& library : needed_by(home().program())) {
        const bool expected = library.starts_with("ld-linux") || libc.contains(library);
        BOOST_TEST(expected, library);
    }
}

// libcurl uses a libcrypto too, and would call any function of it that the program exports.
BOOST_AUTO_TEST_CASE(exports_nothing_of_libcrypto) {
    std::istringstream lines(output_of({"nm", "-D", "--defined-only", home().program()}));
    int exported = 0;
    for (std::string line; std::getline(lines, line); ++exported) {
        const std::string name = line.substr(line.rfind(' ') + 1);
        BOOST_TEST(contains(name, "@GLIBC"), name);  // copies of libc's variables, such as stderr
    }
    BOOST_TEST(exported < 10);
    BOOST_TEST(!contains(output_of({"nm", "-D", home().program()}), "EVP_"));
}

BOOST_AUTO_TEST_CASE(is_stripped) {
    const std::string sections = output_of({"readelf", "-W", "-S", home().program()});
    BOOST_TEST(!contains(sections, ".symtab"));
    BOOST_TEST(!contains(sections, ".debug_info"));
}

BOOST_AUTO_TEST_CASE(is_hardened) {
    for (const std::string& program : {home().program(), std::string("cgi-bin/upload.fcgi")})
        BOOST_TEST_CONTEXT(program) check_hardened(program);
}

BOOST_AUTO_TEST_CASE(settings_found_without_the_home_variable) {
    const StoreAccess& store = Store::access();
    home().configure(settings_for(store, default_bucket()));
    const Finished check = home().run_at_home({}, {home().program(), "--check"});
    BOOST_TEST(check.status == 0, check.output);
    BOOST_TEST(contains(check.output, home().path() / ".config/s3drop/upload.conf"));

    const std::string name = fresh_name("at-home.txt");
    const std::string form =
        "--b\r\nContent-Disposition: form-data; name=\"file_data\"; filename=\"" + name +
        "\"\r\n\r\nfrom a host\r\n--b--\r\n";
    const Finished reply = home().run_at_home({{"REQUEST_METHOD", "POST"},
                                               {"GATEWAY_INTERFACE", "CGI/1.1"},
                                               {"CONTENT_TYPE", "multipart/form-data; boundary=b"},
                                               {"CONTENT_LENGTH", std::to_string(form.size())}},
                                              {home().program()}, form);
    BOOST_TEST(contains(reply.output, "Status: 201"), reply.output);
    BOOST_TEST(object_is(store, store.endpoint + "/" + default_bucket() + "/" + name,
                         Content::of("from a host")));
}

BOOST_AUTO_TEST_CASE(installed_as_its_manual_says) {
    const StoreAccess& store = Store::access();
    const std::string settings = settings_for(store, default_bucket());
    for (const HostRuns how : {HostRuns::fastcgi, HostRuns::cgi}) {
        const Host host(how, home().package(), settings);
        check_page(host);
        const Content content = Content::pattern(100000);
        const Response reply =
            upload(host.url("/drop/upload"), file_form(fresh_name("hosted"), content));
        BOOST_TEST_REQUIRE(reply.status == 201, reply.body << host.log());
        BOOST_TEST(object_is(store, stored_url(reply), content));
        // A worker stays, a CGI program does not.
        BOOST_TEST(eventually([&] { return host.workers().empty() == (how == HostRuns::cgi); }));
        check_settings_are_private(host);
    }
}

BOOST_AUTO_TEST_CASE(install_and_uninstall) {
    const TemporaryFolder root;
    const std::string destination = "DESTDIR=" + root.path().string();
    const std::string mine = root.file("etc/s3drop/upload.conf", "mine");
    const std::string neighbour = root.file("opt/s3drop/share/man/man1/other.1", "other");
    const std::set<std::string> before = files_below(root.path());

    output_of({"make", "-s", "install", destination, "PREFIX=/opt/s3drop"});
    const fs::path share = root.path() / "opt/s3drop/share/s3drop";
    BOOST_TEST(run({.arguments = {share / "cgi-bin/upload.fcgi", "--version"}, .environment = {}})
                   .status == 0);
    BOOST_TEST(run({.arguments = {root.path("opt/s3drop/sbin/upload.fcgi"), "--version"},
                    .environment = {}})
                   .status == 0);
    for (const char* file : {"htdocs/index.html", "lighttpd/fastcgi.conf", "apache/htaccess"})
        BOOST_TEST(fs::is_regular_file(share / file), file);

    // The configurations work from where they are installed.
    const Finished tested =
        run({.arguments = {"lighttpd", "-tt", "-f", share / "lighttpd/fastcgi.conf"},
             .environment = {
                 {"S3DROP_ROOT", share}, {"S3DROP_RUN", root.path()}, {"S3DROP_PORT", "8080"}}});
    BOOST_TEST(tested.status == 0, tested.output);

    output_of(
        {"make", "-s", "install", destination, "PREFIX=/opt/s3drop"});  // over the installed files
    output_of({"make", "-s", "uninstall", destination, "PREFIX=/opt/s3drop"});
    BOOST_TEST(files_below(root.path()) == before, boost::test_tools::per_element());
    BOOST_TEST(!fs::exists(share));
    BOOST_TEST(!fs::exists(root.path() / "opt/s3drop/libexec/s3drop"));
    BOOST_TEST(!fs::exists(root.path() / "opt/s3drop/share/doc/s3drop"));
    BOOST_TEST(text_of(mine) == "mine");
    BOOST_TEST(text_of(neighbour) == "other");

    output_of({"make", "-s", "uninstall", destination,
               "PREFIX=/opt/s3drop"});  // when nothing is installed
}

BOOST_AUTO_TEST_SUITE_END()
