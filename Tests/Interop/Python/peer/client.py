"""Runs one check of our server: `python -m peer.client CHECK PORT [ARGUMENT…]`; `--list` names them all.

Ends with 0 when it passed; else the last line begins with `FAIL`.
"""

import sys

import grpc

from peer.checks import Target, all_checks
from peer.wire import CheckFailure


def main():
    checks = all_checks()
    if sys.argv[1:] == ["--list"]:
        print("checks " + " ".join(sorted(checks)))
        return
    name, port, *arguments = sys.argv[1:]
    try:
        checks[name](Target(int(port), arguments))
    except (CheckFailure, grpc.RpcError) as error:
        print(f"FAIL {name}: {error}")
        sys.exit(1)
    print(f"PASS {name}")


if __name__ == "__main__":
    main()
