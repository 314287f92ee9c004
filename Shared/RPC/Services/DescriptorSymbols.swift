/// The full names that a file declares: of services, methods, messages, fields, oneofs, extensions, enums and enum values.
///
/// Source of the field numbers: google/protobuf/descriptor.proto
struct DescriptorSymbols {
  private(set) var names: [String] = []

  /// - Parameter file: an encoded `google.protobuf.FileDescriptorProto`. What can't be read is left out.
  init(file: [UInt8]) {
    let fields = Self.fields(file[...])
    let package = Self.text(fields, 2)
    for field in fields {
      switch field.number {
      case 4: addMessage(field.bytes, in: package)
      case 5: addEnum(field.bytes, in: package)
      case 6: add(field.bytes, in: package, members: [2])
      case 7: add(field.bytes, in: package)
      default: break
      }
    }
  }

  private mutating func addMessage(_ bytes: ArraySlice<UInt8>, in scope: String) {
    // Fields, extensions and oneofs lie flat in it.
    guard let name = add(bytes, in: scope, members: [2, 6, 8]) else { return }
    for field in Self.fields(bytes) {
      switch field.number {
      case 3: addMessage(field.bytes, in: name)
      case 4: addEnum(field.bytes, in: name)
      default: break
      }
    }
  }

  private mutating func addEnum(_ bytes: ArraySlice<UInt8>, in scope: String) {
    // A value's full name is that of a sibling of its enum; some clients look for it inside the enum.
    guard add(bytes, in: scope, members: [2]) != nil else { return }
    for field in Self.fields(bytes) where field.number == 2 { add(field.bytes, in: scope) }
  }

  /// Adds what `bytes` declares, and its members: every declaration has its name in field 1.
  @discardableResult
  private mutating func add(_ bytes: ArraySlice<UInt8>, in scope: String, members: Set<UInt64> = []) -> String? {
    let fields = Self.fields(bytes)
    let own = Self.text(fields, 1)
    guard !own.isEmpty else { return nil }
    let name = scope.isEmpty ? own : "\(scope).\(own)"
    names.append(name)
    for field in fields where members.contains(field.number) { add(field.bytes, in: name) }
    return name
  }

  // MARK: Wire

  private typealias Field = (number: UInt64, bytes: ArraySlice<UInt8>)

  private static func text(_ fields: [Field], _ number: UInt64) -> String {
    fields.last { $0.number == number }.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
  }

  /// The length-prefixed fields of a message; others are passed over. Ends early where the bytes make no sense.
  private static func fields(_ bytes: ArraySlice<UInt8>) -> [Field] {
    var rest = bytes
    var fields: [Field] = []
    while let tag = varint(&rest) {
      switch tag & 7 {
      case 0: _ = varint(&rest)
      case 1: rest = rest.dropFirst(8)
      case 2:
        guard let length = varint(&rest), length <= UInt64(rest.count) else { return fields }
        fields.append((tag >> 3, rest.prefix(Int(length))))
        rest = rest.dropFirst(Int(length))
      case 5: rest = rest.dropFirst(4)
      default: return fields
      }
    }
    return fields
  }

  private static func varint(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = rest.popFirst() else { return nil }
      value |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
    }
    return nil
  }
}
