import FleetCore
import NIOCore
import RPCErrors
import SimulationCalibration
import TwinProto

/// What a twin is to be fitted to, checked.
struct CalibrationOrder: Sendable {
  static let maximumSamples = 100_000
  static let maximumLog = 20_000
  static let maximumObservations = 1_000
  static let maximumRequestIDLength = 128
  static let holdoutShares = 0.0...0.9
  static let usualHoldoutShare = 0.4
  static let usualSeed: UInt64 = 1
  /// Wrong rows that an error names; further ones are as wrong, but say no more.
  private static let maximumViolations = 20

  enum Source: Sendable {
    /// The twin's own history; from nil for the newest samples.
    case history(from: UTCInstant?, to: UTCInstant?)
    case following([FollowingRow])
    case log([TelemetrySample])
    case observations([FuelRow])
  }

  var id: String
  var kind: FitKind
  var source: Source
  var holdoutShare: Double
  var seed: UInt64
  var isDryRun: Bool
  /// nil when the caller gave none.
  var requestID: String?
  /// Of everything above.
  var digest: Int64

  /// - Throws: `ServiceFault` that names every wrong field.
  init(_ request: CalibrateTwinRequest) throws {
    var violations: [ServiceFault.FieldViolation] = []
    id = request.id
    isDryRun = request.dryRun
    seed = request.seed ?? Self.usualSeed
    holdoutShare = request.holdoutShare ?? Self.usualHoldoutShare
    requestID = request.requestID.isEmpty ? nil : request.requestID
    digest = Self.digest(of: request)
    if request.requestID.utf8.count > Self.maximumRequestIDLength {
      violations.append(.init("request_id", "must have at most \(Self.maximumRequestIDLength) bytes"))
    }
    if !Self.holdoutShares.contains(holdoutShare) {
      violations.append(.init("holdout_share", "must lie in 0 to 0.9"))
    }
    switch request.kind {
    case .dynamics: kind = .dynamics
    case .carFollowing: kind = .carFollowing
    case .fuel: kind = .fuel
    case .unspecified, .unrecognized:
      kind = .dynamics
      violations.append(.init("kind", "must be one of \(FitKind.allCases.map(\.rawValue).joined(separator: ", "))"))
    }
    source = try Self.source(request, kind, &violations)
    guard violations.isEmpty else { throw ServiceFault.invalid(violations) }
  }

  private static func source(
    _ request: CalibrateTwinRequest, _ kind: FitKind, _ violations: inout [ServiceFault.FieldViolation]
  ) throws -> Source {
    let given: [(field: String, count: Int, bound: Int, kind: FitKind)] = [
      ("samples", request.samples.count, maximumSamples, .carFollowing),
      ("observations", request.observations.count, maximumObservations, .fuel),
      ("log", request.log.count, maximumLog, .dynamics),
    ]
    for data in given where data.count > 0 && request.kind != .unspecified {
      if data.kind != kind { violations.append(.init(data.field, "is for kind \(data.kind.rawValue)")) }
      if data.count > data.bound {
        violations.append(.init(data.field, "must have at most \(data.bound) rows, not \(data.count)"))
      }
    }
    let range = try range(request, &violations)
    if range.from != nil || range.to != nil, given.contains(where: { $0.count > 0 }) || kind == .fuel {
      violations.append(.init(range.from != nil ? "from" : "to", "is for a fit to the twin's own history"))
    }
    guard violations.isEmpty else { return .history(from: nil, to: nil) }
    switch kind {
    case .carFollowing where !request.samples.isEmpty: return .following(following(request.samples, &violations))
    case .dynamics where !request.log.isEmpty:
      check(request.log, &violations)
      return .log(request.log)
    case .fuel:
      if request.observations.isEmpty { violations.append(.init("observations", "is required for kind fuel")) }
      return .observations(observations(request.observations, &violations))
    case .carFollowing, .dynamics: return .history(from: range.from, to: range.to)
    }
  }

