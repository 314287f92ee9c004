import SimulationRecordings
import TwinProto

/// Rows of CSV: a header with the field names of the contract, then one telemetry sample a row. An empty cell says that
/// nothing was measured.
struct CSVRows: UploadParser {
  private var parser = CSVParser()
  private var table: Table

  /// - Parameter skipped: rows up to this one are counted, but not passed on.
  init(skip skipped: UInt64 = 0) { table = Table(skipped: skipped) }

  mutating func parse(_ bytes: [UInt8], _ row: (UploadRow) throws -> Void) throws {
    try parser.parse(bytes, fault: { try table.add($0, row) }, row: { try table.add($0, row) })
  }

  mutating func finish(_ row: (UploadRow) throws -> Void) throws {
    try parser.finish(fault: { try table.add($0, row) }, row: { try table.add($0, row) })
    guard !table.columns.isEmpty else { throw UploadFailure("the file has no header") }
  }

  private struct Table: Sendable {
    let skipped: UInt64
    var columns: [SampleColumn] = []
    var rows: UInt64 = 0

    /// A row that can't be read as one.
    mutating func add(_ fault: CSVError, _ row: (UploadRow) throws -> Void) throws {
      guard !columns.isEmpty else { throw UploadFailure("the header can't be read: \(fault)") }
      rows += 1
      guard rows > skipped else { return }
      let column = fault.column.flatMap { Int($0) }.flatMap { columns.indices.contains($0 - 1) ? columns[$0 - 1] : nil }
      let field = column?.rawValue ?? ""
      try row(
        UploadRow(
          number: rows, line: fault.line,
          content: .failure(
            RowProblem(
              reason: .malformed, field: field, message: field.isEmpty ? fault.reason : "\(field): \(fault.reason)"))))
    }

    mutating func add(_ csv: CSVRow, _ row: (UploadRow) throws -> Void) throws {
      guard !columns.isEmpty else { return try readHeader(csv) }
      rows += 1
      guard rows > skipped else { return }
      let content = Result { () throws(RowProblem) in try sample(csv.fields) }
      try row(UploadRow(number: rows, line: csv.line, content: content))
    }

    private mutating func readHeader(_ csv: CSVRow) throws {
      for name in csv.fields {
        guard let column = SampleColumn(rawValue: name) else {
          let known = SampleColumn.allCases.map(\.rawValue).joined(separator: ", ")
          throw UploadFailure(
            "line \(csv.line): the header's column '\(name.prefix(UploadLimits.shownName))' isn't known; columns are \(known)"
          )
        }
        guard !columns.contains(column) else {
          throw UploadFailure("line \(csv.line): the header has the column '\(name)' twice")
        }
        columns.append(column)
      }
      for column in [SampleColumn.sequence, .time] where !columns.contains(column) {
        throw UploadFailure("line \(csv.line): the header has no column '\(column.rawValue)'")
      }
    }

    private func sample(_ fields: [String]) throws(RowProblem) -> TelemetrySample {
      guard fields.count == columns.count else {
        throw RowProblem(
          reason: .malformed, message: "has \(fields.count) fields where the header has \(columns.count)")
      }
      var sample = TelemetrySample()
      for (column, text) in zip(columns, fields) where !text.isEmpty {
        do {
          try column.read(text, into: &sample)
        } catch {
          var problem = error
          problem.sequence = sample.sequence
          throw problem
        }
      }
      return sample
    }
  }
}
