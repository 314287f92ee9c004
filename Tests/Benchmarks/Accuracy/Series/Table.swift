#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that isn't there or isn't text.
struct Unreadable: Error { let path: String }

/// Reading the data folder and writing Markdown.
enum Files {
  static func text(_ path: String) throws -> String {
    guard let file = fopen(path, "r") else { throw Unreadable(path: path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { break }
      bytes.append(contentsOf: buffer[..<count])
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func lines(_ path: String) throws -> [Substring] {
    try text(path).split(whereSeparator: \.isNewline)
  }

  static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

  /// Names in a folder, sorted.
  static func names(in folder: String) throws -> [String] {
    guard let directory = opendir(folder) else { throw Unreadable(path: folder) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}

enum Table {
  static func heading(_ text: String) { Swift.print("\n## \(text)\n") }

  static func print(header: [String], rows: [[String]]) {
    Swift.print("| " + header.joined(separator: " | ") + " |")
    Swift.print("|" + header.map { _ in " --- |" }.joined())
    for row in rows { Swift.print("| " + row.joined(separator: " | ") + " |") }
  }

  /// A number with a fixed count of decimals.
  static func number(_ value: Double, _ decimals: Int = 2) -> String {
    guard value.isFinite else { return "\(value)" }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let rounded = (abs(value) * scale).rounded()
    let digits = String(Int(rounded))
    let sign = value < 0 && rounded > 0 ? "-" : ""
    guard decimals > 0 else { return sign + digits }
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }
}
