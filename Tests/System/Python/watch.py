"""Watches simulations by the websockets package, as a program that has nothing of ours.

watch.py HOST:PORT ID     runs simulation ID once its watch says that it waits, prints every message as a line, then
                          `close: CODE REASON`, at the end of the run
watch.py HOST:PORT        watches all, prints `open`, then `close: CODE REASON` when the service ends it
watch.py HOST:PORT ID -   prints `refused: STATUS CODE` of what can't be watched
"""

import json
import sys
import threading
import urllib.request

import websockets
from websockets.sync.client import connect

TIMEOUT_S = 60


def run(address, simulation):
    request = urllib.request.Request(
        f"http://{address}/api/v1/simulation/run",
        data=json.dumps({"simulation_id": simulation}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:
        response.read()


def main():
    address, *rest = sys.argv[1:]
    path = f"?id={rest[0]}" if rest else ""
    try:
        socket = connect(f"ws://{address}/ws/simulation{path}", open_timeout=TIMEOUT_S)
    except websockets.InvalidStatus as refusal:
        answer = refusal.response
        print(f"refused: {answer.status_code} {json.loads(answer.body)['code']}")
        return
    with socket:
        # The service answers pings by what they hold.
        assert socket.ping().wait(TIMEOUT_S), "no pong"
        if rest:
            print(socket.recv(timeout=TIMEOUT_S), flush=True)
            threading.Thread(target=run, args=(address, rest[0]), daemon=True).start()
        else:
            print("open", flush=True)
        try:
            while True:
                message = socket.recv(timeout=TIMEOUT_S)
                if rest:
                    print(message, flush=True)
        except websockets.ConnectionClosed as end:
            print(f"close: {end.rcvd.code} {end.rcvd.reason}".rstrip(), flush=True)


main()
