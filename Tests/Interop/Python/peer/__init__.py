"""The Python side of the interoperability checks: official grpcio against our runtime, in both directions."""
