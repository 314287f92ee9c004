import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// `twin.statesync.v1.EnvironmentService` over the use cases.
struct EnvironmentServiceAPI: EnvironmentServiceHandler {
  static let maximumWatched = 1_000
  static let metricPages = PageSizes(usual: 100, largest: 1_000)
  static let longestStep = 86_400.0
  static let shortestStep = 1e-6

  let environments: Environments
  let syncs: EnvironmentSyncs
  let forwarder: EnvironmentForwarder
  let feed: EnvironmentFeed
  let store: any EnvironmentStore
  let clock: WallClock
  let drain: DrainSignal
  /// Time between two syncs, s.
  let syncInterval: Double
  let maximumStateBytes: Int
  /// What the states of a page may take.
  let pageBytes: Int

  // MARK: Environments

  func createEnvironment(_ request: CreateEnvironmentRequest, _ call: ServerCall) async throws -> Environment {
    let draft = EnvironmentDraft(
      id: request.id, kind: request.kind,
      sources: request.sources.map {
        MirrorSource(name: $0.name, kind: $0.kind, config: $0.config.map { TargetState($0) } ?? [:])
      }, requestID: request.requestID.isEmpty ? nil : request.requestID)
    let (record, isNew) = try await environments.create(draft)
    if isNew {
      feed.didChange(record.id)
      await forwarder.tell(of: record.id)
    }
    return message(record)
  }

  func getEnvironment(_ request: GetEnvironmentRequest, _ call: ServerCall) async throws -> Environment {
    message(try await environments.find(request.id, field: "id"))
  }

  func listEnvironments(_ request: ListEnvironmentsRequest, _ call: ServerCall) async throws
    -> ListEnvironmentsResponse
  {
    let page = try await environments.list(
      pageSize: request.pageSize, pageToken: request.pageToken, bytes: pageBytes)
    return ListEnvironmentsResponse(
      environments: page.records.map { message($0) }, nextPageToken: page.nextPageToken)
  }

  func deleteEnvironment(_ request: DeleteEnvironmentRequest, _ call: ServerCall) async throws
    -> DeleteEnvironmentResponse
  {
    let record = try await environments.find(request.id, field: "id")
    guard try await store.delete(record.id) else { throw ServiceFault.noEnvironment(request.id) }
    feed.didChange(record.id)
    await forwarder.tell(of: record.id)
    return DeleteEnvironmentResponse()
  }

  private func message(_ record: EnvironmentRecord) -> Environment {
    Environment(
      record, at: clock.now(), interval: syncInterval, role: { environments.connectors.requiredRole($0) })
  }

  // MARK: Syncs

  func syncEnvironment(_ request: SyncEnvironmentRequest, _ call: ServerCall) async throws -> SyncEnvironmentResponse {
    let environment = try await environments.find(request.environmentID)
    let report: EnvironmentSyncs.Report
    if request.source == .inline || (request.source == .unspecified && !request.targets.isEmpty) {
      let targets = try InlineTargets.read(request.targets, maximumStateBytes: maximumStateBytes)
      guard !targets.isEmpty else { throw ServiceFault.invalid("targets", "an inline sync must name a target") }
      report = try await syncs.push(targets, to: environment)
    } else {
      guard request.targets.isEmpty else {
        throw ServiceFault.invalid("targets", "only come with an inline sync")
      }
      report = try await syncs.pull(environment, kind: request.source)
    }
    return SyncEnvironmentResponse(
      environmentID: environment.id, syncTime: report.time.timestamp, drift: report.drift.map { Drift($0) },
      targetCount: UInt32(report.environment.targetCount), sources: report.sources)
  }

  func getTarget(_ request: GetTargetRequest, _ call: ServerCall) async throws -> Target {
    let environment = try await environments.find(request.environmentID)
    guard let target = try await store.target(request.name, of: environment.id) else {
      throw ServiceFault.noTarget(String(request.name.prefix(EnvironmentLimits.nameLength)), of: environment.id)
    }
    return Target(target, of: environment.id, at: clock.now())
  }

  func listTargets(_ request: ListTargetsRequest, _ call: ServerCall) async throws -> ListTargetsResponse {
    let environment = try await environments.find(request.environmentID)
    let page = try await environments.targets(
      environment, kind: request.kind, pageSize: request.pageSize, pageToken: request.pageToken, bytes: pageBytes)
    return ListTargetsResponse(
      targets: page.records.map { Target($0, of: environment.id, at: clock.now()) }, nextPageToken: page.nextPageToken)
  }

