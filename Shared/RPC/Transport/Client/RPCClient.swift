public import NIOCore
import NIOSSL
public import RPCCore
public import RPCResolver

/// How a client reaches its server.
public struct RPCClientConfiguration: Sendable {
  public var target: RPCTarget
  /// nil for plain text.
  public var tls: RPCClientTLS?
  /// What the calls say in `:authority`; nil for the target's first name and port.
  public var authority: String?
  public var limits = ClientLimits()
  /// The first one is asked first.
  public var interceptors: [any ClientInterceptor] = []
  public var resolver: any AddressResolver = SystemResolver()

  public init(target: RPCTarget, tls: RPCClientTLS? = nil) {
    self.target = target
    self.tls = tls
  }
}

/// A gRPC client: one connection for each address of its target, used in turn, made again when they are lost.
public final class RPCClient: RPCChannel {
  private let configuration: RPCClientConfiguration
  private let balancer: Balancer
  private let budget: RetryBudget

  /// - Throws: when the TLS files can't be read. Nothing is connected before the first call.
  public init(_ configuration: RPCClientConfiguration, group: any EventLoopGroup) throws {
    self.configuration = configuration
    let tls = try configuration.tls.map { try NIOSSLContext(configuration: $0.nioConfiguration()) }
    let serverName = configuration.tls?.serverName ?? configuration.target.hosts.first?.name
    // An address can't stand in the TLS name extension.
    let isName = serverName.map { (try? SocketAddress(ipAddress: $0, port: 0)) == nil } ?? false
    balancer = Balancer(
      target: configuration.target, authority: configuration.authority, limits: configuration.limits, group: group,
      tls: tls, serverName: isName ? serverName : nil, resolver: configuration.resolver)
    budget = RetryBudget(policy: configuration.limits.retry)
  }

  deinit { balancer.shutDown() }

  /// Whether a connection is there now.
  public var isConnected: Bool { balancer.isConnected }

  /// What `ClientLimits.keepaliveTime` has become.
  package var keepaliveTime: Duration { balancer.keepaliveTime }

  /// Takes no new calls; open ones may end.
  public func shutDown() { balancer.shutDown() }

  // MARK: Unary

  public func unary(_ method: MethodDescriptor, framed request: ByteBuffer, options: CallOptions) async throws
    -> RawUnaryResponse
  {
    let (options, deadline) = prepared(method, options)
    let started = NIODeadline.now()
    do {
      let request = try checked(request, options)
      let response = try await retrying(method, options, deadline) { connection in
        try await self.exchange(method, request, options, deadline, connection)
      }
      budget.succeeded()
      ended(method, nil, started)
      return response
    } catch {
      ended(method, RPCError(thrown: error), started)
      throw error
    }
  }

  private func exchange(
    _ method: MethodDescriptor, _ request: ByteBuffer, _ options: CallOptions, _ deadline: Deadline?,
    _ connection: ClientConnection
  ) async throws -> RawUnaryResponse {
    let stream = makeStream(method, options, deadline, connection, unaryRequest: request)
    connection.mailbox.post(.start(stream))
    do {
      guard let message = try await stream.receive() else {
        throw RPCError(.unimplemented, "the server sent no response message")
      }
      guard stream.waitingMessages == 0 else {
        throw RPCError(.unimplemented, "the server sent more than one response message")
      }
      return RawUnaryResponse(
        message: message, initialMetadata: stream.knownInitialMetadata, trailers: stream.trailers,
        wasCompressed: stream.lastMessageWasCompressed)
    } catch {
      if !stream.hasEnded { stream.cancel() }
      throw error
    }
  }

  // MARK: Streaming

  public func call<Result: Sendable>(
    _ method: MethodDescriptor, options: CallOptions, _ body: @Sendable (ClientCall) async throws -> Result
  ) async throws -> Result {
    let (options, deadline) = prepared(method, options)
    let started = NIODeadline.now()
    do {
      let stream = try await retrying(method, options, deadline) { connection in
        try await self.open(method, options, deadline, connection)
      }
      return try await run(stream, started, body)
    } catch {
      ended(method, RPCError(thrown: error), started)
      throw error
    }
  }

  /// Runs `body` once the server has answered: until then the call is retried like a unary one.
  public func serverStreaming<Result: Sendable>(
    _ method: MethodDescriptor, framed request: ByteBuffer, options: CallOptions,
    _ body: @Sendable (ClientCall) async throws -> Result
  ) async throws -> Result {
    let (options, deadline) = prepared(method, options)
    let started = NIODeadline.now()
    do {
      let request = try checked(request, options)
      let stream = try await retrying(method, options, deadline) { connection in
        try await self.answered(method, request, options, deadline, connection)
      }
      return try await run(stream, started, body)
    } catch {
      ended(method, RPCError(thrown: error), started)
      throw error
    }
  }

  private func run<Result: Sendable>(
    _ stream: ClientStream, _ started: NIODeadline, _ body: @Sendable (ClientCall) async throws -> Result
  ) async throws -> Result {
    do {
      let result = try await body(ClientCall(method: stream.method, transport: stream))
      let failure = stream.failure
      if !stream.hasEnded {
        stream.cancel()
      } else if failure == nil {
        // Only now: that a call could be started says nothing of the server's health.
        budget.succeeded()
      }
      ended(stream.method, failure, started)
      return result
    } catch {
      if !stream.hasEnded { stream.cancel() }
      throw error
    }
  }

