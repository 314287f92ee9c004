"""Messages that are too long, and readers that are slow."""

import grpc

from peer.checks import check
from peer.wire import PATIENCE_S, expect, expect_code, expect_equal, pattern

_MIB = 1024 * 1024
_UNLIMITED = (("grpc.max_send_message_length", -1), ("grpc.max_receive_message_length", -1))


@check
def request_too_long(target):
    """The server takes 4 MiB and no byte more."""
    peer = target.peer(*_UNLIMITED)
    expect_equal(peer.client_streaming("Sum")(iter((bytes(4 * _MIB),)), timeout=PATIENCE_S), b"1 4194304", "4 MiB")
    expect_code(grpc.StatusCode.RESOURCE_EXHAUSTED, lambda: peer.call("Echo", bytes(4 * _MIB + 1)), "4 MiB and a byte")
    expect_code(
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        lambda: peer.client_streaming("Sum")(iter((b"a", bytes(8 * _MIB))), timeout=PATIENCE_S),
        "8 MiB in a stream",
    )
    # 64 MiB of zeros in some 64 KiB.
    expect_code(
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        lambda: peer.call("Echo", bytes(64 * _MIB), compression=grpc.Compression.Gzip),
        "64 MiB compressed",
    )
    expect_equal(peer.call("Echo", b"still here"), b"still here", "Echo")


@check
def response_too_long(target):
    """The server sends 4 MiB and no byte more; the client that takes less says so."""
    peer = target.peer(*_UNLIMITED)
    answers = list(peer.server_streaming("Repeat")(f"1 {4 * _MIB}".encode(), timeout=PATIENCE_S))
    expect_equal([len(a) for a in answers], [4 * _MIB], "4 MiB")
    expect_code(
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        lambda: list(peer.server_streaming("Repeat")(f"1 {4 * _MIB + 1}".encode(), timeout=PATIENCE_S)),
        "4 MiB and a byte",
    )
    small = target.peer(("grpc.max_receive_message_length", 1_000))
    expect_code(
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        lambda: list(small.server_streaming("Repeat")(b"3 1001", timeout=PATIENCE_S)),
        "client that takes 1,000 bytes",
    )
    expect_equal(small.call("Echo", b"still here"), b"still here", "Echo")


@check
def slow_reader(target):
    """A client that doesn't read stops the handler; the server keeps no more than a bounded queue."""
    # Without measuring the bandwidth, after which it would take megabytes ahead.
    peer = target.peer(("grpc.http2.bdp_probe", 0))
    count, size = 3_000, 10_000
    answers = peer.server_streaming("Flood")(f"{count} {size}".encode(), timeout=2 * PATIENCE_S)
    expect_equal(next(answers), pattern(size), "first answer")
    accepted, quiet = 0, 0
    # The same number for 200 calls in a row, on the same connection: the handler stands still.
    while quiet < 200:
        now = int(peer.call("Count", b"flooded"))
        quiet = quiet + 1 if now == accepted else 0
        accepted = now
    target.say(f"accepted {accepted * size}")
    bound = int(target.arguments[0])
    expect(accepted * size <= bound, f"{accepted * size} bytes were accepted for a reader that doesn't read")
    for index in range(1, count):
        expect_equal(next(answers), pattern(size, index), f"answer {index}")
    expect_equal(list(answers), [], "further answers")
    expect_equal(int(peer.call("Count", b"flooded")), count, "accepted in the end")


@check
def slow_reader_harms_no_other(target):
    """While one call isn't read, others on the same connection go on."""
    peer = target.peer()
    stalled = [peer.server_streaming("Flood")(b"1000 10000", timeout=2 * PATIENCE_S) for _ in range(8)]
    for answers in stalled:
        expect_equal(next(answers), pattern(10_000), "first answer")
    size = 3 * _MIB
    for _ in range(5):
        expect_equal(peer.call("Echo", pattern(size)), pattern(size), "Echo beside")
    for answers in stalled:
        answers.cancel()


@check
def slow_handler(target):
    """A handler that doesn't read stops the client."""
    peer = target.peer()
    sent = 0

    def requests():
        nonlocal sent
        while sent < 3_000:
            sent += 1
            yield pattern(10_000, sent)

    call = peer.client_streaming("GatedSum").future(requests(), timeout=2 * PATIENCE_S)
    peer.wait_for("begun gate")
    before, quiet = -1, 0
    while quiet < 200:
        peer.call("Echo", b"")
        quiet = quiet + 1 if sent == before else 0
        before = sent
    target.say(f"sent {before * 10_000}")
    expect(before * 10_000 <= int(target.arguments[0]), f"{before * 10_000} bytes left for a handler that doesn't read")
    peer.call("Record", b"gate")
    expect_equal(call.result(), b"3000 30000000", "GatedSum")
