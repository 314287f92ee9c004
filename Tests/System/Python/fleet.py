"""Follows the fleet by the websockets package, as a program that has nothing of ours.

fleet.py HOST:PORT QUERY            prints `open`, then every message as a line, until SEQUENCE (see below) or the close
fleet.py HOST:PORT QUERY SEQUENCE   ends after the update of the real sample or virtual state with this sequence
fleet.py HOST:PORT QUERY -          prints `refused: STATUS CODE FIELD` of what can't be followed
fleet.py HOST:PORT QUERY slow TWIN COUNT
                                    doesn't read while it sends COUNT samples of the twin, then reads; prints, as JSON,
                                    how many messages came, what they say was left out, and the last one
"""

import json
import socket
import sys
import time
import urllib.request

import websockets
from websockets.sync.client import connect

TIMEOUT_S = 60
BATCH = 1000
RECEIVE_BUFFER = 4096


def sequence(message):
    if "real" in message:
        return int(message["real"]["sequence"])
    return int(message.get("virtual_state", {}).get("sync", {}).get("last_sequence", 0))


def push(address, twin, first, count):
    start = time.time() - 3600
    samples = [
        {
            "sequence": number,
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(start + number * 0.1)) + f".{number % 10}Z",
            "x_m": number * 1.0,
            "y_m": 0.0,
            "speed_mps": 10.0,
        }
        for number in range(first, first + count)
    ]
    request = urllib.request.Request(
        f"http://{address}/api/v1/twin/vehicles/{twin}/telemetry",
        data=json.dumps(samples).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:
        assert json.load(response)["accepted"] == count


def follow_slowly(address, query, twin, count):
    host, port = address.split(":")
    # A small buffer, and one message of the library's own: what isn't read stays with the service.
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
    narrow.connect((host, int(port)))
    with connect(f"ws://{address}/ws/fleet?{query}", sock=narrow, max_queue=1, open_timeout=TIMEOUT_S) as web:
        print("open", flush=True)
        for first in range(1, count + 1, BATCH):
            push(address, twin, first, BATCH)
        messages, skipped = 0, 0
        while True:
            message = json.loads(web.recv(timeout=TIMEOUT_S))
            messages += 1
            skipped += int(message.get("skipped", 0))
            if sequence(message) == count:
                break
        print(json.dumps({"messages": messages, "skipped": skipped, "last": message}), flush=True)


def main():
    address, query, *rest = sys.argv[1:]
    if rest[:1] == ["slow"]:
        follow_slowly(address, query, rest[1], int(rest[2]))
        return
    try:
        web = connect(f"ws://{address}/ws/fleet?{query}", open_timeout=TIMEOUT_S)
    except websockets.InvalidStatus as refusal:
        problem = json.loads(refusal.response.body)
        field = problem.get("errors", [{"field": ""}])[0]["field"]
        print(f"refused: {refusal.response.status_code} {problem['code']} {field}".rstrip())
        return
    with web:
        print("open", flush=True)
        try:
            while True:
                text = web.recv(timeout=TIMEOUT_S)
                print(text, flush=True)
                if rest and sequence(json.loads(text)) == int(rest[0]):
                    return
        except websockets.ConnectionClosed as end:
            print(f"close: {end.rcvd.code} {end.rcvd.reason}".rstrip(), flush=True)


main()
