import FleetCore
import RPCCore
import RPCErrors
import RuntimeTelemetry
import SimulationCalibration
import SimulationVehicles
import TwinProto

/// Fits twins to what was measured, and tells which fit a twin uses.
struct Calibrations: Sendable {
  static let pageSizes = PageSizes(usual: 100, largest: 1_000)

  let store: any TwinStore & CalibrationStore
  let loader: FleetLoader
  let history: HistoryReader
  let bench: Workbench
  let fits: Fits
  let clock: WallClock
  let metrics: EngineMetrics

  // MARK: Fitting

  /// What became of an order.
  struct Outcome: Sendable {
    /// Version 0 for a dry run.
    var record: CalibrationRecord
    /// The twin afterwards.
    var twin: TwinRecord
  }

  /// Fits a twin, which uses the result from then on. Safe to repeat with the same request id.
  func calibrate(_ order: CalibrationOrder) async throws -> Outcome {
    let twin = try await self.twin(order.id)
    if !order.isDryRun, let requestID = order.requestID, let seen = try await store.calibration(requestID: requestID) {
      return Outcome(record: try Self.repeated(seen, order), twin: twin)
    }
    let place = try bench.place(for: "calibrations")
    let fitting = try await problem(order, twin)
    let started = ContinuousClock.now
    let fit: ParameterFit
    do {
      let found = try await bench.compute(holding: place) { [fits] stop in try fits.run(fitting, stop) }
      metrics.fitTime.observe((.now - started) / .seconds(1))
      fit = try Self.usable(found, order)
    } catch let refusal as FitRefusal {
      metrics.fitTime.observe((.now - started) / .seconds(1))
      metrics.refused.increment()
      throw Self.fault(refusal, order)
    } catch let fault as ServiceFault where fault.code == .failedPrecondition {
      metrics.refused.increment()
      throw fault
    }
    let now = clock.now()
    let draft = CalibrationDraft(
      number: twin.number, kind: order.kind, fit: fit,
      before: TwinParameters.known(of: twin).filter { fit.parameters[$0.key] != nil },
      requestID: order.requestID, requestDigest: order.digest)
    guard !order.isDryRun else {
      var set = twin.calibrated
      set[order.kind] = .init(version: 0, parameters: fit.parameters.mapValues(\.value))
      metrics.dryRuns.increment()
      return Outcome(record: CalibrationRecord(draft: draft, version: 0, set: set, createTime: now), twin: twin)
    }
    switch try await store.add(draft, at: now) {
    case .added(let record):
      metrics.calibrated.increment()
      await follow()
      return Outcome(record: record, twin: try await self.twin(order.id))
    case .requestSeen(let record):
      return Outcome(record: try Self.repeated(record, order), twin: try await self.twin(order.id))
    case .noTwin: throw ServiceFault.noTwin(order.id)
    }
  }

  private static func repeated(_ record: CalibrationRecord, _ order: CalibrationOrder) throws -> CalibrationRecord {
    guard record.draft.requestDigest == order.digest else {
      throw ServiceFault.requestIDReused(
        order.requestID ?? "", by: "calibration \(record.version) of \(TwinID.text(record.draft.number))")
    }
    return record
  }

  private func problem(_ order: CalibrationOrder, _ twin: TwinRecord) async throws -> Fits.Problem {
    guard let vehicle = ModelTypes.parameters(of: twin) else { throw ServiceFault.unknownModel(of: twin) }
    let data: Fits.Data
    switch order.source {
    case .following(let rows): data = .following(rows)
    case .log(let samples): data = .dynamics(DynamicsRow.rows(samples))
    case .observations(let rows): data = .fuel(rows)
    case .history(let from, let to):
      let end = to ?? clock.now()
      let samples =
        if let from { try await history.all(of: order.id, from: from, to: end) } else {
          try await history.newest(of: order.id, to: end)
        }
      data = order.kind == .dynamics ? .dynamics(DynamicsRow.rows(samples)) : .following(FollowingRow.rows(samples))
    }
    return Fits.Problem(data: data, vehicle: vehicle, holdoutShare: order.holdoutShare, seed: order.seed)
  }

