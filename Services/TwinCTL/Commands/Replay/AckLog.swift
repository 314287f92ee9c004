import Foundation

/// Writes down what was acknowledged: one `vehicle,source,sequence` a line.
final class AckLog: Sendable {
  private let file: FileHandle

  /// Creates or empties the file.
  init(path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
    else { throw Problem(description: "--ack-log: can't write \(path)") }
    self.file = file
  }

  /// Hands the lines to the system before it returns, so that they outlive this process.
  func write(vehicle: String, source: String, sequences: [UInt64]) throws {
    let lines = sequences.map { "\(vehicle),\(source),\($0)\n" }.joined()
    try file.write(contentsOf: Data(lines.utf8))
  }

  deinit { try? file.close() }
}
