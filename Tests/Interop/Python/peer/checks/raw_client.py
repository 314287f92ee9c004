"""What a foreign client may send that grpcio never does."""

import gzip as gzip_module

import h2.errors
import h2.settings

from peer.checks import check
from peer.http2 import RawClient, framed, unframed
from peer.wire import CheckFailure, expect, expect_equal, pattern


def _expect_ok(answer, messages, what):
    expect_equal(answer.reset, None, f"{what}: reset")
    expect_equal(answer.first.get(":status"), "200", f"{what}: HTTP status")
    expect_equal(answer.first.get("content-type"), "application/grpc", f"{what}: content-type")
    expect_equal([m for _, m in unframed(answer.data)], messages, f"{what}: messages")
    expect_equal(answer.last.get("grpc-status"), "0", f"{what}: grpc-status")


def _expect_error(answer, code, what):
    """The answer must be trailers and nothing else."""
    expect_equal(len(answer.headers), 1, f"{what}: number of header lists")
    expect_equal(answer.data, b"", f"{what}: data")
    expect_equal(answer.first.get(":status"), "200", f"{what}: HTTP status")
    expect_equal(answer.first.get("content-type"), "application/grpc", f"{what}: content-type")
    expect_equal(answer.first.get("grpc-status"), str(code), f"{what}: grpc-status of {answer.headers}")


def _still_good(client):
    _expect_ok(client.call("Echo", framed(b"good")), [b"good"], "Echo afterwards")


@check
def trailers_only(target):
    """An error before any message comes in one header list that ends the stream."""
    client = RawClient(target.port)
    answer = client.call("Fail", framed(b"9 no % way"))
    _expect_error(answer, 9, "Fail")
    expect_equal(answer.first.get("grpc-message"), "no %25 way", "grpc-message")
    _expect_error(client.call("/no.Such/Method", framed(b"")), 12, "unknown service")
    _still_good(client)


@check
def unknown_encoding(target):
    """Answered with UNIMPLEMENTED and the encodings that are known."""
    client = RawClient(target.port)
    answer = client.call("Echo", framed(b"abc", flag=1), ("grpc-encoding", "snappy"))
    _expect_error(answer, 12, "snappy")
    accepted = {part.strip() for part in answer.first.get("grpc-accept-encoding", "").split(",")}
    expect_equal(accepted, {"identity", "gzip"}, "grpc-accept-encoding")
    _still_good(client)


@check
def compressed_flag(target):
    client = RawClient(target.port)
    packed = gzip_module.compress(b"abc")
    answer = client.call("Echo", framed(packed, flag=1), ("grpc-encoding", "gzip"))
    _expect_ok(answer, [b"abc"], "gzip")
    _expect_ok(client.call("Echo", framed(b"abc"), ("grpc-encoding", "gzip")), [b"abc"], "gzip announced, not used")
    _expect_error(client.call("Echo", framed(packed, flag=1)), 13, "flag without grpc-encoding")
    identity = ("grpc-encoding", "identity")
    _expect_error(client.call("Echo", framed(packed, flag=1), identity), 13, "flag with identity")
    for name, data in (("garbage", b"abc"), ("cut short", packed[:-4]), ("trailing bytes", packed + b"x")):
        answer = client.call("Echo", framed(data, flag=1), ("grpc-encoding", "gzip"))
        _expect_error(answer, 13, f"gzip, {name}")
    _expect_error(client.call("Echo", framed(b"abc", flag=2)), 13, "flag 2")
    _still_good(client)


@check
def deadline_without_cancel(target):
    """The server ends a call at its deadline by itself, and cancels the handler."""
    client = RawClient(target.port)
    stream = client.open("Hang", ("grpc-timeout", "100m"))
    client.send(stream, framed(b"alone"), end=True)
    _expect_error(client.finish(stream), 4, "Hang")
    _expect_ok(client.call("Await", framed(b"cancelled alone")), [b"1"], "Await")
    # The client's side is still open: the server tells it to stop sending.
    stream = client.open("HangOpen", ("grpc-timeout", "100000u"))
    client.send(stream, framed(b"open"))
    answer = client.finish(stream)
    expect_equal(answer.last.get("grpc-status"), "4", "HangOpen")
    _expect_ok(client.call("Await", framed(b"cancelled open")), [b"1"], "Await")


@check
def timeout_values(target):
    client = RawClient(target.port)
    for text in ("99999999H", "1H", "1M", "60S", "99999999m", "99999999u"):
        _expect_ok(client.call("Echo", framed(b""), ("grpc-timeout", text)), [b""], f"grpc-timeout {text}")
    for text in ("", "1", "S", "1x", "-1S", "123456789S", "1 S", "1.5S"):
        _expect_error(client.call("Echo", framed(b""), ("grpc-timeout", text)), 13, f"grpc-timeout '{text}'")
    answer = client.call("Hang", framed(b"past"), ("grpc-timeout", "1n"))
    _expect_error(answer, 4, "grpc-timeout 1n")
    _still_good(client)


@check
def not_grpc(target):
    client = RawClient(target.port)
    for content_type in ("application/grpc+proto", "application/grpc;charset=utf-8"):
        _expect_ok(client.call("Echo", framed(b"a"), content_type=content_type), [b"a"], content_type)
    for content_type in ("application/json", "text/plain", "application/grpcish"):
        answer = client.call("Echo", framed(b"a"), content_type=content_type)
        expect_equal(answer.first.get(":status"), "415", f"content-type {content_type}")
    answer = client.finish(client.open("Echo", method="GET", end=True))
    expect_equal(answer.first.get(":status"), "405", "GET")
    _still_good(client)


