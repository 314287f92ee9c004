#!/bin/bash
# Fuzzes one target under AddressSanitizer: run.sh TARGET [SECONDS | runs=N]. Targets: codec, http2 (the
# frame reader, either end), server (all of a server behind its socket; it takes long to build, with TLS).
# With runs=N it does the same every time, as a test should.
# A crash leaves its input in .build/crashes and exits non-zero; give that file in place of SECONDS to run it again.
set -euo pipefail
cd "$(dirname "$0")"
target=${1:?run.sh TARGET [SECONDS]}
amount=${2:-30}

# gold warns of each function of the sanitizer.
flags=(-Xswiftc -sanitize=fuzzer,address -Xswiftc -use-ld=lld -Xcc -fsanitize=fuzzer-no-link,address)
swift build --quiet --product "fuzz-$target" "${flags[@]}"
fuzzer=$(swift build --show-bin-path)/fuzz-$target
# The thread's scratch memory stays until the process ends.
export ASAN_OPTIONS=detect_leaks=0

if [ -f "$amount" ]; then exec "$fuzzer" "$amount"; fi

corpus=.build/corpus-$target
mkdir -p "$corpus" .build/crashes
if [ "$target" = codec ]; then
  # The order of the types is the generator's: files by name, messages as they stand.
  python3 - ../Unit/Codec/Corpus/python-protobuf.txt "$corpus" << 'PYTHON'
import pathlib, sys
types = ["Scalars", "Repeated", "Optionals", "Maps", "Choice", "Tree", "Forest"]
for number, line in enumerate(pathlib.Path(sys.argv[1]).read_text().splitlines()):
    name, data = line.split(" ")
    seed = bytes([types.index(name.split(".")[-1])]) + bytes.fromhex(data)
    (pathlib.Path(sys.argv[2]) / f"python-{number}").write_bytes(seed)
PYTHON
fi
bound=-max_total_time=$amount
if [[ $amount == runs=* ]]; then
  bound=-$amount
  # What earlier runs found would change what this one does.
  find "$corpus" -type f ! -name 'python-*' -delete
fi
case "$target" in
  http2) cp HTTP2/Corpus/* "$corpus" ;;
  server) cp Server/Corpus/* "$corpus" ;;
esac
exec "$fuzzer" "$corpus" -seed=1 "$bound" -max_len=4096 -rss_limit_mb=2048 -timeout=10 \
  -artifact_prefix=.build/crashes/ -print_final_stats=1
