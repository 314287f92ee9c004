import FleetCore
import RuntimeTelemetry

/// What a twin-engine counts.
struct EngineMetrics: Sendable {
  static let twins = MetricDefinition.gauge("twin_engine_twins", "Twins that exist.")
  static let samples = MetricDefinition.counter(
    "twin_engine_samples_total", "Samples that state-sync sent, by what became of them.", labels: ["outcome"])
  static let lag = MetricDefinition.histogram(
    "twin_engine_lag_seconds", "From the measurement of a twin's newest sample to its visibility in the state.")
  static let stored = MetricDefinition.counter(
    "twin_engine_states_stored_total", "Live states written to the database.")

  static let calibrations = MetricDefinition.counter(
    "twin_engine_calibrations_total", "Calibrations of vehicles' twins, by what became of them.", labels: ["outcome"])
  static let fitTime = MetricDefinition.histogram(
    "twin_engine_fit_seconds", "Time that the fit of a calibration took, refused ones included.")

  let calibrated: MetricCounter
  let dryRuns: MetricCounter
  let refused: MetricCounter
  let fitTime: MetricHistogram
  let applied: MetricCounter
  let repeated: MetricCounter
  let unknown: MetricCounter
  let lag: MetricHistogram
  let stored: MetricCounter

  init(_ registry: MetricRegistry = MetricRegistry()) {
    registry.declare([Self.twins, Self.samples, Self.lag, Self.stored, Self.calibrations, Self.fitTime])
    calibrated = registry.counter(Self.calibrations, "applied")
    dryRuns = registry.counter(Self.calibrations, "dry_run")
    refused = registry.counter(Self.calibrations, "refused")
    fitTime = registry.histogram(Self.fitTime)
    applied = registry.counter(Self.samples, "applied")
    repeated = registry.counter(Self.samples, "repeated")
    unknown = registry.counter(Self.samples, "unknown_twin")
    lag = registry.histogram(Self.lag)
    stored = registry.counter(Self.stored)
  }
}
