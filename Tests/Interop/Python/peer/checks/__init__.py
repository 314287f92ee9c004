"""Checks of our server by Python clients. Each is a function that takes a `Target` and raises `CheckFailure`."""

import sys

from peer.wire import Peer, insecure


class Target:
    """The server that is checked, and the test that started this program."""

    def __init__(self, port, arguments):
        self.port = port
        # What the Swift test gave beside the port.
        self.arguments = arguments

    def peer(self, *options):
        """Calls on a new channel."""
        return Peer(insecure(self.port, options))

    def say(self, line):
        """Tells the Swift test something."""
        print(line, flush=True)

    def hear(self, word):
        """Waits for the Swift test to say this."""
        line = sys.stdin.readline().strip()
        if line != word:
            raise RuntimeError(f"expected '{word}' from the test, got '{line}'")


_checks = {}


def check(function):
    """Registers a check under its own name."""
    if function.__name__ in _checks:
        raise ValueError(f"two checks are called {function.__name__}")
    _checks[function.__name__] = function
    return function


def all_checks():
    from peer.checks import calls, endings, limits, metadata, raw_client, services, waiting  # noqa: F401

    return _checks
