import SimulationBehaviour

/// What is known of a driver before any log is seen, and where a fit looks: each parameter's logarithm is normal.
///
/// A log of some minutes holds few independent events (`CarFollowingFit.correlationTime`), so some parameters are barely
/// told by it. Without a prior such a parameter ends anywhere, and the first unlike event in a replay shows it.
enum DriverPrior {
  struct Parameter: Sendable {
    let name: String
    let range: ClosedRange<Double>
    /// The middle, and the standard deviation of the logarithm: 0.7 is a factor of 2 either way.
    let median: Double
    let deviation: Double
    let path: any WritableKeyPath<DriverParameters, Double> & Sendable

    /// A place in 0...1 on the logarithmic scale of the range.
    func value(at place: Double) -> Double {
      range.lowerBound * exponential(place * naturalLogarithm(range.upperBound / range.lowerBound))
    }

    func place(of value: Double) -> Double {
      let inside = min(max(value, range.lowerBound), range.upperBound)
      return naturalLogarithm(inside / range.lowerBound) / naturalLogarithm(range.upperBound / range.lowerBound)
    }

    /// Standard deviations off the middle.
    func offset(of value: Double) -> Double { naturalLogarithm(value / median) / deviation }
  }

  /// The medians of v0, T, s0 and b: rounded from the IDM's publications (Treiber et al. 2000: 33.3 m/s, 1.6 s, 2 m,
  /// 1.67 m/s²; Treiber and Kesting, Traffic Flow Dynamics, 2013, table 11.2: 1.0 s, 2 m, 1.5 m/s² and a of 1.0). The
  /// controller's: between the ACC gains 0.23 1/s² and 0.07 1/s of Milanés and Shladover (2014) and the human
  /// sensitivities near 0.6 1/s of the follow-the-leader models (Chandler, Herman, Montroll, Operations Research 6
  /// (1958) 165: 0.37 1/s), with deviations of a factor 3. Delay, anticipation and share: nearly free.
  static let parameters: [Parameter] = [
    Parameter(
      name: "desired_speed_mps", range: 5...60, median: 33.3, deviation: 0.5, path: \.desiredSpeed),
    Parameter(name: "time_headway_s", range: 0.1...4, median: 1.5, deviation: 1, path: \.timeHeadway),
    Parameter(name: "standstill_gap_m", range: 0.5...15, median: 2, deviation: 1, path: \.standstillGap),
    Parameter(
      name: "max_acceleration_mps2", range: 0.1...5, median: 1.2, deviation: 0.7, path: \.maxAcceleration),
    Parameter(
      name: "comfortable_deceleration_mps2", range: 0.1...8, median: 2, deviation: 0.7,
      path: \.comfortableDeceleration),
    Parameter(name: "reaction_delay_s", range: 0.01...1.5, median: 0.3, deviation: 1.5, path: \.reactionDelay),
    Parameter(name: "gap_gain_per_s2", range: 0.005...1, median: 0.1, deviation: 1.2, path: \.gapGain),
    Parameter(name: "speed_gain_per_s", range: 0.01...3, median: 0.6, deviation: 1, path: \.speedGain),
    Parameter(name: "anticipation", range: 0.001...1, median: 0.1, deviation: 2, path: \.anticipation),
    Parameter(name: "idm_share", range: 0.01...1, median: 0.5, deviation: 1, path: \.idmShare),
  ]

  static func driver(at places: [Double]) -> DriverParameters {
    var driver = DriverParameters()
    for (parameter, place) in zip(parameters, places) { driver[keyPath: parameter.path] = parameter.value(at: place) }
    return driver
  }

  static let middle = parameters.map { $0.place(of: $0.median) }

  /// −2·log of the prior, without its constant.
  static func penalty(_ driver: DriverParameters) -> Double {
    parameters.reduce(0) {
      let offset = $1.offset(of: driver[keyPath: $1.path])
      return $0 + offset * offset
    }
  }
}
