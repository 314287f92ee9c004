import FleetCore
import Logging
import RPCErrors
import RuntimeTelemetry
import SimulationInput
import Synchronization
import TwinProto

/// Syncs environments: reads their sources side by side, takes what was read in as a whole, tells twin-engine.
final class EnvironmentSyncs: Sendable {
  private let store: any EnvironmentStore
  private let reader: SourceReader
  private let forwarder: EnvironmentForwarder
  private let feed: EnvironmentFeed
  private let clock: WallClock
  private let turns = Turns()

  init(
    store: any EnvironmentStore, reader: SourceReader, forwarder: EnvironmentForwarder, feed: EnvironmentFeed,
    clock: WallClock
  ) {
    (self.store, self.reader, self.forwarder, self.feed, self.clock) = (store, reader, forwarder, feed, clock)
  }

  /// What a sync found.
  struct Report: Sendable {
    var environment: EnvironmentRecord
    /// When the sync ended.
    var time: UTCInstant
    var drift: [TargetDrift]
    var sources: [SourceResult]
  }

  /// Reads sources of an environment now.
  ///
  /// - Parameter kind: only sources of this kind; unspecified means all.
  /// - Throws: `ServiceFault` when the environment has no such source or is gone; what the store throws.
  func pull(_ environment: EnvironmentRecord, kind: SourceKind = .unspecified) async throws -> Report {
    try await turns.take(environment.id) { [self] in
      // What happened meanwhile counts: the sync before this one may have changed when the sources were read.
      guard let current = try await store.environment(environment.id) else {
        throw ServiceFault.noEnvironment(environment.id)
      }
      let wanted = current.sources.filter { $0.kind != .inline && (kind == .unspecified || $0.kind == kind) }
      guard !wanted.isEmpty else {
        guard kind == .unspecified else {
          throw ServiceFault.invalid("source", "the environment has no source of this kind")
        }
        return Report(environment: current, time: clock.now(), drift: [], sources: [])
      }
      let results = await withTaskGroup(of: (Int, SourceReader.Result).self) { group in
        for (place, source) in wanted.enumerated() {
          group.addTask { [reader] in (place, await reader.read(source)) }
        }
        return await group.reduce(into: [(Int, SourceReader.Result)]()) { $0.append($1) }
          .sorted { $0.0 < $1.0 }.map(\.1)
      }
      try Task.checkCancellation()
      var readings: [SourceReading] = []
      for result in results { readings.append(try await takeMetrics(of: result, in: current)) }
      return try await commit(readings, of: current, durations: results.map(\.duration))
    }
  }

  /// Takes in what an agent pushed.
  func push(_ targets: [String: ReportedTarget?], to environment: EnvironmentRecord) async throws -> Report {
    try await turns.take(environment.id) { [self] in
      let start = ContinuousClock.now
      let source = environment.sources.first { $0.kind == .inline }?.name ?? Mirror.inlineSource
      let readings = [SourceReading(source: source, outcome: .some(targets))]
      return try await commit(readings, of: environment, durations: [ContinuousClock.now - start])
    }
  }

  // MARK: Steps

  /// Stores the metrics that a source told, and fills in what its states say of them.
  private func takeMetrics(of result: SourceReader.Result, in environment: EnvironmentRecord) async throws
    -> SourceReading
  {
    let name = result.source.name
    switch result.outcome {
    case .failure(let failure): return SourceReading(source: name, outcome: .failed(failure.description))
    case .success(var reading):
      do {
        let admitted = MetricPoints.admit(reading.metrics, at: clock.now())
        for part in admitted.series.chunks(of: EnvironmentLimits.pushedPoints) {
          guard try await store.store(part, of: environment.id) else {
            throw ServiceFault.noEnvironment(environment.id)
          }
        }
        for (series, key) in reading.peaks {
          guard let peak = try await points(of: series, in: environment.id).map(\.value).max() else { continue }
          reading.targets[series.target]?.state[key] = .number(peak)
        }
        for (series, rate) in reading.rates {
          guard let value = rate.value(of: try await points(of: series, in: environment.id)) else { continue }
          reading.targets[series.target]?.state[rate.key] = .number(value)
        }
      } catch let bound as EnvironmentBoundReached {
        return SourceReading(source: name, outcome: .failed(bound.description))
      }
      return SourceReading(source: name, outcome: .all(reading.targets))
    }
  }

