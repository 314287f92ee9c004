#!/usr/bin/env python3
"""Writes python-protobuf.txt: messages of codec.test.v1 as Python's protobuf encodes them, one a line with its type.

Needs `pip install protobuf==4.21.12` and protoc 3.21. The seed is fixed, so that a second run changes nothing.
"""
import importlib
import pathlib
import random
import subprocess
import sys
import tempfile

from google.protobuf.descriptor import FieldDescriptor

here = pathlib.Path(__file__).resolve().parent
fixtures = here.parents[3] / "proto" / "generator" / "Fixtures"
rng = random.Random(1969)
TEXTS = ["a", "Grüße", "世界", "🚗", "with a\0NUL", "longer than what fits into a string's own memory"]
INTEGERS = {
    "int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1),
    "uint32": (1, 2**32 - 1), "uint64": (1, 2**64 - 1),
}


def scalar(field):
    # Never the default value: Python writes it in an entry of a map, protobuf-c doesn't, and both are right.
    kind = field.cpp_type
    if kind in (FieldDescriptor.CPPTYPE_DOUBLE, FieldDescriptor.CPPTYPE_FLOAT):
        return rng.choice([1.5, -0.25, 3e10, float("inf")])
    if kind == FieldDescriptor.CPPTYPE_BOOL:
        return True
    if kind == FieldDescriptor.CPPTYPE_ENUM:
        return rng.choice([1, 77, -9])
    if kind == FieldDescriptor.CPPTYPE_STRING:
        return rng.choice(TEXTS) if field.type == FieldDescriptor.TYPE_STRING else rng.randbytes(rng.randint(1, 20))
    low, high = INTEGERS[{
        FieldDescriptor.CPPTYPE_INT32: "int32", FieldDescriptor.CPPTYPE_INT64: "int64",
        FieldDescriptor.CPPTYPE_UINT32: "uint32", FieldDescriptor.CPPTYPE_UINT64: "uint64",
    }[kind]]
    return rng.choice([low, high, 1, rng.randint(low, high) or 1])


def fill(message, depth=0):
    for field in message.DESCRIPTOR.fields:
        if rng.random() < 0.3 or (field.cpp_type == FieldDescriptor.CPPTYPE_MESSAGE and depth > 2):
            continue
        value = getattr(message, field.name)
        if field.label != FieldDescriptor.LABEL_REPEATED:
            if field.cpp_type == FieldDescriptor.CPPTYPE_MESSAGE:
                value.SetInParent()
                fill(value, depth + 1)
            else:
                setattr(message, field.name, scalar(field))
        elif field.message_type is not None and field.message_type.GetOptions().map_entry:
            key, inner = field.message_type.fields_by_name["key"], field.message_type.fields_by_name["value"]
            # One entry, since the order of several is each writer's own.
            if inner.message_type is not None:
                fill(value[scalar(key)], depth + 1)
            else:
                value[scalar(key)] = scalar(inner)
        elif field.cpp_type == FieldDescriptor.CPPTYPE_MESSAGE:
            for _ in range(rng.randint(1, 2)):
                fill(value.add(), depth + 1)
        else:
            value.extend(scalar(field) for _ in range(rng.randint(1, 4)))


with tempfile.TemporaryDirectory() as directory:
    source = "codec/test/v1/kitchen_sink.proto"
    subprocess.run(["protoc", f"-I{fixtures}", f"--python_out={directory}", source], check=True)
    sys.path.insert(0, directory)
    module = importlib.import_module("codec.test.v1.kitchen_sink_pb2")
    lines = []
    for name in ["Scalars", "Repeated", "Optionals", "Maps", "Choice", "Tree", "Forest"]:
        for _ in range(6):
            message = getattr(module, name)()
            fill(message)
            lines.append(f"{message.DESCRIPTOR.full_name} {message.SerializeToString(deterministic=True).hex()}\n")
    (here / "python-protobuf.txt").write_text("".join(lines))
