import FleetCore
import SimulationEstimation
import TwinProto

extension DivergenceReport {
  /// - Parameters:
  ///   - seconds: length of the window.
  ///   - now: its end.
  init(_ twin: LiveTwin, over seconds: Double, until now: UTCInstant) {
    self.init(vehicleID: twin.id)
    guard let vehicle = twin.vehicle else { return }
    diverged = !vehicle.divergence.outside.isEmpty
    for channel in Channel.allCases {
      guard let statistics = twin.divergences.statistics(of: channel, over: seconds, until: now.nanoseconds) else {
        continue
      }
      let bound = vehicle.parameters.divergenceBounds[channel]
      // Compass headings turn the other way, in degrees.
      let (unit, sign) = channel == .heading ? (180 / Double.pi, -1.0) : (1, 1)
      channels[channel.rawValue] = ChannelDivergence(
        last: sign * unit * statistics.last, rmse: unit * statistics.rmse, max: unit * statistics.max,
        bound: unit * bound, count: UInt64(statistics.count), diverged: vehicle.divergence.outside.contains(channel))
      coveredS = statistics.seconds
    }
    if let consistency = twin.divergences.consistency(over: seconds, until: now.nanoseconds) {
      normalisedInnovation = consistency.value
      normalisedInnovationLow = consistency.low
      normalisedInnovationHigh = consistency.high
      degreesOfFreedom = UInt64(consistency.degreesOfFreedom)
    }
  }
}
