public import SimulationVehicles

/// Fits the Willans line of a power train (`WillansLine`) to consumption figures of drive cycles, with the vehicle's mass
/// and road load as they are known: least squares of the relative errors.
///
/// The line is linear in 1/η and P0, so without recuperation the fit is exact for two figures and regression beyond; with
/// it, η is searched for and P0 follows.
public enum FuelFit {
  /// Relative deviation of a figure from the line, test and model together: two tests of one car differ by 1.1 %
  /// (FTP) to 2.6 % (US06, medians of the EPA 2022 list), and the line from two cycles misses a third by 9 %.
  /// An estimate between the two; with three and more figures, what is left of them where that is more.
  static let figureDeviation = 0.05
  /// Above this relative standard deviation of η the two parameters can't be told apart.
  static let largestDeviation = 0.5
  static let maximumObservations = 1_000
  static let method = """
    least squares of relative consumption over drive cycles, Willans line with F = A + B·v + C·v² + 1.03·m·a; ftp weighs \
    its bags with the cold start
    """

  /// - Parameters:
  ///   - observations: at least two cycles that differ enough for two parameters.
  ///   - vehicle: mass, road load and energy carrier.
  public static func fit(_ observations: [FuelRow], vehicle: VehicleParameters) throws(FitRefusal) -> ParameterFit {
    let figures = try figures(observations, vehicle)
    let line = try solve(figures, vehicle)
    let errors = figures.map { $0.relativeError(of: line, recuperates: vehicle.fuel == .electric) }
    let deviations = try deviations(of: line, figures, errors, vehicle)

    var result = ParameterFit(method: method, sampleCount: figures.count)
    result.parameters = [
      "willans_efficiency": Estimate(value: line.efficiency, std: deviations.efficiency),
      "willans_offset_w": Estimate(value: line.offset, std: deviations.offset),
    ]
    result.fit = metrics(errors)
    if Set(figures.map(\.cycle)).count > 2 {
      let left = leftOut(figures, vehicle)
      result.holdout = metrics(left)
      result.holdoutCount = left.count
      result.notes.append("held back: each figure in turn, predicted from the others")
    } else {
      result.notes.append("two cycles leave nothing to judge the line with: add a third to see how well it predicts")
    }
    return result
  }

  /// What a line draws over a cycle, J/m; nil for a cycle that the suite doesn't have.
  public static func energyPerMetre(of cycle: String, _ line: WillansLine, vehicle: VehicleParameters) -> Double? {
    CycleDemand.demand(of: cycle, vehicle: vehicle).map {
      line.energy(for: $0, recuperates: vehicle.fuel == .electric) / $0.distance
    }
  }

  private static func metrics(_ errors: [Double]) -> [String: Double] {
    guard !errors.isEmpty else { return [:] }
    let count = Double(errors.count)
    return [
      "consumption_rms_relative_error": (errors.reduce(0) { $0 + $1 * $1 } / count).squareRoot(),
      "consumption_mean_relative_error": errors.reduce(0) { $0 + abs($1) } / count,
      "consumption_max_relative_error": errors.map(abs).max() ?? 0,
    ]
  }

  // MARK: Figures

  /// A consumption as energy a metre, with what its cycle demands.
  struct Figure: Sendable {
    var index: Int
    var cycle: String
    var demand: WillansLine.Demand
    /// J/m.
    var measured: Double

    func predicted(by line: WillansLine, recuperates: Bool) -> Double {
      line.energy(for: demand, recuperates: recuperates) / demand.distance
    }

    func relativeError(of line: WillansLine, recuperates: Bool) -> Double {
      predicted(by: line, recuperates: recuperates) / measured - 1
    }
  }

  private static func figures(
    _ observations: [FuelRow], _ vehicle: VehicleParameters
  ) throws(FitRefusal) -> [Figure] {
    guard observations.count <= maximumObservations else {
      throw FitRefusal(field: "observations", reason: "must be at most \(maximumObservations)")
    }
    var figures: [Figure] = []
    for (index, row) in observations.enumerated() {
      let field = "observations[\(index)]"
      guard let demand = CycleDemand.demand(of: row.cycle, vehicle: vehicle) else {
        throw FitRefusal(
          field: "\(field).cycle", reason: "must be one of \(CycleDemand.names.joined(separator: ", "))")
      }
      figures.append(
        Figure(index: index, cycle: row.cycle, demand: demand, measured: try energy(row, field, vehicle.fuel)))
    }
    guard Set(figures.map(\.cycle)).count >= 2 else {
      throw FitRefusal(field: "observations", reason: "must hold at least two different cycles for two parameters")
    }
    return figures
  }

  private static func energy(_ row: FuelRow, _ field: String, _ fuel: Fuel) throws(FitRefusal) -> Double {
    let name: String
    let value: Double
    let energy: Double?
    switch row.consumption {
    case .milesPerGallon(let economy):
      (name, value) = ("fuel_mpg", economy)
      energy = fuel.energyPerLitre.map { $0 * 3.785_411_784 / (economy * 1_609.344) }
    case .litresPer100Kilometres(let litres):
      (name, value) = ("fuel_l_per_100km", litres)
      energy = fuel.energyPerLitre.map { $0 * litres / 100_000 }
    case .wattHoursPerKilometre(let wattHours):
      (name, value) = ("energy_wh_per_km", wattHours)
      energy = fuel == .electric ? wattHours * 3.6 : nil
    }
    guard value.isFinite, value > 0 else {
      throw FitRefusal(field: "\(field).\(name)", reason: "must be a number over 0")
    }
    guard let energy else {
      throw FitRefusal(
        field: "\(field).\(name)",
        reason: fuel == .electric ? "an electric vehicle uses energy_wh_per_km" : "is for electric vehicles")
    }
    return energy
  }

