public import Logging
package import RuntimeSystem

/// The suite's log handler: formats on the caller's thread, writes on another.
public struct RuntimeLogHandler: LogHandler {
  public var logLevel: Logger.Level
  public var metadata: Logger.Metadata = [:]
  public var metadataProvider: Logger.MetadataProvider?
  private let service: String
  private let format: LogFormat
  private let colours: Bool
  private let writer: LogWriter
  private let now: @Sendable () -> WallTime

  public init(
    service: String, format: LogFormat, colours: Bool, level: Logger.Level, writer: LogWriter,
    metadataProvider: Logger.MetadataProvider? = nil
  ) {
    self.init(
      service: service, format: format, colours: colours, level: level, writer: writer,
      metadataProvider: metadataProvider, now: { .now })
  }

  package init(
    service: String, format: LogFormat, colours: Bool, level: Logger.Level, writer: LogWriter,
    metadataProvider: Logger.MetadataProvider?, now: @escaping @Sendable () -> WallTime
  ) {
    self.service = service
    self.format = format
    self.colours = colours
    self.logLevel = level
    self.writer = writer
    self.metadataProvider = metadataProvider
    self.now = now
  }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    // The nearest to the call wins: record over logger over task.
    var facts = metadataProvider?.get() ?? [:]
    facts.merge(metadata) { _, nearer in nearer }
    if let error = event.error { facts[LogKey.error.name] = "\(error)" }
    if let own = event.metadata { facts.merge(own) { _, nearer in nearer } }
    let record = LogRecord(
      time: now(), level: event.level, service: service, message: "\(event.message)",
      facts: facts.map { (key: $0.key, value: "\($0.value)") }.sorted { $0.key < $1.key })
    writer.enqueue(format == .json ? record.json() : record.text(colours: colours))
  }

  /// The record that says how many others were dropped, in the same format as these.
  public static func dropReport(service: String, format: LogFormat) -> @Sendable (Int) -> [UInt8] {
    { dropped in
      let record = LogRecord(
        time: .now, level: .warning, service: service, message: "log records were dropped: the output is too slow",
        facts: [(key: LogKey.count.name, value: String(dropped))])
      return format == .json ? record.json() : record.text(colours: false)
    }
  }
}
