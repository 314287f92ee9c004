#!/bin/bash
# Writes SwiftProtobufMessages anew from the contracts. Needs the Debian packages protobuf-compiler and libprotobuf-dev.
set -euo pipefail
cd "$(dirname "$0")"
root=../../..
# The package says that it holds messages, so there has to be a file before there can be messages.
[[ -d SwiftProtobufMessages ]] || { mkdir SwiftProtobufMessages && touch SwiftProtobufMessages/None.swift; }
swift build --quiet --product protoc-gen-swift
plugin=$(swift build --show-bin-path)/protoc-gen-swift
rm -rf SwiftProtobufMessages
mkdir SwiftProtobufMessages
protoc -I"$root/proto" --plugin="$plugin" --swift_out=SwiftProtobufMessages \
  --swift_opt=Visibility=Public,FileNaming=PathToUnderscores \
  twin/common/v1/{change,outcome,telemetry,vehicle_state}.proto twin/statesync/v1/telemetry.proto
