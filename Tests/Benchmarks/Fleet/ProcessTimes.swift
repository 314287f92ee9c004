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

  /// Gives another session the priority that this process's session has: Linux groups processes by sessions, and `nice`
  /// only says something within one. A server has a session of its own. Source: sched(7), "The autogroup feature"
  static func sharePriority(with process: Int32) {
    guard let own = try? String(contentsOfFile: "/proc/self/autogroup", encoding: .utf8),
      let nice = own.split(whereSeparator: \.isWhitespace).last
    else { return }
    // Only root may raise it; without it the figures are what they are.
    try? String(nice).write(toFile: "/proc/\(process)/autogroup", atomically: false, encoding: .utf8)
  }

  /// Resident memory, bytes.
  static func residentBytes(_ process: Int32) -> Int {
    let text = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
    return 1_024 * (line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0)
  }
}
