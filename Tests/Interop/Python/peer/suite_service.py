"""grpc.testing.TestService in Python, as the public description of the interoperability suite says.

Python can't see whether a request came compressed, so the feature CompressedRequest is missing.
"""

import time

import grpc

from peer.messages import (
    Empty,
    Payload,
    SimpleRequest,
    SimpleResponse,
    StreamingInputCallRequest,
    StreamingInputCallResponse,
    StreamingOutputCallRequest,
    StreamingOutputCallResponse,
)

INITIAL_KEY = "x-grpc-test-echo-initial"
TRAILING_KEY = "x-grpc-test-echo-trailing-bin"
_CODES = {code.value[0]: code for code in grpc.StatusCode}


def _echo_metadata(context):
    metadata = dict(context.invocation_metadata())
    if INITIAL_KEY in metadata:
        context.send_initial_metadata(((INITIAL_KEY, metadata[INITIAL_KEY]),))
    if TRAILING_KEY in metadata:
        context.set_trailing_metadata(((TRAILING_KEY, metadata[TRAILING_KEY]),))


def _echo_status(request, context):
    if request.response_status.code != 0:
        context.abort(_CODES[request.response_status.code], request.response_status.message)


def _empty(_, context):
    _echo_metadata(context)
    return Empty()


def _unary(request, context):
    _echo_metadata(context)
    _echo_status(request, context)
    if request.HasField("response_compressed") and request.response_compressed.value:
        context.set_compression(grpc.Compression.Gzip)
    return SimpleResponse(payload=Payload(type=request.response_type, body=bytes(request.response_size)))


def _answers(request, context):
    for parameters in request.response_parameters:
        if parameters.interval_us > 0:
            time.sleep(parameters.interval_us / 1e6)
        if parameters.HasField("compressed") and not parameters.compressed.value:
            context.disable_next_message_compression()
        yield StreamingOutputCallResponse(
            payload=Payload(type=request.response_type, body=bytes(parameters.size))
        )


def _announce_compression(request, context):
    if any(p.HasField("compressed") and p.compressed.value for p in request.response_parameters):
        context.set_compression(grpc.Compression.Gzip)


def _streaming_output(request, context):
    _echo_metadata(context)
    _echo_status(request, context)
    _announce_compression(request, context)
    yield from _answers(request, context)


def _streaming_input(requests, context):
    _echo_metadata(context)
    return StreamingInputCallResponse(aggregated_payload_size=sum(len(r.payload.body) for r in requests))


def _full_duplex(requests, context):
    _echo_metadata(context)
    for request in requests:
        _echo_status(request, context)
        yield from _answers(request, context)


def _half_duplex(requests, context):
    _echo_metadata(context)
    for request in list(requests):
        _echo_status(request, context)
        yield from _answers(request, context)


def handlers():
    def of(make, handler, request):
        return make(handler, request.FromString, lambda response: response.SerializeToString())

    unary, stream_out = grpc.unary_unary_rpc_method_handler, grpc.unary_stream_rpc_method_handler
    stream_in, duplex = grpc.stream_unary_rpc_method_handler, grpc.stream_stream_rpc_method_handler
    return grpc.method_handlers_generic_handler(
        "grpc.testing.TestService",
        {
            "EmptyCall": of(unary, _empty, Empty),
            "UnaryCall": of(unary, _unary, SimpleRequest),
            "StreamingOutputCall": of(stream_out, _streaming_output, StreamingOutputCallRequest),
            "StreamingInputCall": of(stream_in, _streaming_input, StreamingInputCallRequest),
            "FullDuplexCall": of(duplex, _full_duplex, StreamingOutputCallRequest),
            "HalfDuplexCall": of(duplex, _half_duplex, StreamingOutputCallRequest),
        },
    )
