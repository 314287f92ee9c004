"""The cases of the interoperability suite as a Python client: `python -m peer.suite_client --server_port N --test_case NAME`.

grpcio can't compress single messages of a stream, nor see whether an answer came compressed; the cases check what is left.
"""

import argparse
import queue
import sys

import grpc

from peer import messages as m
from peer.suite_service import INITIAL_KEY, TRAILING_KEY
from peer.wire import PATIENCE_S, CheckFailure, expect, expect_code, expect_equal, insecure

_REQUEST_SIZES = (27182, 8, 1828, 45904)
_RESPONSE_SIZES = (31415, 9, 2653, 58979)


def payload(size):
    return m.Payload(body=bytes(size))


def _serialize(message):
    return message.SerializeToString()


class Stub:
    def __init__(self, channel):
        def path(method):
            return f"/grpc.testing.TestService/{method}"

        out = m.StreamingOutputCallResponse.FromString
        self.empty = channel.unary_unary(path("EmptyCall"), _serialize, m.Empty.FromString)
        self.unary = channel.unary_unary(path("UnaryCall"), _serialize, m.SimpleResponse.FromString)
        self.cacheable = channel.unary_unary(path("CacheableUnaryCall"), _serialize, m.SimpleResponse.FromString)
        self.output = channel.unary_stream(path("StreamingOutputCall"), _serialize, out)
        self.input = channel.stream_unary(
            path("StreamingInputCall"), _serialize, m.StreamingInputCallResponse.FromString
        )
        self.duplex = channel.stream_stream(path("FullDuplexCall"), _serialize, out)
        self.half_duplex = channel.stream_stream(path("HalfDuplexCall"), _serialize, out)
        self.unimplemented = channel.unary_unary(path("UnimplementedCall"), _serialize, m.Empty.FromString)
        self.unimplemented_service = channel.unary_unary(
            "/grpc.testing.UnimplementedService/UnimplementedCall", _serialize, m.Empty.FromString
        )


def _large():
    return m.SimpleRequest(response_size=314159, payload=payload(271828))


def _check_large(response):
    expect_equal(response.payload.body, bytes(314159), "payload of the response")


def _duplex_request(request, response):
    return m.StreamingOutputCallRequest(
        response_parameters=[m.ResponseParameters(size=response)], payload=payload(request)
    )


def _check_sizes(responses):
    expect_equal([r.payload.body for r in responses], [bytes(s) for s in _RESPONSE_SIZES], "payloads of the responses")


def empty_unary(stub):
    expect_equal(stub.empty(m.Empty(), timeout=PATIENCE_S), m.Empty(), "response")


def large_unary(stub):
    _check_large(stub.unary(_large(), timeout=PATIENCE_S))


def client_compressed_unary(stub):
    request = _large()
    request.expect_compressed.value = True
    expect_code(
        grpc.StatusCode.INVALID_ARGUMENT, lambda: stub.unary(request, timeout=PATIENCE_S), "uncompressed probe"
    )
    _check_large(stub.unary(request, timeout=PATIENCE_S, compression=grpc.Compression.Gzip))
    request.expect_compressed.value = False
    _check_large(stub.unary(request, timeout=PATIENCE_S))
    expect_code(
        grpc.StatusCode.INVALID_ARGUMENT,
        lambda: stub.unary(request, timeout=PATIENCE_S, compression=grpc.Compression.Gzip),
        "compressed where no compression is expected",
    )


def server_compressed_unary(stub):
    for is_compressed in (True, False):
        request = _large()
        request.response_compressed.value = is_compressed
        _check_large(stub.unary(request, timeout=PATIENCE_S))


def client_streaming(stub):
    requests = (m.StreamingInputCallRequest(payload=payload(size)) for size in _REQUEST_SIZES)
    expect_equal(stub.input(requests, timeout=PATIENCE_S).aggregated_payload_size, 74922, "aggregated_payload_size")


def client_compressed_streaming(stub):
    def requests(*wanted):
        return iter(
            m.StreamingInputCallRequest(payload=payload(size), expect_compressed=m.BoolValue(value=flag))
            for size, flag in wanted
        )

    expect_code(
        grpc.StatusCode.INVALID_ARGUMENT,
        lambda: stub.input(requests((27182, True)), timeout=PATIENCE_S),
        "uncompressed probe",
    )
    response = stub.input(
        requests((27182, True), (45904, True)), timeout=PATIENCE_S, compression=grpc.Compression.Gzip
    )
    expect_equal(response.aggregated_payload_size, 73086, "aggregated_payload_size")


def server_streaming(stub):
    request = m.StreamingOutputCallRequest(
        response_parameters=[m.ResponseParameters(size=size) for size in _RESPONSE_SIZES]
    )
    _check_sizes(stub.output(request, timeout=PATIENCE_S))


def server_compressed_streaming(stub):
    request = m.StreamingOutputCallRequest(
        response_parameters=[
            m.ResponseParameters(size=31415, compressed=m.BoolValue(value=True)),
            m.ResponseParameters(size=92653, compressed=m.BoolValue(value=False)),
        ]
    )
    sizes = [len(r.payload.body) for r in stub.output(request, timeout=PATIENCE_S)]
    expect_equal(sizes, [31415, 92653], "sizes of the responses")


class _Requests:
    """Requests that are handed out one by one, from outside."""

    def __init__(self):
        self._queue = queue.Queue()

    def send(self, request):
        self._queue.put(request)

    def finish(self):
        self._queue.put(None)

    def __iter__(self):
        return iter(self._queue.get, None)


