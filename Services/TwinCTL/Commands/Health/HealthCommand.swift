import ArgumentParser
import Foundation
import RPCCore
import RPCTransport
import TwinProto

struct HealthCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "health", abstract: "Asks every service whether it serves.",
    discussion: "Ends with 0 when all of them do and with 1 otherwise.")

  /// How long a service may take to answer.
  private static let timeout = Duration.seconds(5)

  @Option(help: "state-sync's address.") var stateSync = ServerAddress(loopbackPort: 50_051)
  @Option(help: "twin-engine's address.") var twinEngine = ServerAddress(loopbackPort: 50_052)
  @Option(help: "scenario-runner's address.") var scenarioRunner = ServerAddress(loopbackPort: 50_053)
  @Option(help: "prediction's address.") var prediction = ServerAddress(loopbackPort: 50_054)
  @Option(help: "results' address.") var results = ServerAddress(loopbackPort: 50_055)
  @OptionGroup var tls: TLSOptions

  func run() async throws {
    let services = [
      ("state-sync", stateSync), ("twin-engine", twinEngine), ("scenario-runner", scenarioRunner),
      ("prediction", prediction), ("results", results),
    ]
    var allServe = true
    for (name, address) in services {
      let answer = await Self.ask(address, tls)
      allServe = allServe && answer.serves
      print("\(Columns.padded(name, to: 16)) \(Columns.padded(address.target.description, to: 22)) \(answer.text)")
    }
    guard allServe else { throw ProcessExit.failed }
  }

  private static func ask(_ address: ServerAddress, _ tls: TLSOptions) async -> (serves: Bool, text: String) {
    do {
      let client = try address.client(tls)
      defer { client.shutDown() }
      let answer = try await GRPCHealthClient(client).check(
        GRPCHealthCheckRequest(service: ""), options: CallOptions(timeout: timeout))
      switch answer.status {
      case .serving: return (true, "serving")
      case .notServing: return (false, "not serving")
      default: return (false, "unknown")
      }
    } catch {
      return (false, ProblemText.lines(error).joined(separator: "; "))
    }
  }
}

/// Texts in columns.
enum Columns {
  /// `text` with blanks after it up to `width` characters.
  static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
