/// A method with the code that serves it. The generated handler protocols make these.
public struct RPCMethod: Sendable {
  /// Serves one call; what it throws becomes the status.
  public typealias Handler = @Sendable (ServerCall) async throws -> Void

  public let descriptor: MethodDescriptor
  public let handler: Handler

  public init(_ descriptor: MethodDescriptor, handler: @escaping Handler) {
    self.descriptor = descriptor
    self.handler = handler
  }

  public static func unary<Request: RPCMessage, Response: RPCMessage>(
    _ descriptor: MethodDescriptor,
    _ body: @escaping @Sendable (Request, ServerCall) async throws -> Response
  ) -> RPCMethod {
    RPCMethod(descriptor) { call in
      let request = try await call.receiveOnly(Request.self)
      try await call.send(try await body(request, call))
    }
  }

  public static func serverStreaming<Request: RPCMessage, Response: RPCMessage>(
    _ descriptor: MethodDescriptor,
    _ body: @escaping @Sendable (Request, RPCWriter<Response>, ServerCall) async throws -> Void
  ) -> RPCMethod {
    RPCMethod(descriptor) { call in
      let request = try await call.receiveOnly(Request.self)
      try await body(request, RPCWriter(call), call)
    }
  }

  public static func clientStreaming<Request: RPCMessage, Response: RPCMessage>(
    _ descriptor: MethodDescriptor,
    _ body: @escaping @Sendable (RPCReader<Request>, ServerCall) async throws -> Response
  ) -> RPCMethod {
    RPCMethod(descriptor) { call in try await call.send(try await body(RPCReader(call), call)) }
  }

  public static func bidirectional<Request: RPCMessage, Response: RPCMessage>(
    _ descriptor: MethodDescriptor,
    _ body: @escaping @Sendable (RPCReader<Request>, RPCWriter<Response>, ServerCall) async throws -> Void
  ) -> RPCMethod {
    RPCMethod(descriptor) { call in try await body(RPCReader(call), RPCWriter(call), call) }
  }
}

/// Something that serves the methods of one protobuf service.
public protocol RPCService: Sendable {
  /// Every method of the service, once.
  var methods: [RPCMethod] { get }
}

/// Stands between the transport and a handler, for every call of every method.
public protocol ServerInterceptor: Sendable {
  /// Called once per method when the router is built, so that per-method things (metric handles, say) are made once
  /// and not per call.
  ///
  /// - Returns: the handler to use in place of `next`.
  func intercept(_ descriptor: MethodDescriptor, _ next: @escaping RPCMethod.Handler) -> RPCMethod.Handler
}

/// Finds the handler of a path.
public struct Router: Sendable {
  private let table: [String: RPCMethod]
  private let services: Set<String>
  /// The methods in the order in which they were given.
  public let methods: [RPCMethod]

  /// - Parameters:
  ///   - services: what is served. Two services with the same method path are a programmer's error and trap.
  ///   - interceptors: the first one is the outermost.
  public init(services: [any RPCService], interceptors: [any ServerInterceptor] = []) {
    let methods = services.flatMap(\.methods).map { method in
      RPCMethod(
        method.descriptor,
        handler: interceptors.reversed().reduce(method.handler) { $1.intercept(method.descriptor, $0) })
    }
    self.methods = methods
    table = Dictionary(methods.map { ($0.descriptor.path, $0) }) { first, _ in
      preconditionFailure("\(first.descriptor.path) is served twice")
    }
    self.services = Set(methods.map(\.descriptor.service))
  }

  public func method(path: String) -> RPCMethod? { table[path] }

  /// The status for a path that has no handler.
  package func missing(path: String) -> RPCError {
    let parts = path.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true)
    if let service = parts.first, services.contains(String(service)) {
      return RPCError(.unimplemented, "unknown method \(path)")
    }
    return RPCError(.unimplemented, "unknown service of \(path)")
  }
}
