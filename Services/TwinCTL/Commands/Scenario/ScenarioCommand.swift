import ArgumentParser
import RPCCore
import RPCTransport
import SimulationInput
import TwinCTLDomain
import TwinConversions
import TwinProto

struct ScenarioCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenario", abstract: "Runs vehicle scenarios and lists the library.",
    subcommands: [ScenarioRunCommand.self, ScenarioTypesCommand.self])
}

/// How an answer is written.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case text
  case json
}

struct ScenarioTypesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "types", abstract: "Lists the scenario types with their parameters and pass criteria.")

  private static let timeout = Duration.seconds(10)

  @Option(help: "scenario-runner's address.") var runner = ServerAddress(loopbackPort: 50_053)
  @Option(help: "How to write the answer.") var output = OutputFormat.text
  @OptionGroup var tls: TLSOptions

  func run() async throws {
    do {
      let client = try runner.client(tls)
      defer { client.shutDown() }
      let service = ScenarioServiceClient(client)
      var request = ListScenarioTypesRequest()
      var answer = ListScenarioTypesResponse()
      repeat {
        let page = try await service.listScenarioTypes(request, options: CallOptions(timeout: Self.timeout))
        answer.scenarioTypes += page.scenarioTypes
        request.pageToken = page.nextPageToken
      } while !request.pageToken.isEmpty
      switch output {
      case .text: print(answer.scenarioTypes.map(ScenarioText.lines).joined(separator: [""]).joined(separator: "\n"))
      case .json: print(try MessageText.json(answer))
      }
    } catch {
      StandardError.print(ProblemText.lines(error))
      throw ProcessExit.error
    }
  }
}

struct ScenarioRunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Creates a scenario, runs it, waits for it and prints the verdict.",
    discussion: """
      Ends with 0 when the verdict is pass, 1 when it is fail, and 2 on an error: the verdict is error, a service refuses \
      or can't be reached, or the wait is over. Wrong arguments end it with 64.
      """)

  /// How long one call may take.
  private static let timeout = Duration.seconds(10)

  @Argument(help: ArgumentHelp("Type of the library, such as emergency_braking.", valueName: "type"))
  var type: String

  @Option(help: ArgumentHelp("Twin that gives the vehicle and its start, such as twin-001.", valueName: "id"))
  var vehicle: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("A parameter of the type; may be repeated.", valueName: "name=value"))
  var settings: [String] = []

  @Option(help: "Seed; the same one gives the same run.") var seed: UInt64?

  @Option(help: "Runs with different seeds, from 1 to the type's bound (see twinctl scenario types).")
  var repetitions: UInt32?

  @Option(help: "Weather by the name of a preset, such as rain.") var weather: String?

  @Option(help: ArgumentHelp("Longest wait for the run to end.", valueName: "seconds")) var wait = 60.0

  @Option(help: "scenario-runner's address.") var runner = ServerAddress(loopbackPort: 50_053)
  @Option(help: "results' address.") var results = ServerAddress(loopbackPort: 50_055)
  @Option(help: "How to write the outcome.") var output = OutputFormat.text
  @OptionGroup var tls: TLSOptions

  func validate() throws {
    guard wait > 0, wait <= 86_400 else { throw ValidationError("--wait must lie over 0 and up to 86400") }
    // The upper bound is the type's, which the service knows.
    guard repetitions != 0 else { throw ValidationError("--repetitions must be at least 1") }
    let names = try members().map(\.name)
    if let repeated = names.first(where: { name in names.filter { $0 == name }.count > 1 }) {
      throw ValidationError("--set \(repeated) appears twice")
    }
  }

  private func members() throws -> [InputValue.Member] {
    do {
      return try settings.map { (text) throws(InvalidInput) in try ParameterArgument.member(text) }
    } catch {
      throw ValidationError("--set \(error)")
    }
  }

  func run() async throws {
    let outcome: RunOutcome
    do {
      outcome = try await simulate()
      switch output {
      case .text: print(ScenarioText.lines(outcome).joined(separator: "\n"))
      case .json: print(try MessageText.json(outcome))
      }
    } catch {
      StandardError.print(ProblemText.lines(error))
      throw ProcessExit.error
    }
    switch outcome.verdict {
    case .pass: return
    case .fail: throw ProcessExit.failed
    default: throw ProcessExit.error
    }
  }

  private func simulate() async throws -> RunOutcome {
    let client = try runner.client(tls)
    defer { client.shutDown() }
    let options = CallOptions(timeout: Self.timeout)
    let scenario = try await ScenarioServiceClient(client).createScenario(
      CreateScenarioRequest(
        type: type, vehicleID: vehicle ?? "", parameters: ProtoStruct(try members()),
        weather: weather.map { ProtoValue(.string($0)) }, seed: seed), options: options)
    let simulations = SimulationServiceClient(client)
    var simulation = try await simulations.runSimulation(
      RunSimulationRequest(id: scenario.simulationID, repetitions: repetitions), options: options)
    let runID = simulation.runID
    let deadline = ContinuousClock.now + .seconds(wait)
    try await Self.poll(until: deadline, "run \(runID) hasn't ended within \(wait) s") {
      simulation = try await simulations.getSimulation(
        GetSimulationRequest(id: scenario.simulationID), options: options)
      return [.completed, .failed, .cancelled].contains(simulation.status)
    }
    guard simulation.status == .completed || simulation.verdict != .unspecified else {
      throw Problem(description: "run \(runID) ended without an outcome: \(simulation.error ?? "it was cancelled")")
    }
    return try await outcome(of: runID, until: deadline, options)
  }

  /// The runner hands an outcome over after the run, so that it may be there a little later.
  private func outcome(of run: String, until deadline: ContinuousClock.Instant, _ options: CallOptions) async throws
    -> RunOutcome
  {
    let client = try results.client(tls)
    defer { client.shutDown() }
    var outcome: RunOutcome?
    try await Self.poll(until: deadline, "the outcome of \(run) isn't in results within \(wait) s") {
      do {
        outcome = try await ResultServiceClient(client).getResult(GetResultRequest(id: run), options: options)
        return true
      } catch let error as RPCError where [.notFound, .failedPrecondition].contains(error.code) {
        return false
      }
    }
    guard let outcome else { throw Problem(description: "results gave no outcome of \(run)") }
    return outcome
  }

  /// Asks until `isDone`, at growing intervals. Services that are away for a moment are asked again.
  private static func poll(
    until deadline: ContinuousClock.Instant, _ failure: String, _ isDone: () async throws -> Bool
  ) async throws {
    var backoff = Backoff()
    backoff.initial = .milliseconds(20)
    backoff.maximum = .seconds(1)
    var attempts = 0
    while true {
      var reason = failure
      do {
        if try await isDone() { return }
      } catch  where Patience.isTransient(error) {
        reason += ": " + ProblemText.lines(error).joined(separator: "; ")
      }
      guard ContinuousClock.now < deadline else { throw Problem(description: reason) }
      try await Task.sleep(for: backoff.delay(attempt: attempts, random: 0))
      attempts += 1
    }
  }
}
