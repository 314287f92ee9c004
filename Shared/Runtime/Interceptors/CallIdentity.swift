package import RPCCore
import RuntimeSystem
import Synchronization

/// Names requests and traces.
///
/// Uniqueness, not secrecy: the numbers are counted and mixed, which costs a few nanoseconds where asking the system
/// for randomness costs a call into the kernel for each request.
package final class CallIdentity: Sendable {
  package static let requestIDHeader = "x-request-id"
  static let traceHeader = "traceparent"
  /// A longer identifier from outside is replaced.
  static let maximumRequestIDBytes = 64

  /// Differs from process to process.
  private let process: UInt64
  private let count: Atomic<UInt64>

  package init(seed: UInt64 = .random(in: 0 ... .max)) {
    process = seed
    count = Atomic(0)
  }

  /// A source of numbers that no other call of this process gets.
  private func source() -> SplitMix64 {
    // Spread, so that the sources of neighbours don't overlap: SplitMix64 adds a constant with each number.
    SplitMix64(state: process ^ (count.wrappingAdd(1, ordering: .relaxed).newValue &* 0xD134_2543_DE82_EF95))
  }

  /// 15 characters, which a Swift string holds without an allocation.
  package func makeRequestID() -> String {
    var source = source()
    return HexText.fifteenDigits(of: source.next())
  }

  /// A trace that begins here. Not sampled: nobody has asked for it to be kept.
  package func makeTrace() -> TraceContext {
    var source = source()
    return TraceContext(traceHigh: source.next() | 1, traceLow: source.next(), span: source.next() | 1, flags: 0)
  }

  /// The same trace with a span of its own.
  package func child(of trace: TraceContext) -> TraceContext {
    var child = trace
    var source = source()
    child.span = source.next() | 1
    return child
  }

  /// What a call is part of, by its metadata; parts that are missing or malformed are made.
  package func context(metadata: Metadata, deadline: Deadline?) -> CallContext {
    var requestID = ""
    var trace: TraceContext?
    for entry in metadata.entries {
      guard case .text(let text) = entry.value else { continue }
      if requestID.isEmpty, entry.key == Self.requestIDHeader, Self.isUsable(text) {
        requestID = text
      } else if trace == nil, entry.key == Self.traceHeader {
        trace = TraceContext(traceparent: text).map(child(of:))
      }
    }
    return CallContext(
      deadline: deadline, requestID: requestID.isEmpty ? makeRequestID() : requestID, trace: trace ?? makeTrace())
  }

  private static func isUsable(_ id: String) -> Bool {
    (1...maximumRequestIDBytes).contains(id.utf8.count) && id.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }
}
