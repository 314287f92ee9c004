import NIOCore
import SwiftProtobuf
import SwiftProtobufMessages
import TwinProto

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Decodes and encodes one telemetry batch by our codec and by swift-protobuf, in turns on one thread, and prints the
// median processor time of each with the ratio.

/// Processor time of this thread in nanoseconds.
func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// The work is real only if something depends on it.
nonisolated(unsafe) var sink = 0

func nanoseconds(_ iterations: Int, _ body: () throws -> Int) rethrows -> Double {
  let start = processorTime()
  for _ in 0..<iterations { sink &+= try body() }
  return (processorTime() - start) / Double(iterations)
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// Runs both in turns, so that whatever else the machine does hits both.
func compare(_ title: String, iterations: Int, ours: () throws -> Int, theirs: () throws -> Int) rethrows {
  var mine: [Double] = []
  var other: [Double] = []
  for round in 0..<31 {
    let a = try nanoseconds(iterations, ours)
    let b = try nanoseconds(iterations, theirs)
    // The first round warms caches and the scratch memory.
    if round > 0 {
      mine.append(a)
      other.append(b)
    }
  }
  let ratio = median(other) / median(mine)
  let (m, o) = (Int(median(mine)), Int(median(other)))
  print("\(title): ours \(m) ns, swift-protobuf \(o) ns, ratio \(Double(Int(ratio * 100)) / 100)")
}

func measure(_ title: String, _ batch: StreamTelemetryRequest) throws {
  var encoded = ByteBuffer()
  try batch.serialize(into: &encoded)
  let bytes = Array(encoded.readableBytesView)
  let peer = try Twin_Statesync_V1_StreamTelemetryRequest(serializedBytes: bytes)
  // Both must say the same, or the comparison means nothing.
  let back: [UInt8] = try peer.serializedBytes()
  let again = try StreamTelemetryRequest(serialized: ByteBuffer(bytes: back))
  precondition(again == batch)
  let iterations = max(20, 200_000 / bytes.count * 20)
  print("\(title): \(batch.samples.count) samples, \(bytes.count) bytes")
  try compare("  decode", iterations: iterations) {
    try StreamTelemetryRequest(serialized: encoded).samples.count
  } theirs: {
    try Twin_Statesync_V1_StreamTelemetryRequest(serializedBytes: bytes).samples.count
  }
  try compare("  encode", iterations: iterations) {
    var buffer = ByteBuffer()
    try batch.serialize(into: &buffer)
    return buffer.readableBytes
  } theirs: {
    let bytes: [UInt8] = try peer.serializedBytes()
    return bytes.count
  }
}

try measure("one sample", Batches.vehicle(samples: 1))
try measure("vehicle batch", Batches.vehicle(samples: 100))
try measure("sensor batch", Batches.sensors(samples: 100))
