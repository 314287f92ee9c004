"""Deadlines, cancellation, drain and keepalive."""

import queue
import threading

import grpc

from peer.checks import check
from peer.messages import ResponseParameters, StreamingOutputCallRequest
from peer.service import Events, Service
from peer.wire import PATIENCE_S, expect, expect_code, expect_equal


@check
def deadline(target):
    """The client gives up at its deadline, and the handler is cancelled."""
    peer = target.peer()
    expect_code(grpc.StatusCode.DEADLINE_EXCEEDED, lambda: peer.call("Hang", b"late", timeout=0.2), "Hang")
    peer.wait_for("cancelled late")
    requests = queue.Queue()
    requests.put(b"open")
    answers = peer.bidirectional("HangOpen")(iter(requests.get, None), timeout=0.5)
    expect_equal(next(answers), b"begun", "HangOpen")
    expect_code(grpc.StatusCode.DEADLINE_EXCEEDED, lambda: next(answers), "HangOpen")
    peer.wait_for("cancelled open")
    requests.put(None)


@check
def deadline_is_seen(target):
    peer = target.peer()
    for seconds in (5, 100, 4_000, 400_000):
        left = int(peer.call("TimeLeft", b"", timeout=seconds))
        # grpcio rounds up to three digits or so before it sends.
        expect(0 < left <= seconds * 1010 + 10, f"{left} ms left of {seconds} s")
    expect_equal(peer.unary("TimeLeft")(b""), b"none", "without a deadline")


@check
def deadline_passes_on(target):
    """Our server calls a Python server on behalf of this client, with what is left of its time."""
    import concurrent.futures

    server = grpc.server(concurrent.futures.ThreadPoolExecutor(4))
    server.add_generic_rpc_handlers((Service("downstream", Events()).handlers(),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    peer = target.peer()
    here, there = map(int, peer.call("Forward", str(port).encode(), timeout=30).split())
    # Less the time spent, but for the tick that grpcio rounds up by.
    expect(0 < there <= here + 10 <= 30_020, f"{here} ms left in the middle, {there} ms downstream")
    expect_equal(peer.unary("Forward")(str(port).encode()), b"none none", "without a deadline")
    server.stop(0)


@check
def cancel_unary(target):
    peer = target.peer()
    call = peer.unary("Hang").future(b"unary", timeout=PATIENCE_S)
    peer.wait_for("begun unary")
    call.cancel()
    expect_equal(call.code(), grpc.StatusCode.CANCELLED, "status")
    peer.wait_for("cancelled unary")


@check
def cancel_stream(target):
    peer = target.peer()
    requests = queue.Queue()
    requests.put(b"stream")
    answers = peer.bidirectional("HangOpen")(iter(requests.get, None), timeout=PATIENCE_S)
    expect_equal(next(answers), b"begun", "HangOpen")
    answers.cancel()
    expect_code(grpc.StatusCode.CANCELLED, lambda: next(answers), "HangOpen")
    peer.wait_for("cancelled stream")
    requests.put(None)


@check
def channel_closed(target):
    """Closing the channel cancels what runs on it."""
    peer, watcher = target.peer(), target.peer()
    call = peer.unary("Hang").future(b"closed", timeout=PATIENCE_S)
    watcher.wait_for("begun closed")
    peer.channel.close()
    watcher.wait_for("cancelled closed")
    expect_equal(call.code(), grpc.StatusCode.CANCELLED, "status")


@check
def rapid_cancels(target):
    """3,000 calls begun and cancelled on one connection, which stays."""
    peer = target.peer()
    expect_equal(peer.call("Echo", b"before"), b"before", "Echo")
    for index in range(3_000):
        call = peer.unary("Hang").future(b"rapid", timeout=PATIENCE_S)
        if index % 3 == 0:
            peer.call("Echo", b"between")
        call.cancel()
    expect_equal(peer.call("Echo", b"after"), b"after", "Echo")


@check
def drain(target):
    """A server that stops lets calls finish; new ones go to its successor on the same port."""
    peer = target.peer(("grpc.initial_reconnect_backoff_ms", 100), ("grpc.min_reconnect_backoff_ms", 100))
    requests = queue.Queue()
    requests.put(b"one")
    answers = peer.bidirectional("Chat")(iter(requests.get, None), timeout=PATIENCE_S)
    expect_equal(next(answers), b"one", "before the drain")
    unary = peer.unary("Await").future(b"go on", timeout=PATIENCE_S)
    expect_equal(peer.call("Label", b""), b"first", "label before the drain")
    target.say("ready")
    target.hear("draining")
    # The first server has announced its end and the second one listens.
    while peer.call("Label", b"", wait_for_ready=True) == b"first":
        pass
    expect_equal(peer.call("Label", b""), b"second", "label during the drain")
    requests.put(b"two")
    expect_equal(next(answers), b"two", "during the drain")
    target.say("finish")
    expect_equal(unary.result(), b"1", "the unary call that was open")
    requests.put(None)
    expect_equal(list(answers), [], "end of the stream that was open")


@check
def drain_gives_up(target):
    """What doesn't end within the grace is ended with UNAVAILABLE."""
    peer = target.peer()
    call = peer.unary("Hang").future(b"stuck", timeout=PATIENCE_S)
    peer.wait_for("begun stuck")
    target.say("ready")
    expect_equal(call.code(), grpc.StatusCode.UNAVAILABLE, "status")


@check
def keepalive(target):
    """Pings at a pace that the server allows keep a silent call open."""
    peer = target.peer(
        ("grpc.keepalive_time_ms", 20), ("grpc.keepalive_timeout_ms", 20_000), ("grpc.http2.max_pings_without_data", 0)
    )
    call = peer.unary("Hang").future(b"silent", timeout=PATIENCE_S)
    # The call outlives some 25 pings; that it lasts so long is what is looked at.
    ended = threading.Event()
    call.add_done_callback(lambda _: ended.set())
    expect(not ended.wait(0.5), f"the call ended: {call}")
    call.cancel()
    expect_equal(peer.call("Echo", b"after"), b"after", "Echo")


@check
def too_many_pings(target):
    """A client that pings far too often is sent away, and told why."""
    peer = target.peer(
        ("grpc.keepalive_time_ms", 10), ("grpc.keepalive_timeout_ms", 20_000), ("grpc.http2.max_pings_without_data", 0)
    )
    error = expect_code(grpc.StatusCode.UNAVAILABLE, lambda: peer.call("Hang", b"pings"), "Hang")
    expect("too_many_pings" in error.details(), f"the reason is missing: {error}")


@check
def frozen_server(target):
    """Keepalive finds out that the server doesn't answer any more."""
    peer = target.peer(
        ("grpc.keepalive_time_ms", 200),
        # By either name, as the versions of grpcio have it.
        ("grpc.keepalive_timeout_ms", 500),
        ("grpc.http2.ping_timeout_ms", 500),
        ("grpc.http2.max_pings_without_data", 0),
    )
    requests = queue.Queue()
    request = StreamingOutputCallRequest(response_parameters=[ResponseParameters(size=1)])
    requests.put(request.SerializeToString())
    duplex = peer.channel.stream_stream("/grpc.testing.TestService/FullDuplexCall")
    answers = duplex(iter(requests.get, None), timeout=PATIENCE_S)
    # The call has reached the server.
    next(answers)
    target.say("ready")
    target.hear("frozen")
    expect_code(grpc.StatusCode.UNAVAILABLE, lambda: next(answers), "a call to a frozen server")
    requests.put(None)
