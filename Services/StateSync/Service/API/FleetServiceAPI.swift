import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// `twin.statesync.v1.FleetService` over the use cases.
struct FleetServiceAPI: FleetServiceHandler {
  static let historyPages = PageSizes(usual: 1_000, largest: 10_000)
  /// What the samples of a page may take of the longest message; the rest is for what stands around them.
  static let historyShare = 0.75
  static let longestInterval = 86_400.0
  static let shortestInterval = 1e-6
  static let maximumVehicles = 10_000
  static let highestRate = 1_000.0
  /// Updates that wait for a slow reader before older ones of the same vehicle and kind give way.
  static let backlog = 1_024
  static let chunk = 256

  /// What the samples of a page of history may take.
  let historyBytes: Int
  let store: any TelemetryStore
  let observations: ObservationAPI
  let directory: VehicleDirectory
  let log: TelemetryLog
  let feed: FleetFeed
  let peerFeeds: PeerFeeds
  let homes: VehicleHomes
  let skews: ClockSkews
  /// Whether a vehicle's samples wait because its twin's home doesn't take them.
  let isWaiting: @Sendable (String) -> Bool
  let clock: WallClock
  let pace: any Clock<Duration>
  let drain: DrainSignal

  // MARK: History

  func getHistory(_ request: GetHistoryRequest, _ call: ServerCall) async throws -> GetHistoryResponse {
    let limit = try Self.historyPages.size(request.limit, field: "limit")
    let from = try Self.instant(request.from, "from")
    let to = try Self.instant(request.to, "to") ?? clock.now()
    if let from, from > to { throw ServiceFault.invalid("from", "must not be later than to") }
    let interval = try Self.interval(request.intervalS)
    let vehicle = try await directory.resolve(.twin(request.vehicleID), includingRemoved: true)
    var response = GetHistoryResponse(vehicleID: vehicle.id)
    var query = HistoryQuery(
      vehicleKey: vehicle.key, from: from, to: to, limit: limit, bytes: historyBytes,
      intervalMicroseconds: interval)
    if !request.source.isEmpty {
      guard let source = try await log.source(request.source, of: vehicle) else { return response }
      query.sourceKey = source.key
    }
    // The end belongs to the token, so that all pages are of one history although it goes on growing.
    let list = "history|\(vehicle.id)|\(request.source)|\(interval ?? 0)|\(from?.microseconds ?? .min)"
    if !request.pageToken.isEmpty {
      guard let place = PageToken.position(in: request.pageToken, of: list, count: 4) else {
        throw ServiceFault.wrongPageToken()
      }
      query.after = .init(
        time: UTCInstant(microseconds: place[0]), sourceKey: Int32(truncatingIfNeeded: place[1]),
        sequence: UInt64(clamping: place[2]))
      query.to = UTCInstant(microseconds: place[3])
    }
    let page = try await store.history(query)
    response.samples = page.rows.map(\.sample)
    if !page.isLast, let last = page.rows.last {
      response.nextPageToken =
        PageToken(
          list: list,
          position: [
            last.time.microseconds, Int64(last.sourceKey), Int64(clamping: last.sample.sequence),
            query.to.microseconds,
          ]
        ).text
    }
    return response
  }

  static func instant(_ timestamp: ProtoTimestamp?, _ field: String) throws -> UTCInstant? {
    guard let timestamp else { return nil }
    guard let instant = UTCInstant(timestamp) else {
      throw ServiceFault.invalid(field, "must be a valid time from 1678 to 2262")
    }
    return instant
  }

  private static func interval(_ seconds: Double?) throws -> Int64? {
    guard let seconds else { return nil }
    guard seconds >= shortestInterval, seconds <= longestInterval else {
      throw ServiceFault.invalid("interval_s", "must lie in 0.000001 to \(Int(longestInterval)) s")
    }
    return Int64((seconds * 1e6).rounded())
  }

  func listObservations(_ request: ListObservationsRequest, _ call: ServerCall) async throws
    -> ListObservationsResponse
  { try await observations.list(request) }

  // MARK: Live

