public import Foundation

/// A program that a test runs.
public actor Child {
  /// What a program that ended has left.
  public struct Outcome: Sendable {
    /// The exit status; 128 and the signal's number after a signal.
    public var status: Int32
    public var output: String
    public var errors: String
  }

  /// The status with which it ends.
  public nonisolated let ended: Task<Int32, Never>
  public nonisolated let identifier: Int32
  private let process: Process

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - output: file that its standard output is added to.
  ///   - errors: the same for its standard error.
  public init(_ program: URL, _ arguments: [String], environment: [String: String] = [:], output: URL, errors: URL)
    throws
  {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("TWIN_") }
      .merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try Self.appending(output)
    process.standardError = try Self.appending(errors)
    let (statuses, continuation) = AsyncStream<Int32>.makeStream()
    process.terminationHandler = { process in
      let wasKilled = process.terminationReason == .uncaughtSignal
      continuation.yield(process.terminationStatus + (wasKilled ? 128 : 0))
      continuation.finish()
    }
    try process.run()
    ended = Task {
      for await status in statuses { return status }
      return -1
    }
    identifier = process.processIdentifier
    self.process = process
  }

  public var isRunning: Bool { process.isRunning }

  /// Sends a signal, unless the program has ended.
  public func signal(_ number: Int32) {
    if process.isRunning { kill(process.processIdentifier, number) }
  }

  /// Runs a program to its end.
  public static func run(_ program: URL, _ arguments: [String], environment: [String: String] = [:]) async throws
    -> Outcome
  {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("twin-run-\(UUID().uuidString.prefix(8).lowercased())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let output = folder.appendingPathComponent("output")
    let errors = folder.appendingPathComponent("errors")
    let child = try Child(program, arguments, environment: environment, output: output, errors: errors)
    let status = await child.ended.value
    return Outcome(
      status: status, output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }

  private static func appending(_ file: URL) throws -> FileHandle {
    if !FileManager.default.fileExists(atPath: file.path) { try Data().write(to: file) }
    let handle = try FileHandle(forWritingTo: file)
    try handle.seekToEnd()
    return handle
  }
}
