import SwiftProtobuf
import SwiftProtobufPluginLibrary

/// Which messages can hold one of their own type.
struct TypeGraph {
  /// All message types that can be inside of a message by way of fields that hold one, by full name. Repeated fields and
  /// maps store theirs elsewhere.
  private var reachable: [String: Set<String>] = [:]

  init(_ files: [FileDescriptor]) {
    var all: [Descriptor] = []
    func collect(_ messages: [Descriptor]) {
      for message in messages {
        all.append(message)
        collect(message.messages)
      }
    }
    for file in files { collect(file.messages) }
    var edges: [String: [String]] = [:]
    for message in all {
      let fields = message.fields.filter { $0.type == .message && !$0.isRepeated }
      edges[message.fullName] = fields.map { $0.messageType.fullName }
    }
    for message in all {
      reachable[message.fullName] = Self.closure(of: message.fullName, edges)
    }
  }

  /// The field's message can hold the message that the field is in, so that it can't be stored in place.
  func isBoxed(_ field: FieldDescriptor) -> Bool {
    guard field.type == .message, !field.isRepeated, let inner = field.messageType else { return false }
    let outer = field.containingType.fullName
    return inner.fullName == outer || reachable[inner.fullName, default: []].contains(outer)
  }

  private static func closure(of start: String, _ edges: [String: [String]]) -> Set<String> {
    var found: Set<String> = []
    var pending = edges[start] ?? []
    while let next = pending.popLast() {
      guard found.insert(next).inserted else { continue }
      pending += edges[next] ?? []
    }
    return found
  }
}
