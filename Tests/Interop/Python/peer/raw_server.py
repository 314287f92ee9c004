"""A server that misbehaves on purpose, for our client: `python -m peer.raw_server`. Says `listening PORT`.

What it does with a call is named by the method: `/raw/NAME`.
"""

import gzip
import socket
import sys
import threading

import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.exceptions
import h2.settings

from peer.http2 import framed, unframed

_OK = [(":status", "200"), ("content-type", "application/grpc")]


class Connection:
    def __init__(self, client, number):
        self.socket = client
        # Counts the connections, from 1.
        self.number = number
        config = h2.config.H2Configuration(
            client_side=False, header_encoding="utf-8", validate_outbound_headers=False, normalize_outbound_headers=False
        )
        self.h2 = h2.connection.H2Connection(config)
        self.calls = {}
        # How many calls of `refused` are refused before one is taken.
        self.refuses = 2

    def run(self):
        try:
            # The client must queue what is too much.
            few = {h2.settings.SettingCodes.MAX_CONCURRENT_STREAMS: 3}
            self.h2.local_settings = h2.settings.Settings(client=False, initial_values=few)
            self.h2.initiate_connection()
            self.flush()
            while data := self.socket.recv(65536):
                for event in self.h2.receive_data(data):
                    self.handle(event)
                self.flush()
        except OSError:
            # The client is gone; or this side hung up on purpose.
            pass
        except h2.exceptions.ProtocolError as error:
            print(f"Traceback: {error!r}", flush=True)
        finally:
            self.socket.close()

    def flush(self):
        self.socket.sendall(self.h2.data_to_send())

    def handle(self, event):
        if isinstance(event, h2.events.RequestReceived):
            name = dict(event.headers)[":path"].rsplit("/", 1)[1]
            if name == "refused" and self.refuses:
                self.refuses -= 1
                self.h2.reset_stream(event.stream_id, h2.errors.ErrorCodes.REFUSED_STREAM)
            else:
                self.calls[event.stream_id] = [name, b""]
        elif isinstance(event, h2.events.DataReceived):
            self.h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
            if event.stream_id in self.calls:
                self.calls[event.stream_id][1] += event.data
        elif isinstance(event, h2.events.StreamEnded) and event.stream_id in self.calls:
            name, data = self.calls.pop(event.stream_id)
            getattr(self, f"answer_{name}")(event.stream_id, data)
        elif isinstance(event, h2.events.PingReceived):
            self.h2.close_connection(h2.errors.ErrorCodes.ENHANCE_YOUR_CALM, b"too_many_pings")
            self.flush()
            self.socket.shutdown(socket.SHUT_RDWR)
        elif isinstance(event, h2.events.StreamReset):
            self.calls.pop(event.stream_id, None)

    # Answers

    def respond(self, stream, headers=_OK, data=b"", trailers=(("grpc-status", "0"),)):
        self.h2.send_headers(stream, headers)
        for start in range(0, len(data), self.h2.max_outbound_frame_size):
            self.h2.send_data(stream, data[start : start + self.h2.max_outbound_frame_size])
        self.h2.send_headers(stream, list(trailers), end_stream=True)

    def only(self, stream, *headers):
        self.h2.send_headers(stream, list(headers), end_stream=True)

    def answer_echo(self, stream, data):
        self.respond(stream, data=data)

    def answer_connection(self, stream, _):
        self.respond(stream, data=framed(str(self.number).encode()))

    def answer_informational(self, stream, data):
        self.h2.send_headers(stream, [(":status", "103"), ("link", "</a>")])
        self.respond(stream, data=data)

    def answer_no_status(self, stream, data):
        self.respond(stream, data=data, trailers=(("some", "thing"),))

    def answer_no_trailers(self, stream, data):
        self.h2.send_headers(stream, _OK)
        self.h2.send_data(stream, data, end_stream=True)

    def answer_status_text(self, stream, _):
        self.only(stream, *_OK, ("grpc-status", "abc"), ("grpc-message", "odd"))

    def answer_status_unknown(self, stream, _):
        self.only(stream, *_OK, ("grpc-status", "77"), ("grpc-message", "new"))

    def answer_message_broken(self, stream, _):
        self.only(stream, *_OK, ("grpc-status", "9"), ("grpc-message", "100%% %4 %zz %e2%98%ba"))

    def answer_http(self, stream, data):
        status = unframed(data)[0][1].decode()
        self.h2.send_headers(stream, [(":status", status), ("content-type", "text/html")])
        self.h2.send_data(stream, b"<html>", end_stream=True)

    def answer_html(self, stream, _):
        self.h2.send_headers(stream, [(":status", "200"), ("content-type", "text/html")])
        self.h2.send_data(stream, b"<html>", end_stream=True)

    def answer_reset(self, stream, data):
        self.h2.reset_stream(stream, int(unframed(data)[0][1]))

    def answer_reset_after_end(self, stream, data):
        self.respond(stream, data=data)
        self.flush()
        # By hand: for h2 the stream is closed already. RST_STREAM, NO_ERROR.
        self.socket.sendall(bytes([0, 0, 4, 3, 0]) + stream.to_bytes(4, "big") + bytes(4))

    def answer_two(self, stream, data):
        self.respond(stream, data=data + data)

    def answer_none(self, stream, _):
        self.respond(stream)

    def answer_unknown_encoding(self, stream, data):
        self.respond(stream, [*_OK, ("grpc-encoding", "snappy")], b"\x01" + data[1:])

    def answer_flag_without_encoding(self, stream, _):
        self.respond(stream, data=framed(gzip.compress(b"abc"), flag=1))

    def answer_gzip_broken(self, stream, _):
        self.respond(stream, [*_OK, ("grpc-encoding", "gzip")], framed(b"abc", flag=1))

    def answer_gzip_bomb(self, stream, _):
        self.respond(stream, [*_OK, ("grpc-encoding", "gzip")], framed(gzip.compress(bytes(64 << 20)), flag=1))

    def answer_cut_short(self, stream, data):
        self.respond(stream, data=data[:-1])

    def answer_pieces(self, stream, data):
        """Every byte in a frame of its own, with padding and pings between."""
        self.h2.send_headers(stream, _OK)
        for byte in data:
            self.h2.send_data(stream, bytes([byte]), pad_length=3)
            self.h2.ping(b"12345678")
        self.h2.send_headers(stream, [("grpc-status", "0")], end_stream=True)

    def answer_hang_up(self, _, __):
        self.socket.close()

    def answer_refused(self, stream, _):
        self.respond(stream, data=framed(str(self.number).encode()))

    def answer_goaway(self, stream, _):
        """The first connection says that it never saw the call; a later one answers."""
        if self.number == 1:
            # GOAWAY, last stream 0, no error.
            self.socket.sendall(bytes([0, 0, 8, 7, 0, 0, 0, 0, 0]) + bytes(8))
        else:
            self.respond(stream, data=framed(str(self.number).encode()))

    def answer_silent_until_pinged(self, _, __):
        pass

    def answer_big_headers(self, stream, data):
        self.respond(stream, [*_OK, ("x-big", "v" * 8_000)], data)

    def answer_huge_headers(self, stream, data):
        self.respond(stream, [*_OK, ("x-huge", "v" * 60_000)], data)


def main():
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"listening {listener.getsockname()[1]}", flush=True)

    def accept():
        number = 0
        while True:
            client, _ = listener.accept()
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            number += 1
            threading.Thread(target=Connection(client, number).run, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    # Ends with its input.
    sys.stdin.read()


if __name__ == "__main__":
    main()
