# s3drop. `make` builds cgi-bin/upload.fcgi; `make help` lists the rest.

VERSION := $(shell sed -n 's/^\#define S3DROP_VERSION "\(.*\)"/\1/p' src/version.h)

MAKEFLAGS += --no-print-directory
JOBS := -j$(shell nproc)

CXX      ?= g++
CXXFLAGS ?= -O2 -g
WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wformat-security -Werror

# These flags make the program end at a fault; tests/server/installed_tests.cpp checks them.
accepted  = $(shell $(CXX) -Werror $(1) -x c++ -c /dev/null -o /dev/null 2>/dev/null && echo $(1))
HARDENED := -fPIE -fstack-protector-strong $(call accepted,-fstack-clash-protection) \
    -D_GLIBCXX_ASSERTIONS
FORTIFY  := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

ALL_CXXFLAGS = -std=c++20 -MMD -MP -Isrc $(WARNINGS) $(HARDENED)

# Linked statically, so that a program copied into a cgi-bin needs only libcurl, OpenSSL and libc.
# The program loads libcurl itself (src/http/libcurl.h); glibc before 2.34 needs -ldl for that.
LINKED_IN := -Wl,-Bstatic -lcgicc -lfcgi -Wl,-Bdynamic -static-libstdc++ -static-libgcc
SHARED    := -lcrypto -ldl
LDFLAGS_PROGRAM := -pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed -Wl,--gc-sections

