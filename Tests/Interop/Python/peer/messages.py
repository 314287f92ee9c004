"""The messages of grpc.testing and of the other contracts under proto/third_party, made from the .proto files.

Not by generated modules: `grpc/testing` would land in grpcio's own package `grpc`.
"""

import pathlib
import tempfile

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from grpc_tools import protoc

_PROTO = pathlib.Path(__file__).resolve().parents[4] / "proto" / "third_party"


def _pool(*files):
    with tempfile.NamedTemporaryFile() as output:
        arguments = ["protoc", f"-I{_PROTO}", "--include_imports", f"--descriptor_set_out={output.name}", *files]
        if protoc.main(arguments) != 0:
            raise RuntimeError(f"protoc failed for {files}")
        described = descriptor_pb2.FileDescriptorSet.FromString(pathlib.Path(output.name).read_bytes())
    pool = descriptor_pool.DescriptorPool()
    for file in described.file:
        pool.Add(file)
    return pool


_testing = _pool("grpc/testing/test.proto")


def testing(name):
    """The class of a message of grpc.testing."""
    return message_factory.GetMessageClass(_testing.FindMessageTypeByName(f"grpc.testing.{name}"))


Empty = testing("Empty")
Payload = testing("Payload")
EchoStatus = testing("EchoStatus")
BoolValue = testing("BoolValue")
SimpleRequest = testing("SimpleRequest")
SimpleResponse = testing("SimpleResponse")
ResponseParameters = testing("ResponseParameters")
StreamingInputCallRequest = testing("StreamingInputCallRequest")
StreamingInputCallResponse = testing("StreamingInputCallResponse")
StreamingOutputCallRequest = testing("StreamingOutputCallRequest")
StreamingOutputCallResponse = testing("StreamingOutputCallResponse")


def reflection_v1(name):
    """The class of a message of grpc.reflection.v1, for which Python has no package."""
    pool = _pool("grpc/reflection/v1/reflection.proto")
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(f"grpc.reflection.v1.{name}"))
