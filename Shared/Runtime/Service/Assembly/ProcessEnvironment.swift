import Dispatch
import RuntimeSystem
package import RuntimeTelemetry
package import UnixSignals

/// What a service takes from the process that it runs in, so that a test can stand in for it.
package struct ProcessEnvironment: Sendable {
  /// Without the name of the program.
  package var arguments: [String]
  package var variables: [String: String]
  package var logSink: any LogSink
  /// Whether a person reads the log.
  package var logIsTerminal: Bool
  /// Receives what was asked for by --help and --version.
  package var print: @Sendable (String) -> Void
  /// Receives what is wrong before there is a log.
  package var complain: @Sendable (String) -> Void
  /// Ends the process at once.
  package var exit: @Sendable (Int32) -> Void
  /// The signals that ask to stop, from the moment this is called.
  package var signals: @Sendable () async -> AsyncStream<UnixSignal>

  package init(
    arguments: [String], variables: [String: String], logSink: any LogSink, logIsTerminal: Bool,
    print: @escaping @Sendable (String) -> Void, complain: @escaping @Sendable (String) -> Void,
    exit: @escaping @Sendable (Int32) -> Void, signals: @escaping @Sendable () async -> AsyncStream<UnixSignal>
  ) {
    self.arguments = arguments
    self.variables = variables
    self.logSink = logSink
    self.logIsTerminal = logIsTerminal
    self.print = print
    self.complain = complain
    self.exit = exit
    self.signals = signals
  }

  /// The real one.
  static var current: ProcessEnvironment {
    ProcessEnvironment(
      arguments: Array(CommandLine.arguments.dropFirst()), variables: CurrentProcess.environment,
      logSink: DescriptorLogSink(descriptor: CurrentProcess.standardError),
      logIsTerminal: CurrentProcess.isTerminal(CurrentProcess.standardError),
      print: { text in try? Files.write(Array(text.utf8), to: CurrentProcess.standardOutput) },
      complain: { text in try? Files.write(Array(text.utf8), to: CurrentProcess.standardError) },
      exit: { CurrentProcess.exitNow($0) },
      signals: {
        let trapped = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let (signals, continuation) = AsyncStream.makeStream(of: UnixSignal.self, bufferingPolicy: .bufferingOldest(16))
        let forward = Task { for await signal in trapped { continuation.yield(signal) } }
        continuation.onTermination = { _ in forward.cancel() }
        return signals
      })
  }
}