  func subscribeFleet(
    _ request: SubscribeFleetRequest, _ responses: RPCWriter<FleetUpdate>, _ call: ServerCall
  ) async throws {
    guard request.vehicleIds.count <= Self.maximumVehicles else {
      throw ServiceFault.invalid(
        "vehicle_ids", "must name at most \(Self.maximumVehicles) twins, not \(request.vehicleIds.count)")
    }
    if let rate = request.maxRateHz, !(rate > 0 && rate <= Self.highestRate) {
      throw ServiceFault.invalid("max_rate_hz", "must be more than 0 and at most \(Int(Self.highestRate)) Hz")
    }
    for id in request.vehicleIds { _ = try await directory.resolve(.twin(id)) }
    let (vehicles, kinds) = (Set(request.vehicleIds), Set(request.kinds.filter { $0 != .unspecified }))
    let scope = PassedOn.isMarked(call) ? FleetFeed.Scope.own : .fleet
    let wants: @Sendable (FleetFeed.Key) -> Bool = { key in
      (scope == .fleet || !key.isForeign)
        && (vehicles.isEmpty || vehicles.contains(key.vehicleID)) && (kinds.isEmpty || kinds.contains(key.kind))
    }
    let updates = Subscription<FleetFeed.Key, FleetFeed.Update>(capacity: Self.backlog)
    if scope == .fleet { try await peerFeeds.beginAndWait() }
    defer { if scope == .fleet { peerFeeds.end() } }
    let token = try feed.join(updates, .matching(wants), scope, after: request.resumeFrom, wants: wants)
    defer { feed.leave(token) }
    // Lets the subscriber know that it is subscribed before anything happens.
    call.sendInitialMetadata()
    try await drain.whileOpen(onDrain: { updates.finish() }) {
      while let entries = try await updates.next(Self.chunk) {
        guard let rate = request.maxRateHz else {
          for entry in entries { try await responses.write(entry.update) }
          continue
        }
        // What comes within a period is coalesced, so that no vehicle is told of more often.
        var batch = entries
        while updates.hasMore, let more = try await updates.next(Self.chunk) { batch += more }
        for update in Self.newest(batch) { try await responses.write(update) }
        try await pace.sleep(for: .seconds(1 / rate))
      }
    }
    throw drain.hasBegun ? ServiceFault.draining : FleetFeed.updatesLost
  }

  /// The newest update of each vehicle and kind, in the order of their cursors, with what was left out.
  private static func newest(_ entries: [Subscription<FleetFeed.Key, FleetFeed.Update>.Entry]) -> [FleetUpdate] {
    var newest: [FleetFeed.Key: FleetUpdate] = [:]
    for entry in entries {
      var update = entry.update
      if let old = newest[entry.key] { update.skipped += old.skipped + 1 }
      newest[entry.key] = update
    }
    return newest.values.sorted { $0.cursor < $1.cursor }
  }

  // MARK: Sync quality

  func getSyncReport(_ request: GetSyncReportRequest, _ call: ServerCall) async throws -> SyncReport {
    let vehicle = try await directory.resolve(.twin(request.vehicleID))
    return try await homes.answer(for: vehicle.id, call) {
      try await report(of: vehicle)
    } there: { channel, options in
      try await FleetServiceClient(channel).getSyncReport(request, options: options)
    }
  }

  private func report(of vehicle: Vehicle) async throws -> SyncReport {
    let (standing, now) = (feed.standing(of: vehicle.id), clock.now())
    return SyncReport(
      vehicleID: vehicle.id, status: isWaiting(vehicle.id) && standing.status == .inSync ? .lagging : standing.status,
      sources: try await log.report(of: vehicle).map { source in
        SourceReport(
          source, skew: skews.estimate(of: source.name, at: now), lags: standing.lags[source.source.name] ?? [])
      })
  }
}

extension CoalescingQueue.Entry where Key == FleetFeed.Key, Value == FleetFeed.Update {
  fileprivate var update: FleetUpdate {
    var update = value.message
    update.skipped = skipped
    return update
  }
}

extension SourceReport {
  fileprivate init(_ source: SourceRecord, skew: ClockSkewEstimator.Estimate?, lags: [Double]) {
    self.init(
      source: source.source.name, accepted: source.total.accepted, duplicate: source.total.duplicate,
      late: source.total.late, rejected: source.total.rejected, missing: source.window.missing,
      lastSequence: source.window.highest, contiguousSequence: source.window.contiguous,
      lastTime: source.lastTime?.timestamp, clockSkewMs: skew?.milliseconds,
      clockSkewStdMs: skew?.standardDeviationMS, lagP50Ms: Self.quantile(0.5, of: lags),
      lagP99Ms: Self.quantile(0.99, of: lags))
  }

  /// The nearest-rank quantile; 0 of nothing.
  private static func quantile(_ share: Double, of values: [Double]) -> Double {
    guard !values.isEmpty else { return 0 }
    let rank = Int((share * Double(values.count)).rounded(.up))
    return values.sorted()[max(1, rank) - 1]
  }
}
