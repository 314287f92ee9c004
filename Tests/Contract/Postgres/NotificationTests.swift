import PostgresDriver
import PostgresPool
import PostgresTesting
import Testing

@Suite("LISTEN and NOTIFY")
struct NotificationTests {
  @Test("a listener hears what is sent after it started, with payload")
  func hears() async throws {
    let channel = Stage.uniqueName("channel")
    let listener = PostgresListener(try await Stage.configuration(), channels: [channel]).makeAsyncIterator()
    #expect(await listener.next() == .mayHaveMissed)
    let sender = try await Stage.connect()
    try await sender.notify(channel, payload: "one")
    try await sender.transaction { sender in
      try await sender.notify(channel, payload: "two")
      try await sender.notify(channel)
    }
    for payload in ["one", "two", ""] {
      guard case .notification(let notification) = await listener.next() else {
        Issue.record("expected '\(payload)'")
        return
      }
      #expect(notification.channel == channel)
      #expect(notification.payload == payload)
      #expect(notification.backendProcessID == sender.backendProcessID)
    }
  }

  @Test("a listener whose session is ended reconnects and says that something may be missing")
  func reconnects() async throws {
    let channel = Stage.uniqueName("channel")
    var configuration = try await Stage.configuration()
    configuration.applicationName = channel
    let listener = PostgresListener(configuration, channels: [channel]).makeAsyncIterator()
    #expect(await listener.next() == .mayHaveMissed)
    let sender = try await Stage.connect()
    let pid = try await sender.query("SELECT pid FROM pg_stat_activity WHERE application_name = \(channel)")[0]
      .decode(Int32.self)
    try await Stage.terminate(pid, by: sender)
    #expect(await listener.next() == .mayHaveMissed)
    try await sender.notify(channel, payload: "again")
    guard case .notification(let notification) = await listener.next() else {
      Issue.record("expected a notification")
      return
    }
    #expect(notification.payload == "again")
  }

  @Test("a consumer that falls behind is told so, and memory stays bounded")
  func overflow() async throws {
    let channel = Stage.uniqueName("channel")
    let listener = PostgresListener(
      try await Stage.configuration(), channels: [channel], bufferLimit: 3
    ).makeAsyncIterator()
    #expect(await listener.next() == .mayHaveMissed)
    let sender = try await Stage.connect()
    for number in 0..<50 { try await sender.notify(channel, payload: String(number)) }
    try await sender.notify(channel, payload: "last")
    var seen: [PostgresListener.Element] = []
    while true {
      guard let element = await listener.next() else { break }
      seen.append(element)
      if case .notification(let notification) = element, notification.payload == "last" { break }
      // "last" itself may have been among what was dropped.
      if element == .mayHaveMissed { try await sender.notify(channel, payload: "last") }
    }
    #expect(seen.contains(.mayHaveMissed))
    #expect(seen.count < 50)
  }

  @Test("a wait for a notification ends with its time, with cancellation and with the session")
  func waitEnds() async throws {
    let connection = try await Stage.connect()
    try await connection.listen("quiet")
    #expect(try await connection.nextNotification(timeout: .milliseconds(1)) == nil)
    let waiting = Task { try await connection.nextNotification(timeout: .seconds(600)) }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    #expect(try await connection.query("SELECT 1").count == 1)
    let other = try await Stage.connect()
    let last = Task { try await connection.nextNotification(timeout: .seconds(600)) }
    try await Stage.terminate(connection.backendProcessID, by: other)
    await #expect(throws: PostgresError.self) { try await last.value }
  }

  @Test("a cancelled consumer gets nil")
  func cancelledConsumer() async throws {
    let configuration = try await Stage.configuration()
    let consumer = Task {
      for await _ in PostgresListener(configuration, channels: ["quiet"]) {}
      return true
    }
    consumer.cancel()
    #expect(await consumer.value)
  }
}
