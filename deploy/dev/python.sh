#!/bin/sh
# Makes the Python virtual environment of the interoperability tests in .dev/venv (git-ignored), with pinned packages.
# Does nothing when it is there already and made from the same pins and the same Python.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
pins="$root/deploy/dev/python-requirements.txt"
venv="$root/.dev/venv"
python=${PYTHON:-python3}

command -v "$python" >/dev/null || { echo "python.sh: $python not found; apt-get install python3 python3-venv" >&2; exit 1; }

wanted=$({ "$python" -c 'import sys; print(sys.version)'; cat "$pins"; } | cksum)
if [ -x "$venv/bin/python" ] && [ "$(cat "$venv/made-from" 2>/dev/null)" = "$wanted" ]; then exit 0; fi

echo "python.sh: making $venv"
rm -rf "$venv"
mkdir -p "$root/.dev"
"$python" -m venv "$venv" || {
  echo "python.sh: no virtual environment could be made; apt-get install python3-venv" >&2
  exit 1
}
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --retries 5 --timeout 60 \
  --only-binary :all: --requirement "$pins"
# The versions must fit together, and import, or the stamp isn't written.
"$venv/bin/python" -m pip --disable-pip-version-check check
"$venv/bin/python" -c 'import grpc, h2.connection, grpc_health.v1.health, grpc_reflection.v1alpha.reflection, grpc_status.rpc_status, grpc_tools.protoc, websockets.sync.client, cloudevents.core.bindings.http'
echo "$wanted" >"$venv/made-from"
