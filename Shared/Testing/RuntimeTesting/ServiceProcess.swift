public import RuntimeConfiguration
import RuntimeSystem
public import ServiceRuntime
import UnixSignals

/// A service that runs in the process of its test, on free ports, with its log, signals and exit in the test's hands.
public final class ServiceProcess: Sendable {
  /// What it printed, and `exit CODE` when it would have ended the process at once.
  public let printed = EventRecorder()
  public let log = MemorySink()
  private let signals: AsyncStream<UnixSignal>
  private let send: AsyncStream<UnixSignal>.Continuation
  private let announceFile: String

  public init() {
    (signals, send) = AsyncStream.makeStream()
    announceFile = "/tmp/twin-announce-\(CurrentProcess.identifier)-\(UInt64.random(in: 0 ... .max)).json"
  }

  /// Runs the service until it has stopped.
  ///
  /// - Parameters:
  ///   - arguments: flags, beside those that choose free ports.
  ///   - variables: the whole environment.
  /// - Returns: the exit code.
  public func run<Assembly: ServiceAssembly>(
    _ assembly: Assembly.Type, _ arguments: [String] = [], variables: [String: String] = [:]
  ) async -> Int32 {
    let ports = Assembly.identity.rpcPort == nil ? [] : ["--rpc-port", "0"]
    let all = ports + ["--admin-port", "0", "--announce-file", announceFile, "--event-loops", "1"] + arguments
    return await runExactly(assembly, all, variables: variables)
  }

  /// Runs the service with these arguments and no others.
  public func runExactly<Assembly: ServiceAssembly>(
    _ assembly: Assembly.Type, _ arguments: [String], variables: [String: String] = [:]
  ) async -> Int32 {
    let (printed, signals) = (printed, signals)
    return await ServiceRuntime.run(
      assembly,
      in: ProcessEnvironment(
        arguments: arguments, variables: variables, logSink: log, logIsTerminal: false,
        print: { printed.record($0) }, complain: { printed.record($0) }, exit: { printed.record("exit \($0)") },
        signals: { signals }))
  }

  /// Asks the service to stop, as SIGTERM does.
  public func stop() { send.yield(.sigterm) }

  /// Whether the service says where it listens.
  public var isAnnounced: Bool { (try? Files.read(announceFile, maximumBytes: 4096)) != nil }

  /// Waits until the service says where it listens: `grpc`, `admin`, or what the service adds.
  public func address(of name: String) async -> NetworkAddress {
    while true {
      if let address = announced(name) { return address }
      await Task.yield()
    }
  }

  private func announced(_ name: String) -> NetworkAddress? {
    guard let bytes = try? Files.read(announceFile, maximumBytes: 4096) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let start = text.firstRange(of: "\"\(name)\":\"")?.upperBound, let end = text[start...].firstIndex(of: "\"")
    else { return nil }
    return NetworkAddress(String(text[start..<end]))
  }
}
