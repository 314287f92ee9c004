"""The service `interop.Peer` in Python; the same exists in Swift (Checks/Support/PeerService.swift)."""

import threading

import grpc
from google.protobuf import any_pb2, duration_pb2
from google.rpc import code_pb2, error_details_pb2, status_pb2
from grpc_status import rpc_status

from peer.wire import PATIENCE_S, SERVICE, pattern, raw

_CODES = {code.value[0]: code for code in grpc.StatusCode}


class Events:
    """Things that happened, by name."""

    def __init__(self):
        self._changed = threading.Condition()
        self._counts = {}

    def record(self, event):
        with self._changed:
            self._counts[event] = self._counts.get(event, 0) + 1
            self._changed.notify_all()

    def count(self, event):
        with self._changed:
            return self._counts.get(event, 0)

    def wait(self, event):
        with self._changed:
            if not self._changed.wait_for(lambda: self._counts.get(event, 0) > 0, PATIENCE_S):
                raise TimeoutError(event)
            return self._counts[event]


def _echo_metadata(context):
    pairs = context.invocation_metadata()
    context.send_initial_metadata(tuple((k, v) for k, v in pairs if k.startswith("echo-initial")))
    context.set_trailing_metadata(tuple((k, v) for k, v in pairs if k.startswith("echo-trailing")))


def _abort(request, context):
    code, _, message = request.decode().partition(" ")
    context.abort(_CODES[int(code)], message)


class Service:
    def __init__(self, label, events):
        self.label = label
        self.events = events

    # Echoes

    def echo(self, request, context):
        _echo_metadata(context)
        return request

    def label_call(self, _, context):
        return self.label.encode()

    def sum(self, requests, context):
        _echo_metadata(context)
        sizes = [len(r) for r in requests]
        return f"{len(sizes)} {sum(sizes)}".encode()

    def repeat(self, request, context):
        _echo_metadata(context)
        count, size = map(int, request.split())
        for index in range(count):
            yield pattern(size, index)

    def chat(self, requests, context):
        _echo_metadata(context)
        yield from requests

    def compressed(self, _, context):
        context.set_compression(grpc.Compression.Gzip)
        return b"x" * 10_000

    # Endings

    def fail(self, request, context):
        _echo_metadata(context)
        _abort(request, context)

    def fail_late(self, request, context):
        _echo_metadata(context)
        for index in range(2):
            yield pattern(100, index)
        _abort(request, context)

    def first_only(self, requests, context):
        first = next(requests)
        if not first.startswith(b"0"):
            _abort(first, context)
        return b"first"

    def rich(self, _, context):
        def packed(message):
            detail = any_pb2.Any()
            detail.Pack(message)
            return detail

        violation = error_details_pb2.BadRequest.FieldViolation(field="mass_kg", description="must be positive")
        details = [
            error_details_pb2.ErrorInfo(reason="INVALID_ARGUMENT", domain="twin.dev", metadata={"twin": "twin-001"}),
            error_details_pb2.BadRequest(field_violations=[violation]),
            error_details_pb2.RetryInfo(retry_delay=duration_pb2.Duration(seconds=2, nanos=500_000_000)),
        ]
        status = status_pb2.Status(
            code=code_pb2.INVALID_ARGUMENT, message="mass_kg: must be positive", details=[packed(d) for d in details]
        )
        context.abort_with_status(rpc_status.to_status(status))

    # Waits

    def _hang(self, key, context):
        ended = threading.Event()
        # False when the call is over already.
        if not context.add_callback(ended.set):
            ended.set()
        self.events.record(f"begun {key}")
        if ended.wait(PATIENCE_S):
            self.events.record(f"cancelled {key}")

    def hang(self, request, context):
        self._hang(request.decode(), context)
        return request

    def hang_open(self, requests, context):
        key = next(requests).decode()
        yield b"begun"
        self._hang(key, context)

    def cancel(self, request, context):
        context.cancel()
        return request

    def await_event(self, request, context):
        return str(self.events.wait(request.decode())).encode()

    def record(self, request, context):
        self.events.record(request.decode())
        return request

    def time_left(self, _, context):
        left = context.time_remaining()
        # grpcio gives the end of its clock for a call without a deadline.
        return b"none" if left is None or left > 1e9 else str(int(left * 1000)).encode()

    def user_agent(self, _, context):
        return dict(context.invocation_metadata()).get("user-agent", "").encode()

    # Floods

    def flood(self, request, context):
        count, size = map(int, request.split())
        for index in range(count):
            yield pattern(size, index)
            self.events.record("flooded")

    def count(self, request, context):
        return str(self.events.count(request.decode())).encode()

    def gated_sum(self, requests, context):
        self.events.record("begun gate")
        self.events.wait("gate")
        sizes = [len(r) for r in requests]
        return f"{len(sizes)} {sum(sizes)}".encode()

    def handlers(self):
        unary, stream_out = grpc.unary_unary_rpc_method_handler, grpc.unary_stream_rpc_method_handler
        stream_in, duplex = grpc.stream_unary_rpc_method_handler, grpc.stream_stream_rpc_method_handler
        methods = {
            "Echo": unary(self.echo, raw, raw),
            "Label": unary(self.label_call, raw, raw),
            "Sum": stream_in(self.sum, raw, raw),
            "Repeat": stream_out(self.repeat, raw, raw),
            "Chat": duplex(self.chat, raw, raw),
            "Compressed": unary(self.compressed, raw, raw),
            "Fail": unary(self.fail, raw, raw),
            "FailLate": stream_out(self.fail_late, raw, raw),
            "FirstOnly": stream_in(self.first_only, raw, raw),
            "Rich": unary(self.rich, raw, raw),
            "Hang": unary(self.hang, raw, raw),
            "HangOpen": duplex(self.hang_open, raw, raw),
            "Cancel": unary(self.cancel, raw, raw),
            "Await": unary(self.await_event, raw, raw),
            "Record": unary(self.record, raw, raw),
            "TimeLeft": unary(self.time_left, raw, raw),
            "UserAgent": unary(self.user_agent, raw, raw),
            "Flood": stream_out(self.flood, raw, raw),
            "Count": unary(self.count, raw, raw),
            "GatedSum": stream_in(self.gated_sum, raw, raw),
        }
        return grpc.method_handlers_generic_handler(SERVICE, methods)
