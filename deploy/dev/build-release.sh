#!/bin/bash
# Builds the six services and twinctl for use, one product after the other, since SwiftPM takes one --product at a time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
for product in state-sync twin-engine scenario-runner prediction results edge twinctl; do
  # Not on a terminal: SwiftPM's colours are compiler flags, and another caller's would build everything anew.
  swift build -c release --product "$product" 2>&1 | cat
done