  /// Everything that is kept of a series.
  private func points(of series: SeriesName, in id: String) async throws -> [SeriesPoint] {
    let now = clock.now()
    var query = MetricQuery(
      environmentID: id, from: MetricPoints.horizon(at: now), to: now.adding(seconds: MetricPoints.furthestAhead),
      metric: series.metric, target: series.target, seriesLimit: 100, pointLimit: EnvironmentLimits.pagePoints)
    var points: [SeriesPoint] = []
    while true {
      let page = try await store.metrics(query)
      for part in page.series where part.name == series { points += part.points }
      guard !page.isLast, let last = page.series.last, let point = last.points.last else { return points }
      query.after = .init(seriesKey: last.key, time: point.time)
    }
  }

  private func commit(_ readings: [SourceReading], of environment: EnvironmentRecord, durations: [Duration])
    async throws -> Report
  {
    var readings = readings
    while true {
      do {
        guard let outcome = try await store.commit(SyncDraft(readings: readings, time: clock.now()), of: environment.id)
        else { throw ServiceFault.noEnvironment(environment.id) }
        feed.didChange(environment.id)
        // Whoever asks the twin after this call sees what it found, unless twin-engine is away: then it hears later.
        await forwarder.tell(of: environment.id)
        return Report(
          environment: outcome.environment, time: outcome.environment.lastSyncTime ?? clock.now(),
          drift: outcome.drift,
          sources: zip(readings, durations).map { self.result($0, in: outcome.environment, took: $1) })
      } catch let bound as EnvironmentBoundReached {
        // One source that tells of too much doesn't take the others with it.
        let sizes = readings.map { if case .all(let targets) = $0.outcome { targets.count } else { 0 } }
        guard readings.count > 1, let largest = sizes.indices.max(by: { sizes[$0] < sizes[$1] }), sizes[largest] > 0
        else { throw bound }
        readings[largest].outcome = .failed(bound.description)
      }
    }
  }

  private func result(_ reading: SourceReading, in environment: EnvironmentRecord, took duration: Duration)
    -> SourceResult
  {
    let kind = environment.sources.first { $0.name == reading.source }?.kind ?? .inline
    var result = SourceResult(
      name: reading.source, kind: kind, ok: !reading.isFailed, durationMs: duration / .milliseconds(1))
    switch reading.outcome {
    case .all(let targets): result.targetCount = UInt32(targets.count)
    case .some(let targets): result.targetCount = UInt32(targets.count { $0.value != nil })
    case .failed(let reason): result.error = reason
    }
    return result
  }
}

/// Lets what concerns one environment happen one after the other.
final class Turns: Sendable {
  private struct Turn {
    let place = Slots(1)
    var users = 0
  }

  private let turns = Mutex<[String: Turn]>([:])

  /// Runs `body` when it is its turn.
  func take<Result: Sendable>(_ id: String, _ body: @Sendable () async throws -> Result) async throws -> Result {
    let place = turns.withLock { turns in
      turns[id, default: Turn()].users += 1
      return turns[id, default: Turn()].place
    }
    defer {
      turns.withLock { turns in
        turns[id]?.users -= 1
        if turns[id]?.users == 0 { turns[id] = nil }
      }
    }
    try await place.acquire()
    defer { place.release() }
    return try await body()
  }
}

extension Dictionary where Key == SeriesName, Value == [SeriesPoint] {
  /// Parts of at most so many points, in the order of the names.
  func chunks(of size: Int) -> [[SeriesName: [SeriesPoint]]] {
    var chunks: [[SeriesName: [SeriesPoint]]] = []
    var rest = 0
    for (name, points) in self.sorted(bySeries: { $0.key }) {
      var points = points[...]
      while !points.isEmpty {
        if rest == 0 {
          chunks.append([:])
          rest = size
        }
        let part = points.prefix(rest)
        chunks[chunks.count - 1][name, default: []] += part
        points = points.dropFirst(part.count)
        rest -= part.count
      }
    }
    return chunks
  }
}
