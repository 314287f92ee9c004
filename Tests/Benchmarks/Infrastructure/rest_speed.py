#!/usr/bin/env python3
"""How long a whole check takes through REST, against a suite that runs; prints Markdown.

    rest_speed.py                           against http://127.0.0.1:8090, environment "staging"
    rest_speed.py http://127.0.0.1:9999 --environment development --calls 20 --rounds 5

Pushes four targets of its own by an inline sync, asks POST /api/v1/simulation/run for a change of each, one after the
other, then ten at once, and takes its targets away again. Every call is a new connection and another change, so nothing
can be answered from memory. Ends with 0 when every limit is kept, 1 when one isn't, 2 when the suite doesn't answer as
it should. Needs Python 3.8 and nothing else.
"""

import argparse
import json
import os
import statistics
import sys
import threading
import time
import urllib.error
import urllib.request

PARALLEL = 10
# Ten at once may take this many times one.
PARALLEL_LIMIT = 4.0
PREFIX = "rest-speed-"

RULES = ["ACCEPT tcp 22 10.0.0.0/8", "ACCEPT tcp 443 any"]
RULES += [f"ACCEPT tcp {5000 + n} 10.{n}.0.0/16" for n in range(200)]
RULES += ["DROP all any"]

# Name, seconds allowed (issue 3, figure 8), type, kind and state of the target, and the change of call number n.
CASES = [
    (
        "config change", 2.0, "config_change", "postgresql",
        {
            "ram_gb": 64, "cores": 8, "shared_buffers": "1GB", "max_connections": 200, "work_mem": "4MB",
            "hash_mem_multiplier": 2.0, "db_size_gb": 60, "working_set_gb": 12, "peak_backends": 120,
            "peak_active": 60, "maintenance_window": True, "replica_failover": True, "postgres": 16,
        },
        lambda n: {"max_connections": 400 + n, "shared_buffers": "2GB"},
    ),
    (
        "scaling", 5.0, "scaling", "service",
        {
            "current_instances": 60, "cpu": 2, "cpu_demand_ms": 10, "peak_rps": 1000, "zones": 3, "rss_p99_gb": 1.6,
            "memory_gb": 4, "slo_p99_ms": 200, "db_max_connections": 5000, "db_pool_per_instance": 20,
        },
        lambda n: {"instances": 10 + n % 50, "cpu": 2, "memory_gb": 4, "load_scenario": "peak_traffic"},
    ),
    (
        "network", 3.0, "network", "network",
        {
            "local_cidr": "10.0.0.0/16", "acl": "default deny", "external_dependencies": ["payments api"],
            "other_default_route": True,
        },
        lambda n: {"peer_cidr": f"10.{1 + n % 200}.0.0/16"},
    ),
    (
        "security", 1.0, "security", "firewall",
        {"chain": "INPUT", "rules": RULES, "asset": "internal service"},
        lambda n: {"append_rule": {"action": "ACCEPT", "port": 8000 + n, "source": "10.0.0.0/8", "protocol": "tcp"}},
    ),
]


class Unexpected(Exception):
    """An answer that isn't what the interface promises."""


def post(base, path, body):
    request = urllib.request.Request(
        base + path, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=120) as response:
            return json.load(response)
    except urllib.error.HTTPError as problem:
        raise Unexpected(f"{path}: {problem.code} {problem.read().decode(errors='replace')[:500]}") from problem
    except OSError as problem:
        raise Unexpected(f"{base} doesn't answer: {problem}") from problem


def target(case):
    return PREFIX + case[2].replace("_", "-")


def sync(base, environment, targets):
    post(base, "/api/v1/environments/sync", {"environment_id": environment, "source": "inline", "targets": targets})


def check(base, environment, case, number):
    """Seconds of one whole call."""
    body = {
        "change_request": {
            "type": case[2], "target": target(case), "environment": environment, "change": case[5](number),
        },
        "duration_hours": 24,
    }
    start = time.perf_counter()
    answer = post(base, "/api/v1/simulation/run", body)
    elapsed = time.perf_counter() - start
    if answer.get("status") != "success":
        raise Unexpected(f"{case[0]}: {answer.get('error', answer)}")
    codes = [issue.get("code") for issue in answer["predicted_impact"]["issues"]]
    if "UNKNOWN_TARGET" in codes:
        raise Unexpected(f"{case[0]}: the twin doesn't know what was synced: {codes}")
    return elapsed


def together(base, environment, case, first):
    """Seconds until the last of ten that start at once has its answer."""
    barrier = threading.Barrier(PARALLEL + 1)
    problems = []

    def one(number):
        barrier.wait()
        try:
            check(base, environment, case, number)
        except Unexpected as problem:
            problems.append(problem)

    threads = [threading.Thread(target=one, args=(first + n,)) for n in range(PARALLEL)]
    for thread in threads:
        thread.start()
    barrier.wait()
    start = time.perf_counter()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - start
    if problems:
        raise problems[0]
    return elapsed


def measure(base, environment, calls, rounds):
    now = time.strftime("%Y-%m-%d %H:%M", time.gmtime())
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, {now} UTC;"
          f" {calls} calls each after 2 to warm up, then {PARALLEL} at once {rounds} times (median).\n")
    print("| change | median, s | slowest, s | limit, s | ten at once, s | ten / one | limit | kept |")
    print("|---|---:|---:|---:|---:|---:|---:|---|")
    kept = True
    for case in CASES:
        for number in range(2):
            check(base, environment, case, number)
        times = [check(base, environment, case, 2 + number) for number in range(calls)]
        one = statistics.median(times)
        ten = statistics.median(
            together(base, environment, case, 2 + calls + PARALLEL * turn) for turn in range(rounds))
        holds = one <= case[1] and ten <= PARALLEL_LIMIT * one
        kept = kept and holds
        print(f"| {case[0]} | {one:.3f} | {max(times):.3f} | {case[1]:g} | {ten:.3f} | {ten / one:.1f} "
              f"| {PARALLEL_LIMIT:g} | {'yes' if holds else '**no**'} |", flush=True)
    return kept


def main():
    parser = argparse.ArgumentParser(description="Whole checks through REST, timed.")
    parser.add_argument("url", nargs="?", default="http://127.0.0.1:8090")
    parser.add_argument("--environment", default="staging")
    parser.add_argument("--calls", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    told = parser.parse_args()
    base = told.url.rstrip("/")
    try:
        sync(base, told.environment, {target(case): {"kind": case[3], "state": case[4]} for case in CASES})
        try:
            kept = measure(base, told.environment, told.calls, told.rounds)
        finally:
            # With neither kind nor state, the sync says nothing of a target any more.
            sync(base, told.environment, {target(case): {} for case in CASES})
    except Unexpected as problem:
        print(f"rest_speed.py: {problem}", file=sys.stderr)
        return 2
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
