import Foundation
import PostgresDriver
import PostgresTesting
import Waiting

/// A hot standby of a test server: copied by pg_basebackup, fed from the primary's log, with a socket of its own and no
/// TCP port.
struct StandbyServer {
  /// More than the primary has.
  static let maxConnections = 300
  private static let port = 5_432
  private static let startSeconds = 60

  private let folder: URL
  private let binaries: String
  let primary: PostgresConfiguration

  /// Connects to the standby as the superuser.
  var configuration: PostgresConfiguration {
    var configuration = primary
    (configuration.host, configuration.port) = (folder.path, Self.port)
    return configuration
  }

  /// Runs `body` with a started standby that holds the slot `standby_1` of the primary.
  static func with<Result>(of primary: PostgresConfiguration, _ body: (StandbyServer) async throws -> Result)
    async throws
    -> Result
  {
    let admin = try await PostgresConnection.connect(primary)
    let binaries = try await admin.query("SELECT setting FROM pg_config WHERE name = 'BINDIR'")[0].decode(String.self)
    await admin.close()
    let standby = StandbyServer(
      folder: URL(fileURLWithPath: "/tmp/twin-standby-\(UUID().uuidString.prefix(8).lowercased())"),
      binaries: binaries, primary: primary)
    do {
      try await standby.start()
      let result = try await body(standby)
      await standby.remove()
      return result
    } catch {
      await standby.remove()
      throw error
    }
  }

  private func start() async throws {
    // The folder belongs to the server's user alone, as the primary's does.
    try await shell("install -d -m 700 -o \"$(stat -c %U \"$1\")\" \"$2\"", [primary.host, folder.path])
    try await run(
      "pg_basebackup",
      [
        "-h", primary.host, "-p", "\(primary.port)", "-U", primary.user, "-D", data, "-X", "stream", "-R", "-C", "-S",
        "standby_1", "-c", "fast",
      ])
    try await startAgain()
  }

  private func startAgain() async throws {
    let options =
      "-c listen_addresses= -c unix_socket_directories=\(folder.path) -c port=\(Self.port) "
      + "-c max_connections=\(Self.maxConnections) -c hot_standby=on"
    try await run(
      "pg_ctl", ["start", "-D", data, "-l", "\(folder.path)/log", "-w", "-t", "\(Self.startSeconds)", "-o", options])
  }

  /// Stops it, as an operator would.
  func stop() async throws { try await run("pg_ctl", ["stop", "-D", data, "-m", "fast", "-w"]) }

  /// Runs pg_receivewal for as long as `body` runs: it reads the log, but is no standby.
  func whileLogIsKept<Result>(_ body: () async throws -> Result) async throws -> Result {
    let keeper = process(
      "exec \"$@\"",
      user + [
        "\(binaries)/pg_receivewal", "-h", primary.host, "-p", "\(primary.port)", "-U", primary.user, "-D", folder.path,
      ])
    let (ends, ended) = AsyncStream<Void>.makeStream()
    keeper.terminationHandler = { _ in ended.finish() }
    try keeper.run()
    let result: Swift.Result<Result, any Error>
    do { result = .success(try await body()) } catch { result = .failure(error) }
    // It may have been started by a thread that other signals are blocked on, and inherit that.
    kill(keeper.processIdentifier, SIGKILL)
    for await _ in ends {}
    return try result.get()
  }

  private func remove() async {
    try? await run("pg_ctl", ["stop", "-D", data, "-m", "immediate", "-w"])
    try? FileManager.default.removeItem(at: folder)
  }

  // MARK: Processes

  private var data: String { folder.appendingPathComponent("data").path }

  /// What makes a command run as the server's user.
  private var user: [String] {
    getuid() == 0 ? ["setpriv", "--reuid", owner, "--regid", owner, "--clear-groups"] : []
  }

  private var owner: String {
    let attributes = try? FileManager.default.attributesOfItem(atPath: primary.host)
    return attributes?[.ownerAccountName] as? String ?? "postgres"
  }

  private func run(_ program: String, _ arguments: [String]) async throws {
    // A server must not keep what tells this process of its child's end.
    let closing = """
      for descriptor in /proc/$BASHPID/fd/*; do
        descriptor=${descriptor##*/}
        if ((descriptor > 2)); then eval "exec $descriptor>&-"; fi
      done
      cd / && exec "$@"
      """
    try await shell(closing, user + ["\(binaries)/\(program)"] + arguments)
  }

  private func shell(_ script: String, _ arguments: [String]) async throws {
    let process = process(script, arguments)
    let status = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Int32, any Error>) in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    guard status == 0 else { throw NeverHappened(description: "\(arguments) ended with \(status)") }
  }

  private func process(_ script: String, _ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script, "bash"] + arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    return process
  }
}
