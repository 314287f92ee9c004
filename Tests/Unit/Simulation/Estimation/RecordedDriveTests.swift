import Foundation
import Testing
import VehicleJudgement

/// Real cars of OpenACC, which aren't part of the repository: `vehicle/OpenACC_ZalaZONE` under the folder that
/// `TWIN_DATA` names, else under `../shared/data` beside the repository.
private enum OpenACC {
  static let folder: URL = {
    if let named = ProcessInfo.processInfo.environment["TWIN_DATA"] {
      return URL(fileURLWithPath: named).appendingPathComponent("vehicle/OpenACC_ZalaZONE")
    }
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<5 { root.deleteLastPathComponent() }
    return root.deletingLastPathComponent().appendingPathComponent("shared/data/vehicle/OpenACC_ZalaZONE")
  }()

  static let isThere = FileManager.default.fileExists(
    atPath: folder.appendingPathComponent("dynamic_part4_ACC_short.csv").path)
}

@Suite struct RecordedDriveTests {
  /// `make accuracy` judges every row; here it is every tenth.
  @Test(
    .enabled(if: OpenACC.isThere, "OpenACC_ZalaZONE isn't in the data folder, so real cars aren't judged"),
    arguments: ["dynamic_part4_ACC_short", "handling_part22_human"])
  func `Real cars are predicted by a fifth better than with constant velocity or acceleration`(file: String) throws {
    let drives = try Drive.all(in: OpenACC.folder.appendingPathComponent("\(file).csv").path)
    #expect(drives.count == (file.hasPrefix("dynamic") ? 11 : 9))
    var totals = [Tally](repeating: Tally(), count: 5)
    for drive in drives {
      let evaluation = Evaluation(drive, judged: drive.rows.count / 2..<drive.rows.count, step: 10)
      totals = zip(totals, evaluation.tallies).map(+)
    }
    for total in [totals[1], totals[3]] {
      #expect(total.count > 1_000)
      #expect(total.mean <= 0.8 * total.best(velocity: true).mean)
      #expect(total.mean <= 0.8 * total.best(velocity: false).mean)
    }
    // Every tenth row leaves more chance than all of them, which lie within 85 to 95 %.
    for total in totals { #expect((0.83...0.96).contains(Double(total.inCircle) / Double(total.count))) }
  }
}
