public import PostgresDriver
import Synchronization

/// Notifications on some channels, for as long as somebody iterates, across reconnects.
///
///     for await event in PostgresListener(database, channels: ["jobs"]) {
///       await lookForWork()  // whatever the event: a notification is a hint, the table is the truth
///     }
///
/// Uses a connection of its own. What cannot be told reliably is said honestly: `.mayHaveMissed` comes first, after each
/// reconnect, and in place of notifications that found the buffer full.
public struct PostgresListener: AsyncSequence, Sendable {
  public enum Element: Sendable, Hashable {
    case notification(PostgresNotification)
    /// Listening from now on; notifications sent before may be missing, so look at the tables.
    case mayHaveMissed
  }

  private let configuration: PostgresConfiguration
  private let channels: [String]
  private let bufferLimit: Int

  /// The pauses between attempts to reconnect: from the first to the last, doubling, half to all of each.
  private static let backoffBase = Duration.milliseconds(50)
  private static let backoffMaximum = Duration.seconds(5)
  /// How long one wait lasts; afterwards the connection is tried, because a dead peer sends nothing.
  private static let checkInterval = Duration.seconds(15)

  /// - Parameter bufferLimit: notifications kept for a slow consumer, at least 1.
  public init(_ configuration: PostgresConfiguration, channels: [String], bufferLimit: Int = 256) {
    precondition(bufferLimit >= 1, "the buffer holds at least one notification")
    self.configuration = configuration
    self.channels = channels
    self.bufferLimit = bufferLimit
  }

  /// Ends listening when it is released.
  public final class AsyncIterator: AsyncIteratorProtocol {
    private let buffer: Buffer
    private let task: Task<Void, Never>

    fileprivate init(buffer: Buffer, task: Task<Void, Never>) {
      self.buffer = buffer
      self.task = task
    }

    deinit { task.cancel() }

    /// Nil once the calling task is cancelled.
    public func next() async -> Element? { await buffer.next() }
  }

  public func makeAsyncIterator() -> AsyncIterator {
    let buffer = Buffer(limit: bufferLimit)
    return AsyncIterator(buffer: buffer, task: Task { await listen(into: buffer) })
  }

  private func listen(into buffer: Buffer) async {
    var failures = 0
    while !Task.isCancelled {
      do {
        let connection = try await PostgresConnection.connect(configuration)
        do {
          for channel in channels { try await connection.listen(channel) }
          failures = 0
          buffer.put(.mayHaveMissed)
          while true {
            if let notification = try await connection.nextNotification(timeout: Self.checkInterval) {
              buffer.put(.notification(notification))
            } else {
              try await connection.executeScript("")
            }
          }
        } catch {
          await connection.close()
          throw error
        }
      } catch {
        failures += 1
        let full = Swift.min(Self.backoffBase * (1 << Swift.min(failures - 1, 10)), Self.backoffMaximum)
        try? await Task.sleep(for: full * Double.random(in: 0.5...1))
      }
    }
  }

  /// Holds what the consumer has not seen yet. Overflow turns everything in it into one `.mayHaveMissed`.
  fileprivate final class Buffer: Sendable {
    private struct State {
      var elements: [Element] = []
      var consumer: CheckedContinuation<Element?, Never>?
    }
    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) { self.limit = limit }

    func put(_ element: Element) {
      let consumer = state.withLock { state -> CheckedContinuation<Element?, Never>? in
        if let consumer = state.consumer {
          state.consumer = nil
          return consumer
        }
        if element == .mayHaveMissed || state.elements.count >= limit {
          state.elements = [.mayHaveMissed]
        } else {
          state.elements.append(element)
        }
        return nil
      }
      consumer?.resume(returning: element)
    }

    func next() async -> Element? {
      await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          let (element, isDone) = state.withLock { state -> (Element?, Bool) in
            precondition(state.consumer == nil, "one task at a time iterates over notifications")
            if !state.elements.isEmpty { return (state.elements.removeFirst(), true) }
            if Task.isCancelled { return (nil, true) }
            state.consumer = continuation
            return (nil, false)
          }
          if isDone { continuation.resume(returning: element) } else if Task.isCancelled { cancelConsumer() }
        }
      } onCancel: {
        cancelConsumer()
      }
    }

    private func cancelConsumer() {
      let consumer = state.withLock { state in
        defer { state.consumer = nil }
        return state.consumer
      }
      consumer?.resume(returning: nil)
    }
  }
}