  // MARK: Solution

  private static func solve(_ figures: [Figure], _ vehicle: VehicleParameters) throws(FitRefusal) -> WillansLine {
    guard let line = bestLine(figures, recuperates: vehicle.fuel == .electric) else {
      throw FitRefusal(
        field: "observations", reason: "the cycles are too alike to tell efficiency and offset apart")
    }
    guard (0.05...1).contains(line.efficiency) else {
      throw FitRefusal(
        field: "observations",
        reason: """
          the figures need an efficiency of \(text(line.efficiency)), outside 0.05 to 1: they don't follow a Willans line \
          with this mass and road load (a hybrid's recuperation isn't part of it)
          """)
    }
    guard (0...200_000).contains(line.offset) else {
      throw FitRefusal(
        field: "observations",
        reason: """
          the figures need an offset of \(text(line.offset)) W, outside 0 to 200000: they don't follow a Willans line \
          with this mass and road load (a hybrid's recuperation isn't part of it)
          """)
    }
    return line
  }

  private static func text(_ value: Double) -> String { "\((value * 1_000).rounded() / 1_000)" }

  /// The line of least squares; nil when the figures can't tell its two parameters apart.
  static func bestLine(_ figures: [Figure], recuperates: Bool) -> WillansLine? {
    guard recuperates else {
      var squares = LeastSquares(unknowns: 2)
      for figure in figures {
        let scale = 1 / (figure.demand.distance * figure.measured)
        squares.add([figure.demand.traction * scale, figure.demand.duration * scale], 1)
      }
      guard let values = squares.solution?.values else { return nil }
      return WillansLine(efficiency: 1 / values[0], offset: values[1])
    }
    // P0 follows from η; the sum of squares over η is searched on a grid and then between the best place's neighbours.
    func line(_ efficiency: Double) -> (line: WillansLine, squares: Double)? {
      var squares = LeastSquares(unknowns: 1)
      let free = WillansLine(efficiency: efficiency, offset: 0)
      for figure in figures {
        let scale = 1 / (figure.demand.distance * figure.measured)
        let rest = 1 - figure.predicted(by: free, recuperates: true) / figure.measured
        squares.add([figure.demand.duration * scale], rest)
      }
      return squares.solution.map { (WillansLine(efficiency: efficiency, offset: $0.values[0]), $0.meanSquare) }
    }
    let grid = (0...220).map { 0.05 + 0.005 * Double($0) }
    let sums = grid.map { line($0)?.squares ?? .infinity }
    guard let best = sums.indices.min(by: { sums[$0] < sums[$1] }) else { return nil }
    var (low, high) = (grid[max(0, best - 1)], grid[min(grid.count - 1, best + 1)])
    for _ in 0..<60 {
      let (a, b) = (low + (high - low) / 3, high - (high - low) / 3)
      if (line(a)?.squares ?? .infinity) < (line(b)?.squares ?? .infinity) { high = b } else { low = a }
    }
    return line(0.5 * (low + high))?.line
  }

  private static func deviations(
    of line: WillansLine, _ figures: [Figure], _ errors: [Double], _ vehicle: VehicleParameters
  ) throws(FitRefusal) -> (efficiency: Double, offset: Double) {
    let recuperates = vehicle.fuel == .electric
    var squares = LeastSquares(unknowns: 2)
    for figure in figures {
      let scale = 1 / (figure.demand.distance * figure.measured)
      // d(energy)/dη by hand: −traction/η² + braking.
      let slope =
        -figure.demand.traction / (line.efficiency * line.efficiency) + (recuperates ? figure.demand.braking : 0)
      squares.add([slope * scale, figure.demand.duration * scale], 0)
    }
    let free = max(1, figures.count - 2)
    let left = (errors.reduce(0) { $0 + $1 * $1 } / Double(free)).squareRoot()
    let deviation = figures.count > 2 ? max(figureDeviation, left) : figureDeviation
    guard let inverse = SymmetricSolve.inverse(squares.normal) else {
      throw FitRefusal(
        field: "observations", reason: "the cycles are too alike to tell efficiency and offset apart")
    }
    let efficiency = deviation * inverse[0][0].squareRoot()
    guard efficiency <= largestDeviation * line.efficiency else {
      throw FitRefusal(
        field: "observations",
        reason: """
          the cycles are too alike to tell efficiency and offset apart (the efficiency would be \(text(line.efficiency)) \
          ± \(text(efficiency))); add one of another mean speed, such as hwfet beside ftp
          """)
    }
    return (efficiency, deviation * inverse[1][1].squareRoot())
  }

  /// The error of each figure when the line comes from the other cycles.
  private static func leftOut(_ figures: [Figure], _ vehicle: VehicleParameters) -> [Double] {
    let recuperates = vehicle.fuel == .electric
    return figures.compactMap { figure in
      let others = figures.filter { $0.cycle != figure.cycle }
      return bestLine(others, recuperates: recuperates).map { figure.relativeError(of: $0, recuperates: recuperates) }
    }
  }
}