@check
def odd_frames(target):
    """Messages may be cut into frames anywhere."""
    client = RawClient(target.port)
    data = b"".join(framed(pattern(size, size)) for size in (0, 1, 300))
    wanted = b"3 301"

    stream = client.open("Sum")
    for byte in data:
        client.send(stream, bytes([byte]))
    client.send(stream, b"", end=True)
    _expect_ok(client.finish(stream), [wanted], "a byte in each frame")

    _expect_ok(client.call("Sum", data), [wanted], "all in one frame")

    stream = client.open("Sum")
    client.send(stream, b"")
    client.send(stream, data[:7], pad=200)
    client.send(stream, b"", pad=0)
    client.send(stream, data[7:], end=True, pad=255)
    _expect_ok(client.finish(stream), [wanted], "padded and empty frames")

    stream = client.open("Sum")
    client.send(stream, data)
    client.h2.send_headers(stream, [("some", "trailer")], end_stream=True)
    client.flush()
    _expect_ok(client.finish(stream), [wanted], "trailers of a request")
    _still_good(client)


@check
def broken_requests(target):
    client = RawClient(target.port)
    _expect_error(client.finish(client.open("Echo", end=True)), 12, "headers that end the stream")
    _expect_error(client.call("Echo", b""), 12, "no message")
    _expect_error(client.call("Echo", framed(b"a") + framed(b"b")), 12, "two messages")
    for cut in (1, 4, 5, 7):
        _expect_error(client.call("Echo", framed(b"abc")[:cut]), 13, f"cut short after {cut} bytes")
    _expect_error(client.call("Echo", b"\x00\xff\xff\xff\xff"), 8, "4 GiB announced")
    _expect_error(client.call("Echo", framed(b""), ("broken-bin", "a*b")), 13, "metadata that isn't base64")
    _still_good(client)


@check
def binary_metadata(target):
    """Values may be padded or not, and several may stand in one field."""
    client = RawClient(target.port)
    answer = client.call(
        "Echo",
        framed(b""),
        ("echo-initial-bin", "q80="),
        ("echo-initial-bin", "q80"),
        ("echo-initial-bin", "AA,AAE,"),
        ("echo-initial", "text"),
    )
    _expect_ok(answer, [b""], "Echo")
    found = [value for key, value in answer.headers[0] if key == "echo-initial-bin"]
    joined = ",".join(found).split(",")
    expect_equal([value.rstrip("=") for value in joined], ["q80", "q80", "AA", "AAE", ""], "values")


@check
def small_windows(target):
    """A client with a window of a byte at first, and no HPACK table."""
    settings = {
        h2.settings.SettingCodes.INITIAL_WINDOW_SIZE: 1,
        h2.settings.SettingCodes.HEADER_TABLE_SIZE: 0,
        h2.settings.SettingCodes.ENABLE_PUSH: 0,
    }
    client = RawClient(target.port, settings, window_updates=False)
    stream = client.open("Echo")
    client.send(stream, framed(pattern(500)), end=True)
    answer = client.answers[stream]
    granted = 1
    while not answer.is_over:
        if len(answer.data) == granted and granted < 505:
            granted += 7
            client.h2.increment_flow_control_window(7, stream)
            client.flush()
        client.receive()
    _expect_ok(answer, [pattern(500)], "Echo")
    expect(max(answer.data_frames) <= 7, f"frames longer than the window: {answer.data_frames}")


@check
def client_goes_away(target):
    """After a GOAWAY of the client, what is open still ends well."""
    client = RawClient(target.port)
    stream = client.open("Chat")
    client.send(stream, framed(b"one"))
    # h2 refuses to send on a connection that it has closed, so the frame is made by hand: GOAWAY, no error, no stream.
    client.socket.sendall(bytes([0, 0, 8, 7, 0, 0, 0, 0, 0]) + bytes(8))
    client.send(stream, framed(b"two"), end=True)
    _expect_ok(client.finish(stream), [b"one", b"two"], "Chat")


@check
def stream_refused(target):
    """More streams at once than the server allows are refused, the others aren't harmed."""
    client = RawClient(target.port)
    while h2.settings.SettingCodes.MAX_CONCURRENT_STREAMS not in client.h2.remote_settings:
        client.receive()
    allowed = client.h2.remote_settings.max_concurrent_streams
    # The peer's own check must not stop this.
    client.h2.remote_settings[h2.settings.SettingCodes.MAX_CONCURRENT_STREAMS] = allowed + 10
    client.h2.remote_settings.acknowledge()
    streams = [client.open("Chat") for _ in range(allowed + 1)]
    try:
        last = client.finish(streams[-1])
        expect_equal(last.reset, h2.errors.ErrorCodes.REFUSED_STREAM, "the stream too many")
    except CheckFailure:
        # A server may also end the connection for this.
        expect(client.goaway is not None, "the connection was closed without a GOAWAY")
        return
    for stream in streams[:-1]:
        client.send(stream, framed(b"x"), end=True)
    for stream in streams[:-1]:
        _expect_ok(client.finish(stream), [b"x"], "Chat")
