import InteropSuite
import NIOPosix
import RPCTransport
import UnixSignals

/// `interop-server --port=PORT`: the test server of the gRPC project's interoperability suite.
///
/// Says `listening on HOST:PORT` once it does. SIGTERM or SIGINT drains it.
@main
struct InteropServer {
  /// How long open calls may go on after the signal.
  private static let grace = Duration.seconds(10)

  static func main() async {
    do {
      let options = try SuiteServerOptions(arguments: Array(CommandLine.arguments.dropFirst()))
      let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
      let server = try await options.start(group: MultiThreadedEventLoopGroup.singleton)
      Terminal.say("listening on \(options.host):\(server.port)")
      for await _ in signals { break }
      await server.shutdown(grace: grace)
    } catch {
      Terminal.fail("interop-server", error)
    }
  }
}
