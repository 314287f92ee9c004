/// The parameters of one statement in libpq's form: one buffer of bytes, and per parameter its place in it.
///
/// Kept by a connection and reused, so that sending a statement allocates nothing once the buffers have grown.
struct ParameterBlock {
  private(set) var bytes = GrowingBytes()
  private(set) var offsets: [Int] = []
  private(set) var lengths: [Int32] = []
  /// 1 for binary, 0 for text, as libpq has it.
  private(set) var formats: [Int32] = []
  /// Scratch for the pointers libpq wants.
  private var pointers: [UnsafePointer<CChar>?] = []

  private static let null = -1

  /// - Throws: `.invalidArgument` naming the parameter that text cannot hold, or a count beyond the protocol's.
  static func check(_ parameters: [PostgresValue]) throws {
    guard parameters.count <= Int(UInt16.max) else {
      throw PostgresError(.invalidArgument, "a statement takes at most 65535 parameters, not \(parameters.count)")
    }
    for (index, parameter) in parameters.enumerated() {
      switch parameter {
      case .text(let text), .jsonb(let text):
        // libpq takes text as a C string, which would end at the NUL.
        guard !text.utf8.contains(0) else {
          throw PostgresError(
            .invalidArgument, "parameter $\(index + 1) contains a NUL character, which text cannot hold")
        }
      default: break
      }
    }
  }

  /// Encodes parameters that passed `check`.
  ///
  /// - Throws: `.invalidArgument` naming the parameter that is too large.
  mutating func encode(_ parameters: [PostgresValue]) throws {
    bytes.removeAll()
    offsets.removeAll(keepingCapacity: true)
    lengths.removeAll(keepingCapacity: true)
    formats.removeAll(keepingCapacity: true)
    for (index, parameter) in parameters.enumerated() {
      let start = bytes.count
      var format: Int32 = 1
      switch parameter {
      case .null:
        offsets.append(Self.null)
        lengths.append(0)
        formats.append(1)
        continue
      case .bool(let value): bytes.append(value ? UInt8(1) : 0)
      case .int4(let value): bytes.append(value)
      case .int8(let value): bytes.append(value)
      case .float8(let value): bytes.append(value.bitPattern)
      case .text(let text), .jsonb(let text):
        bytes.append(utf8: text)
        bytes.append(UInt8(0))
        format = 0
      case .bytea(let value): bytes.append(contentsOf: value)
      case .uuid(let value): bytes.append(value)
      case .timestamptz(let value): bytes.append(value.microsecondsSincePostgresEpoch)
      case .int8Array(let value): bytes.append(array: value)
      case .float8Array(let value): bytes.append(array: value)
      case .textArray(let value): bytes.append(array: value)
      case .uuidArray(let value): bytes.append(array: value)
      case .boolArray(let value): bytes.append(array: value)
      case .byteaArray(let value): bytes.append(array: value)
      }
      guard bytes.count <= Int(Int32.max) else {
        throw PostgresError(.invalidArgument, "parameter $\(index + 1) exceeds 2 GiB")
      }
      offsets.append(start)
      lengths.append(Int32(bytes.count - start))
      formats.append(format)
    }
  }

  /// Calls `body` with libpq's arrays: values, lengths, formats.
  mutating func withArrays<Result>(
    _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Result
  ) -> Result {
    pointers.removeAll(keepingCapacity: true)
    return bytes.withUnsafeBytes { buffer in
      for offset in offsets {
        // An empty value still needs a pointer: libpq takes a null pointer for NULL.
        pointers.append(
          offset == Self.null
            ? nil : (buffer.baseAddress! + offset).assumingMemoryBound(to: CChar.self))
      }
      return body(Int32(offsets.count), pointers, lengths, formats)
    }
  }
}
