import AccuracyReport
import SimulationCalibration
import SimulationVehicles

/// The Willans line of each gasoline car from its own FTP and HWY figures; its US06, which it hasn't seen, predicted.
enum FuelFigure {
  private struct Car: Hashable {
    var id: String
    var configuration: String
    var model: String
    /// kg; N, N/(m/s), N/(m/s)².
    var mass: Double
    var a: Double
    var b: Double
    var c: Double
  }

  /// Mean error at the US06 of one line for the whole fleet (README of the data), %.
  private static let fleetLine = 12.7

  static func run(_ folder: String) throws {
    Table.heading("Fuel: a power train from two tests")
    let cars = try read("\(folder)/EPA_2022/22-tstcar.csv")
    var (errors, signed, refused) = ([Double](), [Double](), 0)
    for (car, figures) in cars {
      guard let ftp = figures["FTP"], let highway = figures["HWY"], let us06 = figures["US06"] else { continue }
      var vehicle = VehicleCatalogue.all[0].parameters
      (vehicle.mass, vehicle.roadLoadA, vehicle.roadLoadB, vehicle.roadLoadC) = (car.mass, car.a, car.b, car.c)
      let rows = [
        FuelRow(cycle: "ftp", consumption: .milesPerGallon(mean(ftp))),
        FuelRow(cycle: "hwfet", consumption: .milesPerGallon(mean(highway))),
      ]
      do {
        let fit = try FuelFit.fit(rows, vehicle: vehicle)
        guard let efficiency = fit.parameters["willans_efficiency"], let offset = fit.parameters["willans_offset_w"],
          let energy = FuelFit.energyPerMetre(
            of: "us06", WillansLine(efficiency: efficiency.value, offset: offset.value), vehicle: vehicle),
          let heat = vehicle.fuel.energyPerLitre
        else { continue }
        let measured = heat * 3.785_411_784 / (mean(us06) * 1_609.344)
        signed.append(energy / measured - 1)
        errors.append(abs(energy / measured - 1))
      } catch { refused += 1 }
    }
    let average = 100 * mean(errors)
    let median = 100 * FollowingFigure.median(errors)
    print(
      "Cars of the EPA's test-car list of 2022 on certification gasoline with all three tests. The line is fitted to a "
        + "car's FTP and HWY; its US06 is predicted. Cars whose figures no Willans line explains (an offset below 0) are "
        + "refused: \(refused) of \(refused + errors.count), by their names all hybrids, whose battery the line knows "
        + "nothing of.\n")
    Table.print(
      header: ["cars", "mean error, %", "median error, %", "median signed error, %"],
      rows: [
        [
          "\(errors.count)", Table.number(average, 1), Table.number(median, 1),
          Table.number(100 * FollowingFigure.median(signed), 1),
        ]
      ])
    print(
      "\nOne line for the whole fleet misses the US06 by \(fleetLine) % on average, but over other cars, hybrids among "
        + "them, so the two compare only roughly. Predictions are too low, as a straight line doesn't show what engines "
        + "lose at the loads of the US06.")
    Claims.add(
      "Fuel at US06 from a car's FTP and HWY", aim: "none; one line for the fleet, other cars: \(fleetLine) %",
      measured:
        "mean \(Table.number(average, 1)) %, median \(Table.number(median, 1)) % over \(errors.count) cars, \(refused) refused",
      isMet: nil)
  }

  /// Some rows hold 10,000 mpg where nothing was measured.
  private static let placeholder = 1_000.0

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// Fuel economies by car and test, in the order of the list. Only tests at usual temperature on certification gasoline.
  private static func read(_ path: String) throws -> [(car: Car, figures: [String: [Double]])] {
    let lines = try Files.lines(path)
    // A byte-order mark may stand before the first name, which nobody asks for here.
    let header = fields(lines[0])
    func column(_ name: String) throws -> Int {
      guard let index = header.firstIndex(of: name) else { throw Unreadable(path: "\(path): \(name)") }
      return index
    }
    let (id, configuration, model) = (
      try column("Test Vehicle ID"), try column("Test Veh Configuration #"), try column("Represented Test Veh Model")
    )
    let (weight, a, b, c) = (
      try column("Equivalent Test Weight (lbs.)"), try column("Target Coef A (lbf)"),
      try column("Target Coef B (lbf/mph)"), try column("Target Coef C (lbf/mph**2)")
    )
    let (category, procedure, fuel, economy) = (
      try column("Test Category"), try column("Test Procedure Cd"), try column("Test Fuel Type Description"),
      try column("RND_ADJ_FE")
    )
    var order: [Car] = []
    var figures: [Car: [String: [Double]]] = [:]
    for line in lines.dropFirst() {
      let row = fields(line)
      guard row.count == header.count, ["21", "31", "3", "90"].contains(row[procedure]),
        row[fuel].contains("asoline"), let value = Double(row[economy]), value > 0, value < placeholder,
        let pounds = Double(row[weight]), let loadA = Double(row[a]), let loadB = Double(row[b]),
        let loadC = Double(row[c])
      else { continue }
      let (force, mph) = (4.448_221_615_260_5, 0.447_04)
      let car = Car(
        id: row[id], configuration: row[configuration], model: row[model], mass: pounds * 0.453_592_37,
        a: loadA * force, b: loadB * force / mph, c: loadC * force / (mph * mph))
      if figures[car] == nil { order.append(car) }
      figures[car, default: [:]][row[category], default: []].append(value)
    }
    return order.map { ($0, figures[$0] ?? [:]) }
  }

  /// The fields of a line of CSV with quotes.
  private static func fields(_ line: Substring) -> [String] {
    var (found, current, isQuoted) = ([String](), "", false)
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        found.append(current)
        current = ""
      default: current.append(character)
      }
    }
    found.append(current)
    return found
  }
}
