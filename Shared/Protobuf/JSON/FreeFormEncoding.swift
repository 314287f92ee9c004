/// Struct, Value and ListValue: JSON of any shape. Field numbers are those of google/protobuf/struct.proto.
extension MessageEncoder {
  /// The fields of a Struct.
  mutating func structure(_ index: Int) {
    let token = document[index]
    guard token.kind == .object else { return report("must be an object") }
    var keys: Set<[UInt8]> = []
    members(of: index, &keys)
  }

  private mutating func members(of index: Int, _ keys: inout Set<[UInt8]>) {
    let end = document[index].next
    var member = index + 1
    while member < end {
      entry(member, &keys)
      member = document[member + 1].next
    }
  }

  /// One member as an entry of `fields`.
  private mutating func entry(_ member: Int, _ keys: inout Set<[UInt8]>) {
    let name = document[member]
    let characters = document.characters(name)
    let isNew = keys.insert(characters).inserted
    at(.key(String(decoding: characters, as: UTF8.self))) {
      guard isNew else { return $0.report("given more than once") }
      $0.out.tag(1, .lengthDelimited)
      let mark = $0.out.mark
      $0.out.tag(1, .lengthDelimited)
      $0.string(name)
      $0.out.tag(2, .lengthDelimited)
      let valueMark = $0.out.mark
      $0.freeValue(member + 1)
      $0.out.closeLengthDelimited(from: valueMark)
      $0.out.closeLengthDelimited(from: mark)
    }
  }

  /// The field of a Value.
  mutating func freeValue(_ index: Int) {
    let token = document[index]
    switch token.kind {
    case .null:
      out.tag(1, .varint)
      out.varint(0)
    case .number:
      guard let value = JSONNumber.double(document.digits(token)), value.isFinite else {
        return report("is too large for a number")
      }
      out.tag(2, .fixed64)
      out.fixed64(value.bitPattern)
    case .string:
      out.tag(3, .lengthDelimited)
      string(token)
    case .true, .false:
      out.tag(4, .varint)
      out.varint(token.kind == .true ? 1 : 0)
    case .object:
      out.tag(5, .lengthDelimited)
      let mark = out.mark
      structure(index)
      out.closeLengthDelimited(from: mark)
    case .array:
      out.tag(6, .lengthDelimited)
      let mark = out.mark
      freeList(index)
      out.closeLengthDelimited(from: mark)
    }
  }

  /// The fields of a ListValue.
  mutating func freeList(_ index: Int) {
    let token = document[index]
    guard token.kind == .array else { return report("must be an array") }
    var element = index + 1
    var position = 0
    while element < token.next {
      let current = element
      at(.index(position)) {
        $0.out.tag(1, .lengthDelimited)
        let mark = $0.out.mark
        $0.freeValue(current)
        $0.out.closeLengthDelimited(from: mark)
      }
      element = document[element].next
      position += 1
    }
  }

  /// A Struct field out of members that stand beside it, and of its own where it was given (which comes first then).
  mutating func fold(_ memberIndices: [Int], into field: FieldSchema) {
    out.tag(field.number, .lengthDelimited)
    let mark = out.mark
    var keys: Set<[UInt8]> = []
    for member in memberIndices {
      if document.equals(document[member], field.key) {
        let value = member + 1
        switch document[value].kind {
        case .null: break
        case .object: at(.field(field.name)) { $0.members(of: value, &keys) }
        default: at(.field(field.name)) { $0.report("must be an object") }
        }
      } else {
        entry(member, &keys)
      }
    }
    out.closeLengthDelimited(from: mark)
  }
}
