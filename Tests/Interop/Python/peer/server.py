"""A Python server for our client: `python -m peer.server [--port N] [--label TEXT] …`

Says `listening PORT`. Commands on the standard input: `stop SECONDS` drains and says `stopped`. Ends with its input.
"""

import argparse
import pathlib
import sys
from concurrent import futures

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from peer import suite_service
from peer.service import Events, Service
from peer.wire import SERVICE

# Handlers that hang hold a thread each.
_THREADS = 64


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--label", default="first")
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--option", action="append", default=[], help="NAME=INTEGER, a channel argument of grpcio")
    arguments = parser.parse_args()

    # A successor may listen on the port while the predecessor still drains.
    options = [("grpc.so_reuseport", 1)]
    for option in arguments.option:
        name, _, value = option.partition("=")
        options.append((name, int(value)))
    server = grpc.server(futures.ThreadPoolExecutor(_THREADS), options=options)
    server.add_generic_rpc_handlers((Service(arguments.label, Events()).handlers(), suite_service.handlers()))
    servicer = health.HealthServicer()
    servicer.set(SERVICE, health_pb2.HealthCheckResponse.SERVING)
    health_pb2_grpc.add_HealthServicer_to_server(servicer, server)
    reflection.enable_server_reflection((health.SERVICE_NAME, reflection.SERVICE_NAME), server)

    address = f"127.0.0.1:{arguments.port}"
    if arguments.certificate:
        pair = (pathlib.Path(arguments.key).read_bytes(), pathlib.Path(arguments.certificate).read_bytes())
        port = server.add_secure_port(address, grpc.ssl_server_credentials([pair]))
    else:
        port = server.add_insecure_port(address)
    server.start()
    print(f"listening {port}", flush=True)

    for line in sys.stdin:
        command, _, value = line.strip().partition(" ")
        if command == "stop":
            server.stop(float(value)).wait()
            print("stopped", flush=True)
        else:
            print(f"unknown command {command}", flush=True)
    server.stop(0)


if __name__ == "__main__":
    main()