  /// Waits until the call has been handed to a connection, so that one that was just lost is noticed before `body` runs.
  private func open(
    _ method: MethodDescriptor, _ options: CallOptions, _ deadline: Deadline?, _ connection: ClientConnection
  ) async throws -> ClientStream {
    let stream = makeStream(method, options, deadline, connection, unaryRequest: nil)
    try await withCheckedThrowingContinuation { continuation in
      connection.mailbox.post(.open(stream, continuation))
    }
    return stream
  }

  /// Sends the one request and waits until the server has answered with metadata, which come before any message, or has
  /// ended the call with OK. From there on the caller may have seen something, so that the call can't be made again.
  /// Source: gRPC A6, "When Retries are Valid"
  ///
  /// - Throws: the status, if the call failed before that.
  private func answered(
    _ method: MethodDescriptor, _ request: ByteBuffer, _ options: CallOptions, _ deadline: Deadline?,
    _ connection: ClientConnection
  ) async throws -> ClientStream {
    let stream = makeStream(method, options, deadline, connection, unaryRequest: request)
    connection.mailbox.post(.start(stream))
    do {
      _ = try await stream.initialMetadata()
      return stream
    } catch {
      if !stream.hasEnded { stream.cancel() }
      throw error
    }
  }

  // MARK: Both

  /// The one request of a call as it goes out.
  private func checked(_ request: ByteBuffer, _ options: CallOptions) throws -> ByteBuffer {
    let limit = configuration.limits.call.maxSentMessage
    let length = request.readableBytes - Framing.prefixLength
    guard length <= limit else {
      throw RPCError(.resourceExhausted, "a message of \(length) bytes is longer than the limit of \(limit)")
    }
    return MessageCompression.compressed(request, options.encoding)
  }

  private func prepared(_ method: MethodDescriptor, _ options: CallOptions) -> (CallOptions, Deadline?) {
    var options = options
    for interceptor in configuration.interceptors { interceptor.prepare(method, &options) }
    let own = options.timeout.map { Deadline.after($0) }
    // A call on behalf of another gets what is left of that one's time.
    guard let inherited = CallContext.current?.deadline else { return (options, own) }
    return (options, own.map { min($0, inherited) } ?? inherited)
  }

  private func ended(_ method: MethodDescriptor, _ error: RPCError?, _ started: NIODeadline) {
    guard !configuration.interceptors.isEmpty else { return }
    let took = Duration.nanoseconds((NIODeadline.now() - started).nanoseconds)
    for interceptor in configuration.interceptors { interceptor.ended(method, error: error, took: took) }
  }

  private func pick(_ options: CallOptions, _ deadline: Deadline?) async throws -> ClientConnection {
    while true {
      do {
        return try await balancer.pick(waitForReady: options.waitForReady, deadline: deadline)
      } catch let error as Balancer.WaitAgain {
        guard options.waitForReady else {
          throw RPCError.unprocessed("no connection to \(configuration.target): \(error.reason)")
        }
      }
    }
  }

  private func makeStream(
    _ method: MethodDescriptor, _ options: CallOptions, _ deadline: Deadline?, _ connection: ClientConnection,
    unaryRequest: ByteBuffer?
  ) -> ClientStream {
    ClientStream(
      method: method, options: options, deadline: deadline, connection: connection, limits: configuration.limits,
      unaryRequest: unaryRequest)
  }

  /// Tries again what may be tried again: a call that no server has seen, and, within the budget, an idempotent one that
  /// failed with `UNAVAILABLE`.
  ///
  /// What `attempt` covers decides how far that goes: calls with one request are tried again until the server has
  /// answered; those that stream their requests only until they are handed to a connection, since nobody keeps what was
  /// written to them.
  private func retrying<Result>(
    _ method: MethodDescriptor, _ options: CallOptions, _ deadline: Deadline?,
    _ attempt: (ClientConnection) async throws -> Result
  ) async throws -> Result {
    let policy = configuration.limits.retry
    var attempts = 0
    var unsent = 0
    while true {
      attempts += 1
      let connection: ClientConnection
      do { connection = try await pick(options, deadline) } catch let error as RPCError
        where error.wasNeverProcessed && method.isIdempotent && attempts < policy.maxAttempts
      {
        // Not a token for what never reached a server: it puts no load on one.
        try await pause(attempts, deadline, or: error)
        continue
      }
      do { return try await attempt(connection) } catch let error as RPCError
        where error.neverLeft && unsent < policy.maxUnsentAttempts
      {
        // The connection went away under the call, and is no longer handed out.
        unsent += 1
        attempts -= 1
      } catch let error as RPCError where error.wasNeverProcessed && attempts < policy.maxAttempts {
        // Not a token here either. A server that refuses again and again gets time.
        if attempts > 1 { try await pause(attempts - 1, deadline, or: error) }
      } catch let error as RPCError
        where error.code == .unavailable && !error.wasNeverProcessed && method.isIdempotent
      {
        guard budget.failed(), attempts < policy.maxAttempts else { throw error }
        try await pause(attempts, deadline, or: error)
      }
    }
  }

  /// Waits before attempt number `attempt`; the first one that waits is number 1.
  private func pause(_ attempt: Int, _ deadline: Deadline?, or error: RPCError) async throws {
    let delay = configuration.limits.retry.backoff.delay(attempt: attempt - 1, random: .random(in: -1...1))
    guard deadline.map({ $0.remaining > delay }) ?? true else { throw error }
    do { try await Task.sleep(for: delay) } catch { throw RPCError(.cancelled, "the call was cancelled") }
  }
}
