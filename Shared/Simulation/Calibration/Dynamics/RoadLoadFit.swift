import SimulationVehicles

/// Road load A + B·v + C·v² from coasting, after SAE J1263: with neither throttle nor brake on a flat road,
///
///     −1.03·m·dv/dt = A + B·v + C·v²
///
/// the change of speed taken over one second at a time. In gear, the drag of engine and drive line is in it.
enum RoadLoadFit {
  static let names = ["road_load_a_n", "road_load_b_n_per_mps", "road_load_c_n_per_mps2"]
  private static let block = 1.0
  private static let slowest = 3.0
  /// Pedals below this count as released.
  private static let released = 0.01
  private static let flat = 0.003
  private static let fewestBlocks = 20
  /// Ranges of speed, m/s, that tell A alone, A and C, and all three.
  private static let rangeForA = 3.0
  private static let rangeForC = 10.0
  private static let rangeForB = 20.0

  private struct Coast: Sendable {
    var speed: Double
    var force: Double
  }

  private static func isCoasting(_ row: DynamicsRow) -> Bool {
    guard let throttle = row.throttle, let brake = row.brake else { return false }
    return throttle <= released && brake <= released && row.speed >= slowest && abs(row.grade ?? 0) <= flat
  }

  private static func coasts(_ log: DynamicsLog, _ mass: Double) -> [Coast] {
    var found: [Coast] = []
    for stretch in log.stretches {
      // The second after a pedal is released still holds its lag.
      var since = Double.infinity
      var part: [DynamicsRow] = []
      func finish() {
        found += DynamicsLog(part, interval: log.interval).blocks(of: block) { _ in true }.compactMap { rows in
          guard let first = rows.first, let last = rows.last else { return nil }
          let rate = (last.speed - first.speed) / (last.time - first.time)
          return Coast(
            speed: 0.5 * (first.speed + last.speed), force: -(1 + WillansLine.Demand.rotatingShare) * mass * rate)
        }
        part = []
      }
      for row in stretch {
        guard isCoasting(row) else {
          finish()
          since = row.time
          continue
        }
        if since == .infinity || row.time - since >= block { part.append(row) }
      }
      finish()
    }
    return found
  }

  static func fit(_ log: DynamicsLog, _ vehicle: VehicleParameters) -> DynamicsPart {
    let coasts = coasts(log, vehicle.mass)
    guard coasts.count >= fewestBlocks else {
      return .leftOut(
        names,
        """
        \(coasts.count) s of coasting (throttle and brake both known and released, flat, above \(Int(slowest)) m/s); \
        \(fewestBlocks) are needed
        """)
    }
    let speeds = coasts.map(\.speed)
    let range = (speeds.max() ?? 0) - (speeds.min() ?? 0)
    guard range >= rangeForA else {
      return .leftOut(names, "coasting covers only \(text(range)) m/s of speed; \(Int(rangeForA)) are needed")
    }
    let known = [vehicle.roadLoadA, vehicle.roadLoadB, vehicle.roadLoadC]
    // A alone, then A and C, then all: what isn't told is taken as known.
    let free = range >= rangeForB ? [0, 1, 2] : range >= rangeForC ? [0, 2] : [0]
    func powers(_ speed: Double) -> [Double] { [1, speed, speed * speed] }
    var squares = LeastSquares(unknowns: free.count)
    for coast in coasts {
      let powers = powers(coast.speed)
      let fixed = powers.indices.filter { !free.contains($0) }.reduce(0) { $0 + known[$1] * powers[$1] }
      squares.add(free.map { powers[$0] }, coast.force - fixed)
    }
    guard let solution = squares.solution else {
      return .leftOut(names, "the coasting doesn't tell the terms of the road load apart")
    }
    var terms = known
    for (place, term) in free.enumerated() { terms[term] = solution.values[place] }
    let fitted = terms
    @Sendable func errors(_ coasts: [Coast]) -> [Double] {
      coasts.map { $0.force - (fitted[0] + fitted[1] * $0.speed + fitted[2] * $0.speed * $0.speed) }
    }
    let left = errors(coasts)
    let variance = left.reduce(0) { $0 + $1 * $1 } / Double(coasts.count - free.count) * varianceInflation(left)
    var part = DynamicsPart()
    for (place, term) in free.enumerated() {
      part.parameters[names[term]] = Estimate(
        value: fitted[term], std: (variance * solution.inverse[place][place]).squareRoot())
    }
    for term in 0..<3 where !free.contains(term) {
      part.omitted[names[term]] =
        "coasting covers \(text(range)) m/s of speed; \(Int(term == 1 ? rangeForB : rangeForC)) are needed to tell it"
    }
    let mass = vehicle.mass
    part.notes.append("coasting was in gear or not as the log has it: drag of the drive line is part of the road load")
    part.errors = { log in errors(Self.coasts(log, mass)).rootMeanSquare.map { ["coasting_force_rmse_n": $0] } ?? [:] }
    return part
  }
}