def ping_pong(stub):
    requests = _Requests()
    responses = stub.duplex(iter(requests), timeout=PATIENCE_S)
    for request, response in zip(_REQUEST_SIZES, _RESPONSE_SIZES):
        requests.send(_duplex_request(request, response))
        expect_equal(next(responses).payload.body, bytes(response), "payload of the response")
    requests.finish()
    expect_equal(list(responses), [], "further responses")


def half_duplex(stub):
    requests = (_duplex_request(*sizes) for sizes in zip(_REQUEST_SIZES, _RESPONSE_SIZES))
    _check_sizes(stub.half_duplex(requests, timeout=PATIENCE_S))


def empty_stream(stub):
    expect_equal(list(stub.duplex(iter(()), timeout=PATIENCE_S)), [], "responses")


def custom_metadata(stub):
    initial, trailing = (INITIAL_KEY, "test_initial_metadata_value"), (TRAILING_KEY, b"\xab\xab\xab")
    response, call = stub.unary.with_call(_large(), timeout=PATIENCE_S, metadata=(initial, trailing))
    _check_large(response)
    responses = stub.duplex(
        iter((_duplex_request(271828, 314159),)), timeout=PATIENCE_S, metadata=(initial, trailing)
    )
    expect_equal([r.payload.body for r in responses], [bytes(314159)], "payloads of the responses")
    for name, one in (("unary", call), ("duplex", responses)):
        expect_equal(dict(one.initial_metadata()).get(INITIAL_KEY), initial[1], f"{name}: initial metadata")
        expect_equal(dict(one.trailing_metadata()).get(TRAILING_KEY), trailing[1], f"{name}: trailing metadata")


def status_code_and_message(stub):
    status = m.EchoStatus(code=2, message="test status message")
    calls = (
        lambda: stub.unary(m.SimpleRequest(response_status=status), timeout=PATIENCE_S),
        lambda: list(stub.duplex(iter((m.StreamingOutputCallRequest(response_status=status),)), timeout=PATIENCE_S)),
    )
    for call in calls:
        error = expect_code(grpc.StatusCode.UNKNOWN, call, "status")
        expect_equal(error.details(), status.message, "status message")


def special_status_message(stub):
    message = "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \U0001f608\t\n"
    request = m.SimpleRequest(response_status=m.EchoStatus(code=2, message=message))
    error = expect_code(grpc.StatusCode.UNKNOWN, lambda: stub.unary(request, timeout=PATIENCE_S), "status")
    expect_equal(error.details(), message, "status message")


def unimplemented_method(stub):
    expect_code(
        grpc.StatusCode.UNIMPLEMENTED, lambda: stub.unimplemented(m.Empty(), timeout=PATIENCE_S), "UnimplementedCall"
    )


def unimplemented_service(stub):
    expect_code(
        grpc.StatusCode.UNIMPLEMENTED,
        lambda: stub.unimplemented_service(m.Empty(), timeout=PATIENCE_S),
        "UnimplementedService",
    )


def cancel_after_begin(stub):
    requests = _Requests()
    call = stub.input.future(iter(requests), timeout=PATIENCE_S)
    call.cancel()
    expect(call.cancelled(), "the call is not cancelled")
    expect_equal(call.code(), grpc.StatusCode.CANCELLED, "status")
    requests.finish()


def cancel_after_first_response(stub):
    requests = _Requests()
    responses = stub.duplex(iter(requests), timeout=PATIENCE_S)
    requests.send(_duplex_request(27182, 31415))
    expect_equal(next(responses).payload.body, bytes(31415), "payload of the response")
    responses.cancel()
    expect_code(grpc.StatusCode.CANCELLED, lambda: next(responses), "after the cancellation")
    requests.finish()


def timeout_on_sleeping_server(stub):
    requests = _Requests()
    responses = stub.duplex(iter(requests), timeout=0.001)
    requests.send(m.StreamingOutputCallRequest(payload=payload(27182)))
    expect_code(grpc.StatusCode.DEADLINE_EXCEEDED, lambda: next(responses), "timeout of 1 ms")
    requests.finish()


def rpc_soak(stub):
    for _ in range(50):
        large_unary(stub)


def cacheable_unary(stub):
    first = stub.cacheable(m.SimpleRequest(), timeout=PATIENCE_S)
    second, call = stub.cacheable.with_call(m.SimpleRequest(), timeout=PATIENCE_S)
    expect(first.payload.body != second.payload.body, "two answers without a proxy between are the same")
    expect("max-age=60" in dict(call.initial_metadata()).get("cache-control", ""), "no cache-control")


CASES = {
    case.__name__: case
    for case in (
        empty_unary,
        large_unary,
        client_compressed_unary,
        server_compressed_unary,
        client_streaming,
        client_compressed_streaming,
        server_streaming,
        server_compressed_streaming,
        ping_pong,
        half_duplex,
        empty_stream,
        custom_metadata,
        status_code_and_message,
        special_status_message,
        unimplemented_method,
        unimplemented_service,
        cancel_after_begin,
        cancel_after_first_response,
        timeout_on_sleeping_server,
        rpc_soak,
        cacheable_unary,
    )
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--server_port", type=int, required=True)
    parser.add_argument("--test_case", required=True, help="names parted by commas, or all")
    arguments = parser.parse_args()
    names = list(CASES) if arguments.test_case == "all" else arguments.test_case.split(",")
    failed = 0
    for name in names + (["channel_soak"] if arguments.test_case == "all" else []):
        try:
            if name == "channel_soak":
                for _ in range(10):
                    with insecure(arguments.server_port) as channel:
                        large_unary(Stub(channel))
            else:
                with insecure(arguments.server_port) as channel:
                    CASES[name](Stub(channel))
            print(f"PASS {name}", flush=True)
        except (CheckFailure, grpc.RpcError) as error:
            failed += 1
            print(f"FAIL {name}: {error}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
