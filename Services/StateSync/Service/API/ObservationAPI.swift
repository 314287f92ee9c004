import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// What the services of the contract do with observations.
struct ObservationAPI: Sendable {
  static let pages = PageSizes(usual: 100, largest: 1_000)
  static let maximumEvents = 1_000
  static let kinds: [ObservationKind] = [.sensor, .environment, .operations, .event]

  let ingest: ObservationIngest
  let events: EventRules
  let log: ObservationLog
  let store: any ObservationStore
  let directory: VehicleDirectory
  let clock: WallClock
  /// What the contents of a page may take.
  let pageBytes: Int

  // MARK: Samples

  /// Takes samples in; `complete` is called once, after the commit.
  func submit(
    _ batch: ObservationBatch, from vehicle: Vehicle, _ source: String,
    _ complete: @escaping @Sendable (Result<ObservationResult, any Error>) -> Void
  ) async throws {
    let (submission, result) = ingest.check(batch, from: vehicle, source)
    try await log.submit(submission) { report in
      complete(
        report.map { report in
          var result = result
          result.add(submission, report)
          return result
        })
    }
  }

  /// Takes samples in and returns when they are committed.
  func commit(_ batch: ObservationBatch, from vehicle: Vehicle, _ source: String) async throws -> ObservationResult {
    var (submission, result) = ingest.check(batch, from: vehicle, source)
    result.add(submission, try await log.commit(submission))
    return result
  }

  // MARK: Events

  /// Takes events in and returns when they are committed.
  func publish(_ events: [Event]) async throws -> PublishEventsResponse {
    guard (1...Self.maximumEvents).contains(events.count) else {
      throw ServiceFault.invalid("events", "must be 1 to \(Self.maximumEvents), not \(events.count)")
    }
    var submission = ObservationSubmission()
    var response = PublishEventsResponse()
    for (index, event) in events.enumerated() {
      do {
        try submission.add(try await draft(event.withoutNulls))
      } catch let problem as EventRules.Problem {
        response.rejected += 1
        response.rejections.append(
          RejectedEvent(index: UInt32(index), field: problem.field, message: problem.message))
      }
    }
    ingest.metrics.countRejected(.event, Int(response.rejected))
    let report = try await log.commit(submission)
    response.accepted = UInt32(report.events.count(where: \.self))
    response.duplicate = UInt32(report.events.count) - response.accepted
    return response
  }

  private func draft(_ event: Event) async throws -> EventDraft {
    let now = clock.now()
    let time = try events.check(event, now: now)
    var event = event
    event.time = time.timestamp
    let vehicle: Vehicle?
    if let subject = event.subject { vehicle = try await self.vehicle(subject) } else { vehicle = nil }
    return EventDraft(
      vehicle: vehicle, event: event, time: time, received: UTCInstant(microseconds: now.microseconds), content: [])
  }

  /// The vehicle that a subject names by either id.
  private func vehicle(_ subject: String) async throws -> Vehicle {
    for reference in [VehicleDirectory.Reference.twin(subject), .physical(subject)] {
      if let vehicle = directory.known(reference) { return vehicle }
    }
    for reference in [VehicleDirectory.Reference.physical(subject), .twin(subject)] {
      do {
        return try await directory.resolve(reference)
      } catch let fault as ServiceFault where fault.code == .notFound {
        continue
      }
    }
    throw EventRules.Problem(field: "subject", message: "names no twin and no vehicle that has one: '\(subject)'")
  }

  // MARK: Reading

  func list(_ request: ListObservationsRequest) async throws -> ListObservationsResponse {
    let limit = try Self.pages.size(request.pageSize)
    let from = try FleetServiceAPI.instant(request.from, "from")
    let to = try FleetServiceAPI.instant(request.to, "to") ?? clock.now()
    if let from, from > to { throw ServiceFault.invalid("from", "must not be later than to") }
    if case .unrecognized = request.kind { throw ServiceFault.invalid("kind", "is no kind that this version knows") }
    var query = ObservationQuery(
      kinds: request.kind == .unspecified ? Self.kinds : [request.kind], from: from, to: to, limit: limit,
      bytes: pageBytes)
    if request.vehicleID.isEmpty {
      guard request.kind == .event else {
        throw ServiceFault.invalid("vehicle_id", "is required; only events may be about no vehicle")
      }
    } else {
      query.vehicleKey = try await directory.resolve(.twin(request.vehicleID), includingRemoved: true).key
    }
    // The end belongs to the token, so that all pages are of one list although it goes on growing.
    let list = "observations|\(request.vehicleID)|\(request.kind.rawValue)|\(from?.microseconds ?? .min)"
    if !request.pageToken.isEmpty {
      guard let place = PageToken.position(in: request.pageToken, of: list, count: 3) else {
        throw ServiceFault.wrongPageToken()
      }
      query.after = .init(time: UTCInstant(microseconds: place[0]), number: place[1])
      query.to = UTCInstant(microseconds: place[2])
    }
    let page = try await store.observations(query)
    var response = ListObservationsResponse()
    for stored in page.observations {
      var observation = try Observation(encoded: stored.content)
      observation.receiveTime = stored.received.timestamp
      response.observations.append(observation)
    }
    if !page.isLast, let last = page.observations.last {
      response.nextPageToken =
        PageToken(list: list, position: [last.time.microseconds, last.number, query.to.microseconds]).text
    }
    return response
  }
}
