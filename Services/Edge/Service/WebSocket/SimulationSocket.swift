import Hummingbird
import NIOCore
import ProtoJSON
import RPCCore
import TwinProto

/// `WS /ws/simulation?id=`: the progress of one simulation to its end, or of all that run.
struct SimulationSocket: Sendable {
  private let simulations: SimulationServiceClient
  private let changes: ChangeSimulationServiceClient
  private let progress: ProtoJSONTranscoder

  init(scenarioRunner: any RPCChannel, schema: ProtoJSONSchema) throws {
    simulations = SimulationServiceClient(scenarioRunner)
    changes = ChangeSimulationServiceClient(scenarioRunner)
    progress = try schema.transcoder(for: SimulationProgress.messageName)
  }

  var route: WebSocketRoute {
    WebSocketRoute(path: "/ws/simulation") { request in
      let id = try Self.id(request)
      if let id { try await checkExists(id) }
      return { connection in
        try await simulations.watchSimulations(WatchSimulationsRequest(id: id ?? "")) { updates in
          for try await update in updates {
            try await connection.send(OutgoingMessage(subject: update.id, text: try text(update)))
          }
        }
      }
    }
  }

  /// nil for all.
  private static func id(_ request: Request) throws -> String? {
    var id: String?
    for (name, value) in request.uri.queryParameters {
      guard name == "id" else { throw Problem.invalid(String(name), "isn't a parameter of this call") }
      guard id == nil else { throw Problem.invalid("id", "given more than once") }
      guard !value.isEmpty, value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
        throw Problem.invalid("id", "must be the id of a simulation, without control characters")
      }
      id = String(value)
    }
    return id
  }

  /// A watch of what doesn't exist would end only after the upgrade.
  private func checkExists(_ id: String) async throws {
    if id.hasPrefix("change-") {
      _ = try await changes.channel.unary(
        ChangeSimulationServiceMethods.getChangeSimulation, GetChangeSimulationRequest(id: id),
        response: EncodedMessage.self)
    } else {
      _ = try await simulations.getSimulation(GetSimulationRequest(id: id))
    }
  }

  /// With every member of the contract: what isn't predicted yet is `{}`, and nobody's confidence in it null.
  private func text(_ update: SimulationProgress) throws -> ByteBuffer {
    var update = update
    update.metrics = update.metrics ?? ProtoStruct()
    var message = ByteBuffer()
    try update.serialize(into: &message)
    var text = ByteBuffer(bytes: try progress.decode(protobuf: Array(message.readableBytesView)))
    text.moveWriterIndex(to: text.writerIndex - 1)
    if update.prediction == nil { text.writeStaticString(",\"prediction\":{}") }
    if update.confidence == nil { text.writeStaticString(",\"confidence\":null") }
    text.writeStaticString("}")
    return text
  }
}
