import SimulationRecordings
import SimulationVehicles

/// What a drive cycle demands of a vehicle, in the form in which consumption is reported for it.
enum CycleDemand {
  /// The Federal Test Procedure drives the 505 s of bag 1 cold, the rest of the city cycle (bag 2), and the 505 s again
  /// warm (bag 3); its figure weighs 0.43·(bag 1 + bag 2) + 0.57·(bag 3 + bag 2), 40 CFR 600.114.
  private static let bagSeconds = 505.0
  private static let coldShare = 0.43
  /// What bag 1 uses per bag 3: median of 666 gasoline tests (2-day and 3-day FTP) of the EPA 2022 test-car list,
  /// quartiles 1.11 and 1.17. Bag 1 differs from bag 3 by the cold start alone.
  static let coldStart = 1.146

  static let names = ["ftp", "udds", "hwfet", "us06"]

  /// nil for a cycle that the suite doesn't have.
  static func demand(of name: String, vehicle: VehicleParameters) -> WillansLine.Demand? {
    guard name == "ftp" else {
      return CycleLibrary.cycle(named: name).map { demand(of: $0, from: 0, to: .infinity, vehicle) }
    }
    guard let city = CycleLibrary.cycle(named: "udds") else { return nil }
    let first = demand(of: city, from: 0, to: bagSeconds, vehicle)
    let rest = demand(of: city, from: bagSeconds, to: .infinity, vehicle)
    // The extra fuel of the cold start is spent, but its way isn't driven twice. An electric drive has none of it.
    let extra = vehicle.fuel == .electric ? 0 : coldShare * (coldStart - 1)
    var sum = first.adding(rest)
    let distance = sum.distance
    sum = sum.adding(first, share: extra)
    sum.distance = distance
    return sum
  }

  private static func demand(
    of cycle: DriveCycle, from start: Double, to end: Double, _ vehicle: VehicleParameters
  ) -> WillansLine.Demand {
    var demand = WillansLine.Demand()
    for (a, b) in zip(cycle.points, cycle.points.dropFirst()) where a.time >= start && a.time < end {
      demand.add(from: a.speed, to: b.speed, seconds: b.time - a.time, vehicle: vehicle)
    }
    return demand
  }
}
