import Hummingbird
import NIOCore
import ProtoJSON
import RPCCore
import TwinProto

/// `WS /ws/fleet?vehicle_id=&kinds=&max_rate_hz=&resume_from=`: real and virtual states and events as they come.
///
/// Every message is a `FleetUpdate`. Nothing is left out here: when a client reads slowly, its messages fill what is
/// bounded here, then the call's window, and state-sync coalesces what follows to the newest of each vehicle and kind and
/// says in `skipped` how many it left out. So a client always knows, and nobody else waits for it.
struct FleetSocket: Sendable {
  static let path = "/ws/fleet"
  private static let kinds: [(name: String, kind: FleetUpdateKind)] = [
    ("real", .real), ("virtual", .virtual), ("event", .event),
  ]

  private let fleet: FleetServiceClient
  private let update: ProtoJSONTranscoder

  init(stateSync: any RPCChannel, schema: ProtoJSONSchema) throws {
    fleet = FleetServiceClient(stateSync)
    update = try schema.transcoder(for: FleetUpdate.messageName)
  }

  var route: WebSocketRoute {
    WebSocketRoute(path: Self.path) { http in
      let request = try Self.request(http)
      try await checkIsTaken(request)
      return { connection in
        try await fleet.channel.serverStreaming(FleetServiceMethods.subscribeFleet, request) {
          (updates: ClientResponses<EncodedMessage>) in
          var count = 0
          for try await message in updates {
            let text = ByteBuffer(bytes: try update.decode(protobuf: message.array))
            // Each has a subject of its own, so that none takes the place of another without anybody being told.
            count += 1
            try await connection.send(OutgoingMessage(subject: String(count), text: text))
          }
        }
      }
    }
  }

  /// state-sync says what is wrong with a subscription when it begins; after the upgrade that would be too late for a
  /// problem document. So one is begun and left before.
  private func checkIsTaken(_ request: SubscribeFleetRequest) async throws {
    try await fleet.channel.serverStreaming(FleetServiceMethods.subscribeFleet, request) {
      (updates: ClientResponses<EncodedMessage>) in
      _ = try await updates.call.initialMetadata
    }
  }

  /// - Throws: `Problem` that names the parameter at fault.
  private static func request(_ http: Request) throws -> SubscribeFleetRequest {
    var request = SubscribeFleetRequest()
    for (name, value) in http.uri.queryParameters {
      switch name {
      case "vehicle_id":
        guard !value.isEmpty else { throw Problem.invalid("vehicle_id", "must be the id of a twin") }
        request.vehicleIds.append(String(value))
      case "kinds":
        request.kinds += try value.split(separator: ",", omittingEmptySubsequences: false).map { name in
          guard let kind = kinds.first(where: { $0.name == name })?.kind else {
            throw Problem.invalid("kinds", "must be real, virtual or event, or several joined by commas")
          }
          return kind
        }
      case "max_rate_hz":
        guard request.maxRateHz == nil else { throw Problem.invalid("max_rate_hz", "given more than once") }
        guard let rate = Double(value), rate.isFinite else {
          throw Problem.invalid("max_rate_hz", "must be a number of updates a second")
        }
        request.maxRateHz = rate
      case "resume_from":
        guard request.resumeFrom == nil else { throw Problem.invalid("resume_from", "given more than once") }
        guard let cursor = UInt64(value) else {
          throw Problem.invalid("resume_from", "must be the cursor of an update")
        }
        request.resumeFrom = cursor
      default: throw Problem.invalid(String(name), "isn't a parameter of this call")
      }
    }
    return request
  }
}
