"""How calls end: every status, rich errors, errors before, behind and instead of messages."""

import grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status

from peer.checks import check
from peer.wire import PATIENCE_S, expect, expect_code, expect_equal, pattern

_ERRORS = [code for code in grpc.StatusCode if code is not grpc.StatusCode.OK]


@check
def every_status(target):
    peer = target.peer()
    expect_equal(len(_ERRORS), 16, "number of codes")
    for code in _ERRORS:
        for message in ("", "plain", "100% – ünïcode \u263a\n\ttab %41"):
            request = f"{code.value[0]} {message}".encode()
            error = expect_code(code, lambda: peer.call("Fail", request), f"Fail {code}")
            expect_equal(error.details(), message, f"Fail {code}: message")
        answers = peer.server_streaming("FailLate")(f"{code.value[0]} late".encode(), timeout=PATIENCE_S)
        expect_equal([next(answers), next(answers)], [pattern(100, 0), pattern(100, 1)], f"FailLate {code}: answers")
        error = expect_code(code, lambda: next(answers), f"FailLate {code}")
        expect_equal(error.details(), "late", f"FailLate {code}: message")


@check
def rich_error(target):
    error = expect_code(grpc.StatusCode.INVALID_ARGUMENT, lambda: target.peer().call("Rich", b""), "Rich")
    status = rpc_status.from_call(error)
    expect(status is not None, "no google.rpc.Status")
    expect_equal(status.message, "mass_kg: must be positive", "message")
    found = {}
    for detail in status.details:
        for kind in (error_details_pb2.ErrorInfo, error_details_pb2.BadRequest, error_details_pb2.RetryInfo):
            message = kind()
            if detail.Unpack(message):
                found[kind] = message
    expect_equal(len(found), 3, "number of details")
    info = found[error_details_pb2.ErrorInfo]
    expect_equal((info.reason, info.domain, dict(info.metadata)),
                 ("INVALID_ARGUMENT", "twin.dev", {"twin": "twin-001"}), "ErrorInfo")
    violations = [(v.field, v.description) for v in found[error_details_pb2.BadRequest].field_violations]
    expect_equal(violations, [("mass_kg", "must be positive")], "BadRequest")
    expect_equal(found[error_details_pb2.RetryInfo].retry_delay.ToTimedelta().total_seconds(), 2.5, "RetryInfo")


@check
def early_end(target):
    """The server ends the call with OK or an error while the client still sends."""
    peer = target.peer()

    def endless(first):
        yield first
        while True:
            yield bytes(10_000)

    for _ in range(20):
        expect_equal(peer.client_streaming("FirstOnly")(endless(b"0"), timeout=PATIENCE_S), b"first", "early OK")
        error = expect_code(
            grpc.StatusCode.FAILED_PRECONDITION,
            lambda: peer.client_streaming("FirstOnly")(endless(b"9 enough"), timeout=PATIENCE_S),
            "early error",
        )
        expect_equal(error.details(), "enough", "early error: message")


@check
def unknown_paths(target):
    peer = target.peer()
    for path in ("/interop.Peer/Nothing", "/no.Such/Echo", "/", "/interop.Peer"):
        call = peer.channel.unary_unary(path)
        expect_code(grpc.StatusCode.UNIMPLEMENTED, lambda: call(b"", timeout=PATIENCE_S), path)


@check
def wrong_kind(target):
    """A stream of two requests to a unary method is answered, not taken."""
    peer = target.peer()
    call = peer.client_streaming("Echo")
    expect_code(grpc.StatusCode.UNIMPLEMENTED, lambda: call(iter((b"a", b"b")), timeout=PATIENCE_S), "two requests")
    expect_code(grpc.StatusCode.UNIMPLEMENTED, lambda: call(iter(()), timeout=PATIENCE_S), "no request")
    expect_equal(call(iter((b"a",)), timeout=PATIENCE_S), b"a", "one request")
