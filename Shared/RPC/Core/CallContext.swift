/// What a call hands on to the calls that are made on its behalf.
///
/// The server binds it around a handler; a client reads it when a call starts, so that deadlines, trace and request
/// ids travel on without a parameter in every signature.
public struct CallContext: Sendable {
  /// The deadline of the call being served; a downstream call gets what is left of it.
  public var deadline: Deadline?
  /// The identifier of the request, made at the first service that sees it; empty when there is none.
  public var requestID: String
  /// The W3C trace of which the call is part.
  public var trace: TraceContext?

  public init(deadline: Deadline? = nil, requestID: String = "", trace: TraceContext? = nil) {
    self.deadline = deadline
    self.requestID = requestID
    self.trace = trace
  }

  /// The context of the call that the current task serves.
  @TaskLocal public static var current: CallContext?
}

/// The W3C trace context of a call.
///
/// Source: https://www.w3.org/TR/trace-context/ (level 1, version 00)
public struct TraceContext: Sendable, Hashable {
  /// 16 bytes, as two words; not both zero.
  public var traceHigh: UInt64
  public var traceLow: UInt64
  /// 8 bytes, not zero.
  public var span: UInt64
  /// Bit 0: sampled.
  public var flags: UInt8

  public init(traceHigh: UInt64, traceLow: UInt64, span: UInt64, flags: UInt8) {
    self.traceHigh = traceHigh
    self.traceLow = traceLow
    self.span = span
    self.flags = flags
  }

  /// Reads a `traceparent` value; nil for one that the specification tells to ignore.
  public init?(traceparent: String) {
    let bytes = Array(traceparent.utf8)
    guard bytes.count >= 55, bytes[2] == 0x2D, bytes[35] == 0x2D, bytes[52] == 0x2D else { return nil }
    guard let version = Self.hex(bytes[0..<2]), version != 0xFF, version > 0 || bytes.count == 55,
      bytes.count == 55 || bytes[55] == 0x2D,
      let high = Self.hex(bytes[3..<19]), let low = Self.hex(bytes[19..<35]), high != 0 || low != 0,
      let span = Self.hex(bytes[36..<52]), span != 0, let flags = Self.hex(bytes[53..<55])
    else { return nil }
    self.init(traceHigh: high, traceLow: low, span: span, flags: UInt8(flags))
  }

  /// The value of the `traceparent` header.
  public var traceparent: String {
    "00-\(Self.text(traceHigh, 16))\(Self.text(traceLow, 16))-\(Self.text(span, 16))-\(Self.text(UInt64(flags), 2))"
  }

  /// The trace identifier as 32 hexadecimal digits.
  public var traceID: String { Self.text(traceHigh, 16) + Self.text(traceLow, 16) }

  private static func hex(_ digits: ArraySlice<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    for digit in digits {
      switch digit {
      case 0x30...0x39: value = value << 4 | UInt64(digit - 0x30)
      case 0x61...0x66: value = value << 4 | UInt64(digit - 0x61 + 10)
      default: return nil
      }
    }
    return value
  }

  private static func text(_ value: UInt64, _ width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
