import SimulationBehaviour
import SimulationInput

extension CarFollowing {
  /// Half an hour at 10 Hz; a request with twice as many would come near the largest message.
  static let maximumRows = 18_000
  /// Simulated seconds that a leader may cover.
  static let longestDuration = 3_600.0

  static let schema = ParameterSchema(sceneParameters + driverParameters + verdictParameters)

  private static let sceneParameters: [ParameterSpecification] = [
    .init(
      required: "leader", unit: "",
      kind: .table(
        columns: [
          .init(
            required: "t_s", unit: "s", kind: .number(-1e9...1e9),
            meaning: "Time, later from row to row; from any zero"),
          .init(required: "speed_mps", unit: "m/s", kind: .number(0...150), meaning: "The leader's speed"),
        ], rows: 2...maximumRows),
      meaning: """
        The leader's speed over time, at most an hour, linear between the rows. Results don't repeat it; the scenario does
        """),
    .init(
      "initial_gap_m", unit: "m", kind: .number(0.1...1_000), defaultValue: nil,
      meaning: "Bumper to bumper at the start. Default: the gap that the driver wants at the initial speed, s0 + v·T"),
    .init(
      "initial_speed", unit: "km/h", kind: .number(0...400), defaultValue: nil,
      meaning: "Speed of the twin at the start. Default: the leader's first"),
    .init(
      "leader_length_m", unit: "m", kind: .number(0.5...30), defaultValue: 4.5,
      meaning: "Places the leader's centre in the trace; the gap doesn't depend on it"),
    .init(
      "leader_mass_kg", unit: "kg", kind: .number(100...60_000), defaultValue: 1_500,
      meaning: "Decides the severity of an impact"),
  ]

  /// Each of the driver's parameters can be set for this run.
  private static let driverParameters = DriverParameters.fields.map {
    ParameterSpecification(
      $0.name, unit: $0.unit, kind: .number($0.range), defaultValue: nil, meaning: "\($0.meaning). Default: the twin's")
  }

  private static let verdictParameters: [ParameterSpecification] = [
    .init(
      "repetitions", unit: "1", kind: .integer(1...1), defaultValue: 1,
      meaning: "One run says it all: nothing here is drawn at random"),
    .init(
      "minimum_gap_m", unit: "m", kind: .number(0...50), defaultValue: 0.5, meaning: "Smallest gap that passes"),
    .init(
      "minimum_ttc_s", unit: "s", kind: .number(0...20), defaultValue: nil,
      meaning: "Smallest time to collision that passes. Default: not judged"),
  ]
}
