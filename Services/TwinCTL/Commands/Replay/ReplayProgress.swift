import Foundation
import TwinCTLDomain

/// Tells how a replay gets on: a bar on a terminal, a line now and then otherwise.
struct ReplayProgress: Sendable {
  private static let barInterval = Duration.milliseconds(200)
  private static let lineInterval = Duration.seconds(5)

  var ledger: ReplayLedger
  /// Samples of the whole replay, at most.
  var total: Int

  func run() async {
    let isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1
    let start = ContinuousClock.now
    while (try? await Task.sleep(for: isTerminal ? Self.barInterval : Self.lineInterval)) != nil {
      let line = Self.line(await ledger.counts, total: total, elapsed: (ContinuousClock.now - start) / .seconds(1))
      // Clears what a longer line left behind.
      StandardError.write(isTerminal ? "\r\(line)\u{1B}[K" : line + "\n")
    }
    if isTerminal { StandardError.write("\r\u{1B}[K") }
  }

  static func line(_ counts: ReplayCounts, total: Int, elapsed: Double) -> String {
    var line = ProgressBar().line(
      done: counts.acknowledged + counts.rejected, total: UInt64(total), elapsed: elapsed)
    if counts.rejected > 0 { line += "  rejected \(counts.rejected)" }
    if counts.interruptions > 0 { line += "  interruptions \(counts.interruptions)" }
    return line
  }
}
