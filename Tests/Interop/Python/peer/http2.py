"""HTTP/2 by hand (h2), for what no gRPC library can be made to send."""

import socket
import struct

import h2.config
import h2.connection
import h2.events
import h2.settings

from peer.wire import PATIENCE_S, SERVICE, CheckFailure


def framed(message, flag=0):
    """A gRPC message behind its prefix."""
    return struct.pack(">BI", flag, len(message)) + message


def unframed(data):
    """The messages in `data`, as (flag, message)."""
    messages = []
    while data:
        flag, length = struct.unpack(">BI", data[:5])
        messages.append((flag, data[5 : 5 + length]))
        data = data[5 + length :]
    return messages


class Answer:
    """What came on one stream."""

    def __init__(self):
        # Lists of header lists: the first headers, then perhaps the trailers.
        self.headers = []
        self.data = b""
        self.data_frames = []
        self.ended = False
        self.reset = None

    @property
    def is_over(self):
        return self.ended or self.reset is not None

    @property
    def first(self):
        return dict(self.headers[0])

    @property
    def last(self):
        return dict(self.headers[-1])


class RawClient:
    """A client that sends exactly what it is told."""

    def __init__(self, port, settings=None, window_updates=True):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # What is wrong on purpose must not be refused on this side.
        config = h2.config.H2Configuration(
            client_side=True,
            header_encoding="latin-1",
            validate_outbound_headers=False,
            normalize_outbound_headers=False,
            validate_inbound_headers=True,
        )
        self.h2 = h2.connection.H2Connection(config)
        if settings:
            self.h2.local_settings = h2.settings.Settings(client=True, initial_values=settings)
        self.window_updates = window_updates
        self.answers = {}
        self.goaway = None
        self.closed = False
        self.h2.initiate_connection()
        self.flush()

    def flush(self):
        self.socket.sendall(self.h2.data_to_send())

    def open(self, path, *headers, method="POST", content_type="application/grpc", end=False):
        """Sends the headers of a call. Returns the stream's id."""
        stream = self.h2.get_next_available_stream_id()
        fields = [
            (":method", method),
            (":scheme", "http"),
            (":path", path if path.startswith("/") else f"/{SERVICE}/{path}"),
            (":authority", "localhost"),
            ("te", "trailers"),
            ("content-type", content_type),
            *headers,
        ]
        self.answers[stream] = Answer()
        self.h2.send_headers(stream, fields, end_stream=end)
        self.flush()
        return stream

    def send(self, stream, data, end=False, pad=None):
        self.h2.send_data(stream, data, end_stream=end, pad_length=pad)
        self.flush()

    def receive(self):
        """Takes in what comes next."""
        data = self.socket.recv(65536)
        if not data:
            self.closed = True
            return
        for event in self.h2.receive_data(data):
            answer = self.answers.get(getattr(event, "stream_id", None))
            if isinstance(event, h2.events.ConnectionTerminated):
                self.goaway = event.error_code
            elif answer is None:
                continue
            elif isinstance(event, (h2.events.ResponseReceived, h2.events.TrailersReceived)):
                answer.headers.append(event.headers)
            elif isinstance(event, h2.events.DataReceived):
                answer.data += event.data
                answer.data_frames.append(len(event.data))
                if self.window_updates:
                    self.h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
            elif isinstance(event, h2.events.StreamEnded):
                answer.ended = True
            elif isinstance(event, h2.events.StreamReset):
                answer.reset = event.error_code
        try:
            self.flush()
        except ConnectionError:
            # What h2 answers on its own (window updates, acknowledgements) may meet a server that is done and gone.
            self.closed = True

    def finish(self, stream):
        """Waits until the stream is over. Returns what came."""
        answer = self.answers[stream]
        while not answer.is_over:
            if self.closed:
                raise CheckFailure(f"the connection was closed in the middle (GOAWAY: {self.goaway})")
            self.receive()
        return answer

    def call(self, path, data, *headers, **options):
        """One call with all its data at once."""
        stream = self.open(path, *headers, **options)
        self.send(stream, data, end=True)
        return self.finish(stream)
