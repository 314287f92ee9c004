"""What both sides share: calls on plain bytes, channels, and comparisons that say what differs."""

import grpc

# No call of a check may hang; generous, since other work may keep the machine busy.
PATIENCE_S = 60
SERVICE = "interop.Peer"


class CheckFailure(Exception):
    """What a check found wrong."""


def expect(condition, message):
    if not condition:
        raise CheckFailure(message)


def expect_equal(found, wanted, what):
    expect(found == wanted, f"{what}: got {short(found)}, expected {short(wanted)}")


def expect_code(code, call, what):
    """Runs `call`, which must end with this status. Returns the error."""
    try:
        call()
    except grpc.RpcError as error:
        expect(error.code() == code, f"{what}: got {error.code()} '{error.details()}', expected {code}")
        return error
    raise CheckFailure(f"{what}: got OK, expected {code}")


def short(value):
    text = repr(value)
    return text if len(text) < 200 else f"{text[:200]}... ({len(value) if hasattr(value, '__len__') else '?'} long)"


_PERIOD = 65_536
_table = bytes((n * 31 + (n >> 8)) & 255 for n in range(_PERIOD))


def pattern(count, seed=0):
    """Bytes that differ from place to place, so that a lost or swapped piece shows; as the Swift side makes them."""
    start = seed % _PERIOD
    return (_table * ((start + count) // _PERIOD + 1))[start : start + count]


def raw(data):
    return data


class Peer:
    """Calls of the service `interop.Peer` on a channel."""

    def __init__(self, channel):
        self.channel = channel

    def unary(self, method):
        return self.channel.unary_unary(f"/{SERVICE}/{method}", raw, raw)

    def client_streaming(self, method):
        return self.channel.stream_unary(f"/{SERVICE}/{method}", raw, raw)

    def server_streaming(self, method):
        return self.channel.unary_stream(f"/{SERVICE}/{method}", raw, raw)

    def bidirectional(self, method):
        return self.channel.stream_stream(f"/{SERVICE}/{method}", raw, raw)

    def call(self, method, request, **options):
        """A unary call with its answer."""
        return self.unary(method)(request, timeout=options.pop("timeout", PATIENCE_S), **options)

    def wait_for(self, event):
        """Waits until the event has happened on the server."""
        return self.call("Await", event.encode())


def insecure(port, options=()):
    # A channel of its own for each check: none shares its connection with another.
    # Over its soft limit (8 KiB with the fields that gRPC adds) grpcio rejects metadata at random.
    limits = [("grpc.max_metadata_size", 16_384), ("grpc.absolute_max_metadata_size", 32_768)]
    return grpc.insecure_channel(
        f"127.0.0.1:{port}", options=[("grpc.use_local_subchannel_pool", 1), *limits, *options]
    )
