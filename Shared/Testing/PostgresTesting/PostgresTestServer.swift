import Foundation
public import PostgresDriver

/// A private PostgreSQL for the tests of one process: started on first use by `deploy/dev/postgres.sh` in a folder of
/// its own, stopped and deleted by that script's watchdog when the process ends, however it ends.
public actor PostgresTestServer {
  /// The server all tests of this process share.
  public static let shared = PostgresTestServer()

  private let folder: URL
  private var running: Task<String, any Error>?
  private var databaseCount = 0

  /// A server of its own, for tests that stop or kill it.
  public init() {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("twin-test-\(UUID().uuidString.prefix(8).lowercased())")
  }

  /// The database roles of one service.
  public enum Role: String, Sendable { case owner, app }

  /// The folder of the server, for `postgres.sh` as `TWIN_DEV_DIR`.
  public nonisolated var developmentFolder: String { folder.path }

  /// Starts the server when it is not running yet, and returns the superuser's URL.
  public func start() async throws -> String {
    if let running { return try await running.value }
    let task = Task {
      try await self.script(["start"], watched: true)
      return try await self.script(["url", "admin"])
    }
    running = task
    return try await task.value
  }

  /// Makes a fresh database with the six empty schemas and returns it.
  public func makeDatabase() async throws -> PostgresTestDatabase {
    var admin = try PostgresConfiguration(url: try await start())
    // A machine at its limits answers late, and that isn't what the tests are about.
    admin.connectTimeout = .seconds(60)
    databaseCount += 1
    let name = "test_\(databaseCount)"
    let connection = try await PostgresConnection.connect(admin)
    try await connection.executeScript("CREATE DATABASE \(name)")
    await connection.close()
    var configuration = admin
    configuration.database = name
    let bootstrap = try await PostgresConnection.connect(configuration)
    try await bootstrap.executeScript(try Self.bootstrapScript())
    await bootstrap.close()
    return PostgresTestDatabase(admin: configuration)
  }

  /// Stops the server as an operator would; `restart` brings it back with its data and port.
  public func stop() async throws {
    try await script(["stop"])
  }

  /// The number of the server's first process, the parent of the others.
  public func identifier() async throws -> Int32 {
    let words = try await script(["status"]).split(whereSeparator: { " ,".contains($0) })
    guard let place = words.firstIndex(of: "process"), place + 1 < words.count, let number = Int32(words[place + 1])
    else { throw ScriptFailure(arguments: ["status"], status: 0, errors: "no process is named: \(words)") }
    return number
  }

  /// Kills the server and all its processes at once.
  public func kill() async throws {
    let first = try await identifier()
    let children = (try? String(contentsOfFile: "/proc/\(first)/task/\(first)/children", encoding: .utf8)) ?? ""
    for number in [first] + children.split(separator: " ").compactMap({ Int32($0) }) {
      Foundation.kill(number, SIGKILL)
    }
  }

  /// Starts a stopped or killed server again on the same port.
  public func restart(port: Int) async throws {
    try await script(["start"], environment: ["TWIN_PG_PORT": String(port)])
  }

  /// Runs `postgres.sh` and returns what it prints.
  ///
  /// - Throws: `ScriptFailure` with its standard error.
  @discardableResult
  public nonisolated func script(
    _ arguments: [String], watched: Bool = false, environment: [String: String] = [:]
  ) async throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [Self.repository.appendingPathComponent("deploy/dev/postgres.sh").path] + arguments
    var variables = ProcessInfo.processInfo.environment
    variables["TWIN_DEV_DIR"] = folder.path
    variables["TWIN_PG_PORT"] = nil
    if watched { variables["TWIN_PG_WATCH_PID"] = String(ProcessInfo.processInfo.processIdentifier) }
    variables.merge(environment) { $1 }
    process.environment = variables
    let output = Pipe()
    let errors = FileManager.default.temporaryDirectory
      .appendingPathComponent("twin-test-\(UUID().uuidString.prefix(8)).err")
    try Data().write(to: errors)
    defer { try? FileManager.default.removeItem(at: errors) }
    process.standardOutput = output
    // A file, because the server inherits standard error and would keep a pipe open for ever.
    process.standardError = try FileHandle(forWritingTo: errors)
    let status = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Int32, any Error>) in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    let text = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard status == 0 else {
      throw ScriptFailure(
        arguments: arguments, status: status, errors: (try? String(contentsOf: errors, encoding: .utf8)) ?? "")
    }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// `postgres.sh` failed.
  public struct ScriptFailure: Error, CustomStringConvertible {
    public var arguments: [String]
    public var status: Int32
    public var errors: String
    public var description: String { "postgres.sh \(arguments.joined(separator: " ")) failed (\(status)): \(errors)" }
  }

  /// The root of the project, found from where this file was compiled.
  private static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// `deploy/dev/bootstrap.sql` without psql's own commands.
  private static func bootstrapScript() throws -> String {
    let url = repository.appendingPathComponent("deploy/dev/bootstrap.sql")
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("\\") }.joined(separator: "\n")
  }
}

/// One fresh database of a test server.
public struct PostgresTestDatabase: Sendable {
  /// Connects as the superuser.
  public var admin: PostgresConfiguration

  /// Connects as a role of a service, such as `("state_sync", .app)`; dashes count as underscores.
  public func configuration(_ service: String, _ role: PostgresTestServer.Role) -> PostgresConfiguration {
    var configuration = admin
    configuration.user = service.replacingOccurrences(of: "-", with: "_") + "_" + role.rawValue
    return configuration
  }

  /// The URL of a role, for programs that take one.
  public func url(_ service: String, _ role: PostgresTestServer.Role) -> String {
    let configuration = configuration(service, role)
    let host = configuration.host.replacingOccurrences(of: "/", with: "%2F")
    return "postgresql://\(configuration.user)@/\(configuration.database)?host=\(host)&port=\(configuration.port)"
  }
}
