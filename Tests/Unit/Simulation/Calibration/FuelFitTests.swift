import SimulationCalibration
import SimulationVehicles
import Testing

@Suite struct FuelFitTests {
  private func vehicle(_ name: String) throws -> VehicleParameters { try VehicleCatalogue.type(named: name).parameters }

  /// The consumption of a known line over a cycle, as it would be reported.
  private func rows(_ cycles: [String], _ line: WillansLine, _ vehicle: VehicleParameters) throws -> [FuelRow] {
    try cycles.map { cycle in
      let energy = try #require(FuelFit.energyPerMetre(of: cycle, line, vehicle: vehicle))
      guard let litre = vehicle.fuel.energyPerLitre else {
        return FuelRow(cycle: cycle, consumption: .wattHoursPerKilometre(energy / 3.6))
      }
      return FuelRow(cycle: cycle, consumption: .litresPer100Kilometres(energy * 100_000 / litre))
    }
  }

  @Test(arguments: [("sedan", 0.41, 9_000.0), ("truck", 0.43, 14_000), ("ev_sedan", 0.88, 600)])
  func `A known line is found from two cycles`(_ type: String, _ efficiency: Double, _ offset: Double) throws {
    let vehicle = try vehicle(type)
    let line = WillansLine(efficiency: efficiency, offset: offset)
    let fit = try FuelFit.fit(try rows(["ftp", "hwfet"], line, vehicle), vehicle: vehicle)
    let (found, drawn) = (
      try #require(fit.parameters["willans_efficiency"]), try #require(fit.parameters["willans_offset_w"])
    )
    #expect(abs(found.value - efficiency) < 1e-4 && abs(drawn.value - offset) < 2)
    #expect(found.std > 0 && drawn.std > 0)
    #expect(fit.holdout.isEmpty && fit.sampleCount == 2)
  }

  @Test func `Miles per gallon and litres are the same figure`() throws {
    let vehicle = try vehicle("sedan")
    let litres = try FuelFit.fit(
      [
        FuelRow(cycle: "ftp", consumption: .litresPer100Kilometres(235.214_583 / 37.1)),
        FuelRow(cycle: "hwfet", consumption: .litresPer100Kilometres(235.214_583 / 55.1)),
      ], vehicle: vehicle)
    let miles = try FuelFit.fit(
      [
        FuelRow(cycle: "ftp", consumption: .milesPerGallon(37.1)),
        FuelRow(cycle: "hwfet", consumption: .milesPerGallon(55.1)),
      ], vehicle: vehicle)
    let (a, b) = (
      try #require(litres.parameters["willans_offset_w"]), try #require(miles.parameters["willans_offset_w"])
    )
    #expect(abs(a.value / b.value - 1) < 1e-6)
  }

  @Test func `A third cycle is judged, each figure from the others`() throws {
    let vehicle = try vehicle("sedan")
    var figures = try rows(["ftp", "hwfet", "us06"], WillansLine(efficiency: 0.4, offset: 9_000), vehicle)
    #expect(
      try #require(FuelFit.fit(figures, vehicle: vehicle).holdout["consumption_max_relative_error"]) < 1e-9)
    guard case .litresPer100Kilometres(let litres) = figures[2].consumption else { return }
    figures[2].consumption = .litresPer100Kilometres(1.1 * litres)
    let fit = try FuelFit.fit(figures, vehicle: vehicle)
    #expect(fit.holdoutCount == 3)
    // The US06 from the other two is what the line says, a tenth below the figure.
    #expect(try #require(fit.holdout["consumption_max_relative_error"]) > 0.09)
  }

  @Test func `The cold start makes the federal test thirstier than the warm city cycle`() throws {
    let vehicle = try vehicle("sedan")
    let line = WillansLine(efficiency: 0.4, offset: 9_000)
    let (cold, warm) = (
      try #require(FuelFit.energyPerMetre(of: "ftp", line, vehicle: vehicle)),
      try #require(FuelFit.energyPerMetre(of: "udds", line, vehicle: vehicle))
    )
    #expect((1.02...1.04).contains(cold / warm))
    let electric = try self.vehicle("ev_sedan")
    let (first, second) = (
      try #require(FuelFit.energyPerMetre(of: "ftp", line, vehicle: electric)),
      try #require(FuelFit.energyPerMetre(of: "udds", line, vehicle: electric))
    )
    #expect(abs(first / second - 1) < 1e-9)
  }

  @Test func `What can't be fitted is refused with the field and the reason`() throws {
    let sedan = try vehicle("sedan")
    func refusal(_ rows: [FuelRow], _ vehicle: VehicleParameters) -> FitRefusal? {
      #expect(throws: FitRefusal.self) { _ = try FuelFit.fit(rows, vehicle: vehicle) }
    }
    func miles(_ cycle: String, _ value: Double) -> FuelRow {
      FuelRow(cycle: cycle, consumption: .milesPerGallon(value))
    }
    #expect(refusal([], sedan)?.reason.contains("two different cycles") == true)
    #expect(refusal([miles("ftp", 30), miles("ftp", 31)], sedan)?.field == "observations")
    #expect(refusal([miles("ftp", 30), miles("wltc", 31)], sedan)?.field == "observations[1].cycle")
    #expect(refusal([miles("ftp", 0), miles("hwfet", 31)], sedan)?.field == "observations[0].fuel_mpg")
    let wrong = FuelRow(cycle: "ftp", consumption: .wattHoursPerKilometre(150))
    #expect(refusal([wrong, miles("hwfet", 31)], sedan)?.field == "observations[0].energy_wh_per_km")
    #expect(
      refusal([miles("ftp", 30), miles("hwfet", 40)], try vehicle("ev_sedan"))?.field == "observations[0].fuel_mpg")
    // One city cycle and the same without the cold start.
    let alike = try rows(["ftp", "udds"], WillansLine(efficiency: 0.4, offset: 9_000), sedan)
    #expect(refusal(alike, sedan)?.reason.contains("too alike") == true)
    // A hybrid: better in town than on the highway.
    #expect(refusal([miles("ftp", 73.1), miles("hwfet", 71.9)], sedan)?.reason.contains("offset") == true)
  }
}
