"""Health and reflection through the official Python packages; TLS."""

import pathlib

import grpc
from google.protobuf import descriptor_pool
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

from peer.checks import check
from peer.messages import reflection_v1
from peer.wire import PATIENCE_S, SERVICE, Peer, expect, expect_code, expect_equal, pattern

_Status = health_pb2.HealthCheckResponse


def _health(target):
    return health_pb2_grpc.HealthStub(target.peer().channel)


@check
def health_check(target):
    stub = _health(target)
    request = health_pb2.HealthCheckRequest(service=SERVICE)
    expect_equal(stub.Check(request, timeout=PATIENCE_S).status, _Status.NOT_SERVING, "at first")
    target.say("ready")
    target.hear("serving")
    expect_equal(stub.Check(request, timeout=PATIENCE_S).status, _Status.SERVING, "later")
    whole = health_pb2.HealthCheckRequest()
    expect_equal(stub.Check(whole, timeout=PATIENCE_S).status, _Status.NOT_SERVING, "the whole server")
    unknown = health_pb2.HealthCheckRequest(service="no.Such")
    expect_code(grpc.StatusCode.NOT_FOUND, lambda: stub.Check(unknown, timeout=PATIENCE_S), "unknown service")


@check
def health_watch(target):
    stub = _health(target)
    updates = stub.Watch(health_pb2.HealthCheckRequest(service=SERVICE), timeout=PATIENCE_S)
    expect_equal(next(updates).status, _Status.NOT_SERVING, "at first")
    target.say("ready")
    target.hear("serving")
    expect_equal(next(updates).status, _Status.SERVING, "later")
    target.say("ready")
    target.hear("not serving")
    expect_equal(next(updates).status, _Status.NOT_SERVING, "in the end")
    updates.cancel()
    unknown = stub.Watch(health_pb2.HealthCheckRequest(service="no.Such"), timeout=PATIENCE_S)
    expect_equal(next(unknown).status, _Status.SERVICE_UNKNOWN, "unknown service")
    unknown.cancel()


@check
def reflection_alpha(target):
    """Finds services and calls one with nothing but what reflection says."""
    database = ProtoReflectionDescriptorDatabase(target.peer().channel)
    services = set(database.get_services())
    wanted = {"grpc.testing.TestService", "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection"}
    expect(wanted <= services, f"services: {services}")
    pool = descriptor_pool.DescriptorPool(database)
    method = pool.FindServiceByName("grpc.testing.TestService").FindMethodByName("UnaryCall")
    expect_equal(method.input_type.full_name, "grpc.testing.SimpleRequest", "input type")
    expect_equal(method.input_type.fields_by_name["payload"].message_type.name, "Payload", "type of payload")
    expect(method.output_type.file.name == "grpc/testing/messages.proto", "file of the output type")
    # With imports that lie in other files.
    telemetry = pool.FindMessageTypeByName("google.rpc.Status")
    expect_equal(telemetry.fields_by_name["details"].message_type.full_name, "google.protobuf.Any", "imported type")
    try:
        pool.FindMessageTypeByName("no.Such")
        expect(False, "an unknown type was found")
    except KeyError:
        pass


@check
def reflection_current(target):
    """The same by grpc.reflection.v1, for which Python has no package."""
    request_type = reflection_v1("ServerReflectionRequest")
    response_type = reflection_v1("ServerReflectionResponse")
    call = target.peer().channel.stream_stream(
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        lambda message: message.SerializeToString(),
        response_type.FromString,
    )
    requests = [
        request_type(list_services=""),
        request_type(file_containing_symbol="grpc.testing.TestService.UnaryCall"),
        request_type(file_by_filename="grpc/testing/messages.proto"),
        request_type(file_containing_symbol="no.Such"),
    ]
    answers = list(call(iter(requests), timeout=PATIENCE_S))
    expect_equal(len(answers), 4, "number of answers")
    names = {service.name for service in answers[0].list_services_response.service}
    expect("grpc.testing.TestService" in names, f"services: {names}")
    expect_equal(len(answers[1].file_descriptor_response.file_descriptor_proto), 3, "files of the service")
    expect_equal(len(answers[2].file_descriptor_response.file_descriptor_proto), 1, "files of the messages")
    expect_equal(answers[3].error_response.error_code, 5, "unknown symbol")


@check
def tls(target):
    """Every kind of call over TLS; a client that doesn't trust the certificate gets nowhere."""
    root = pathlib.Path(target.arguments[0]).read_bytes()
    address = f"localhost:{target.port}"
    peer = Peer(grpc.secure_channel(address, grpc.ssl_channel_credentials(root)))
    size = 3 * 1024 * 1024
    expect_equal(peer.call("Echo", pattern(size)), pattern(size), "Echo")
    answers = peer.bidirectional("Chat")((pattern(50_000, i) for i in range(50)), timeout=PATIENCE_S)
    expect_equal(list(answers), [pattern(50_000, i) for i in range(50)], "Chat")
    stranger = Peer(grpc.secure_channel(address, grpc.ssl_channel_credentials()))
    expect_code(grpc.StatusCode.UNAVAILABLE, lambda: stranger.call("Echo", b""), "a client without the root")
    plain = target.peer()
    expect_code(grpc.StatusCode.UNAVAILABLE, lambda: plain.call("Echo", b""), "a client without TLS")
    expect_equal(peer.call("Echo", b"still here"), b"still here", "Echo")
