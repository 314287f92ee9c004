"""Metadata in both directions, text and binary, with and without an error."""

import grpc

from peer.checks import check
from peer.wire import PATIENCE_S, expect, expect_code, expect_equal, pattern

_PAIRS = (
    ("echo-initial", "one"),
    ("echo-initial", "two, with a comma and  two spaces"),
    ("echo-initial-bin", bytes(range(256))),
    ("echo-initial-bin", b""),
    ("echo-initial-bin", b"\x00,\xff"),
    ("echo-trailing.dotted_and-dashed", "~!@#$%^&*()"),
    ("echo-trailing-bin", b"\xab"),
    ("echo-trailing-bin", b"\xab\xcd"),
    ("echo-trailing-bin", b"\xab\xcd\xef"),
)


def _pairs(metadata, prefix):
    return [tuple(pair) for pair in metadata if pair[0].startswith(prefix)]


def _wanted(prefix):
    return [pair for pair in _PAIRS if pair[0].startswith(prefix)]


def _check(call, what):
    for prefix, found in (("echo-initial", call.initial_metadata()), ("echo-trailing", call.trailing_metadata())):
        expect_equal(sorted(_pairs(found, prefix)), sorted(_wanted(prefix)), f"{what}: {prefix}")
    # The order of values of one key is part of the contract.
    texts = [v for k, v in call.initial_metadata() if k == "echo-initial"]
    expect_equal(texts, ["one", "two, with a comma and  two spaces"], f"{what}: order")


@check
def metadata_unary(target):
    _, call = target.peer().unary("Echo").with_call(b"", timeout=PATIENCE_S, metadata=_PAIRS)
    _check(call, "Echo")


@check
def metadata_streaming(target):
    peer = target.peer()
    answers = peer.server_streaming("Repeat")(b"3 10", timeout=PATIENCE_S, metadata=_PAIRS)
    expect_equal(len(list(answers)), 3, "answers")
    _check(answers, "Repeat")
    _, call = peer.client_streaming("Sum").with_call(iter((b"a",)), timeout=PATIENCE_S, metadata=_PAIRS)
    _check(call, "Sum")
    answers = peer.bidirectional("Chat")(iter((b"a",)), timeout=PATIENCE_S, metadata=_PAIRS)
    expect_equal(list(answers), [b"a"], "Chat")
    _check(answers, "Chat")


@check
def metadata_with_error(target):
    """Trailers come with an error, too; initial metadata when messages came before it."""
    peer = target.peer()
    error = expect_code(
        grpc.StatusCode.NOT_FOUND, lambda: peer.call("Fail", b"5 gone", metadata=_PAIRS), "Fail"
    )
    expect_equal(
        sorted(_pairs(error.trailing_metadata(), "echo-trailing")), sorted(_wanted("echo-trailing")), "Fail: trailers"
    )
    answers = peer.server_streaming("FailLate")(b"5 gone", timeout=PATIENCE_S, metadata=_PAIRS)
    expect_equal([next(answers), next(answers)], [pattern(100, 0), pattern(100, 1)], "FailLate: answers")
    expect_code(grpc.StatusCode.NOT_FOUND, lambda: next(answers), "FailLate")
    _check(answers, "FailLate")


@check
def metadata_large(target):
    """8 KiB of metadata pass; more than the server takes is an error of that call only."""
    peer = target.peer()
    value = "v" * 8_192
    _, call = peer.unary("Echo").with_call(b"", timeout=PATIENCE_S, metadata=(("echo-initial", value),))
    expect_equal(dict(call.initial_metadata())["echo-initial"], value, "8 KiB")
    try:
        peer.call("Echo", b"", metadata=(("echo-initial", "v" * 40_000),))
        expect(False, "40,000 bytes of metadata passed")
    except grpc.RpcError as error:
        # grpcio may refuse by itself, since the server's SETTINGS say how much it takes.
        expect(
            error.code() in (grpc.StatusCode.RESOURCE_EXHAUSTED, grpc.StatusCode.INTERNAL), f"40,000 bytes: {error}"
        )
    expect_equal(peer.call("Echo", b"still here"), b"still here", "Echo")
