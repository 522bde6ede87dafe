# s3drop. `make` builds cgi-bin/upload.fcgi; `make help` lists the rest.

VERSION := $(shell sed -n 's/^\#define S3DROP_VERSION "\(.*\)"/\1/p' src/version.h)

MAKEFLAGS += --no-print-directory
JOBS := -j$(shell nproc)

CXX      ?= g++
CXXFLAGS ?= -O2 -g
WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
HARDENED := -fPIE -fstack-protector-strong
FORTIFY  := -D_FORTIFY_SOURCE=2
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

ALL_CXXFLAGS = -std=c++20 -MMD -MP -Isrc $(WARNINGS) $(HARDENED)

# Linked in, so that what is dropped into a cgi-bin needs only libcurl, OpenSSL and libc there.
LINKED_IN := -Wl,-Bstatic -lcgicc -lfcgi -Wl,-Bdynamic -static-libstdc++ -static-libgcc
SHARED    := -lcurl -lcrypto
LDFLAGS_PROGRAM := -pie -Wl,-z,relro,-z,now -Wl,--as-needed -Wl,--gc-sections

# Every source but main.cpp is in one archive, which the program and the tests link.
MODULES := $(filter-out src/main.cpp,$(wildcard src/*.cpp))

UNIT    := $(wildcard tests/unit/*.cpp) $(wildcard tests/support/*.cpp)
SERVER  := $(wildcard tests/server/*.cpp) $(wildcard tests/support/*.cpp)

PLAIN := build/plain
SAN   := build/sanitized

# What is built is named; V=1 shows the commands.
Q := $(if $(V),,@)
say = $(if $(V),,@echo '  $(1)')

objects = $(patsubst %.cpp,$(1)/%.o,$(2))

.PHONY: all demo smoke test check deps clean lint format help
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

BOOST_TEST := -lboost_unit_test_framework

# Optimising Boost.Test's templates takes longer than running the tests.
$(PLAIN)/tests/%.o: CXXFLAGS = -O1 -g1
$(SAN)/tests/%.o: SANITIZE += -O0
$(PLAIN)/tests/%.o $(SAN)/tests/%.o: ALL_CXXFLAGS += -Itests/support -DBOOST_TEST_DYN_LINK \
    -DTEST_DATA='"tests/data"'

$(PLAIN)/unit_tests: $(call objects,$(PLAIN),$(UNIT)) $(PLAIN)/libs3drop.a
	$(call say,link      $@)
	$(Q)$(CXX) $(CXXFLAGS) $^ -lcgicc -lfcgi $(SHARED) $(BOOST_TEST) -o $@

$(SAN)/unit_tests: $(call objects,$(SAN),$(UNIT)) $(SAN)/libs3drop.a
	$(call say,link      $@)
	$(Q)$(CXX) $(SANITIZE) $^ -lcgicc -lfcgi $(SHARED) $(BOOST_TEST) -o $@

$(PLAIN)/server_tests: $(call objects,$(PLAIN),$(SERVER)) $(PLAIN)/libs3drop.a
	$(call say,link      $@)
	$(Q)$(CXX) $(CXXFLAGS) $^ -lcgicc -lfcgi $(SHARED) $(BOOST_TEST) -o $@

# The steps that install packages run in a make of their own, before anything looks for a compiler.
deps:
	tests/support/deps build run test

test: deps
	$(MAKE) $(JOBS) all $(PLAIN)/unit_tests $(SAN)/unit_tests $(PLAIN)/server_tests
	tests/support/run-tests $(PLAIN)/unit_tests $(SAN)/unit_tests $(PLAIN)/server_tests

check:
	$(MAKE) $(JOBS) $(PLAIN)/unit_tests
	tests/support/run-tests $(PLAIN)/unit_tests

# With a store of the caller's own, none is installed.
DEMO_NEEDS := $(if $(and $(AWS_ACCESS_KEY_ID),$(AWS_SECRET_ACCESS_KEY),$(UPLOAD_BUCKETS)),web,run)

demo: PORT ?= 8080
demo:
	tests/support/deps build $(DEMO_NEEDS)
	$(MAKE) $(JOBS) all
	PORT=$(PORT) tests/support/demo

smoke:
	tests/support/deps build $(DEMO_NEEDS)
	$(MAKE) $(JOBS) all
	tests/support/demo --once

# Style and static analysis

FORMATTED = $(wildcard src/*.h src/*.cpp tests/*/*.h tests/*/*.cpp)

lint:
	tests/support/deps lint
	@echo clang-format && clang-format --dry-run --Werror $(FORMATTED)
	@$(MAKE) $(JOBS) tidy
	shellcheck $$(grep -rlE '^#!/bin/(ba)?sh' tests .ci)

.PHONY: tidy
tidy: $(patsubst src/%.cpp,build/lint/%.tidy,$(wildcard src/*.cpp))

# clang's warnings are errors too, so this is also the second compiler.
build/lint/%.tidy: src/%.cpp .clang-tidy $(wildcard src/*.h)
	$(call say,check     $<)
	$(Q)mkdir -p $(@D)
	$(Q)clang++ -fsyntax-only -std=c++20 -Isrc $(WARNINGS) $<
	$(Q)clang-tidy --quiet $< -- -std=c++20 -Isrc 2> $@.log || { cat $@.log; exit 1; }
	$(Q)touch $@

format:
	clang-format -i $(FORMATTED)

clean:
	rm -rf build cgi-bin/upload.fcgi

help:
	@echo 'make            build cgi-bin/upload.fcgi'
	@echo 'make demo       a local S3 store, a web server and the page on 127.0.0.1:8080 (PORT=)'
	@echo 'make smoke      the same, for one upload there and back'
	@echo 'make test       every test; make check: the quick ones'
	@echo 'make lint       style and static analysis; make format: the style, applied'
	@echo 'make deps       install what the above need; they do so by themselves'
	@echo 'make clean      remove what was built'

-include $(shell find build -name '*.d' 2>/dev/null)
