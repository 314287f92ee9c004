#!/bin/bash
# Measures how right the models are and writes docs/accuracy.md. A few minutes, most of them building.
#
#   TWIN_DATA       folder with the recorded measurements (../shared/data beside the repository unless told); without it
#                   only what is simulated is judged, and the page says what is missing
#   TWIN_HELD_OUT   folder with further sets of labelled changes, *.json (those of the tests unless told)
#   BUFFER_CACHE=1  also runs the buffer cache against a private PostgreSQL: a build of its own and about three minutes
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
cd "$root"
readonly page=docs/accuracy.md
readonly recorded=${TWIN_DATA:-$root/../shared/data}
readonly data=$recorded/infrastructure
readonly drives=$recorded/vehicle/OpenACC_ZalaZONE
readonly held_out=${TWIN_HELD_OUT:-$root/Tests/Unit/Infrastructure/Cases}
# Beside .build, so that the light build doesn't undo the full one.
readonly scratch=.build/models
readonly bin=$scratch/release
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ACCURACY_CLAIMS=$work/claims
touch "$ACCURACY_CLAIMS" "$work/sections" "$work/skipped"

say() { echo "accuracy: $*" >&2; }

skip() {
  say "skipped: $*"
  echo "- $*" >>"$work/skipped"
}

build() {
  say "building $1"
  TWIN_TARGETS=models swift build -c release --scratch-path "$scratch" --product "$1" >"$work/build" 2>&1 ||
    { cat "$work/build" >&2; exit 1; }
}

# measure NEEDED NAME ARGUMENT...: runs a tool where the data that it needs is there.
measure() {
  local needed=${1:+$data/$1} name=$2
  [[ ${1:-} != /* ]] || needed=$1
  shift 2
  if [[ -n $needed && ! -e $needed ]]; then
    skip "$name: $needed isn't there"
    return
  fi
  build "$name"
  say "running $name"
  "$bin/$name" "$@" | sed '/^# /d' >>"$work/sections"
}

measure config-perf/MariaDB performance-accuracy "$data"
measure "" failure-accuracy
measure "$drives" vehicle-accuracy "$drives"
measure "$drives" calibration-accuracy "$recorded/vehicle"
measure prices cost-accuracy "$data"
measure nab series-accuracy "$data"
if [[ -n $held_out && -d $held_out ]]; then
  measure change-cases.json change-accuracy "$data" "$held_out"
else
  measure change-cases.json change-accuracy "$data"
  skip "further sets of labelled changes: TWIN_HELD_OUT names no folder"
fi

printf '\n## Buffer cache\n\n' >>"$work/sections"
if [[ ${BUFFER_CACHE:-0} == 1 ]]; then
  say "building buffer-cache-accuracy"
  swift build -c release --product buffer-cache-accuracy >"$work/build" 2>&1 || { cat "$work/build" >&2; exit 1; }
  say "running buffer-cache-accuracy"
  # Exit code 1 says that a bound isn't kept; the page says so, too.
  .build/release/buffer-cache-accuracy >"$work/cache" || [[ $? == 1 ]]
  echo "Hit ratios of a private PostgreSQL under pgbench, scale 40, nothing fitted." >>"$work/sections"
  { echo; cat "$work/cache"; } >>"$work/sections"
  read -r mean worst < <(sed -n 's/^Mean error \([0-9.]*\), worst \([0-9.]*\) .*/\1 \2/p' "$work/cache")
  verdict=$(awk -v m="$mean" -v w="$worst" 'BEGIN { print (m <= 0.5 && w <= 1.5) ? "met" : "**not met**" }')
  echo "| Buffer cache hit ratio, a real PostgreSQL | mean error at most 0.5 points, worst 1.5 | mean $mean, worst $worst | $verdict |" \
    >>"$ACCURACY_CLAIMS"
else
  skip "buffer cache: BUFFER_CACHE isn't 1"
  echo "Not run for this page; [its own page](../Tests/Benchmarks/Accuracy/BufferCache/README.md) holds the last table." \
    >>"$work/sections"
fi

processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -1)
memory=$(awk '/MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo 2>/dev/null || true)
# Other changes than to the page itself make the commit a lie.
dirty=$(git status --porcelain -- . ":!$page" | head -1)
{
  echo "# Accuracy"
  echo
  echo "Written by \`${BUFFER_CACHE:+BUFFER_CACHE=$BUFFER_CACHE }make accuracy\` (\`Tests/Benchmarks/Accuracy/run.sh\`) on $(date -u '+%Y-%m-%d %H:%M') UTC from commit" \
    "$(git rev-parse --short HEAD)${dirty:+ with changes that aren\'t committed}, on $(nproc) processors" \
    "(${processor:-unknown}), ${memory:-unknown memory}. The data folder isn't part of the repository. Where a claim fails," \
    "it says so."
  echo
  echo "| claim | aim | measured | verdict |"
  echo "| --- | --- | --- | --- |"
  cat "$ACCURACY_CLAIMS"
  missed=$(grep -c 'not met' "$ACCURACY_CLAIMS" || true)
  echo
  echo "$missed of $(wc -l <"$ACCURACY_CLAIMS") claims are not met."
  if [[ -s $work/skipped ]]; then
    printf '\nNot measured this time:\n\n'
    cat "$work/skipped"
  fi
  cat "$work/sections"
} | sed "s|$root/||g" | cat -s >"$work/page"
mv "$work/page" "$page"
chmod 644 "$page"
say "wrote $page"
