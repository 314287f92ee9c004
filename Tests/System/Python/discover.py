"""Finds by reflection what a service offers, as a program that has none of its contracts, and asks for its health.

discover.py ADDRESS: prints a line for each service with its methods, `NAME: METHOD METHOD …`, then `health: STATUS`.
"""

import sys

import grpc
from google.protobuf.descriptor_pool import DescriptorPool
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

TIMEOUT_S = 20


def main():
    with grpc.insecure_channel(sys.argv[1]) as channel:
        grpc.channel_ready_future(channel).result(timeout=TIMEOUT_S)
        database = ProtoReflectionDescriptorDatabase(channel)
        pool = DescriptorPool(database)
        for name in sorted(database.get_services()):
            methods = pool.FindServiceByName(name).methods
            print(f"{name}: {' '.join(method.name for method in methods)}")
        answer = health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest(), timeout=TIMEOUT_S)
        print(f"health: {health_pb2.HealthCheckResponse.ServingStatus.Name(answer.status)}")


main()
