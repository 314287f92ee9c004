import Foundation
import SimulationRecordings
import TwinCTLDomain

/// What is to be replayed, from a file or from what ships with the suite.
enum ReplayFile {
  /// A longer file is refused rather than read into memory.
  static let maximumBytes = 1 << 30

  /// The recordings that `name` stands for: a shipped cycle's name, or the path of a CSV file.
  static func recordings(_ name: String, rate: Double) throws -> [Recording] {
    if let recording = ReplaySource.recording(ofCycle: name, rate: rate) { return [recording] }
    guard let file = FileHandle(forReadingAtPath: name) else {
      let cycles = CycleLibrary.names.joined(separator: ", ")
      throw Problem(description: "\(name) can't be read, and no shipped cycle is called so (there are \(cycles))")
    }
    defer { try? file.close() }
    let bytes = try file.read(upToCount: maximumBytes + 1) ?? Data()
    guard bytes.count <= maximumBytes else {
      throw Problem(description: "\(name) has more than \(maximumBytes) bytes")
    }
    do {
      return try ReplaySource.recordings(inFile: Array(bytes), name: name, rate: rate)
    } catch let error as CSVError {
      throw Problem(description: "\(name), \(error)")
    }
  }
}
