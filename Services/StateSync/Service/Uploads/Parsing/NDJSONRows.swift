import NIOCore
import ProtoJSON
import TwinProto

/// Rows of NDJSON: one telemetry sample a line, in the JSON form of the contract.
///
/// Source: github.com/ndjson/ndjson-spec 1.0. LF and CRLF end a line; a byte-order mark and empty lines are skipped.
struct NDJSONRows: UploadParser {
  private static let lineFeed = UInt8(ascii: "\n")
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private let transcoder: ProtoJSONTranscoder
  private let maximumLine: Int
  /// Rows up to this one are counted, but not passed on.
  private let skipped: UInt64
  /// The begin of a line whose end hasn't come.
  private var open: [UInt8] = []
  private var isTooLong = false
  private var line = 1
  private var rows: UInt64 = 0

  init(schema: ProtoJSONSchema, maximumLine: Int = UploadLimits.lineBytes, skip skipped: UInt64 = 0) throws {
    transcoder = try schema.transcoder(for: TelemetrySample.messageName)
    self.maximumLine = maximumLine
    self.skipped = skipped
  }

  mutating func parse(_ bytes: [UInt8], _ row: (UploadRow) throws -> Void) throws {
    var rest = bytes[...]
    while let end = rest.firstIndex(of: Self.lineFeed) {
      try endLine(rest[..<end], row)
      rest = rest[(end + 1)...]
    }
    guard !isTooLong else { return }
    open += rest
    // CR may follow the longest line.
    if open.count > maximumLine + 1 {
      isTooLong = true
      open = []
    }
  }

  mutating func finish(_ row: (UploadRow) throws -> Void) throws { try endLine([], row) }

  private mutating func endLine(_ end: ArraySlice<UInt8>, _ row: (UploadRow) throws -> Void) throws {
    defer {
      line += 1
      isTooLong = false
      open.removeAll(keepingCapacity: true)
    }
    var text = open.isEmpty ? end : (open + end)[...]
    if text.last == UInt8(ascii: "\r") { text.removeLast() }
    if line == 1, text.starts(with: Self.byteOrderMark) { text.removeFirst(Self.byteOrderMark.count) }
    guard isTooLong || text.contains(where: { !Self.isSpace($0) }) else { return }
    rows += 1
    guard rows > skipped else { return }
    let content: Result<TelemetrySample, RowProblem>
    if isTooLong || text.count > maximumLine {
      content = .failure(RowProblem(reason: .malformed, message: "is longer than \(maximumLine) bytes"))
    } else {
      content = read(text)
    }
    try row(UploadRow(number: rows, line: line, content: content))
  }

  private func read(_ text: ArraySlice<UInt8>) -> Result<TelemetrySample, RowProblem> {
    do {
      let message = try transcoder.encode(json: Array(text))
      return .success(try TelemetrySample(serialized: ByteBuffer(bytes: message)))
    } catch let error as ProtoJSONError {
      return .failure(Self.problem(error))
    } catch {
      return .failure(RowProblem(reason: .malformed, message: "can't be read as a sample"))
    }
  }

  private static func problem(_ error: ProtoJSONError) -> RowProblem {
    guard error.reason == .invalidFields, let first = error.violations.first else {
      return RowProblem(reason: .malformed, message: error.description)
    }
    return RowProblem(
      reason: first.isUnknownField ? .unknownField : .malformed, field: first.path, message: error.description)
  }

  /// Source: RFC 8259 §2
  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}
