#!/bin/bash
# Builds the core targets (RPC runtime, codec) with AddressSanitizer and runs their tests and the hostile input on them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# gold warns of each function of the sanitizer.
TWIN_TARGETS=core swift build --build-tests --sanitize=address --scratch-path .build/asan -Xswiftc -use-ld=lld 2>&1 | cat
# The codec's scratch memory stays until its thread ends, and NIO's until the process does.
export ASAN_OPTIONS=detect_leaks=0
exec .build/asan/debug/digital-twinPackageTests.xctest --testing-library swift-testing
