#!/bin/bash
# Builds the six services and twinctl for use, one product after the other, since SwiftPM takes one --product at a time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
for product in state-sync twin-engine scenario-runner prediction results edge twinctl; do
  swift build -c release --product "$product"
done
