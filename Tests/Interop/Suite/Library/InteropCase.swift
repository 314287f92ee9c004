public import RPCCore

/// One case of the suite, by the name that `--test_case` gives.
///
/// Source: https://github.com/grpc/grpc/blob/master/doc/interop-test-descriptions.md ("Client")
public enum InteropCase: String, Sendable, CaseIterable {
  case emptyUnary = "empty_unary"
  case largeUnary = "large_unary"
  case clientCompressedUnary = "client_compressed_unary"
  case serverCompressedUnary = "server_compressed_unary"
  case clientStreaming = "client_streaming"
  case clientCompressedStreaming = "client_compressed_streaming"
  case serverStreaming = "server_streaming"
  case serverCompressedStreaming = "server_compressed_streaming"
  case pingPong = "ping_pong"
  case halfDuplex = "half_duplex"
  case emptyStream = "empty_stream"
  case customMetadata = "custom_metadata"
  case statusCodeAndMessage = "status_code_and_message"
  case specialStatusMessage = "special_status_message"
  case unimplementedMethod = "unimplemented_method"
  case unimplementedService = "unimplemented_service"
  case cancelAfterBegin = "cancel_after_begin"
  case cancelAfterFirstResponse = "cancel_after_first_response"
  case timeoutOnSleepingServer = "timeout_on_sleeping_server"
  case rpcSoak = "rpc_soak"
  case channelSoak = "channel_soak"
  /// As the cases without `noprobe`, for servers that can't see whether a request was compressed.
  case clientCompressedUnaryNoProbe = "client_compressed_unary_noprobe"
  case clientCompressedStreamingNoProbe = "client_compressed_streaming_noprobe"

  /// Runs the case.
  ///
  /// - Parameter context: where the server is, and what the soak cases need.
  /// - Throws: `CaseFailure`, or the error of a call that should have succeeded.
  public func run(_ context: CaseContext) async throws {
    let client = context.client
    switch self {
    case .emptyUnary: try await UnaryCases.empty(client)
    case .largeUnary: try await UnaryCases.large(client)
    case .clientCompressedUnary: try await CompressionCases.clientUnary(client, probes: true)
    case .clientCompressedUnaryNoProbe: try await CompressionCases.clientUnary(client, probes: false)
    case .serverCompressedUnary: try await CompressionCases.serverUnary(client)
    case .clientStreaming: try await StreamingCases.client(client)
    case .clientCompressedStreaming: try await CompressionCases.clientStreaming(client, probes: true)
    case .clientCompressedStreamingNoProbe: try await CompressionCases.clientStreaming(client, probes: false)
    case .serverStreaming: try await StreamingCases.server(client)
    case .serverCompressedStreaming: try await CompressionCases.serverStreaming(client)
    case .pingPong: try await StreamingCases.pingPong(client)
    case .halfDuplex: try await StreamingCases.halfDuplex(client)
    case .emptyStream: try await StreamingCases.empty(client)
    case .customMetadata: try await UnaryCases.customMetadata(client)
    case .statusCodeAndMessage: try await StatusCases.codeAndMessage(client)
    case .specialStatusMessage: try await StatusCases.specialMessage(client)
    case .unimplementedMethod: try await StatusCases.unimplementedMethod(client)
    case .unimplementedService: try await StatusCases.unimplementedService(client)
    case .cancelAfterBegin: try await CancellationCases.afterBegin(client)
    case .cancelAfterFirstResponse: try await CancellationCases.afterFirstResponse(client)
    case .timeoutOnSleepingServer: try await CancellationCases.timeout(client)
    case .rpcSoak: try await SoakCases.sameChannel(context)
    case .channelSoak: try await SoakCases.newChannels(context)
    }
  }
}

/// What a case works with.
public struct CaseContext: Sendable {
  /// A channel to the server.
  public let channel: any RPCChannel
  /// Pairs that every call carries beside its own.
  public var additionalMetadata = Metadata()
  public var soak = SoakParameters()
  /// Makes a further channel to the same server, runs the closure with it, and shuts it down.
  public let withNewChannel: @Sendable (@Sendable (any RPCChannel) async throws -> Void) async throws -> Void
  /// Where the soak cases report to, line by line.
  public var log: @Sendable (String) -> Void

  public init(
    channel: any RPCChannel, log: @escaping @Sendable (String) -> Void,
    withNewChannel: @escaping @Sendable (@Sendable (any RPCChannel) async throws -> Void) async throws -> Void
  ) {
    self.channel = channel
    self.withNewChannel = withNewChannel
    self.log = log
  }

  var client: CaseClient { CaseClient(channel: channel, metadata: additionalMetadata) }
}

/// What the soak cases are told by flags.
public struct SoakParameters: Sendable {
  public var iterations = 10
  /// Iterations that may fail or be too slow.
  public var maxFailures = 0
  public var maxLatencyMilliseconds = 1_000
  /// nil: as long as all iterations may take together.
  public var overallTimeoutSeconds: Int?
  public var minMillisecondsBetweenCalls = 0
  public var requestSize = 271_828
  public var responseSize = 314_159
  /// Iterations run on so many tasks, an equal share on each.
  public var threads = 1

  public init() {}
}
