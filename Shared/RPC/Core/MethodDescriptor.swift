/// How many messages each side of a method sends.
public enum MethodKind: Sendable, Hashable {
  case unary
  case clientStreaming
  case serverStreaming
  case bidirectional

  public var requestIsStreaming: Bool { self == .clientStreaming || self == .bidirectional }
  public var responseIsStreaming: Bool { self == .serverStreaming || self == .bidirectional }
}

/// One method of a service.
public struct MethodDescriptor: Sendable, Hashable {
  /// The full name of the service, such as `twin.engine.v1.TwinEngine`.
  public let service: String
  /// The name of the method, such as `CreateTwin`.
  public let method: String
  public let kind: MethodKind
  /// From the option `idempotency_level` of the method: a second call has no further effect, so a client may retry.
  ///
  /// Clients retry calls with one request, and those whose answer is a stream only until the server has answered. The
  /// requests of a stream are gone once written, so a call that streams them is never made again, whatever stands here:
  /// its caller starts over.
  public let isIdempotent: Bool
  /// What stands in `:path`: `/service/method`.
  public let path: String

  public init(service: String, method: String, kind: MethodKind, isIdempotent: Bool = false) {
    self.service = service
    self.method = method
    self.kind = kind
    self.isIdempotent = isIdempotent
    self.path = "/\(service)/\(method)"
  }
}
