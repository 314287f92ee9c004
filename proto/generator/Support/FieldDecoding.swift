internal import CProtobufC
internal import ProtobufCodec

extension MessageCodec {
  /// - Parameter field: the full name, for the error.
  @inline(__always)
  static func string(_ bytes: ProtobufCBinaryData, _ field: StaticString) throws(DecodingFault) -> String {
    guard bytes.len > 0 else { return "" }
    guard let text = text(UnsafeBufferPointer(start: bytes.data, count: bytes.len)) else {
      throw DecodingFault.notUTF8(field)
    }
    return text
  }

  @inline(__always)
  static func bytes(_ bytes: ProtobufCBinaryData) -> [UInt8] {
    bytes.len > 0 ? Array(UnsafeBufferPointer(start: bytes.data, count: bytes.len)) : []
  }

  /// The elements of a repeated field whose C and Swift types are the same.
  @inline(__always)
  static func array<Element>(_ elements: UnsafeMutablePointer<Element>?, _ count: Int) -> [Element] {
    count > 0 ? Array(UnsafeBufferPointer(start: elements, count: count)) : []
  }

  @inline(__always)
  static func array<CElement, Element>(
    _ elements: UnsafeMutablePointer<CElement>?, _ count: Int,
    _ convert: (CElement) throws(DecodingFault) -> Element
  ) throws(DecodingFault) -> [Element] {
    guard count > 0, let elements else { return [] }
    var fault: DecodingFault?
    let array = [Element](unsafeUninitializedCapacity: count) { room, initialized in
      guard let start = room.baseAddress else { return }
      do throws(DecodingFault) {
        while initialized < count {
          (start + initialized).initialize(to: try convert(elements[initialized]))
          initialized += 1
        }
      } catch {
        fault = error
      }
    }
    if let fault { throw fault }
    return array
  }

  @inline(__always)
  static func message<Message: CMessage>(
    _ c: UnsafePointer<Message.CStruct>, _: Message.Type
  ) throws(DecodingFault) -> Message {
    var fault = DecodingFault.tooLarge
    let message = withUnsafeTemporaryAllocation(of: Message.self, capacity: 1) { room -> Message? in
      guard let room = room.baseAddress else { return nil }
      do throws(DecodingFault) {
        try Message.copy(c, to: room)
        return room.move()
      } catch {
        fault = error
        return nil
      }
    }
    guard let message else { throw fault }
    return message
  }

  @inline(__always)
  static func message<Message: CMessage>(
    _ c: UnsafeMutablePointer<Message.CStruct>?, _: Message.Type
  ) throws(DecodingFault) -> Message? {
    guard let c else { return nil }
    return try message(UnsafePointer(c), Message.self)
  }

  @inline(__always)
  static func messages<Message: CMessage>(
    _ elements: UnsafeMutablePointer<UnsafeMutablePointer<Message.CStruct>?>?, _ count: Int, _: Message.Type
  ) throws(DecodingFault) -> [Message] {
    guard count > 0, let elements else { return [] }
    var fault: DecodingFault?
    let messages = [Message](unsafeUninitializedCapacity: count) { room, initialized in
      guard let start = room.baseAddress else { return }
      do throws(DecodingFault) {
        while initialized < count {
          guard let element = elements[initialized] else {
            preconditionFailure("no element of a repeated field is left unset")
          }
          try Message.copy(UnsafePointer(element), to: start + initialized)
          initialized += 1
        }
      } catch {
        fault = error
      }
    }
    if let fault { throw fault }
    return messages
  }

  /// The entries of a map; of several with one key the last holds.
  @inline(__always)
  static func map<CEntry, Key: Hashable, Value>(
    _ entries: UnsafeMutablePointer<UnsafeMutablePointer<CEntry>?>?, _ count: Int,
    _ convert: (CEntry) throws(DecodingFault) -> (Key, Value)
  ) throws(DecodingFault) -> [Key: Value] {
    guard count > 0, let entries else { return [:] }
    var map = [Key: Value](minimumCapacity: count)
    for index in 0..<count {
      guard let entry = entries[index] else { preconditionFailure("no element of a repeated field is left unset") }
      let (key, value) = try convert(entry.pointee)
      map[key] = value
    }
    return map
  }
}

extension UnsafeMutablePointer {
  /// Initialises one stored property of memory that is not initialised yet.
  ///
  /// An initializer of a struct would do, but the compiler builds a large struct elsewhere first, then copies it with
  /// all its references and destroys the original.
  @inline(__always)
  func put<Value>(_ property: KeyPath<Pointee, Value>, _ value: consuming Value) {
    guard let offset = MemoryLayout<Pointee>.offset(of: property) else {
      preconditionFailure("only stored properties are put")
    }
    (UnsafeMutableRawPointer(self) + offset).initializeMemory(as: Value.self, to: value)
  }
}