  private static func range(_ request: CalibrateTwinRequest, _ violations: inout [ServiceFault.FieldViolation]) throws
    -> (from: UTCInstant?, to: UTCInstant?)
  {
    func instant(_ field: String, _ time: ProtoTimestamp?) -> UTCInstant? {
      guard let time else { return nil }
      guard let instant = UTCInstant(time) else {
        violations.append(.init(field, "must be a time between the years 1678 and 2262"))
        return nil
      }
      return instant
    }
    let (from, to) = (instant("from", request.from), instant("to", request.to))
    if let from, let to, from >= to { violations.append(.init("to", "must be later than from")) }
    return (from, to)
  }

  // MARK: Rows

  private static func following(
    _ samples: [FollowingSample], _ violations: inout [ServiceFault.FieldViolation]
  ) -> [FollowingRow] {
    var last = -Double.infinity
    for (index, sample) in samples.enumerated() {
      func check(_ name: String, _ value: Double, _ range: ClosedRange<Double>) {
        guard violations.count < maximumViolations, !range.contains(value) else { return }
        violations.append(
          .init("samples[\(index)].\(name)", "must lie in \(range.lowerBound) to \(range.upperBound), not \(value)"))
      }
      check("t_s", sample.tS, -1e12...1e12)
      check("leader_speed_mps", sample.leaderSpeedMps, -FollowingRow.standstillNoise...150)
      check("speed_mps", sample.speedMps, -FollowingRow.standstillNoise...150)
      check("gap_m", sample.gapM, 0...1_000)
      if sample.tS <= last, violations.count < maximumViolations {
        violations.append(.init("samples[\(index)].t_s", "must be later than \(last) of the row before"))
      }
      last = sample.tS
    }
    return samples.map {
      FollowingRow(
        time: $0.tS, leaderSpeed: max(0, $0.leaderSpeedMps), speed: max(0, $0.speedMps), gap: $0.gapM)
    }
  }

  private static func check(_ log: [TelemetrySample], _ violations: inout [ServiceFault.FieldViolation]) {
    var last: UTCInstant?
    for (index, sample) in log.enumerated() where violations.count < maximumViolations {
      guard let time = sample.time.flatMap({ UTCInstant($0) }) else {
        violations.append(.init("log[\(index)].time", "is required"))
        continue
      }
      if let last, time <= last {
        violations.append(.init("log[\(index)].time", "must be later than that of the row before"))
      }
      last = time
      if let speed = sample.speedMps, !(-50...150).contains(speed) {
        violations.append(.init("log[\(index)].speed_mps", "must lie in -50 to 150, not \(speed)"))
      }
    }
  }

  private static func observations(
    _ observations: [FuelObservation], _ violations: inout [ServiceFault.FieldViolation]
  ) -> [FuelRow] {
    observations.enumerated().compactMap { index, observation in
      let figures: [(name: String, value: Double?, make: (Double) -> FuelRow.Consumption)] = [
        ("fuel_mpg", observation.fuelMpg, { .milesPerGallon($0) }),
        ("fuel_l_per_100km", observation.fuelLPer100Km, { .litresPer100Kilometres($0) }),
        ("energy_wh_per_km", observation.energyWhPerKm, { .wattHoursPerKilometre($0) }),
      ]
      let given = figures.filter { $0.value != nil }
      let field = "observations[\(index)]"
      guard given.count == 1, let figure = given.first, let value = figure.value else {
        if violations.count < maximumViolations {
          let names = figures.map(\.name).joined(separator: ", ")
          violations.append(.init(field, "must have one of \(names)"))
        }
        return nil
      }
      guard value > 0, value < 1e6 else {
        if violations.count < maximumViolations {
          violations.append(.init("\(field).\(figure.name)", "must be over 0, not \(value)"))
        }
        return nil
      }
      return FuelRow(cycle: observation.cycle, consumption: figure.make(value))
    }
  }

  /// FNV-1a with 64 bits over the message without its request id. It tells an honest repeat from an honest mistake.
  private static func digest(of request: CalibrateTwinRequest) -> Int64 {
    var content = request
    content.requestID = ""
    var buffer = ByteBuffer()
    // What came over the wire can be written again.
    guard (try? content.serialize(into: &buffer)) != nil else { return 0 }
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in buffer.readableBytesView { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return Int64(bitPattern: hash)
  }
}
