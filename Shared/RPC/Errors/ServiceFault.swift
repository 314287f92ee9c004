import NIOCore
public import RPCCore
public import TwinProto

/// An error that a service tells its caller: a status, a reason that programs can rely on, and what they need to act.
///
/// On the wire it is a `google.rpc.Status` with `ErrorInfo`, and `BadRequest` and `RetryInfo` where they apply.
public struct ServiceFault: RPCErrorConvertible, Sendable, Equatable, CustomStringConvertible {
  /// The `domain` of every `ErrorInfo` of the suite.
  public static let domain = "twin.dev"

  /// One field of a request that is wrong.
  public struct FieldViolation: Sendable, Equatable {
    /// The path of the field as a JSON client writes it, such as `parameters.mass_kg` or `samples[2].time`.
    public var field: String
    /// What is wrong with it.
    public var description: String

    public init(_ field: String, _ description: String) {
      self.field = field
      self.description = description
    }
  }

  public var code: StatusCode
  /// The name of an `ErrorReason` without its prefix, such as `TWIN_NOT_FOUND`.
  public var reason: String
  /// For people.
  public var message: String
  /// For logs and people: identifiers, bounds.
  public var facts: [String: String]
  /// Every field that is wrong.
  public var violations: [FieldViolation]
  /// How long to wait before trying again. What another service says counts up to 24 h.
  public var retryAfter: Duration?

  public init(
    _ code: StatusCode, _ reason: ErrorReason, _ message: String, facts: [String: String] = [:],
    violations: [FieldViolation] = [], retryAfter: Duration? = nil
  ) {
    self.code = code
    self.reason = reason.wireName
    self.message = message
    self.facts = facts
    self.violations = violations
    self.retryAfter = retryAfter
  }

  /// Wrong fields, named one by one.
  public static func invalid(_ violations: [FieldViolation]) -> ServiceFault {
    let message = violations.map { "\($0.field): \($0.description)" }.joined(separator: "; ")
    return ServiceFault(.invalidArgument, .invalidArgument, message, violations: violations)
  }

  /// One wrong field.
  public static func invalid(_ field: String, _ description: String) -> ServiceFault {
    invalid([FieldViolation(field, description)])
  }

  public var description: String { "\(code.name) \(reason): \(message)" }

  // MARK: Wire

  public var rpcError: RPCError {
    var details = [Self.pack(GoogleRPCErrorInfo(reason: reason, domain: Self.domain, metadata: facts))]
    if !violations.isEmpty {
      details.append(
        Self.pack(
          GoogleRPCBadRequest(
            fieldViolations: violations.map {
              GoogleRPCBadRequest.FieldViolation(field: $0.field, description: $0.description)
            })))
    }
    if let retryAfter {
      let (seconds, attoseconds) = retryAfter.components
      details.append(
        Self.pack(
          GoogleRPCRetryInfo(
            retryDelay: ProtoDuration(seconds: seconds, nanos: Int32(attoseconds / 1_000_000_000)))))
    }
    let status = GoogleRPCStatus(
      code: Int32(code.rawValue), message: message, details: details.compactMap { $0 })
    return RPCError(code, message, statusDetails: Self.bytes(status) ?? [])
  }

  /// What an error from another service says; nil when it carries no `ErrorInfo`.
  public init?(_ error: RPCError) {
    guard !error.statusDetails.isEmpty,
      let status = try? GoogleRPCStatus(serialized: ByteBuffer(bytes: error.statusDetails))
    else { return nil }
    var info: GoogleRPCErrorInfo?
    var violations: [FieldViolation] = []
    var retryAfter: Duration?
    for detail in status.details {
      let value = ByteBuffer(bytes: detail.value)
      switch detail.typeURL.split(separator: "/").last.map(String.init) {
      case GoogleRPCErrorInfo.messageName: info = try? GoogleRPCErrorInfo(serialized: value)
      case GoogleRPCBadRequest.messageName:
        violations +=
          (try? GoogleRPCBadRequest(serialized: value))?.fieldViolations.map {
            FieldViolation($0.field, $0.description)
          } ?? []
      case GoogleRPCRetryInfo.messageName:
        retryAfter = (try? GoogleRPCRetryInfo(serialized: value))?.retryDelay.flatMap(Self.delay)
      default: break
      }
    }
    guard let info else { return nil }
    code = error.code
    reason = info.reason
    message = error.message
    facts = info.metadata
    self.violations = violations
    self.retryAfter = retryAfter
  }

  /// The longest wait that is taken from another service.
  private static let longestDelay: Int64 = 24 * 3_600

  /// The wait that `delay` asks for; nil outside 0...24 h, which nobody means: what a peer sends may neither overflow
  /// the arithmetic of those who use it, nor make them wait for good.
  private static func delay(_ delay: ProtoDuration) -> Duration? {
    guard (0...longestDelay).contains(delay.seconds) else { return nil }
    let whole = Duration.seconds(delay.seconds) + .nanoseconds(Int64(delay.nanos))
    return (.zero ... .seconds(longestDelay)).contains(whole) ? whole : nil
  }

  private static func pack<Message: RPCMessage>(_ message: Message) -> ProtoAny? {
    bytes(message).map { ProtoAny(typeURL: "type.googleapis.com/\(Message.messageName)", value: $0) }
  }

  /// nil when the message exceeds the codec's bounds; an error goes out without its details then.
  private static func bytes<Message: RPCMessage>(_ message: Message) -> [UInt8]? {
    var buffer = ByteBuffer()
    guard (try? message.serialize(into: &buffer)) != nil else { return nil }
    return Array(buffer.readableBytesView)
  }
}

extension ErrorReason {
  /// The name on the wire: that of the proto value without its prefix.
  public var wireName: String {
    let name = Array(String(describing: self))
    var words = ""
    for (index, character) in name.enumerated() {
      let startsWord =
        index > 0 && character.isUppercase
        && (!name[index - 1].isUppercase || (index + 1 < name.count && name[index + 1].isLowercase))
      if startsWord { words.append("_") }
      words += character.uppercased()
    }
    return words
  }
}
