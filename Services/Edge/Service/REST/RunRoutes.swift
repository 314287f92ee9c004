import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ProtoJSON
import RPCCore
import RPCErrors
import Synchronization
import TwinProto

/// `POST …/simulations/{id}/run`, which may wait for the outcome, and `GET …/results/{id}`.
struct RunRoutes: Sendable {
  /// The longest that a request may wait for an outcome, in seconds.
  private static let maxWait = 600.0

  let simulations: SimulationServiceClient
  let results: ResultServiceClient
  let run: Transcoding
  let simulation: ProtoJSONTranscoder
  let outcome: ProtoJSONTranscoder

  init(scenarioRunner: any RPCChannel, results: any RPCChannel, schema: ProtoJSONSchema) throws {
    simulations = SimulationServiceClient(scenarioRunner)
    self.results = ResultServiceClient(results)
    run = try Transcoding(
      Endpoint(
        .post, "/api/v1/twin/simulations/{id}/run", SimulationServiceMethods.runSimulation,
        RunSimulationRequest.self, Simulation.self, body: .init(isOptional: true)),
      channel: scenarioRunner, schema: schema)
    simulation = try schema.transcoder(for: Simulation.messageName)
    outcome = try schema.transcoder(for: RunOutcome.messageName)
  }

  // MARK: Run

  func start(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let wait = try Self.wait(request)
    let message = try await run.message(request, context, ignoring: ["wait"])
    let started = try await simulations.channel.unary(
      run.endpoint.rpc, EncodedMessage(message), response: EncodedMessage.self)
    let begun = try Simulation(serialized: started.bytes)
    guard let wait else { return try accepted(started.array) }
    var response: Response
    if try await hasEnded(begun.runID, within: wait) {
      // By the run's id: others may have begun newer runs of this simulation meanwhile.
      response = try await answer(begun.runID)
    } else {
      response = try accepted(started.array)
    }
    response.headers[.preferenceApplied] = "wait"
    return response
  }

  private func accepted(_ message: [UInt8]) throws -> Response {
    Response(
      status: .accepted, headers: [.contentType: "application/json"],
      body: .init(byteBuffer: ByteBuffer(bytes: try simulation.decode(protobuf: message))))
  }

  /// `?wait=` or `Prefer: wait=`, in seconds. Source of the header: RFC 7240 §4.3
  private static func wait(_ request: Request) throws -> Double? {
    var text: String?
    for (name, value) in request.uri.queryParameters {
      guard name == "wait" else { throw Problem.invalid(String(name), "isn't a parameter of this call") }
      text = String(value)
    }
    for preference in request.headers[values: .prefer].flatMap({ $0.split(separator: ",") }) where text == nil {
      let parts = preference.split(separator: "=").map { $0.trimmingCharacters(in: .whitespaces) }
      if parts.count == 2, parts[0].lowercased() == "wait" { text = parts[1] }
    }
    guard let text else { return nil }
    guard let seconds = Double(text), seconds >= 0, seconds <= maxWait else {
      throw Problem.invalid("wait", "must be a number of seconds from 0 to \(Int(maxWait))")
    }
    return seconds
  }

  /// Follows a run to its end; false when the time is up first.
  private func hasEnded(_ runID: String, within seconds: Double) async throws -> Bool {
    do {
      try await simulations.watchSimulations(
        WatchSimulationsRequest(id: runID), options: CallOptions(timeout: .seconds(seconds))
      ) { updates in
        for try await _ in updates {}
      }
      return true
    } catch let error as RPCError where error.code == .deadlineExceeded {
      return false
    }
  }

  // MARK: Results

  func result(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    if let name = request.uri.queryParameters.first?.key {
      throw Problem.invalid(String(name), "isn't a parameter of this call")
    }
    return try await answer(try Self.id(context))
  }

  static func id(_ context: BasicRequestContext) throws -> String {
    guard let id = context.parameters.get("id")?.removingPercentEncoding else {
      throw Problem.invalid("id", "can't be read from the path")
    }
    // PostgreSQL has no text with a NUL, and no id has any of these.
    guard !id.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
      throw Problem.invalid("id", "must not hold control characters")
    }
    return id
  }

  private func answer(_ id: String) async throws -> Response {
    do {
      let found = try await results.channel.unary(
        ResultServiceMethods.getResult, GetResultRequest(id: id), response: EncodedMessage.self)
      return Response(
        status: .ok, headers: [.contentType: "application/json"],
        body: .init(byteBuffer: ByteBuffer(bytes: try outcome.decode(protobuf: found.array))))
    } catch let error as RPCError where error.code == .notFound {
      throw await explained(error, id)
    }
  }

  /// A run that hasn't ended, or was cancelled, is something else than one that never was.
  func explained(_ error: RPCError, _ id: String) async -> any Error {
    guard ServiceFault(error)?.reason == ErrorReason.runNotFound.wireName,
      let simulation = try? await simulations.getSimulation(GetSimulationRequest(id: id))
    else { return error }
    if simulation.status == .cancelled {
      let detail = "run \(simulation.runID) of \(simulation.id) was cancelled in the queue, so it has no outcome"
      return Problem(.conflict, "RUN_CANCELLED", detail)
    }
    let detail =
      simulation.runID.isEmpty
      ? "\(simulation.id) was not run yet" : "run \(simulation.runID) of \(simulation.id) has not ended yet"
    var problem = Problem(.notFound, "RESULT_NOT_READY", detail)
    if !simulation.runID.isEmpty { problem.retryAfter = 1 }
    return problem
  }
}