# Every source except main.cpp is in one archive, which the program and the tests link.
MODULES := $(wildcard src/*/*.cpp)

SUPPORT := $(filter-out %/sanitized_program.cpp %/scanned.cpp,$(wildcard tests/support/*/*.cpp))
# The unit tests use some of these. They are built twice, the second time with sanitizers.
UNIT    := $(wildcard tests/unit/*.cpp tests/support/unit/*.cpp) \
    $(patsubst %,tests/support/system/%.cpp,child connection open_files temporary_folder) \
    $(patsubst %,tests/support/scripted_store/%.cpp,chunk_verifier evp_hash request_head \
    signature_check)
SERVER  := $(wildcard tests/server/*.cpp) $(SUPPORT)

PLAIN := build/plain
SAN   := build/sanitized

# Prints a line for each file that is built; V=1 prints the commands instead.
Q := $(if $(V),,@)
say = $(if $(V),,@echo '  $(1)')

objects = $(patsubst %.cpp,$(1)/%.o,$(2))

.PHONY: all demo smoke test check browser bench memcheck fuzz soak deps dist dist-portable install uninstall \
    clean lint format help
.DELETE_ON_ERROR:

all: cgi-bin/upload.fcgi

cgi-bin/upload.fcgi: $(PLAIN)/src/main.o $(PLAIN)/libs3drop.a
	$(call say,link      $@)
	$(Q)$(CXX) $(CXXFLAGS) $(LDFLAGS_PROGRAM) $^ $(LINKED_IN) $(SHARED) -o $@

$(PLAIN)/libs3drop.a: $(call objects,$(PLAIN),$(MODULES))
$(SAN)/libs3drop.a: $(call objects,$(SAN),$(MODULES))
%/libs3drop.a:
	$(Q)rm -f $@
	$(Q)$(AR) rcs $@ $^

$(PLAIN)/%.o: %.cpp
	$(call say,compile   $@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CXX) $(ALL_CXXFLAGS) $(FORTIFY) $(CXXFLAGS) -c $< -o $@

$(SAN)/%.o: %.cpp
	$(call say,compile   $@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CXX) $(ALL_CXXFLAGS) -O1 -g1 $(SANITIZE) -c $< -o $@

# Tests

# The stand-in for S3 uses libssl, the HTTP client of the tests libcurl.
BOOST_TEST := -lboost_unit_test_framework -lssl -lcurl

# Optimizing Boost.Test's templates takes longer than running the tests.
$(PLAIN)/tests/%.o: CXXFLAGS = -O1 -g1
$(SAN)/tests/%.o: SANITIZE += -O0
$(PLAIN)/tests/%.o $(SAN)/tests/%.o: ALL_CXXFLAGS += -Itests/support -DBOOST_TEST_DYN_LINK \
    -DTEST_DATA='"tests/data"'

# Counts the calls of find_delimiter() (tests/support/unit/scanned.h).
COUNTED := -Wl,--wrap=_ZN6s3drop14find_delimiterESt17basic_string_viewIcSt11char_traitsIcEES3_

$(PLAIN)/unit_tests: $(call objects,$(PLAIN),$(UNIT)) $(PLAIN)/libs3drop.a
	$(call say,link      $@)
	$(Q)$(CXX) $(CXXFLAGS) $(COUNTED) $^ -lcgicc -lfcgi $(SHARED) $(BOOST_TEST) -o $@

$(SAN)/unit_tests: $(call objects,$(SAN),$(UNIT)) $(SAN)/libs3drop.a
	$(call say,link      $@)
	$(Q)$(CXX) $(SANITIZE) $(COUNTED) $^ -lcgicc -lfcgi $(SHARED) $(BOOST_TEST) -o $@

$(PLAIN)/server_tests: $(call objects,$(PLAIN),$(SERVER)) $(PLAIN)/libs3drop.a
	$(call say,link      $@)
	$(Q)$(CXX) $(CXXFLAGS) $^ -lcgicc -lfcgi $(SHARED) $(BOOST_TEST) -o $@

# Runs the sites for the browser tests.
KEEP_SITE := $(PLAIN)/keep_site
$(KEEP_SITE): $(call objects,$(PLAIN),tests/browser/keep_site.cpp $(SUPPORT)) $(PLAIN)/libs3drop.a
	$(call say,link      $@)
	$(Q)$(CXX) $(CXXFLAGS) $^ -lcgicc -lfcgi $(SHARED) $(BOOST_TEST) -o $@

# The programs of the bench: the store that it uploads to, and the smallest possible program behind
# a web server. They are optimized, because their speed is the baseline.
BENCH := $(PLAIN)/bench_sink $(PLAIN)/bench_reader
$(PLAIN)/tests/bench/%.o: CXXFLAGS = -O2 -g1
$(PLAIN)/bench_sink: $(call objects,$(PLAIN),$(addsuffix .cpp,tests/bench/sink \
    tests/support/scripted_store/request_head tests/support/scripted_store/tls_identity)) \
    $(PLAIN)/libs3drop.a
	$(call say,link      $@)
	$(Q)$(CXX) $(CXXFLAGS) $^ -lssl -lcrypto -o $@

$(PLAIN)/bench_reader: $(PLAIN)/tests/bench/reader.o
	$(call say,link      $@)
	$(Q)$(CXX) $(CXXFLAGS) $^ -Wl,-Bstatic -lfcgi -Wl,-Bdynamic -static-libstdc++ -static-libgcc -o $@

# npm writes this file last.
NODE_MODULES := tests/browser/node_modules/.package-lock.json
PEER_MODULES := tests/bench/peers/node_modules/.package-lock.json
$(NODE_MODULES) $(PEER_MODULES): %/node_modules/.package-lock.json: %/package-lock.json %/.npmrc
	$(call say,npm ci    $*)
	$(Q)cd $* && npm ci --loglevel=error
	$(Q)touch $@

# The program for the second run of the server tests. The sanitizers are linked statically: as
# shared libraries, each has its own file for reports, and only ASan's can be set.
$(SAN)/upload.fcgi: $(SAN)/src/main.o $(SAN)/tests/support/site/sanitized_program.o $(SAN)/libs3drop.a
	$(call say,link      $@)
	$(Q)$(CXX) $(SANITIZE) -static-libasan -static-libubsan -Wl,--wrap=syscall $^ \
	    -lcgicc -lfcgi $(SHARED) -o $@

# Fuzzers: clang's libFuzzer for the code that reads bytes from outside. The other sources are left
# out, which saves compile time.

FUZZ    := build/fuzz
FUZZERS := $(patsubst tests/fuzz/%.cpp,$(FUZZ)/%,$(wildcard tests/fuzz/*_fuzzer.cpp))
FUZZED  := $(filter-out src/web/cgi.cpp src/web/fastcgi.cpp src/web/drain.cpp src/check/% \
    src/reply/% src/upload/%,$(MODULES))
FUZZING := $(addprefix tests/support/unit/,canned_upload.cpp fakes.cpp received.cpp)

FUZZ_CXXFLAGS := -std=c++20 -MMD -MP -Isrc -Itests/support $(WARNINGS) -O1 -g1 \
    -D_GLIBCXX_ASSERTIONS $(SANITIZE) -fsanitize=fuzzer-no-link

$(FUZZ)/%.o: %.cpp
	$(call say,compile   $@)
	$(Q)mkdir -p $(@D)
	$(Q)clang++ $(FUZZ_CXXFLAGS) -c $< -o $@

$(FUZZ)/libs3drop.a: $(call objects,$(FUZZ),$(FUZZED) $(FUZZING))

$(FUZZERS): $(FUZZ)/%: $(FUZZ)/tests/fuzz/%.o $(FUZZ)/libs3drop.a
	$(call say,link      $@)
	$(Q)clang++ $(SANITIZE) -fsanitize=fuzzer $^ -lcgicc $(SHARED) -o $@

SECONDS ?= 60
fuzz:
	tests/tools/deps build fuzz
	$(MAKE) $(JOBS) $(FUZZERS)
	tests/tools/fuzz -max_total_time=$(SECONDS) $(FUZZERS)

# Targets first install packages, then call make again, so that the compiler exists when make looks
# for it.
deps:
	tests/tools/deps build run test fuzz browser

TESTS := $(PLAIN)/unit_tests $(SAN)/unit_tests $(FUZZERS) $(PLAIN)/server_tests \
    tests/tools/sanitized-server-tests tests/tools/browser-tests
test: deps
	$(MAKE) $(JOBS) all $(SAN)/upload.fcgi $(KEEP_SITE) $(NODE_MODULES) $(TESTS)
	tests/tools/run-tests $(TESTS)

check:
	$(MAKE) $(JOBS) $(PLAIN)/unit_tests
	tests/tools/run-tests $(PLAIN)/unit_tests

# The page and upload widgets in a real browser, with real web servers.
browser:
	tests/tools/deps build run test browser
	$(MAKE) $(JOBS) all $(KEEP_SITE) $(NODE_MODULES)
	tests/tools/run-tests tests/tools/browser-tests

# Uploads over connections that break. SOAK= is their number for each way of sending; `make test`
# makes 600.
soak: export SOAK := $(or $(SOAK),20000)
soak: deps
	$(MAKE) $(JOBS) all $(PLAIN)/server_tests
	BOOST_TEST_RUN_FILTERS=soak tests/tools/run-tests $(PLAIN)/server_tests

# Measures uploads next to a bare PUT and to the alternatives. QUICK=1: fewer measurements, and only
# the alternatives that are installed. If one cannot be installed, the bench says so.
bench: export QUICK := $(QUICK)
bench: export RUNS := $(RUNS)
bench: export WAYS := $(WAYS)
bench:
	tests/tools/deps build bench
	$(if $(QUICK),,-tests/tools/deps peers)
	$(if $(QUICK),,-$(MAKE) $(PEER_MODULES))
	$(MAKE) $(JOBS) all $(BENCH)
	tests/bench/bench

# Finds uses of uninitialized values, which the sanitizers do not. Only definite and indirect leaks
# are errors: the possible ones are Boost.Test's, in child processes that end early.
memcheck:
	tests/tools/deps build test memory
	$(MAKE) $(JOBS) $(PLAIN)/unit_tests
	valgrind --quiet --error-exitcode=1 --leak-check=full --show-leak-kinds=definite,indirect \
	    --errors-for-leak-kinds=definite,indirect $(PLAIN)/unit_tests

# If the caller has configured a store, none is installed.
DEMO_NEEDS := $(if $(and $(AWS_ACCESS_KEY_ID),$(AWS_SECRET_ACCESS_KEY),$(UPLOAD_BUCKETS)),web,run)

# The script is started without a shell in between, so that a signal to make reaches it.
PORT ?= 8080
demo: export PORT := $(PORT)
demo:
	tests/tools/deps build $(DEMO_NEEDS)
	$(MAKE) $(JOBS) all
	tests/tools/demo

smoke:
	tests/tools/deps build $(DEMO_NEEDS)
	$(MAKE) $(JOBS) all
	tests/tools/demo --once

# The package for hosts without a compiler: a folder, and the same as a .tar.gz

DIST    := build/dist
ARCH     = $(firstword $(subst -, ,$(shell $(CXX) -dumpmachine)))
RELEASE  = $(DIST)/s3drop-$(VERSION)-$(ARCH)

# Hosts have OpenSSL 1.1 or 3, whose libraries have different names. So the digests, which are all
# that the program calls in it, are linked statically. libcurl does TLS with the host's OpenSSL,
# which gets the host's updates. Both can be in one process only if our symbols are hidden;
# otherwise the host's libcurl would call them. The libraries that libcrypto needs are linked
# statically too, except parts of libc.
LIBC_PARTS      := -ldl -pthread
LINKED_IN_CRYPTO = $(filter-out $(LIBC_PARTS),$(shell pkg-config --static --libs-only-l libcrypto))

# The program that `make` builds uses the shared libcrypto: the system has it, but may not have the
# static one.
$(DIST)/upload.fcgi: $(PLAIN)/src/main.o $(PLAIN)/libs3drop.a
	$(call say,link      $@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CXX) $(CXXFLAGS) $(LDFLAGS_PROGRAM) -s -Wl,--exclude-libs,ALL $^ \
	    -Wl,-Bstatic $(LINKED_IN_CRYPTO) $(LINKED_IN) $(LIBC_PARTS) -o $@

# The licenses of these require a copy in the package. Those of libstdc++ and Boost do not.
LICENSED := libcgicc-dev libfcgi-dev libssl-dev nlohmann-json3-dev
LICENSES := $(wildcard $(LICENSED:%=/usr/share/doc/%/copyright))
MANUALS  := $(wildcard cgi-bin/*.[58])

# The same sources and the same tools give the same file, byte for byte.
SOURCE_DATE = $(or $(SOURCE_DATE_EPOCH),$(shell \
    git log -1 --format=%ct 2>/dev/null || date -r CHANGELOG.md +%s))
REPRODUCIBLE = --format=ustar --sort=name --mtime=@$(SOURCE_DATE) --mode=u=rwX,go=rX \
    --owner=0 --group=0 --numeric-owner

.PHONY: tarball
tarball: $(DIST)/upload.fcgi
	$(Q)rm -rf $(RELEASE)
	$(Q)install -D -m 755 -t $(RELEASE)/cgi-bin $<
	$(Q)install -D -m 644 -t $(RELEASE)/htdocs $(wildcard htdocs/*)
	$(Q)install -m 644 apache/htaccess $(RELEASE)/htdocs/.htaccess
	$(Q)install -m 644 -t $(RELEASE) LICENSE cgi-bin/upload.conf.example
	$(Q)for file in $(LICENSES); do \
	    install -D -m 644 $$file $(RELEASE)/licenses/$$(basename $${file%/*} -dev); done
	$(Q)$(if $(MANUALS),install -D -m 644 -t $(RELEASE)/man $(MANUALS))
	$(Q)glibc=$$(objdump -T $< | grep -o 'GLIBC_[0-9.]*' | sort -V | tail -n 1); \
	    sed "s/@VERSION@/$(VERSION)/; s/@ARCH@/$(ARCH)/; s/@GLIBC@/$${glibc#GLIBC_}/" \
	    apache/INSTALL > $(RELEASE)/INSTALL
	$(Q)tar -C $(DIST) $(REPRODUCIBLE) -c $(notdir $(RELEASE)) | gzip -9n > $(RELEASE).tar.gz
	@echo $(RELEASE).tar.gz

dist:
	tests/tools/deps build
	$(MAKE) $(JOBS) tarball

# The oldest system that has to run the program. Programs built with an older libc run with newer
# ones.
OLDEST := bullseye

dist-portable:
	tests/tools/deps old
	SOURCE_DATE_EPOCH=$(SOURCE_DATE) tests/tools/userland $(OLDEST) build/$(OLDEST) \
	    make dist DIST=build/portable
	@install -D -m 644 -t build/portable \
	    build/$(OLDEST)/s3drop/build/portable/s3drop-$(VERSION)-*.tar.gz

# Installs for the whole machine. /etc/s3drop belongs to the operator: nothing here changes it.

PREFIX    ?= /usr/local
PROGRAMS  := $(PREFIX)/libexec/s3drop
SHARED_IN := $(PREFIX)/share/s3drop
DOC       := $(PREFIX)/share/doc/s3drop
MAN       := $(PREFIX)/share/man

SITE_FILES := $(filter-out %/INSTALL,$(wildcard htdocs/* lighttpd/* apache/*))
DOC_FILES  := README.md MANUAL.md WIDGETS.md SECURITY.md CHANGELOG.md LICENSE \
    cgi-bin/upload.conf.example

# $(SHARED_IN) is the S3DROP_ROOT of the configurations, so it needs a cgi-bin/ too. The program is
# not stripped: symbols use no memory, and make a crash readable.
install: all
	install -D -m 755 -t $(DESTDIR)$(PROGRAMS) cgi-bin/upload.fcgi
	for file in $(SITE_FILES); do \
	    mode=644; [ ! -x $$file ] || mode=755; \
	    install -D -m $$mode $$file $(DESTDIR)$(SHARED_IN)/$$file || exit 1; done
	ln -sfn ../../libexec/s3drop $(DESTDIR)$(SHARED_IN)/cgi-bin
	install -d $(DESTDIR)$(PREFIX)/sbin
	ln -sf ../libexec/s3drop/upload.fcgi $(DESTDIR)$(PREFIX)/sbin/upload.fcgi
	install -D -m 644 -t $(DESTDIR)$(DOC) $(DOC_FILES)
	for page in $(MANUALS); do \
	    install -D -m 644 -t $(DESTDIR)$(MAN)/man$${page##*.} $$page || exit 1; done

# Removes the files that install puts there, and our own folders unless they have other files.
uninstall:
	rm -f $(DESTDIR)$(PROGRAMS)/upload.fcgi $(DESTDIR)$(PREFIX)/sbin/upload.fcgi \
	    $(SITE_FILES:%=$(DESTDIR)$(SHARED_IN)/%) $(DESTDIR)$(SHARED_IN)/cgi-bin \
	    $(addprefix $(DESTDIR)$(DOC)/,$(notdir $(DOC_FILES)))
	for page in $(MANUALS); do rm -f $(DESTDIR)$(MAN)/man$${page##*.}/$${page##*/}; done
	for folder in $(PROGRAMS) $(addprefix $(SHARED_IN)/,htdocs lighttpd apache) $(SHARED_IN) \
	    $(DOC); do \
	    [ ! -d $(DESTDIR)$$folder ] || \
	        rmdir --ignore-fail-on-non-empty $(DESTDIR)$$folder; done

