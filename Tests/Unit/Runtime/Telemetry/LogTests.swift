import Dispatch
import Logging
import RuntimeSystem
import RuntimeTelemetry
import Synchronization
import Testing

/// Keeps what is written, and can hold the writer back.
private final class HeldSink: LogSink {
  private let state = Mutex("")
  private let gate: DispatchSemaphore?
  let entered = DispatchSemaphore(value: 0)

  init(held: Bool = false) { gate = held ? DispatchSemaphore(value: 0) : nil }

  var text: String { state.withLock { $0 } }
  func release() { gate?.signal() }

  func write(_ records: [UInt8]) {
    entered.signal()
    gate?.wait()
    gate?.signal()
    state.withLock { $0 += String(decoding: records, as: UTF8.self) }
  }
}

private struct BrokenSink: LogSink {
  func write(_ records: [UInt8]) throws { throw SystemErrorStandIn() }
  struct SystemErrorStandIn: Error {}
}

private let noon = WallTime(nanoseconds: 1_795_262_467_123_456_789)

private func logger(
  to writer: LogWriter, format: LogFormat, colours: Bool = false, level: Logger.Level = .info,
  provider: Logger.MetadataProvider? = nil
) -> Logger {
  var handler = RuntimeLogHandler(
    service: "state-sync", format: format, colours: colours, level: level, writer: writer, metadataProvider: provider,
    now: { noon })
  handler.logLevel = level
  let made = handler
  return Logger(label: "test") { _ in made }
}

@Suite struct Logs {
  private let sink = HeldSink()
  private var writer: LogWriter {
    LogWriter(sink: sink, dropReport: RuntimeLogHandler.dropReport(service: "state-sync", format: .text))
  }

  @Test func aTextRecordIsOneLineWithSortedFacts() {
    let writer = writer
    logger(to: writer, format: .text).info(
      "accepted a sample", metadata: .of([.requestID: "r-1", .count: "3", .error: "a b", .peer: ""]))
    #expect(writer.flush(within: .seconds(10)))
    #expect(
      sink.text
        == "2026-11-21T12:01:07.123Z INFO  state-sync: accepted a sample count=3 error=\"a b\" peer=\"\" request_id=r-1\n"
    )
  }

  @Test func aRecordCannotForgeAnotherLine() {
    let writer = writer
    let log = logger(to: writer, format: .text)
    log.warning("one\ntwo\u{1B}[2J", metadata: .of([.value: "x\ny=\"z\""]))
    #expect(writer.flush(within: .seconds(10)))
    #expect(sink.text.hasSuffix(#"WARN  state-sync: one\ntwo\x1b[2J value="x\ny=\"z\"""# + "\n"))
    #expect(sink.text.split(separator: "\n").count == 1)
  }

  @Test func aJsonRecordIsOneObjectPerLine() {
    let writer = writer
    logger(to: writer, format: .json).error(
      "failed \"here\"\n", metadata: .of([.traceID: "ab", LogKey("level"): "own", .value: "\u{1}"]))
    #expect(writer.flush(within: .seconds(10)))
    #expect(
      sink.text == #"{"time":"2026-11-21T12:01:07.123Z","level":"error","service":"state-sync","#
        + #""message":"failed \"here\"\n","_level":"own","trace_id":"ab","value":"\u0001"}"# + "\n")
  }

  @Test func theLevelDecidesAndColoursAreOnlyForTerminals() {
    let writer = writer
    let log = logger(to: writer, format: .text, colours: true, level: .warning)
    log.info("not this")
    log.error("this")
    #expect(writer.flush(within: .seconds(10)))
    #expect(!sink.text.contains("not this"))
    #expect(sink.text.contains("\u{1B}[31mERROR\u{1B}[0m state-sync: this"))
  }

  @Test func theNearestFactWins() {
    let writer = writer
    let provider = Logger.MetadataProvider { ["request_id": "task", "trace_id": "task", "peer": "task"] }
    let log = logger(to: writer, format: .text, provider: provider).with([.traceID: "logger", .peer: "logger"])
    log.info("m", metadata: .of([.peer: "record"]))
    #expect(writer.flush(within: .seconds(10)))
    #expect(sink.text.hasSuffix("m peer=record request_id=task trace_id=logger\n"))
  }

  @Test func aSlowOutputDropsRecordsCountsThemAndSaysSo() {
    let slow = HeldSink(held: true)
    let writer = LogWriter(sink: slow, maximumQueuedBytes: 30) { Array("dropped \($0)\n".utf8) }
    writer.enqueue(Array("first\n".utf8))
    // From here on the sink holds the writer, so everything else waits in the queue of 30 bytes.
    slow.entered.wait()
    for _ in 0..<5 { writer.enqueue(Array("0123456789abc\n".utf8)) }
    #expect(writer.droppedTotal == 3)
    #expect(writer.flush(within: .zero) == false)
    slow.release()
    #expect(writer.flush(within: .seconds(10)))
    #expect(slow.text == "first\n0123456789abc\n0123456789abc\ndropped 3\n")
    writer.enqueue(Array("last\n".utf8))
    #expect(writer.flush(within: .seconds(10)))
    #expect(slow.text.hasSuffix("dropped 3\nlast\n"))
  }

  @Test func aBrokenOutputIsCountedAndEndsNothing() {
    let writer = LogWriter(sink: BrokenSink()) { _ in [] }
    writer.enqueue(Array("one\n".utf8))
    #expect(writer.flush(within: .seconds(10)))
    #expect(writer.droppedTotal == 1)
  }

  @Test func aVeryLongValueIsCut() {
    let writer = writer
    logger(to: writer, format: .json).info("\(String(repeating: "x", count: 100_000))")
    #expect(writer.flush(within: .seconds(10)))
    #expect(sink.text.utf8.count < 17_000)
  }
}

@Suite struct WallTimes {
  @Test(arguments: [
    (Int64(0), "1970-01-01T00:00:00.000Z"), (-1_000_000, "1969-12-31T23:59:59.999Z"),
    (951_782_399_999_000_000, "2000-02-28T23:59:59.999Z"), (951_868_799_000_000_000, "2000-02-29T23:59:59.000Z"),
    (4_107_542_400_000_000_000, "2100-03-01T00:00:00.000Z"),
  ]) func areWrittenInUTC(nanoseconds: Int64, text: String) {
    #expect(WallTime(nanoseconds: nanoseconds).rfc3339 == text)
  }
}

@Suite struct ProcessUsages {
  @Test func aNameWithBlanksAndParenthesesIsSkipped() throws {
    let line = "7 (a) b (c) S 1 7 7 0 -1 4194560 1 0 0 0 150 50 0 0 20 0 9 0 200 4096000 25 18446744073709551615"
    let usage = try #require(
      ProcessUsage(stat: line, ticksPerSecond: 100, pageBytes: 4096, bootTimeSeconds: 1000, openDescriptors: 3))
    #expect(usage.cpuSeconds == 2)
    #expect(usage.threads == 9)
    #expect(usage.startTimeSeconds == 1002)
    #expect(usage.virtualBytes == 4_096_000)
    #expect(usage.residentBytes == 102_400)
  }

  @Test func otherTextIsRefused() {
    #expect(
      ProcessUsage(stat: "nonsense", ticksPerSecond: 100, pageBytes: 1, bootTimeSeconds: 0, openDescriptors: nil) == nil
    )
  }
}
