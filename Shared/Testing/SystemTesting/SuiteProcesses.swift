public import Foundation
import PostgresDriver
public import PostgresTesting
import Waiting

/// The suite's services as real processes, with a PostgreSQL of their own.
///
/// When the tests' process ends, however it ends, so do the services and the server.
public actor SuiteProcesses {
  /// The ports of one service.
  private struct Ports {
    var admin: Int
    /// nil for the edge.
    var rpc: Int?
  }

  /// Looks at a service's readiness at most: 60 s.
  private static let readinessTries = 600
  /// Lines of a log that an error shows.
  private static let shownLogLines = 30

  /// REST of the edge.
  public nonisolated let rest: RESTClient
  /// The same at its other port.
  public nonisolated let infrastructureREST: RESTClient
  /// Where the services write their logs.
  public nonisolated let folder: URL
  private nonisolated let ports: [String: Ports]
  /// The services that are started.
  private nonisolated let services: [String]
  /// How many replicas of a service there are, where there is more than one.
  private nonisolated let replicas: [String: Int]
  private let server = PostgresTestServer()
  private var database: PostgresTestDatabase?
  private var arguments: [String: [String]] = [:]
  private var children: [String: Child] = [:]

  /// - Parameters:
  ///   - services: those to start, in the order in which they are.
  ///   - replicas: of which of them to run several, and how many. The first has the service's name, the others have a
  ///     number behind it, such as `state-sync-2`.
  public init(services: [String] = Programs.services, replicas: [String: Int] = [:]) throws {
    self.services = services.flatMap { Self.instances(of: $0, replicas) }
    self.replicas = replicas
    let instances = Programs.services.flatMap { Self.instances(of: $0, replicas) }
    var free = try FreePorts.take(2 * instances.count + 2)
    rest = RESTClient(port: free.removeLast())
    infrastructureREST = RESTClient(port: free.removeLast())
    ports = Dictionary(
      uniqueKeysWithValues: instances.map { name in
        let admin = free.removeLast()
        let rpc = free.removeLast()
        return (name, Ports(admin: admin, rpc: name == "edge" ? nil : rpc))
      })
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("twin-suite-\(UUID().uuidString.prefix(8).lowercased())")
  }

  /// Starts PostgreSQL and all services, and waits until they are ready.
  public func start() async throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try watch()
    database = try await server.makeDatabase()
    for service in replicas.keys { try setReplicas(of: service, Self.instances(of: service, replicas)) }
    for name in services { try await launch(name) }
    for name in services { try await awaitReady(name) }
  }

  // MARK: Replicas

  private static func instances(of service: String, _ replicas: [String: Int]) -> [String] {
    [service] + (2..<max(2, 1 + (replicas[service] ?? 1))).map { "\(service)-\($0)" }
  }

  /// The program that a replica runs.
  private nonisolated func program(of name: String) -> String {
    replicas.keys.first { Self.instances(of: $0, replicas).contains(name) } ?? name
  }

  /// Tells all services which replicas of one there are; they look now and then.
  public nonisolated func setReplicas(of service: String, _ names: [String]) throws {
    try names.map { address($0) + "\n" }.joined().write(to: addresses(of: service), atomically: true, encoding: .utf8)
  }

  private nonisolated func addresses(of service: String) -> URL {
    folder.appendingPathComponent("\(service).addresses")
  }

  // MARK: Addresses

  /// Where a service serves gRPC.
  public nonisolated func address(_ name: String) -> String { "127.0.0.1:\(ports[name]?.rpc ?? 0)" }

  /// Metrics and health of a service.
  public nonisolated func admin(_ name: String) -> RESTClient { RESTClient(port: ports[name]?.admin ?? 0) }

  // MARK: Processes

  /// Starts a service at its ports, without waiting for it.
  public func launch(_ name: String) async throws {
    guard let database else { throw NeverHappened(description: "the suite wasn't started") }
    let child = try Child(
      Programs.file(program(of: name)), try await arguments(of: name),
      environment: [
        "TWIN_DATABASE_URL": database.url(program(of: name), .app),
        "TWIN_DATABASE_OWNER_URL": database.url(program(of: name), .owner),
      ].filter { _ in name != "edge" },
      output: log(name), errors: log(name))
    // The watchdog ends what this file names.
    try "\(child.identifier)\n".write(
      to: folder.appendingPathComponent("\(name).pid"), atomically: true, encoding: .utf8)
    children[name] = child
  }

  /// Kills a service as a crash does.
  public func kill(_ name: String) async throws {
    guard let child = children[name] else { return }
    await child.signal(SIGKILL)
    _ = await child.ended.value
  }

  /// Asks a service to stop.
  ///
  /// - Returns: its exit status.
  public func stop(_ name: String) async throws -> Int32 {
    guard let child = children[name] else { throw NeverHappened(description: "\(name) runs") }
    await child.signal(SIGTERM)
    return await child.ended.value
  }

  /// Whether the service's process lives.
  public func isRunning(_ name: String) async -> Bool { await children[name]?.isRunning ?? false }

  /// The number of the service's process.
  public func identifier(_ name: String) throws -> Int32 {
    guard let child = children[name] else { throw NeverHappened(description: "\(name) was started") }
    return child.identifier
  }

  /// The most memory that a service's process has had, in bytes; nil when it doesn't run.
  public func peakMemory(_ name: String) -> Int? {
    guard let child = children[name],
      let status = try? String(contentsOfFile: "/proc/\(child.identifier)/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
    else { return nil }
    return kibibytes << 10
  }

  /// Waits until a service says that it is ready.
  public func awaitReady(_ name: String) async throws {
    try await eventually(
      "\(name) is ready", tries: Self.readinessTries, explanation: { "\(name)'s log ends:\n\(logTail(name))" }
    ) {
      guard await isRunning(name) else {
        throw NeverHappened(description: "\(name) ended; its log ends:\n\(logTail(name))")
      }
      return await readiness(name) == 200
    }
  }

  /// The status of the service's `/readyz`; nil when nobody answers.
  public nonisolated func readiness(_ name: String) async -> Int? {
    try? await admin(name).call("GET", "/readyz").status
  }

  /// The last lines of a service's log.
  public nonisolated func logTail(_ name: String) -> String {
    let text = (try? String(contentsOf: log(name), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").suffix(Self.shownLogLines).joined(separator: "\n")
  }

  // MARK: Database

  /// The suite's database, for questions as superuser.
  public func databaseForQuestions() throws -> PostgresTestDatabase {
    guard let database else { throw NeverHappened(description: "the suite wasn't started") }
    return database
  }

  /// Stops PostgreSQL.
  public func stopDatabase() async throws { try await server.stop() }

  /// Kills PostgreSQL with all its processes, as a crash of the machine does.
  public func killDatabase() async throws { try await server.kill() }

  /// The number of PostgreSQL's first process.
  public func databaseIdentifier() async throws -> Int32 { try await server.identifier() }

  /// Starts PostgreSQL again, at its old port.
  public func startDatabase() async throws {
    try await server.restart(port: try databaseForQuestions().admin.port)
  }

  // MARK: How

  private nonisolated func log(_ name: String) -> URL { folder.appendingPathComponent("\(name).log") }

  /// Flags are those of the service's own help, since an unknown one is an error.
  private func arguments(of name: String) async throws -> [String] {
    if let known = arguments[name] { return known }
    let help = try await Child.run(Programs.file(program(of: name)), ["--help"]).output
    var values = [
      "--admin-port": "\(ports[name]?.admin ?? 0)", "--rpc-port": "\(ports[name]?.rpc ?? 0)",
      "--uploads-folder": folder.appendingPathComponent("\(name)-uploads").path,
      "--announce-file": folder.appendingPathComponent("\(name).announce").path,
      "--http-fleet-port": "\(rest.port)", "--http-infrastructure-port": "\(infrastructureREST.port)",
      "--health-check-interval": "500ms", "--health-retry-longest": "500ms",
    ]
    for peer in Programs.services where peer != "edge" {
      guard replicas[peer] != nil else {
        values["--peers-\(peer)-addresses"] = address(peer)
        continue
      }
      values["--peers-\(peer)-addresses-file"] = addresses(of: peer).path
      values["--peers-resolve-interval"] = "200ms"
    }
    let flags = Set(help.split(whereSeparator: \.isWhitespace).map(String.init))
    let chosen = values.filter { flags.contains($0.key) }.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
    arguments[name] = chosen
    return chosen
  }

  /// Ends the services with the tests. A number that another program got meanwhile is left alone.
  private func watch() throws {
    let script = """
      tail --pid="$1" -f /dev/null
      for file in "$2"/*.pid; do
        read -r identifier <"$file" || continue
        [[ $(readlink "/proc/$identifier/exe") == "$3"/* ]] && kill -9 "$identifier"
      done
      rm -rf "$2"
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/setsid")
    process.arguments = [
      "bash", "-c", script, "watchdog", "\(ProcessInfo.processInfo.processIdentifier)", folder.path,
      Programs.folder.path,
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
  }
}
