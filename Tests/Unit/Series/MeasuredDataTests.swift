import SimulationKernel
import SimulationSeries
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The data folder, where it is there.
private enum MeasuredData {
  static let folder: String? = {
    var candidates: [String] = []
    if let given = getenv("TWIN_DATA") { candidates.append(String(cString: given)) }
    // <root>/Tests/Unit/Series/MeasuredDataTests.swift
    let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    candidates.append("/\(root)/../shared/data")
    return candidates.map { $0 + "/infrastructure" }.first { access($0 + "/config-perf", R_OK) == 0 }
  }()

  static func lines(_ path: String) -> [Substring] {
    guard let folder, let file = fopen("\(folder)/\(path)", "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      bytes.append(contentsOf: buffer[..<count])
    }
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
  }
}

/// The figures in full come from `series-accuracy`; these see to it that none of them is lost.
@Suite("Measured series", .enabled(if: MeasuredData.folder != nil))
struct MeasuredDataTests {
  @Test func performanceOfMariaDBIsLearnedFromHundredConfigurations() throws {
    let rows = MeasuredData.lines("config-perf/MariaDB/measurements.csv")
      .map { $0.split(separator: ";", omittingEmptySubsequences: false) }.filter { $0[21] == "10.4.7" }
    #expect(rows.count == 972)
    let options = rows.map { $0[..<21].compactMap { Double($0) } }
    let performance = rows.compactMap { Double($0[22]) }
    var stream = RunSeed(100).stream(for: "sample")
    let order = rows.indices.shuffled(using: &stream)
    let train = order.prefix(100)
    let model = try PerformanceModel(
      configurations: train.map { options[$0] }, performance: train.map { performance[$0] }, seed: RunSeed(100),
      settings: .init(trees: 60))
    var error = 0.0
    var covered = 0
    for index in order.dropFirst(100) {
      let prediction = model.predict(options[index])
      error += abs(prediction.value - performance[index]) / performance[index] / 872
      if prediction.lowerBound <= performance[index], performance[index] <= prediction.upperBound { covered += 1 }
    }
    // One seed of one sample: wider than the mean over thirty.
    #expect(error < 0.09)
    #expect(covered > 680)
  }

  @Test func familyOfPetShopKeepsItsBudget() throws {
    let lines = MeasuredData.lines("petshop-rca/dataset/low_traffic/noissue/metrics.csv")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let columns = lines[0].indices.dropFirst().filter { ["latency", "availability"].contains(lines[1][$0]) }
    let kinds = columns.map { lines[1][$0] == "latency" ? MetricKind.duration : .healthPercentage }
    let steps = lines.dropFirst(3).filter { Double($0[0]) != nil }.map { row in columns.map { Double(row[$0]) ?? .nan }
    }
    #expect(steps.count == 589)
    var detector = try #require(
      FamilyDetector(kinds: kinds, training: Array(steps[..<294]), alarmsPerStep: 1 / 288.0))
    #expect(detector.watched + detector.unknown.count == columns.count)
    let alarms = steps[294...].filter { !detector.observe($0).isEmpty }.count
    #expect(alarms <= 1)
  }

  @Test func anomaliesOfAMeasuredCPUAreFound() {
    let values = MeasuredData.lines("nab/data/realAWSCloudwatch/ec2_cpu_utilization_5f5533.csv").dropFirst()
      .compactMap { $0.split(separator: ",").last.flatMap { Double($0) } }
    #expect(values.count == 4_032)
    var settings = AnomalyDetector.Settings()
    // Less to compare, for a build without optimisation.
    settings.reach = 300
    var detector = AnomalyDetector(settings: settings)
    let alarms = values.indices.filter { detector.observe(values[$0]).isAlarm }
    var score = NABScore()
    score.add(count: values.count, windows: [1_171...1_371, 2_830...3_030], alarms: alarms)
    #expect(score.found == 2)
    #expect(score.falseAlarms <= 3)
  }
}
