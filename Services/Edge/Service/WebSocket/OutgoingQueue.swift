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
  private var subjects = CircularBuffer<String>()
  private var texts: [String: ByteBuffer] = [:]

  init(maximum: Int) { self.maximum = maximum }

  var count: Int { subjects.count }
  var isEmpty: Bool { subjects.isEmpty }

  mutating func offer(_ message: OutgoingMessage) -> Offer {
    if texts[message.subject] != nil {
      texts[message.subject] = message.text
      return .replaced
    }
    guard subjects.count < maximum else { return .full }
    subjects.append(message.subject)
    texts[message.subject] = message.text
    return .added
  }

  mutating func next() -> ByteBuffer? {
    guard let subject = subjects.popFirst() else { return nil }
    return texts.removeValue(forKey: subject)
  }

  mutating func removeAll() {
    subjects.removeAll()
    texts.removeAll()
  }
}
