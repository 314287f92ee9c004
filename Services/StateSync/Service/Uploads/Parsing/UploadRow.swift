import TwinProto

/// One row of an uploaded file.
struct UploadRow: Sendable {
  /// Rows are counted from 1; neither a CSV header nor an empty line is one.
  var number: UInt64
  /// Where it starts, from 1.
  var line: Int
  var content: Result<TelemetrySample, RowProblem>
}

/// Why a row isn't stored.
struct RowProblem: Error, Sendable, Hashable {
  var reason: RejectionReason
  /// The field or column; empty when it isn't one.
  var field = ""
  var message: String
  /// 0 when unreadable.
  var sequence: UInt64 = 0
}

/// A file that can't be read on. Its rows before are stored.
struct UploadFailure: Error, Sendable, Hashable, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Makes rows of the bytes of a file, piece by piece.
protocol UploadParser: Sendable {
  /// Takes in the next bytes and passes on every row that they complete.
  mutating func parse(_ bytes: [UInt8], _ row: (UploadRow) throws -> Void) throws

  /// Passes on the last row, where the file doesn't end with a line break.
  mutating func finish(_ row: (UploadRow) throws -> Void) throws
}