# Style and static analysis

FORMATTED = $(shell find src tests -name node_modules -prune -o -name '*.h' -print -o -name '*.cpp' -print)

lint:
	tests/tools/deps lint
	@echo clang-format && clang-format --dry-run --Werror $(FORMATTED)
	tests/tools/check-includes
	@$(MAKE) $(JOBS) tidy
	mandoc -Tlint -Wwarning cgi-bin/*.5 cgi-bin/*.8
	shellcheck $$(grep -rlE --exclude-dir=node_modules '^#!/bin/(ba)?sh' tests .ci apache)

.PHONY: tidy
tidy: $(patsubst src/%.cpp,build/lint/%.tidy,src/main.cpp $(MODULES))

# clang's warnings are errors too, so this is also the check with a second compiler.
build/lint/%.tidy: src/%.cpp .clang-tidy $(wildcard src/*.h src/*/*.h)
	$(call say,check     $<)
	$(Q)mkdir -p $(@D)
	$(Q)clang++ -fsyntax-only -std=c++20 -Isrc $(WARNINGS) $<
	$(Q)clang-tidy --quiet $< -- -std=c++20 -Isrc 2> $@.log || { cat $@.log; exit 1; }
	$(Q)touch $@

format:
	clang-format -i $(FORMATTED)

