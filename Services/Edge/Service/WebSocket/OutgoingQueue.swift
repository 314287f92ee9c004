import NIOCore

/// A message to a client.
struct OutgoingMessage: Sendable {
  /// What it is about: of two that wait, only the newer is sent.
  var subject: String
  /// UTF-8.
  var text: ByteBuffer
}

/// Messages that wait for a client, oldest subject first: bounded, and of each subject only the newest.
struct OutgoingQueue {
  enum Offer: Equatable {
    case added
    /// An older message of the subject will not be sent.
    case replaced
    case full
  }

  private let maximum: Int
  private let maxBytes: Int
  private var bytes = 0
  private var subjects = CircularBuffer<String>()
  private var texts: [String: ByteBuffer] = [:]

  /// - Parameters:
  ///   - maximum: messages.
  ///   - maxBytes: of all of them; one alone may be larger.
  init(maximum: Int, maxBytes: Int) {
    self.maximum = maximum
    self.maxBytes = maxBytes
  }

  var count: Int { subjects.count }
  var isEmpty: Bool { subjects.isEmpty }

  mutating func offer(_ message: OutgoingMessage) -> Offer {
    let size = message.text.readableBytes
    if let older = texts[message.subject] {
      bytes += size - older.readableBytes
      texts[message.subject] = message.text
      return .replaced
    }
    guard subjects.isEmpty || subjects.count < maximum && bytes + size <= maxBytes else { return .full }
    bytes += size
    subjects.append(message.subject)
    texts[message.subject] = message.text
    return .added
  }

  mutating func next() -> ByteBuffer? {
    guard let subject = subjects.popFirst() else { return nil }
    let text = texts.removeValue(forKey: subject)
    bytes -= text?.readableBytes ?? 0
    return text
  }

  mutating func removeAll() {
    subjects.removeAll()
    texts.removeAll()
    bytes = 0
  }
}