/// Efficiency and offset of the Willans line (`WillansLine`) from measured power, two seconds at a time.
enum PowerFit {
  static let names = ["willans_efficiency", "willans_offset_w"]
  private static let block = 2.0
  private static let fewestBlocks = 30
  /// Wheel power must spread over this, W.
  private static let leastRange = 5_000.0

  private struct Drive: Sendable {
    var wheel: Double
    var drawn: Double
  }

  private static func drives(_ log: DynamicsLog, _ vehicle: VehicleParameters) -> [Drive] {
    log.blocks(of: block) { $0.power != nil && ($0.brake ?? 0) <= 0.01 }.compactMap { rows in
      guard let first = rows.first, let last = rows.last, let drawn = rows.compactMap(\.power).mean,
        let speed = rows.map(\.speed).mean
      else { return nil }
      let seconds = last.time - first.time
      let kinetic = 0.5 * (1 + WillansLine.Demand.rotatingShare) * vehicle.mass
      let inertia = kinetic * (last.speed * last.speed - first.speed * first.speed) / seconds
      let load = vehicle.roadLoadA + vehicle.roadLoadB * speed + vehicle.roadLoadC * speed * speed
      let climb = vehicle.mass * gravity * (rows.compactMap(\.grade).mean ?? 0)
      let wheel = inertia + (load + climb) * speed
      return wheel > 0 ? Drive(wheel: wheel, drawn: drawn) : nil
    }
  }

  static func fit(_ log: DynamicsLog, _ vehicle: VehicleParameters) -> DynamicsPart {
    let drives = drives(log, vehicle)
    guard drives.count >= fewestBlocks else {
      return .leftOut(names, "\(2 * drives.count) s of driving with measured power; \(2 * fewestBlocks) are needed")
    }
    let wheel = drives.map(\.wheel)
    let range = (wheel.max() ?? 0) - (wheel.min() ?? 0)
    guard range >= leastRange else {
      return .leftOut(names, "wheel power spreads over \(Int(range)) W; \(Int(leastRange)) are needed")
    }
    var squares = LeastSquares(unknowns: 2)
    for drive in drives { squares.add([drive.wheel, 1], drive.drawn) }
    guard let solution = squares.solution, solution.values[0] >= 1, solution.values[1] >= 0 else {
      return .leftOut(names, "measured power and wheel power don't follow a Willans line")
    }
    let (slope, offset) = (solution.values[0], solution.values[1])
    let errors = drives.map { $0.drawn - slope * $0.wheel - offset }
    let variance = errors.reduce(0) { $0 + $1 * $1 } / Double(drives.count - 2) * varianceInflation(errors)
    var part = DynamicsPart()
    part.parameters["willans_efficiency"] = Estimate(
      value: 1 / slope, std: (variance * solution.inverse[0][0]).squareRoot() / (slope * slope))
    part.parameters["willans_offset_w"] = Estimate(
      value: offset, std: (variance * solution.inverse[1][1]).squareRoot())
    part.errors = { log in
      Self.drives(log, vehicle).map { $0.drawn - slope * $0.wheel - offset }.rootMeanSquare
        .map { ["power_rmse_w": $0] } ?? [:]
    }
    return part
  }
}
