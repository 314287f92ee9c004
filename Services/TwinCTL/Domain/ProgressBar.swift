/// A progress bar in one line of text, drawn anew at each call.
public struct ProgressBar: Sendable {
  /// Columns of the terminal.
  public let width: Int

  public init(width: Int = 80) { self.width = width }

  /// `[#####-----]  50 %  500/1000  10.0/s  eta 50 s`, no wider than the terminal where that is possible.
  ///
  /// - Parameter elapsed: seconds since the start.
  public func line(done: UInt64, total: UInt64, elapsed: Double) -> String {
    let share = total == 0 ? 1 : min(1, Double(done) / Double(total))
    let rate = elapsed > 0 ? Double(done) / elapsed : 0
    var figures = " \(rightAligned("\(Int(share * 100))", 3)) %  \(done)/\(total)  \(decimal(rate, places: 1))/s"
    if done >= total {
      figures += "  done in \(Self.duration(elapsed))"
    } else if rate > 0 {
      figures += "  eta \(Self.duration(Double(total - done) / rate))"
    }
    let room = max(Self.shortestBar, min(Self.longestBar, width - figures.count - 2))
    let filled = Int(share * Double(room))
    return "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: room - filled) + "]" + figures
  }

  private static let shortestBar = 5
  private static let longestBar = 40

  /// `45 s`, `3:07`, `2:05:09`.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 360_000 else { return "long" }
    let whole = Int(seconds.rounded())
    let (hours, minutes, rest) = (whole / 3_600, whole / 60 % 60, whole % 60)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    if hours > 0 { return "\(hours):\(two(minutes)):\(two(rest))" }
    return minutes > 0 ? "\(minutes):\(two(rest))" : "\(rest) s"
  }
}
