public import NIOCore
public import RPCCore
public import RPCTransport

/// A client of the suite as its command line describes it.
public struct SuiteClientOptions: Sendable {
  public var cases: [InteropCase]
  public var soak = SoakParameters()
  public var additionalMetadata = Metadata()
  public var configuration: RPCClientConfiguration

  private static let named: Set<String> = [
    "server_host", "server_port", "server_host_override", "test_case", "ca_file", "additional_metadata",
    "soak_iterations", "soak_max_failures", "soak_per_iteration_max_acceptable_latency_ms",
    "soak_overall_timeout_seconds", "soak_min_time_ms_between_rpcs", "soak_request_size", "soak_response_size",
    "soak_num_threads",
    // For cases with cloud credentials, which this client doesn't have; taken so that one command line serves all.
    "default_service_account", "oauth_scope", "service_account_key_file",
  ]

  /// Reads the flags that all implementations share.
  ///
  /// - Parameter arguments: without the program's name.
  public init(arguments: [String]) throws(FlagError) {
    let flags = try SuiteFlags(arguments, named: Self.named, booleans: ["use_tls", "use_test_ca"])
    cases = try Self.cases(flags["test_case"] ?? InteropCase.largeUnary.rawValue)
    soak = try Self.soak(flags)
    additionalMetadata = try Self.metadata(flags["additional_metadata"] ?? "")

    let host = flags["server_host"] ?? "localhost"
    let port = try flags.integer("server_port", in: 1...65_535, default: 10_000)
    configuration = RPCClientConfiguration(target: RPCTarget(host: host, port: port))
    configuration.authority = flags["server_host_override"]
    if try flags.boolean("use_tls") {
      let root = flags["ca_file"]
      if try flags.boolean("use_test_ca"), root == nil {
        throw FlagError(description: "--use_test_ca needs --ca_file (the PEM of that authority is not shipped)")
      }
      configuration.tls = RPCClientTLS(trustedRootsFile: root, serverName: flags["server_host_override"])
    }
    let longest = max(soak.requestSize, soak.responseSize) + 1_024
    configuration.limits.call.maxSentMessage = max(configuration.limits.call.maxSentMessage, longest)
    configuration.limits.call.maxReceivedMessage = max(configuration.limits.call.maxReceivedMessage, longest)
  }

  private static func cases(_ text: String) throws(FlagError) -> [InteropCase] {
    var cases: [InteropCase] = []
    for name in text.split(separator: ",") {
      guard let known = InteropCase(rawValue: String(name)) else {
        let names = InteropCase.allCases.map(\.rawValue).joined(separator: " ")
        throw FlagError(description: "unknown test case \(name); known: \(names)")
      }
      cases.append(known)
    }
    return cases
  }

  private static func soak(_ flags: SuiteFlags) throws(FlagError) -> SoakParameters {
    var soak = SoakParameters()
    let most = 1_000_000_000
    soak.iterations = try flags.integer("soak_iterations", in: 1...most, default: soak.iterations)
    soak.maxFailures = try flags.integer("soak_max_failures", in: 0...most, default: soak.maxFailures)
    soak.maxLatencyMilliseconds = try flags.integer(
      "soak_per_iteration_max_acceptable_latency_ms", in: 1...most, default: soak.maxLatencyMilliseconds)
    if flags["soak_overall_timeout_seconds"] != nil {
      soak.overallTimeoutSeconds = try flags.integer("soak_overall_timeout_seconds", in: 1...most, default: 1)
    }
    soak.minMillisecondsBetweenCalls = try flags.integer("soak_min_time_ms_between_rpcs", in: 0...most, default: 0)
    let longest = SuiteService.maxPayload
    soak.requestSize = try flags.integer("soak_request_size", in: 0...longest, default: soak.requestSize)
    soak.responseSize = try flags.integer("soak_response_size", in: 0...longest, default: soak.responseSize)
    soak.threads = try flags.integer("soak_num_threads", in: 1...1_000, default: soak.threads)
    guard soak.iterations.isMultiple(of: soak.threads) else {
      throw FlagError(description: "--soak_iterations must be a multiple of --soak_num_threads")
    }
    return soak
  }

  /// `key:value` pairs parted by semicolons.
  private static func metadata(_ text: String) throws(FlagError) -> Metadata {
    var metadata = Metadata()
    for pair in text.split(separator: ";") {
      guard let colon = pair.firstIndex(of: ":"),
        metadata.add(String(pair[..<colon]), String(pair[pair.index(after: colon)...]))
      else { throw FlagError(description: "--additional_metadata: \(pair) is not a legal key:value pair") }
    }
    return metadata
  }

  /// Runs every case that was asked for on one channel, and shuts it down.
  ///
  /// - Returns: what failed, by case.
  public func run(group: any EventLoopGroup, log: @escaping @Sendable (String) -> Void) async throws -> [(
    InteropCase, any Error
  )] {
    let configuration = configuration
    let client = try RPCClient(configuration, group: group)
    defer { client.shutDown() }
    var context = CaseContext(channel: client, log: log) { body in
      let client = try RPCClient(configuration, group: group)
      defer { client.shutDown() }
      try await body(client)
    }
    context.soak = soak
    context.additionalMetadata = additionalMetadata
    var failures: [(InteropCase, any Error)] = []
    for one in cases {
      do {
        try await one.run(context)
        log("PASS \(one.rawValue)")
      } catch {
        log("FAIL \(one.rawValue): \(error)")
        failures.append((one, error))
      }
    }
    return failures
  }
}
