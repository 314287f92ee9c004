import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// What twin-engine reads of a vehicle's history, to fit and to judge its twin.
protocol TwinHistory: Sendable {
  /// A page of a twin's samples, ascending by time.
  ///
  /// - Parameters:
  ///   - from: earliest time, inclusive.
  ///   - to: latest time, exclusive.
  ///   - page: token of the page; empty for the first.
  /// - Throws: `ServiceFault` when state-sync can't be asked.
  func page(of id: String, from: UTCInstant, to: UTCInstant, _ page: String) async throws -> (
    samples: [TelemetrySample], next: String
  )
}

/// state-sync over gRPC.
struct RemoteTwinHistory: TwinHistory {
  static let timeout = Duration.seconds(10)
  /// Samples a page: at 400 bytes each, half of what a message may weigh.
  static let pageSize: Int32 = 5_000

  private let client: FleetServiceClient

  init(_ channel: any RPCChannel) { client = FleetServiceClient(channel) }

  func page(of id: String, from: UTCInstant, to: UTCInstant, _ page: String) async throws -> (
    samples: [TelemetrySample], next: String
  ) {
    do {
      let answer = try await client.getHistory(
        GetHistoryRequest(
          vehicleID: id, from: from.timestamp, to: to.timestamp, limit: Self.pageSize, pageToken: page),
        options: CallOptions(timeout: Self.timeout))
      // No fit and no validation reads sensors, which may take much more than all else.
      let samples = answer.samples.map { sample in
        var sample = sample
        sample.sensors = []
        return sample
      }
      return (samples, answer.nextPageToken)
    } catch let error as RPCError where ServiceFault(error) != nil {
      throw error
    } catch let error as RPCError {
      throw ServiceFault(
        .unavailable, .upstreamUnavailable, "state-sync can't be asked for the history now: \(error.message)",
        retryAfter: StoreUnavailable.retryAfter)
    }
  }
}

/// Reads ranges of a history within bounds.
struct HistoryReader: Sendable {
  /// Samples that are read for one fit or validation: 2.8 hours at 10 Hz.
  static let maximumSamples = 100_000
  /// How far back the newest samples are looked for.
  static let reach = 30.0 * 86_400
  /// The spans in which they are looked for, the newest first: they grow, so that a vehicle at rest for weeks takes some
  /// 120 questions, and one that drives now takes one.
  static let firstSpan = 3_600.0
  static let longestSpan = 21_600.0

  let history: any TwinHistory

  /// Every sample of a range.
  ///
  /// - Throws: `INVALID_ARGUMENT` that names `from` when there are more than `maximumSamples`.
  func all(of id: String, from: UTCInstant, to: UTCInstant) async throws -> [TelemetrySample] {
    var samples: [TelemetrySample] = []
    var token = ""
    repeat {
      let page = try await history.page(of: id, from: from, to: to, token)
      samples += page.samples
      token = page.next
      guard samples.count <= Self.maximumSamples else {
        throw ServiceFault.invalid(
          "from", "the range has more than \(Self.maximumSamples) samples; choose a narrower one by from and to")
      }
    } while !token.isEmpty
    return samples
  }

  /// The newest samples before a moment, at most `maximumSamples`, ascending by time.
  ///
  /// - Parameter reach: how far back they may lie, s.
  func newest(of id: String, to end: UTCInstant, reach: Double = Self.reach) async throws -> [TelemetrySample] {
    var parts: [[TelemetrySample]] = []
    var count = 0
    var (to, span, elapsed) = (end, Self.firstSpan, 0.0)
    while elapsed < reach, count < Self.maximumSamples {
      span = min(span, reach - elapsed)
      let from = to.adding(seconds: -span)
      let part = try await tail(of: id, from: from, to: to)
      parts.append(part)
      count += part.count
      elapsed += span
      (to, span) = (from, min(2 * span, Self.longestSpan))
    }
    return Array(parts.reversed().joined().suffix(Self.maximumSamples))
  }

  /// The newest samples of a range, at most `maximumSamples`. Older ones are read past, never kept.
  private func tail(of id: String, from: UTCInstant, to: UTCInstant) async throws -> [TelemetrySample] {
    var samples: [TelemetrySample] = []
    var token = ""
    repeat {
      let page = try await history.page(of: id, from: from, to: to, token)
      samples += page.samples
      if samples.count > 2 * Self.maximumSamples { samples.removeFirst(samples.count - Self.maximumSamples) }
      token = page.next
    } while !token.isEmpty
    return samples.suffix(Self.maximumSamples)
  }
}