  /// The fit without what a twin can't use: values that the parameter can't have, or of which nothing is known.
  private static func usable(_ fit: ParameterFit, _ order: CalibrationOrder) throws -> ParameterFit {
    var fit = fit
    for (name, estimate) in fit.parameters {
      var problem = TwinParameters.problem(with: estimate.value, of: name)
      if !estimate.std.isFinite { problem = problem ?? "its standard deviation isn't finite" }
      guard let problem else { continue }
      fit.parameters[name] = nil
      fit.omitted[name] = "the fitted value \(estimate.value) can't be used: \(problem)"
    }
    fit.fit = fit.fit.filter(\.value.isFinite)
    fit.holdout = fit.holdout.filter(\.value.isFinite)
    guard fit.parameters.isEmpty else { return fit }
    let violations = fit.omitted.sorted { $0.key < $1.key }.map { ServiceFault.FieldViolation($0.key, $0.value) }
    throw ServiceFault(
      .failedPrecondition, .calibrationInsufficientData,
      "the data can't tell any parameter: "
        + violations.map { "\($0.field): \($0.description)" }.joined(separator: "; "),
      facts: ["twin": order.id, "kind": order.kind.rawValue], violations: violations)
  }

  /// Rows that are wrong are the caller's mistake; data that tells too little is a state of things.
  private static func fault(_ refusal: FitRefusal, _ order: CalibrationOrder) -> ServiceFault {
    guard !refusal.field.contains("[") else { return ServiceFault.invalid(refusal.field, refusal.reason) }
    return ServiceFault(
      .failedPrecondition, .calibrationInsufficientData, "\(refusal.field): \(refusal.reason)",
      facts: ["twin": order.id, "kind": order.kind.rawValue],
      violations: [.init(refusal.field, refusal.reason)])
  }

  // MARK: Versions

  func twin(_ id: String) async throws -> TwinRecord {
    guard let number = TwinID.number(id), let record = try await store.twin(number) else {
      throw ServiceFault.noTwin(id)
    }
    return record
  }

  /// A calibration with its twin.
  ///
  /// - Parameter version: 0 for the one in use.
  func calibration(_ version: UInt32, of id: String) async throws -> Outcome {
    let twin = try await twin(id)
    let wanted = version == 0 ? twin.calibrationVersion : version
    guard wanted > 0, let record = try await store.calibration(wanted, of: twin.number) else {
      throw ServiceFault.noCalibration(version, of: id)
    }
    return Outcome(record: record, twin: twin)
  }

  /// A page of a twin's calibrations, newest first.
  func list(_ id: String, pageSize: Int32, pageToken: String) async throws -> (
    twin: TwinRecord, calibrations: [CalibrationRecord], nextPageToken: String
  ) {
    let size = try Self.pageSizes.size(pageSize)
    let twin = try await twin(id)
    let list = "calibrations|\(id)"
    var below = Int64.max
    if !pageToken.isEmpty {
      guard let position = PageToken.position(in: pageToken, of: list, count: 1) else {
        throw ServiceFault.wrongPageToken()
      }
      below = position[0]
    }
    let found = try await store.calibrations(of: twin.number, below: below, limit: size + 1)
    guard found.count > size, let last = found.prefix(size).last else { return (twin, found, "") }
    return (twin, Array(found.prefix(size)), PageToken(list: list, position: [Int64(last.version)]).text)
  }

  /// Makes a twin use what it used right after a version was made. Repeats change nothing.
  func use(_ version: UInt32, of id: String) async throws -> TwinRecord {
    let twin = try await twin(id)
    guard twin.calibrationVersion != version else { return twin }
    guard let changed = try await store.use(version, of: twin.number, at: clock.now()) else {
      throw ServiceFault.noCalibration(version, of: id)
    }
    await follow()
    return changed
  }

  /// Lets the fleet know at once; other replicas hear of it when they look next. What is committed stays so even if the
  /// store goes right now.
  private func follow() async { try? await loader.refresh() }
}

extension ServiceFault {
  fileprivate static func noCalibration(_ version: UInt32, of id: String) -> ServiceFault {
    let what = version == 0 ? "uses no calibration" : "has no calibration of version \(version)"
    return ServiceFault(
      .notFound, .calibrationNotFound, "\(id) \(what)", facts: ["twin": id, "version": "\(version)"])
  }
}
