import Foundation
import Synchronization

/// A program that a test runs: its lines can be waited for, lines can be sent to it, and it never outlives the test.
final class ChildProcess: Sendable {
  /// The longest wait for a line or for the end. Generous, since other work may keep the machine busy.
  static let patience = Duration.seconds(90)

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private struct State {
    var transcript: [String] = []
    /// Lines that nobody has taken yet.
    var lines: [String] = []
    var outputEnded = false
    var exitCode: Int32?
    /// Counts everything that happened.
    var changes = 0
    var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
    var nextWaiter: UInt64 = 0
  }

  private let name: String
  private let process: Process
  private let input: FileHandle
  private let state = Mutex(State())

  /// Runs `body` with the program, and ends the program afterwards.
  static func run<Result>(
    _ executable: URL, _ arguments: [String], environment: [String: String] = [:],
    _ body: (ChildProcess) async throws -> Result
  ) async throws -> Result {
    let child = try ChildProcess(executable, arguments, environment)
    defer { child.kill() }
    return try await body(child)
  }

  private init(_ executable: URL, _ arguments: [String], _ environment: [String: String]) throws {
    name = executable.lastPathComponent
    process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let (output, inputPipe) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = output
    // A program that reads its input ends when the test does, even if the test crashed.
    process.standardInput = inputPipe
    input = inputPipe.fileHandleForWriting
    process.terminationHandler = { [weak self] process in
      self?.change { $0.exitCode = process.terminationReason == .exit ? process.terminationStatus : -1 }
    }
    try process.run()
    Thread { [weak self] in Self.read(output.fileHandleForReading, into: { self?.took($0) }) }.start()
  }

  private static func read(_ handle: FileHandle, into take: (String?) -> Void) {
    var rest: [UInt8] = []
    while true {
      let data = handle.availableData
      guard !data.isEmpty else { break }
      rest += data
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        take(String(decoding: rest[..<end], as: UTF8.self))
        rest.removeSubrange(...end)
      }
    }
    if !rest.isEmpty { take(String(decoding: rest, as: UTF8.self)) }
    take(nil)
  }

  private func took(_ line: String?) {
    change { state in
      guard let line else { return state.outputEnded = true }
      state.lines.append(line)
      state.transcript.append(line)
    }
  }

  private func change(_ body: (inout State) -> Void) {
    let waiting = state.withLock { state in
      body(&state)
      state.changes += 1
      defer { state.waiting = [:] }
      return state.waiting.values.map { $0 }
    }
    for continuation in waiting { continuation.resume() }
  }

  /// The process's identifier, for signals.
  var identifier: Int32 { process.processIdentifier }

  /// Everything that the program said.
  var transcript: String { state.withLock { $0.transcript.joined(separator: "\n") } }

  /// Sends one line to the program.
  func send(_ line: String) throws { try input.write(contentsOf: Data("\(line)\n".utf8)) }

  /// The rest of the first line that begins with `prefix`; lines before it are dropped.
  ///
  /// - Throws: `Failure` with all that the program said, when it ends or `patience` runs out first.
  func line(after prefix: String) async throws -> String {
    try await wait("a line that begins with '\(prefix)'") { state in
      while let line = state.lines.first {
        state.lines.removeFirst()
        if line.hasPrefix(prefix) { return String(line.dropFirst(prefix.count)) }
      }
      return nil
    }
  }

  /// Waits until the program has ended by itself.
  ///
  /// - Returns: its exit code, -1 when a signal ended it.
  func exitCode() async throws -> Int32 {
    // Its last words belong to the transcript.
    try await wait("the end") { $0.outputEnded ? $0.exitCode : nil }
  }

  private func wait<Value>(_ what: String, _ ready: (inout State) -> Value?) async throws -> Value {
    let end = ContinuousClock.now + Self.patience
    while true {
      let (value, isOver, seen) = state.withLock { state in
        (ready(&state), state.outputEnded && state.exitCode != nil, state.changes)
      }
      if let value { return value }
      if isOver { throw Failure(description: "\(name) ended without \(what). It said:\n\(transcript)") }
      guard ContinuousClock.now < end else {
        kill()
        throw Failure(
          description: "\(name) gave no sign of \(what) within \(Self.patience). It said:\n\(transcript)")
      }
      await change(after: seen, until: end)
    }
  }

  /// Waits for the first change after number `seen`, or the time.
  private func change(after seen: Int, until end: ContinuousClock.Instant) async {
    let id = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    let timer = Task { [weak self] in
      try await Task.sleep(until: end)
      self?.wake(id)
    }
    await withCheckedContinuation { continuation in
      let hasChanged = state.withLock { state in
        if state.changes != seen { return true }
        state.waiting[id] = continuation
        return false
      }
      if hasChanged { continuation.resume() }
    }
    timer.cancel()
  }

  private func wake(_ id: UInt64) { state.withLock { $0.waiting.removeValue(forKey: id) }?.resume() }

  func kill() {
    guard process.isRunning else { return }
    Foundation.kill(process.processIdentifier, SIGKILL)
  }
}
