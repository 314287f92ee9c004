import Foundation

/// Where the programs are that the checks run.
enum Programs {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let scripts = root.appending(path: "Tests/Interop/Python")

  /// The interpreter that deploy/dev/python.sh makes; `INTEROP_PYTHON` overrides it.
  ///
  /// - Throws: when it isn't there. The checks must not be skipped.
  static func python() throws -> URL {
    if let path = ProcessInfo.processInfo.environment["INTEROP_PYTHON"] { return URL(filePath: path) }
    let python = root.appending(path: ".dev/venv/bin/python")
    guard FileManager.default.isExecutableFile(atPath: python.path()) else {
      throw ChildProcess.Failure(
        description: "\(python.path()) is missing: run deploy/dev/python.sh (make test does), or set INTEROP_PYTHON")
    }
    return python
  }

  /// One of this package's own programs, from the folder that the tests were built into.
  static func built(_ name: String) throws -> URL {
    // The test bundle and the programs lie side by side.
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }.map { URL(filePath: $0) }
    let folder = (bundle ?? URL(filePath: CommandLine.arguments[0])).deletingLastPathComponent()
    let program = folder.appending(path: name)
    guard FileManager.default.isExecutableFile(atPath: program.path()) else {
      throw ChildProcess.Failure(description: "\(program.path()) is missing; arguments: \(CommandLine.arguments)")
    }
    return program
  }

  /// Runs `python -m peer.MODULE ARGUMENTS` while `body` goes on.
  static func withPython<Result>(
    _ module: String, _ arguments: [String], environment: [String: String] = [:],
    _ body: (ChildProcess) async throws -> Result
  ) async throws -> Result {
    let environment = environment.merging([
      "PYTHONPATH": scripts.path(), "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1",
    ]) { given, _ in given }
    return try await ChildProcess.run(
      try python(), ["-m", "peer.\(module)"] + arguments, environment: environment, body)
  }

  /// Runs `python -m peer.MODULE ARGUMENTS` to its end.
  ///
  /// - Throws: with all that it said, unless it ended with 0.
  static func runPython(_ module: String, _ arguments: [String], environment: [String: String] = [:]) async throws {
    try await withPython(module, arguments, environment: environment) { child in
      let code = try await child.exitCode()
      guard code == 0 else {
        throw ChildProcess.Failure(
          description: "peer.\(module) \(arguments.joined(separator: " ")) ended with \(code):\n\(child.transcript)")
      }
    }
  }
}
