"""Every kind of call, with messages small, empty, large and many."""

import queue

import grpc

from peer.checks import check
from peer.wire import PATIENCE_S, expect_code, expect_equal, pattern


@check
def unary(target):
    peer = target.peer()
    for size in (0, 1, 100, 16_383, 16_384, 70_000):
        expect_equal(peer.call("Echo", pattern(size)), pattern(size), f"Echo of {size} bytes")


@check
def client_streaming(target):
    peer = target.peer()
    sizes = [0, 1, 100, 16_384, 70_000, 0]
    answer = peer.client_streaming("Sum")((pattern(s) for s in sizes), timeout=PATIENCE_S)
    expect_equal(answer, f"{len(sizes)} {sum(sizes)}".encode(), "Sum")
    expect_equal(peer.client_streaming("Sum")(iter(()), timeout=PATIENCE_S), b"0 0", "Sum of nothing")


@check
def server_streaming(target):
    peer = target.peer()
    for count, size in ((0, 0), (3, 0), (5, 1_000), (20, 70_000)):
        answers = list(peer.server_streaming("Repeat")(f"{count} {size}".encode(), timeout=PATIENCE_S))
        expect_equal(answers, [pattern(size, i) for i in range(count)], f"Repeat {count} {size}")


@check
def bidirectional(target):
    requests = queue.Queue()
    answers = target.peer().bidirectional("Chat")(iter(requests.get, None), timeout=PATIENCE_S)
    for index, size in enumerate((0, 1, 1_000, 70_000)):
        requests.put(pattern(size, index))
        expect_equal(next(answers), pattern(size, index), f"answer {index}")
    requests.put(None)
    expect_equal(list(answers), [], "further answers")


@check
def many_messages(target):
    """Far more messages than fit a window, in both directions at once."""
    count = 5_000
    answers = target.peer().bidirectional("Chat")((pattern(300, i) for i in range(count)), timeout=PATIENCE_S)
    for index, answer in enumerate(answers):
        expect_equal(answer, pattern(300, index), f"answer {index}")
        count -= 1
    expect_equal(count, 0, "missing answers")


@check
def many_calls(target):
    """More calls at once than the server allows streams on one connection."""
    peer = target.peer()
    calls = [peer.unary("Echo").future(pattern(500, i), timeout=PATIENCE_S) for i in range(1_500)]
    for index, call in enumerate(calls):
        expect_equal(call.result(), pattern(500, index), f"call {index}")


@check
def larger_than_window(target):
    """One message many times as long as a stream's window."""
    peer = target.peer()
    size = 3 * 1024 * 1024
    expect_equal(peer.call("Echo", pattern(size)), pattern(size), "Echo")
    answers = peer.bidirectional("Chat")((pattern(size, i) for i in range(3)), timeout=PATIENCE_S)
    expect_equal(list(answers), [pattern(size, i) for i in range(3)], "Chat")


@check
def gzip(target):
    """Compressed requests and answers, by call and by channel."""
    peer = target.peer()
    answer = peer.call("Compressed", b"x" * 10_000, compression=grpc.Compression.Gzip)
    expect_equal(answer, b"true " + b"x" * 10_000, "compressed request")
    expect_equal(peer.call("Compressed", b"x" * 10_000), b"false " + b"x" * 10_000, "uncompressed request")
    size = 3 * 1024 * 1024
    sent = (pattern(size, i) for i in range(2))
    answers = peer.bidirectional("Chat")(sent, timeout=PATIENCE_S, compression=grpc.Compression.Gzip)
    expect_equal(list(answers), [pattern(size, i) for i in range(2)], "compressed Chat")


@check
def gzip_not_wanted(target):
    """A client that takes no gzip gets none."""
    # Bit 0 is identity, the only one left.
    peer = target.peer(("grpc.compression_enabled_algorithms_bitset", 1))
    expect_equal(peer.call("Compressed", b""), b"false " + b"x" * 10_000, "answer")


@check
def deflate_unknown(target):
    """An encoding that the server doesn't know is UNIMPLEMENTED; the connection stays good."""
    peer = target.peer()
    expect_code(
        grpc.StatusCode.UNIMPLEMENTED,
        lambda: peer.call("Echo", b"x" * 10_000, compression=grpc.Compression.Deflate),
        "deflate",
    )
    expect_equal(peer.call("Echo", b"still here"), b"still here", "Echo")
