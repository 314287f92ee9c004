#!/bin/bash
# Measures the suite beside its named peers and under the load of a fleet, and writes the tables into RESULTS.md. About
# half an hour. The fleet alone: .build/release/fleet-benchmark bench --results FILE, with --short to try it.
#
#   run.sh [ROUNDS]   rounds of each measurement; the median counts (5 unless told)
set -euo pipefail

readonly ROUNDS=${1:-5} SECONDS_EACH=3
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"

swift build -c release --product rpc-benchmark
swift build -c release --product fleet-benchmark
deploy/dev/build-release.sh
(cd Tests/Benchmarks/GRPCPeer && swift build -c release)
Tests/Benchmarks/Peers/generate.sh
(cd Tests/Benchmarks/Peers && swift build -c release --product codec-benchmark)

python3 Tests/Benchmarks/measure.py "$ROUNDS" "$SECONDS_EACH"
exec .build/release/fleet-benchmark bench --results Tests/Benchmarks/RESULTS.md
