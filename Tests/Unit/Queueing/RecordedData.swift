import Foundation

/// Files of recorded measurements, which aren't part of the repository.
enum RecordedData {
  /// `infrastructure` under the folder that `TWIN_DATA` names, else under `../shared/data` beside the repository.
  static let folder: URL = {
    if let named = ProcessInfo.processInfo.environment["TWIN_DATA"] {
      return URL(fileURLWithPath: named).appendingPathComponent("infrastructure")
    }
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    return root.deletingLastPathComponent().appendingPathComponent("shared/data/infrastructure")
  }()

  static func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
  }

  /// The rows of a file with a header line, by column.
  static func rows(_ name: String) throws -> [[String: String]] {
    let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline)
    guard let header = lines.first?.split(separator: ",").map(String.init) else { return [] }
    return lines.dropFirst().map { line in
      Dictionary(zip(header, line.split(separator: ",").map(String.init))) { first, _ in first }
    }
  }
}