clean:
	rm -rf build cgi-bin/upload.fcgi tests/browser/node_modules tests/bench/peers/node_modules

help:
	@echo 'make            build cgi-bin/upload.fcgi'
	@echo 'make demo       run a local S3 store and the page, on 127.0.0.1:8080 (PORT=)'
	@echo 'make smoke      start the demo, upload a file, read it back, and stop'
	@echo 'make test       run all tests; make check: only the unit tests'
	@echo 'make browser    run only the browser tests'
	@echo 'make soak       20,000 uploads (SOAK=) over connections that break, per way of sending'
	@echo 'make bench      measure uploads next to the alternatives; QUICK=1: two minutes'
	@echo 'make fuzz       run each fuzzer for 60 seconds (SECONDS=)'
	@echo 'make memcheck   run the unit tests under valgrind; takes some minutes'
	@echo 'make lint       check style, run static analysis; make format: apply the style'
	@echo 'make dist       a .tar.gz for hosts with Apache but no compiler, for this system and'
	@echo '                later ones; make dist-portable: for Debian 11 and later (as root)'
	@echo 'make install    install below PREFIX (/usr/local) and DESTDIR; make uninstall: remove'
	@echo 'make deps       install what the other targets need; they do it automatically'
	@echo 'make clean      remove what was built'

-include $(shell find build -path build/$(OLDEST) -prune -o -name '*.d' -print 2>/dev/null)
