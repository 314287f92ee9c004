"""Publishes events made by the cloudevents package, as a program that has nothing of ours.

events.py HOST:PORT SUBJECT     sends one in the structured mode, one in the binary mode, and one with bytes as data
"""

import sys
import urllib.request

from cloudevents.core.bindings.http import to_binary, to_structured
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

TIMEOUT_S = 60


def publish(address, message):
    request = urllib.request.Request(
        f"http://{address}/api/v1/twin/events", data=message.body, headers=message.headers
    )
    with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:
        response.read()


def main():
    address, subject = sys.argv[1:]

    def event(kind, media, data):
        attributes = {"source": "/python", "type": kind, "subject": subject, "datacontenttype": media}
        return CloudEvent(attributes | {"note": "two words € %"}, data)

    publish(address, to_structured(event("structured", "application/json", {"text": "Grüße €"}), JSONFormat()))
    publish(address, to_binary(event("binary", "application/json", {"text": "Grüße €"}), JSONFormat()))
    publish(address, to_structured(event("bytes", "image/png", b"\x89PNG\x00\xff"), JSONFormat()))


main()
