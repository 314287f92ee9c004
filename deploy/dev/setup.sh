#!/bin/bash
# Installs what building, running and testing the suite needs and this machine lacks. Debian or Ubuntu; Swift must be there.
#
#   setup.sh         what building and running needs
#   setup.sh test    also what the tests need
set -euo pipefail

readonly SWIFT_MINIMUM=6.3
readonly APT_TRIES=3
build=(libnghttp2-dev libprotobuf-c-dev protobuf-c-compiler protobuf-compiler libprotobuf-dev libpq-dev zlib1g-dev postgresql
  pkg-config curl git python3)
test=(python3-venv openssl)

say() { echo "setup: $*" >&2; }
die() { say "$*"; exit 1; }

command -v swift >/dev/null || die "Swift $SWIFT_MINIMUM or later is missing; see https://www.swift.org/install"
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
[[ $(printf '%s\n%s\n' "$SWIFT_MINIMUM" "$version" | sort -V | head -n 1) == "$SWIFT_MINIMUM" ]] ||
  die "Swift $SWIFT_MINIMUM or later is needed; this is $version"

wanted=("${build[@]}")
[[ ${1:-} == test ]] && wanted+=("${test[@]}")

missing=()
for package in "${wanted[@]}"; do
  [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
done
((${#missing[@]} > 0)) || exit 0

say "installing ${missing[*]}"
apt=(apt-get)
if [[ $(id -u) -ne 0 ]]; then
  command -v sudo >/dev/null || die "not root and no sudo; run as root: apt-get install ${missing[*]}"
  apt=(sudo apt-get)
fi
# The suite runs a PostgreSQL of its own; the package need not make one that takes port 5432.
if [[ ! -e /etc/postgresql-common/createcluster.conf && $(id -u) -eq 0 ]]; then
  mkdir -p /etc/postgresql-common
  echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
fi
for ((try = 1; ; try++)); do
  if "${apt[@]}" update -qq && DEBIAN_FRONTEND=noninteractive "${apt[@]}" install -y -qq \
    -o DPkg::Lock::Timeout=120 -o Dpkg::Options::=--force-confold "${missing[@]}" >/dev/null; then
    exit 0
  fi
  ((try < APT_TRIES)) || die "the packages could not be installed: ${missing[*]}"
done
