import ProtoJSON
import RPCCompression
import SimulationRecordings
import TwinProto

/// Reads a spooled file: its bytes, decompressed, as rows. A piece at a time, so that a file of any length takes the same
/// memory.
struct UploadReader {
  /// What one step gave.
  struct Piece: Sendable {
    var rows: [UploadRow] = []
    /// What they take as text, about.
    var textBytes: Int
    /// Bytes of the file that are used up.
    var bytes: UInt64
    var isLast = false
  }

  private let file: SpoolFile
  private let limits: UploadLimits
  private let gzip: GzipStream?
  private var parser: any UploadParser
  /// Bytes of the file that were read.
  private var bytes: UInt64 = 0
  private var unpacked: UInt64 = 0
  private var isAtEnd = false

  /// - Parameter skipped: rows up to this one were worked off before.
  init(_ file: SpoolFile, of upload: UploadRecord, skip skipped: UInt64, limits: UploadLimits, schema: ProtoJSONSchema)
    throws
  {
    self.file = file
    self.limits = limits
    gzip = upload.isGzip ? GzipStream() : nil
    parser = upload.format == .csv ? CSVRows(skip: skipped) : try NDJSONRows(schema: schema, skip: skipped)
  }

  /// Reads on; the last piece says so.
  ///
  /// - Throws: `UploadFailure`; `SystemError`.
  mutating func next() throws -> Piece {
    var rows: [UploadRow] = []
    let text = try nextText()
    if text.isEmpty {
      try parser.finish { rows.append($0) }
    } else {
      try parser.parse(text) { rows.append($0) }
    }
    if let last = rows.last, last.number > UploadLimits.rows {
      throw UploadFailure("the file has more than \(UploadLimits.rows) rows")
    }
    return Piece(rows: rows, textBytes: text.count, bytes: gzip?.consumed ?? bytes, isLast: text.isEmpty)
  }

  /// The next decompressed bytes; empty at the end.
  private mutating func nextText() throws -> [UInt8] {
    guard let gzip else { return try nextBytes() }
    while true {
      let text: [UInt8]
      do {
        text = try gzip.read(UploadLimits.pieceBytes)
        if text.isEmpty, isAtEnd { try gzip.finish() }
      } catch {
        throw UploadFailure("\(error)")
      }
      unpacked += UInt64(text.count)
      try checkExpansion(gzip.consumed)
      if !text.isEmpty || isAtEnd { return text }
      gzip.feed(try nextBytes())
    }
  }

  private mutating func nextBytes() throws -> [UInt8] {
    let piece = try file.read(at: bytes, UploadLimits.pieceBytes)
    bytes += UInt64(piece.count)
    isAtEnd = piece.isEmpty
    return piece
  }

  private func checkExpansion(_ packed: UInt64) throws(UploadFailure) {
    guard unpacked <= limits.longestUnpacked else {
      throw UploadFailure("the file is longer than \(limits.longestUnpacked) bytes once decompressed")
    }
    guard unpacked <= max(limits.expansionFloor, UploadLimits.expansion * packed) else {
      throw UploadFailure(
        "the file's first \(packed) bytes unfold to more than \(UploadLimits.expansion) times as many")
    }
  }
}