  func watchEnvironments(
    _ request: WatchEnvironmentsRequest, _ responses: RPCWriter<EnvironmentUpdate>, _ call: ServerCall
  ) async throws {
    guard request.environmentIds.count <= Self.maximumWatched else {
      throw ServiceFault.invalid("environment_ids", "must be at most \(Self.maximumWatched)")
    }
    var ids: Set<String> = []
    for id in request.environmentIds { ids.insert(try await environments.find(id, field: "environment_ids").id) }
    let changes = Subscription<String, Void>(capacity: 1)
    // Subscribed before the first look, so that nothing falls between.
    let token = feed.join(changes, ids)
    defer { feed.leave(token) }
    call.sendInitialMetadata()
    let first =
      if ids.isEmpty {
        try await store.environments(after: "", limit: EnvironmentLimits.environments).map(\.id)
      } else { ids.sorted() }
    try await drain.whileOpen(onDrain: { changes.finish() }) {
      var watched: [String: WatchedEnvironment] = [:]
      var next: [String]? = first
      while let ids = next {
        for id in ids {
          var environment = watched[id] ?? WatchedEnvironment(store: store, id: id, bytes: pageBytes)
          try await environment.news(at: clock.now(), interval: syncInterval) { try await responses.write($0) }
          watched[id] = environment
        }
        next = try await changes.next(EnvironmentLimits.environments).map { Set($0.map(\.key)).sorted() }
      }
    }
    throw ServiceFault.draining
  }

  // MARK: Metrics

  func pushMetrics(_ request: PushMetricsRequest, _ call: ServerCall) async throws -> PushMetricsResponse {
    let environment = try await environments.find(request.environmentID)
    let checked = try MetricPoints.read(request.series, at: clock.now())
    guard try await store.store(checked.series, of: environment.id) else {
      throw ServiceFault.noEnvironment(request.environmentID)
    }
    return PushMetricsResponse(stored: checked.stored, expired: checked.expired)
  }

  func listMetrics(_ request: ListMetricsRequest, _ call: ServerCall) async throws -> ListMetricsResponse {
    let limit = try Self.metricPages.size(request.pageSize)
    let step = try Self.step(request.stepS)
    let now = clock.now()
    let from = try Self.instant(request.from, "from") ?? MetricPoints.horizon(at: now)
    let to = try Self.instant(request.to, "to") ?? now
    guard from <= to else { throw ServiceFault.invalid("from", "must not be later than to") }
    let environment = try await environments.find(request.environmentID)
    var query = MetricQuery(
      environmentID: environment.id, from: from, to: to, metric: request.metric, target: request.target, step: step,
      seriesLimit: limit, pointLimit: min(EnvironmentLimits.pagePoints, max(1, pageBytes / MetricSeries.pointBytes)))
    // Both ends belong to the token, so that all pages are of one range although time goes on.
    let list =
      "metrics|\(environment.id)|\(request.metric)|\(request.target)|\(step ?? 0)|"
      + [request.from, request.to].map { $0.map { "\($0.seconds).\($0.nanos)" } ?? "" }.joined(separator: "|")
    if !request.pageToken.isEmpty {
      guard let place = PageToken.position(in: request.pageToken, of: list, count: 4) else {
        throw ServiceFault.wrongPageToken()
      }
      query.after = .init(seriesKey: place[0], time: UTCInstant(microseconds: place[1]))
      (query.from, query.to) = (UTCInstant(microseconds: place[2]), UTCInstant(microseconds: place[3]))
    }
    var page = try await store.metrics(query)
    let fitting = page.series.prefix(bytes: pageBytes)
    if fitting.count < page.series.count { page = MetricPage(series: fitting, isLast: false) }
    var response = ListMetricsResponse(
      environmentID: environment.id,
      series: page.series.map { series in
        MetricSeries(
          target: series.name.target, metric: series.name.metric, labels: series.name.labels,
          points: series.points.map { MetricPoint(time: $0.time.timestamp, value: $0.value) })
      })
    if !page.isLast, let last = page.series.last, let point = last.points.last {
      let place = [last.key, point.time.microseconds, query.from.microseconds, query.to.microseconds]
      response.nextPageToken = PageToken(list: list, position: place).text
    }
    return response
  }

  private static func step(_ seconds: Double?) throws -> Int64? {
    guard let seconds else { return nil }
    guard seconds >= shortestStep, seconds <= longestStep else {
      throw ServiceFault.invalid("step_s", "must be more than 0 and at most \(Int(longestStep)) s")
    }
    return Int64((seconds * 1e6).rounded())
  }

  private static func instant(_ timestamp: ProtoTimestamp?, _ field: String) throws -> UTCInstant? {
    guard let timestamp else { return nil }
    guard let instant = UTCInstant(timestamp) else {
      throw ServiceFault.invalid(field, "must be a valid time from 1678 to 2262")
    }
    return instant
  }
}
