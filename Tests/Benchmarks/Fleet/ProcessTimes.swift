import Foundation

/// What `/proc` says of processes. Source: proc(5)
enum ProcessTimes {
  private static let ticksPerSecond = Double(sysconf(Int32(_SC_CLK_TCK)))

  /// Seconds on processors, user and system; nil when the process is gone.
  ///
  /// - Parameter withChildren: whether those that ended and were waited for count, too.
  static func seconds(_ process: Int32, withChildren: Bool = false) -> Double? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    let times = fields.dropFirst(11).prefix(withChildren ? 4 : 2).compactMap { Double($0) }
    return times.reduce(0, +) / ticksPerSecond
  }

  /// Seconds of a server and all its processes, those that ended included.
  static func familySeconds(_ first: Int32) -> Double {
    children(of: first).reduce(seconds(first, withChildren: true) ?? 0) { $0 + (seconds($1) ?? 0) }
  }

  static func children(of process: Int32) -> [Int32] {
    let text = (try? String(contentsOfFile: "/proc/\(process)/task/\(process)/children", encoding: .utf8)) ?? ""
    return text.split(separator: " ").compactMap { Int32($0) }
  }

  /// Resident memory, bytes.
  static func residentBytes(_ process: Int32) -> Int {
    let text = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
    return 1_024 * (line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0)
  }
}
