/// Many runs on several workers, with the same outcomes in the same order for any number of workers.
public enum ScenarioBatch {
  /// One run of a batch.
  public struct Item: Sendable {
    public var scenario: any PreparedScenario
    public var request: RunRequest

    public init(_ scenario: any PreparedScenario, _ request: RunRequest) {
      self.scenario = scenario
      self.request = request
    }
  }

  /// Runs all items and returns what `summary` keeps of each outcome, in the items' order.
  ///
  /// - Parameters:
  ///   - workers: how many runs go on at once, at least 1.
  ///   - summary: called in the worker, so that outcomes needn't all be kept.
  public static func run<Summary: Sendable>(
    _ items: [Item], workers: Int, summary: @escaping @Sendable (ScenarioOutcome) -> Summary
  ) async -> [Summary] {
    let workers = max(1, min(workers, items.count))
    let chunk = max(1, (items.count + workers * Self.chunksPerWorker - 1) / (workers * Self.chunksPerWorker))
    let ranges = stride(from: 0, to: items.count, by: chunk).map { $0..<min($0 + chunk, items.count) }
    return await withTaskGroup(of: (Int, [Summary]).self) { group in
      var next = 0
      func start() {
        guard next < ranges.count else { return }
        let (index, range) = (next, ranges[next])
        next += 1
        group.addTask { (index, items[range].map { summary($0.scenario.run($0.request)) }) }
      }
      for _ in 0..<workers { start() }
      var parts = [[Summary]](repeating: [], count: ranges.count)
      while let (index, part) = await group.next() {
        parts[index] = part
        start()
      }
      return parts.flatMap { $0 }
    }
  }

  /// Enough pieces that a worker with short runs takes over from one with long ones.
  private static let chunksPerWorker = 8
}
