#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that isn't there or isn't text.
public struct Unreadable: Error {
  public let path: String

  public init(path: String) { self.path = path }
}

/// Reading the data folder.
public enum Files {
  public static func text(_ path: String) throws -> String {
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

  public static func lines(_ path: String) throws -> [Substring] {
    try text(path).split(whereSeparator: \.isNewline)
  }

  public static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

  /// Names in a folder, sorted.
  public static func names(in folder: String) throws -> [String] {
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

/// Markdown on standard output.
public enum Table {
  public static func heading(_ text: String) { Swift.print("\n## \(text)\n") }

  public static func print(header: [String], rows: [[String]]) {
    Swift.print("| " + header.joined(separator: " | ") + " |")
    Swift.print("|" + header.map { _ in " --- |" }.joined())
    for row in rows { Swift.print("| " + row.joined(separator: " | ") + " |") }
  }

  /// A number with a fixed count of decimals.
  public static func number(_ value: Double, _ decimals: Int = 2) -> String {
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

/// One claim of the accuracy page. Lines of its first table go to the file that ACCURACY_CLAIMS names; nowhere when it
/// isn't set.
public enum Claims {
  /// - Parameters:
  ///   - isMet: nil where nobody stated an aim.
  public static func add(_ claim: String, aim: String, measured: String, isMet: Bool?) {
    guard let path = getenv("ACCURACY_CLAIMS"), let file = fopen(path, "a") else { return }
    defer { fclose(file) }
    let verdict = isMet.map { $0 ? "met" : "**not met**" } ?? "no aim stated"
    fputs("| \(claim) | \(aim) | \(measured) | \(verdict) |\n", file)
  }
}
