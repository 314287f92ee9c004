import Foundation
import Synchronization
import TwinProto

/// An upload as people read it.
enum UploadText {
  /// Rejected rows that are shown.
  private static let shownRejections = 10

  static func lines(_ upload: Upload) -> [String] {
    var lines = ["\(upload.id)  \(word(upload.status))  \(upload.bytesReceived) bytes"]
    if upload.status != .queued {
      lines.append(
        "rows \(upload.rows)  accepted \(upload.accepted)  duplicate \(upload.duplicate)  late \(upload.late)  "
          + "rejected \(upload.rejected)")
    }
    if let error = upload.error { lines.append("failed: \(error)") }
    for rejection in upload.rejections.prefix(shownRejections) {
      lines.append("  row \(rejection.row): \(rejection.message)")
    }
    if upload.rejected > UInt64(shownRejections) {
      lines.append("  and \(upload.rejected - UInt64(shownRejections)) more rejected rows")
    }
    return lines
  }

  private static func word(_ status: JobStatus) -> String {
    switch status {
    case .queued: "waits to be worked off"
    case .running: "is being worked off"
    case .completed: "completed"
    case .failed: "failed"
    default: "\(status)"
    }
  }
}

/// Tells how an upload gets on: a changing line on a terminal, a line now and then otherwise.
final class UploadPrinter: Sendable {
  private static let terminalInterval = Duration.milliseconds(200)
  private static let lineInterval = Duration.seconds(5)

  private let isTerminal = isatty(FileHandle.standardError.fileDescriptor) == 1
  private let last = Mutex<ContinuousClock.Instant?>(nil)

  func show(_ what: String, _ done: UInt64, _ total: UInt64) {
    let now = ContinuousClock.now
    let isDue = last.withLock { last in
      guard let before = last else {
        last = now
        return false
      }
      guard now - before >= (isTerminal ? Self.terminalInterval : Self.lineInterval) else { return false }
      last = now
      return true
    }
    guard isDue else { return }
    let line = "\(what)  \(total == 0 ? 100 : min(100, done * 100 / total)) %"
    // Clears what a longer line left behind.
    StandardError.write(isTerminal ? "\r\(line)\u{1B}[K" : line + "\n")
  }

  /// Leaves the line empty for what follows.
  func end() { if isTerminal { StandardError.write("\r\u{1B}[K") } }
}
