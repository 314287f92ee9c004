"""Runs the benchmarks and writes RESULTS.md: ratios and medians, ours beside a named peer, in turn."""

import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
OURS = ROOT / ".build/release/rpc-benchmark"
PEER = ROOT / "Tests/Benchmarks/GRPCPeer/.build/release/grpc-peer"
CODEC = ROOT / "Tests/Benchmarks/Peers/.build/release/codec-benchmark"
SERVICES = ["results", "twin-engine", "state-sync", "scenario-runner", "prediction", "edge"]
READY_LIMIT_S = 60


class Server:
    """An echo server that tells its CPU time when asked."""

    def __init__(self, program):
        self.process = subprocess.Popen([program, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = self.process.stdout.readline().split()[1]

    def cpu(self):
        self.process.stdin.write("cpu\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline().split()[1])

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)


def load(program, port, seconds, *arguments):
    out = subprocess.run(
        [program, "load", "--port", port, "--seconds", str(seconds), *arguments],
        check=True, capture_output=True, text=True, timeout=seconds * 10 + 60).stdout
    words = out.split()
    return {words[i]: float(words[i + 1]) for i in range(0, len(words), 2)}


def rounds(count, measure):
    """The medians of ours and the peer's, measured in turn."""
    pairs = [(measure(OURS), measure(PEER)) for _ in range(count)]
    ours, peer = (statistics.median(p[i] for p in pairs) for i in (0, 1))
    ratios = sorted(a / b for a, b in pairs)
    return ours, peer, statistics.median(ratios), ratios[0], ratios[-1]


def server_cpu(program, seconds):
    """Microseconds of the server's CPU for each unary call, under the same load generator for both."""
    server = Server(program)
    load(OURS, server.port, 1)
    before = server.cpu()
    calls = load(OURS, server.port, seconds)["calls"]
    used = server.cpu() - before
    server.close()
    return used / calls * 1e6


def throughput(program, seconds, *arguments):
    """Calls or messages a second, client and server of the same make."""
    server = Server(program)
    load(program, server.port, 1, *arguments)
    rate = load(program, server.port, seconds, *arguments)["per-second"]
    server.close()
    return rate


def suite_figures():
    """Seconds from the start of the first service until all six are ready, and each one's idle memory."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TWIN_")}
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        scripts = dict(environment, TWIN_DEV_DIR=folder)
        postgres = str(ROOT / "deploy/dev/postgres.sh")
        subprocess.run([postgres, "start"], check=True, env=scripts, capture_output=True)
        processes = {}
        try:
            urls = {}
            for name in SERVICES:
                for role in ("app", "owner"):
                    urls[name, role] = subprocess.run(
                        [postgres, "url", name.replace("-", "_"), role], check=True, env=scripts, capture_output=True,
                        text=True).stdout.strip()
            ports = dict(zip(["state-sync", "twin-engine", "scenario-runner", "prediction", "results", "edge"],
                             range(9091, 9097)))
            times = []
            for attempt in range(3):
                started = time.monotonic()
                for name in SERVICES:
                    own = dict(environment)
                    if name != "edge":
                        own["TWIN_DATABASE_URL"] = urls[name, "app"]
                        own["TWIN_DATABASE_OWNER_URL"] = urls[name, "owner"]
                    processes[name] = subprocess.Popen(
                        [ROOT / ".build/release" / name], env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                for name in SERVICES:
                    while True:
                        try:
                            urllib.request.urlopen(f"http://127.0.0.1:{ports[name]}/readyz", timeout=2)
                            break
                        except OSError:
                            if time.monotonic() - started > READY_LIMIT_S:
                                raise SystemExit(f"{name} isn't ready after {READY_LIMIT_S} s")
                            time.sleep(0.01)
                times.append(time.monotonic() - started)
                if attempt < 2:
                    stop(processes)
            memory = {}
            time.sleep(2)  # Idle is what remains after the start.
            for name, process in processes.items():
                status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
                memory[name] = int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024
            return times, memory
        finally:
            stop(processes)
            subprocess.run([postgres, "destroy"], env=scripts, capture_output=True)


def stop(processes):
    for process in processes.values():
        process.terminate()
    for process in processes.values():
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()


def main():
    count, seconds = int(sys.argv[1]), float(sys.argv[2])
    lines = [
        "# Benchmarks",
        "",
        f"Written by `make bench` on {time.strftime('%Y-%m-%d')} ({platform.machine()}, {os.cpu_count()} cores, shared "
        f"and noisy). Medians of {count} rounds of {seconds:g} s, ours and the peer in turn; in brackets the least and "
        "the greatest ratio of a round. Payload 277 bytes. The peer of RPC is grpc-swift-2 2.4.3 with "
        "grpc-swift-nio-transport 2.9.2, that of the codec swift-protobuf 1.39.0.",
        "",
        "| what | ours | peer | ratio | wanted |",
        "|---|---|---|---|---|",
    ]
    a = rounds(count, lambda p: server_cpu(p, seconds))
    lines.append(
        f"| (a) server CPU a unary call, 4 connections × 32, metrics and deadlines on (ours), µs | {a[0]:.2f} | "
        f"{a[1]:.2f} | 1/{1 / a[2]:.1f} (1/{1 / a[3]:.1f} to 1/{1 / a[4]:.1f}) | at most 1/10 |")
    b = rounds(count, lambda p: throughput(p, seconds, "--connections", "1", "--in-flight", "64"))
    lines.append(
        f"| (b) unary calls a second, client and server, 64 in flight on one connection | {b[0]:.0f} | {b[1]:.0f} | "
        f"{b[2]:.1f} ({b[3]:.1f} to {b[4]:.1f}) | at least 8 |")
    c = rounds(count, lambda p: throughput(p, seconds, "--connections", "1", "--in-flight", "1", "--mode", "stream"))
    lines.append(
        f"| (c) messages a second on one bidirectional stream | {c[0]:.0f} | {c[1]:.0f} | {c[2]:.1f} "
        f"({c[3]:.1f} to {c[4]:.1f}) | at least 5 |")
    codec = subprocess.run([CODEC], check=True, capture_output=True, text=True).stdout
    times, memory = suite_figures()
    lines += [
        f"| (e) from the start of the services until all six are ready, s | {statistics.median(times):.2f} "
        f"({min(times):.2f} to {max(times):.2f}) | | | under 3 |",
    ]
    for name in sorted(memory):
        lines.append(f"| (e) idle memory of {name}, MB resident | {memory[name]:.1f} | | | under 40 |")
    lines += ["", "## (d) Codec against swift-protobuf", "", "```", codec.strip(), "```", ""]
    (ROOT / "Tests/Benchmarks/RESULTS.md").write_text("\n".join(lines))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
