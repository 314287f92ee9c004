#!/bin/bash
# Writes everything under Shared/Generated anew from the .proto files. `make generate` calls this; a second run changes
# nothing. Needs the Debian packages protobuf-compiler, libprotobuf-dev and protobuf-c-compiler.
set -euo pipefail
cd "$(dirname "$0")/.."

# Other versions word comments and guards differently, so that each machine would leave a diff.
expect() {
  [ "$2" = "$3" ] || { echo "generate: $1 is '$2', but the checked-in files are made with '$3'" >&2; exit 1; }
}
expect protoc "$(protoc --version)" "libprotoc 3.21.12"
expect protoc-c "$(protoc-c --version | head -1)" "protobuf-c 1.4.1"

swift build --package-path proto/generator --quiet
tools=$(swift build --package-path proto/generator --show-bin-path)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# module DIRECTORY SWIFT_MODULE INCLUDE_OPTIONS FILES... [-- PLUGIN_OPTIONS...]
module() {
  local directory=$1 name=$2 includes=() files=() options=()
  shift 2
  while [ "$1" != files: ]; do includes+=("-I$1"); shift; done
  shift
  while [ $# -gt 0 ] && [ "$1" != options: ]; do files+=("$1"); shift; done
  shift || true
  for option in "$@"; do options+=("--twin_opt=$option"); done
  options+=("--twin_opt=module=$name" "--twin_opt=c_module=C$name")

  local c=$work/C$name swift=$work/$name set=$work/$name.set
  mkdir -p "$c/include" "$swift"

  # protoc-gen-c gets the descriptors as `prepare-for-protobuf-c` changes them.
  protoc "${includes[@]}" --include_imports --descriptor_set_out="$set" "${files[@]}"
  "$tools/prepare-for-protobuf-c" < "$set" > "$set.c"
  protoc --descriptor_set_in="$set.c" --c_out="$c" "${files[@]}"
  (cd "$c" && find . -path ./include -prune -o -name '*.h' -print | while read -r header; do
    mkdir -p "include/$(dirname "$header")"
    mv "$header" "include/$header"
  done)

  local plugin=(protoc "${includes[@]}" --plugin="$tools/protoc-gen-twin" "${options[@]}")
  "${plugin[@]}" --twin_opt=output=swift --twin_out="$swift" "${files[@]}"
  for support in proto/generator/Support/*.swift; do
    { echo "// Copied from $support by proto/generate.sh."; echo; cat "$support"; } > "$swift/$(basename "$support")"
  done
  "${plugin[@]}" --twin_opt=output=c --twin_out="$c" "${files[@]}"
  mv "$c/C$name.h" "$c/module.modulemap" "$c/include/"

  rm -rf "${directory:?}/C$name" "${directory:?}/$name"
  mkdir -p "$directory"
  mv "$c" "$swift" "$directory/"
}

list() { (cd "$1" && find "${@:2}" -name '*.proto' | LC_ALL=C sort); }

module Shared/Generated TwinProto proto proto/third_party \
  files: $(list proto twin) $(list proto/third_party google grpc/health grpc/reflection) \
  google/protobuf/{any,duration,empty,struct,timestamp}.proto \
  options: prefix=google.protobuf:Proto prefix=google.rpc:GoogleRPC prefix=grpc.health.v1:GRPC \
  prefix=grpc.reflection.v1:GRPCReflectionV1 prefix=grpc.reflection.v1alpha:GRPCReflectionV1Alpha

# Test tools: the interoperability suite's messages and those that test the codec.
module Shared/Generated/Testing TestProto proto/third_party proto/generator/Fixtures \
  files: $(list proto/third_party grpc/testing) $(list proto/generator/Fixtures codec)
