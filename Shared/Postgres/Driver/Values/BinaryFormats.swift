/// The binary format of arrays: dimensions, a NULL flag, the element type, then per dimension its size and lower bound,
/// then each element's length and bytes.
///
/// Source: `array_send` in `src/backend/utils/adt/arrayfuncs.c`.
enum ArrayReader {
  private static let headerBytes = 12
  private static let dimensionBytes = 8

  /// Reads a one-dimensional array; `element` gets the type, offset and length of each and answers nil when it cannot
  /// read that type.
  static func read<Element>(
    _ cell: PostgresCell, as type: Element.Type,
    element: (_ type: PostgresType, _ offset: Int, _ length: Int) -> Element?
  ) throws -> [Element] {
    let total = Int(cell.place.length)
    guard cell.isBinary, total >= headerBytes else { throw cell.mismatch([Element].self) }
    let dimensions: Int32 = cell.bigEndian(at: 0)
    let elementType = PostgresType(rawValue: cell.bigEndian(at: 8))
    if dimensions == 0 { return [] }
    guard dimensions == 1, total >= headerBytes + dimensionBytes else {
      throw cell.mismatch([Element].self, "it has \(dimensions) dimensions")
    }
    let count = Int(cell.bigEndian(at: headerBytes, as: Int32.self))
    // Each element takes at least its length word, so a lying count cannot reserve more than the cell's size.
    guard count >= 0, count <= (total - headerBytes - dimensionBytes) / 4 else { throw cell.mismatch([Element].self) }
    var out: [Element] = []
    out.reserveCapacity(count)
    var offset = headerBytes + dimensionBytes
    for _ in 0..<count {
      guard offset + 4 <= total else { throw cell.mismatch([Element].self) }
      let length = Int(cell.bigEndian(at: offset, as: Int32.self))
      offset += 4
      guard length >= 0 else { throw cell.mismatch([Element].self, "it holds NULL") }
      guard offset + length <= total, let value = element(elementType, offset, length) else {
        throw cell.mismatch([Element].self)
      }
      out.append(value)
      offset += length
    }
    return out
  }
}

/// The binary format of `numeric`: a count of base-10000 digits, the weight of the first, sign and display scale.
///
/// Source: `numeric_send` in `src/backend/utils/adt/numeric.c`.
enum NumericText {
  private static let negative: UInt16 = 0x4000
  private static let notANumber: UInt16 = 0xC000
  private static let positiveInfinity: UInt16 = 0xD000
  private static let negativeInfinity: UInt16 = 0xF000

  static func decode(_ cell: PostgresCell) throws -> String {
    guard cell.isBinary, cell.place.length >= 8 else { throw cell.mismatch(String.self) }
    let count = Int(cell.bigEndian(at: 0, as: UInt16.self))
    let weight = Int(cell.bigEndian(at: 2, as: Int16.self))
    let sign: UInt16 = cell.bigEndian(at: 4)
    let scale = Int(cell.bigEndian(at: 6, as: UInt16.self))
    switch sign {
    case notANumber: return "nan"
    case positiveInfinity: return "inf"
    case negativeInfinity: return "-inf"
    default: break
    }
    guard Int(cell.place.length) == 8 + 2 * count else { throw cell.mismatch(String.self) }
    func digits(_ position: Int) -> String {
      let value = position >= 0 && position < count ? cell.bigEndian(at: 8 + 2 * position, as: UInt16.self) : 0
      let text = String(value)
      return String(repeating: "0", count: max(0, 4 - text.count)) + text
    }
    var whole = ""
    if weight >= 0 { for position in 0...weight { whole += digits(position) } }
    let significant = whole.drop { $0 == "0" }
    var text = sign == negative ? "-" : ""
    text += significant.isEmpty ? "0" : String(significant)
    if scale > 0 {
      var fraction = ""
      var position = weight + 1
      while fraction.count < scale {
        fraction += digits(position)
        position += 1
      }
      text += "." + fraction.prefix(scale)
    }
    return text
  }
}
