public import Logging
public import RuntimeTelemetry
import Synchronization

/// Keeps what is logged.
public final class MemorySink: LogSink {
  private let state = Mutex("")
  private let writer = Mutex<LogWriter?>(nil)

  public init() {}

  /// Everything written until now.
  public var text: String {
    _ = writer.withLock { $0 }?.flush(within: .seconds(10))
    return state.withLock { $0 }
  }

  public func write(_ records: [UInt8]) { state.withLock { $0 += String(decoding: records, as: UTF8.self) } }

  /// A logger of a service called `echo` that writes here.
  public func logger(_ level: Logger.Level, provider: Logger.MetadataProvider? = nil) -> Logger {
    let made = LogWriter(sink: self, dropReport: RuntimeLogHandler.dropReport(service: "echo", format: .text))
    writer.withLock { $0 = made }
    let handler = RuntimeLogHandler(
      service: "echo", format: .text, colours: false, level: level, writer: made, metadataProvider: provider)
    return Logger(label: "test") { _ in handler }
  }
}
