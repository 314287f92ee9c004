import RPCCore
import TestProto

/// `rpc_soak` and `channel_soak`: many large unary calls, on one channel or each on its own.
enum SoakCases {
  static func sameChannel(_ context: CaseContext) async throws {
    let client = context.client
    try await soak(context) { try await call(client, context.soak) }
  }

  static func newChannels(_ context: CaseContext) async throws {
    try await soak(context) {
      try await context.withNewChannel { channel in
        try await call(CaseClient(channel: channel, metadata: context.additionalMetadata), context.soak)
      }
    }
  }

  private static func call(_ client: CaseClient, _ parameters: SoakParameters) async throws {
    let request = SimpleRequest(
      responseSize: Int32(parameters.responseSize), payload: Zeros.payload(parameters.requestSize))
    let response = try await client.service.unaryCall(request, options: client.options())
    try Zeros.check(response.payload, parameters.responseSize, "UnaryCall")
  }

  private struct Outcome: Sendable {
    var finished = 0
    var failures = 0
    var latencies: [Duration] = []
  }

  private static func soak(_ context: CaseContext, _ iteration: @escaping @Sendable () async throws -> Void)
    async throws
  {
    let parameters = context.soak
    let share = parameters.iterations / parameters.threads
    guard share * parameters.threads == parameters.iterations else {
      throw CaseFailure("soak_iterations must be a multiple of soak_num_threads")
    }
    let overall = Duration.seconds(
      parameters.overallTimeoutSeconds ?? max(1, parameters.iterations * parameters.maxLatencyMilliseconds / 1_000))
    let end = ContinuousClock.now + overall
    let outcome = await withTaskGroup(of: Outcome.self) { group in
      for thread in 0..<parameters.threads {
        group.addTask { await run(thread, share, context, until: end, iteration) }
      }
      return await group.reduce(into: Outcome()) { all, one in
        all.finished += one.finished
        all.failures += one.failures
        all.latencies += one.latencies
      }
    }
    let sorted = outcome.latencies.sorted()
    func percentile(_ share: Double) -> String {
      sorted.isEmpty ? "none" : "\(milliseconds(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))])) ms"
    }
    context.log(
      "soak: \(outcome.finished) of \(parameters.iterations) iterations, \(outcome.failures) failures, "
        + "median \(percentile(0.5)), 90th percentile \(percentile(0.9)), worst \(percentile(1))")
    try expect(
      outcome.finished == parameters.iterations,
      "soak: only \(outcome.finished) of \(parameters.iterations) iterations within \(overall)")
    try expect(
      outcome.failures <= parameters.maxFailures,
      "soak: \(outcome.failures) failures, more than the \(parameters.maxFailures) allowed")
  }

  private static func run(
    _ thread: Int, _ count: Int, _ context: CaseContext, until end: ContinuousClock.Instant,
    _ iteration: @Sendable () async throws -> Void
  ) async -> Outcome {
    let parameters = context.soak
    var outcome = Outcome()
    for number in 0..<count where ContinuousClock.now < end {
      let started = ContinuousClock.now
      var failure: String?
      do { try await iteration() } catch { failure = "\(error)" }
      let took = ContinuousClock.now - started
      if failure == nil, took > .milliseconds(parameters.maxLatencyMilliseconds) { failure = "too slow" }
      outcome.finished += 1
      outcome.latencies.append(took)
      if let failure {
        outcome.failures += 1
        context.log(
          "soak iteration: \(number) thread: \(thread) elapsed_ms: \(milliseconds(took)) failed: \(failure)")
      }
      let rest = Duration.milliseconds(parameters.minMillisecondsBetweenCalls) - took
      if number < count - 1, rest > .zero { try? await Task.sleep(for: rest) }
    }
    return outcome
  }

  private static func milliseconds(_ duration: Duration) -> Int64 {
    duration.components.seconds * 1_000 + duration.components.attoseconds / 1_000_000_000_000_000
  }
}
