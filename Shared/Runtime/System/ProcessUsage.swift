import Glibc

/// What the process uses now, read from `/proc`.
public struct ProcessUsage: Sendable, Equatable {
  /// Time on all processors, user and system, since the start.
  public let cpuSeconds: Double
  public let residentBytes: Int
  public let virtualBytes: Int
  public let threads: Int
  /// Nil when `/proc/self/fd` can't be listed.
  public let openDescriptors: Int?
  /// Seconds since 1970-01-01T00:00:00Z.
  public let startTimeSeconds: Double

  /// Nil where there is no `/proc`.
  public static func read() -> ProcessUsage? {
    guard let stat = try? Files.read("/proc/self/stat", maximumBytes: 64 << 10),
      let boot = bootTimeSeconds
    else { return nil }
    return ProcessUsage(
      stat: String(decoding: stat, as: UTF8.self), ticksPerSecond: Double(sysconf(Int32(_SC_CLK_TCK))),
      pageBytes: Int(sysconf(Int32(_SC_PAGESIZE))), bootTimeSeconds: boot,
      openDescriptors: Files.count(inFolder: "/proc/self/fd"))
  }

  /// Reads the line of `/proc/PID/stat`; nil when it isn't one.
  ///
  /// Source: proc(5); the fields are counted from 1, and the second one, the name, may hold blanks and parentheses.
  package init?(stat: String, ticksPerSecond: Double, pageBytes: Int, bootTimeSeconds: Double, openDescriptors: Int?) {
    guard let end = stat.lastIndex(of: ")") else { return nil }
    let fields = stat[stat.index(after: end)...].split(whereSeparator: \.isWhitespace)
    func field(_ number: Int) -> Int? { fields.indices.contains(number - 3) ? Int(fields[number - 3]) : nil }
    guard let user = field(14), let system = field(15), let threads = field(20), let start = field(22),
      let virtual = field(23), let resident = field(24)
    else { return nil }
    cpuSeconds = Double(user + system) / ticksPerSecond
    residentBytes = resident * pageBytes
    virtualBytes = virtual
    self.threads = threads
    self.openDescriptors = openDescriptors
    startTimeSeconds = bootTimeSeconds + Double(start) / ticksPerSecond
  }

  private static let bootTimeSeconds: Double? = {
    guard let bytes = try? Files.read("/proc/stat", maximumBytes: 16 << 20) else { return nil }
    let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("btime ") }
    return line.flatMap { Double($0.dropFirst("btime ".count)) }
  }()

  /// The most descriptors that the process may open; nil when there is no limit.
  public static var maximumDescriptors: Int? {
    // RLIM_INFINITY is all ones; the macro doesn't import.
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur != .max else {
      return nil
    }
    return Int(limit.rlim_cur)
  }
}
