import FleetCore
import NIOCore
import TwinProto

/// A vehicle that samples are taken for.
struct Vehicle: Sendable, Hashable {
  /// The store's number of it.
  var key: Int32
  /// Twin id, such as "twin-001".
  var id: String
  /// Such as "AV-001".
  var physicalID: String
  /// Whether its twin was deleted; its telemetry stays.
  var isRemoved: Bool
}

/// One sample in the log.
struct LogRow: Sendable, Equatable {
  /// Place in the log; ascending in the order of the commits.
  var position: Int64
  var vehicleKey: Int32
  var sourceKey: Int32
  /// When it arrived, by our clock.
  var received: UTCInstant
  /// When it was measured, by the source's clock, in whole microseconds; the same as in the sample.
  var time: UTCInstant
  /// Without the fields that name vehicle and source.
  var sample: TelemetrySample
  /// What the sample's sensors take when they are encoded.
  var sensorBytes = 0

  /// More than the encoding of a sample takes beside its sensors.
  static let bytesBesideSensors = 384

  /// What the sample takes at most when it is encoded; in memory it takes a few times as much.
  var bytes: Int { Self.bytesBesideSensors + sensorBytes }
}

/// A part of what was asked for.
struct LogPage: Sendable, Equatable {
  var rows: [LogRow]
  /// Whether nothing follows.
  var isLast: Bool
}

extension TelemetrySample {
  /// What its sensors take when they are encoded, in bytes.
  func sensorBytes() throws -> Int {
    guard !sensors.isEmpty else { return 0 }
    var bytes = ByteBuffer()
    try TelemetrySample(sensors: sensors).serialize(into: &bytes)
    return bytes.readableBytes
  }
}

extension LogPage {
  /// The first of all rows there are: at most `limit`, and at most `bytes` beyond the first.
  init(of all: [LogRow], limit: Int, bytes: Int) {
    rows = all.prefix(limit).prefix(bytes: bytes)
    isLast = rows.count == all.count
  }
}

extension Sequence<LogRow> {
  /// As many from the start as have at most `bytes` together; at least one.
  func prefix(bytes: Int) -> [LogRow] {
    var sum = 0
    return Array(
      prefix { row in
        defer { sum += row.bytes }
        return sum == 0 || sum + row.bytes <= bytes
      })
  }
}

/// Which part of a vehicle's history is asked for.
struct HistoryQuery: Sendable, Hashable {
  /// A place in a vehicle's history: samples are ordered by time, then source, then sequence.
  struct Place: Sendable, Hashable {
    var time: UTCInstant
    var sourceKey: Int32
    var sequence: UInt64
  }

  var vehicleKey: Int32
  /// Inclusive; nil for all that is kept.
  var from: UTCInstant?
  /// Exclusive.
  var to: UTCInstant
  /// nil for all sources.
  var sourceKey: Int32?
  /// Only what comes after this.
  var after: Place?
  /// At least 1.
  var limit: Int
  /// What the rows of a page may take, beyond the first.
  var bytes: Int
  /// Only the last sample of each interval of this length in µs, counted from 1970; nil for all samples.
  var intervalMicroseconds: Int64?
}
