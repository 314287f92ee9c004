import FleetCore
import NIOPosix
import Synchronization

/// Reads a file ahead of those who take its rows, by one batch, on threads that may wait for the disk and compute.
final class UploadReading: Sendable {
  /// Rows that are submitted together.
  struct Batch: Sendable {
    var rows: [UploadRow]
    /// Bytes of the file up to there.
    var bytes: UInt64
  }

  private let reader: Mutex<UploadReader>
  private let batches = BoundedChannel<Batch>(capacity: 1)
  /// Rows of the first batch, when that is a round that was begun before.
  private let firstRows: Int?

  init(_ reader: sending UploadReader, firstRows: Int?) {
    self.reader = Mutex(reader)
    self.firstRows = firstRows
  }

  /// The next batches; nil at the end.
  ///
  /// - Throws: `UploadFailure` behind the rows that could be read; `CancellationError`.
  func next() async throws -> [Batch]? { try await batches.next() }

  func run() async {
    var rows: [UploadRow] = []
    var (bytes, textBytes) = (UInt64(0), 0)
    var expected = firstRows
    do {
      var isLast = false
      while !isLast {
        let piece = try await NIOThreadPool.singleton.runIfActive { [self] in try reader.withLock { try $0.next() } }
        isLast = piece.isLast
        bytes = piece.bytes
        rows += piece.rows
        textBytes += piece.textBytes
        while isFull(rows, textBytes, expected) {
          let part = Array(rows.prefix(expected ?? UploadLimits.roundRows))
          rows.removeFirst(part.count)
          textBytes = 0
          expected = nil
          guard try await batches.send(Batch(rows: part, bytes: bytes)) else { return }
        }
      }
      try await sendRest(rows, bytes)
      batches.finish()
    } catch {
      // What could be read before is worked off all the same.
      if error is UploadFailure { try? await sendRest(rows, bytes) }
      batches.finish(throwing: error)
    }
  }

  private func isFull(_ rows: [UploadRow], _ textBytes: Int, _ expected: Int?) -> Bool {
    if let expected { return rows.count >= expected }
    return rows.count >= UploadLimits.roundRows || (textBytes >= UploadLimits.roundBytes && !rows.isEmpty)
  }

  private func sendRest(_ rows: [UploadRow], _ bytes: UInt64) async throws {
    if !rows.isEmpty { try await batches.send(Batch(rows: rows, bytes: bytes)) }
  }
}
