import InteropSuite
import NIOPosix

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `interop-client --server_host=HOST --server_port=PORT --test_case=CASE`: the test client of the gRPC project's
/// interoperability suite.
///
/// Ends with 0 when every case passed, 1 when one failed, 2 when the command line is not understood.
@main
struct InteropClient {
  static func main() async {
    do {
      let options = try SuiteClientOptions(arguments: Array(CommandLine.arguments.dropFirst()))
      let failures = try await options.run(group: MultiThreadedEventLoopGroup.singleton, log: Terminal.say)
      exit(failures.isEmpty ? 0 : 1)
    } catch {
      Terminal.fail("interop-client", error)
    }
  }
}
