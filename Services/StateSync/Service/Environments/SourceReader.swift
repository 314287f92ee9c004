import FleetCore
import TwinProto

/// Reads one source within its time, whatever the source does.
struct SourceReader: Sendable {
  let connectors: SourceConnectors
  let clock: WallClock
  let pace: any Clock<Duration>
  /// The bound on one source.
  let timeout: Duration
  /// What the state of one target may take, so that it can be passed on.
  let maximumStateBytes: Int
  /// The longest reason of a failure that is kept.
  static let reasonLength = 500

  /// What came of reading a source.
  struct Result: Sendable {
    var source: MirrorSource
    var outcome: Swift.Result<MirrorReading, SourceFailure>
    var duration: Duration
  }

  func read(_ source: MirrorSource) async -> Result {
    let start = ContinuousClock.now
    let config = connectors.config(source)
    var outcome: Swift.Result<MirrorReading, SourceFailure>
    do {
      let reading = try await bounded(source, config)
      outcome = problem(with: reading).map { .failure(SourceFailure($0)) } ?? .success(reading)
    } catch {
      outcome = .failure(SourceFailure("\(error)"))
    }
    if case .failure(let failure) = outcome {
      // Whatever a library quotes, no credential gets out.
      let reason = String(config.files.redacted(failure.description).prefix(Self.reasonLength))
      outcome = .failure(SourceFailure(reason.replacing("\0", with: "")))
    }
    return Result(source: source, outcome: outcome, duration: ContinuousClock.now - start)
  }

  private func bounded(_ source: MirrorSource, _ config: SourceConfig) async throws -> MirrorReading {
    guard let connector = connectors[source.kind] else { throw SourceFailure("this kind of source can't be read") }
    let window = ReadingWindow(since: source.lastSyncTime, to: clock.now())
    return try await withThrowingTaskGroup(of: MirrorReading.self) { group in
      defer { group.cancelAll() }
      group.addTask { try await connector.read(config, window: window) }
      group.addTask {
        try await pace.sleep(for: timeout)
        throw SourceFailure("not read within \(timeout)")
      }
      guard let reading = try await group.next() else { throw CancellationError() }
      return reading
    }
  }

  private func problem(with reading: MirrorReading) -> String? {
    guard reading.targets.count <= EnvironmentLimits.targets else {
      return "told of more than \(EnvironmentLimits.targets) targets"
    }
    for (name, target) in reading.targets {
      if let problem = InlineTargets.problem(withName: name) { return problem }
      guard target.kind.count <= EnvironmentLimits.kindLength, !target.kind.utf8.contains(0) else {
        return "the kind of '\(name)' has more than \(EnvironmentLimits.kindLength) characters"
      }
      if let problem = InlineTargets.problem(with: target.state, maximumBytes: maximumStateBytes) {
        return "the state of '\(name)' \(problem)"
      }
    }
    return nil
  }
}
