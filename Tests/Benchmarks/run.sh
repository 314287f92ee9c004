#!/bin/bash
# Measures the suite beside its named peers and writes the table into RESULTS.md. About ten minutes, most of them building.
#
#   run.sh [ROUNDS]   rounds of each measurement; the median counts (5 unless told)
set -euo pipefail

readonly ROUNDS=${1:-5} SECONDS_EACH=3
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"

swift build -c release --product rpc-benchmark
deploy/dev/build-release.sh
(cd Tests/Benchmarks/GRPCPeer && swift build -c release)
Tests/Benchmarks/Peers/generate.sh
(cd Tests/Benchmarks/Peers && swift build -c release --product codec-benchmark)

exec python3 Tests/Benchmarks/measure.py "$ROUNDS" "$SECONDS_EACH"
