import Foundation
import RPCCore
import TwinProto

/// Finds the twins of a replay's vehicles, and the sequence that each continues with.
struct ReplayVehicles: Sendable {
  /// How long one call may take.
  private static let timeout = Duration.seconds(5)

  var engine: TwinServiceClient
  var fleet: FleetServiceClient
  var patience: Patience

  private var options: CallOptions { CallOptions(timeout: Self.timeout) }

  /// - Parameter modelType: of the twins to create where there are none; nil creates none.
  func resolve(_ names: [String], creating modelType: String?) async throws -> [ReplayVehicle] {
    var twins = try await twins(of: names)
    let missing = names.filter { twins[$0] == nil }
    if let first = missing.first {
      guard let modelType else {
        throw Problem(
          description: """
            No twin stands for \(missing.joined(separator: ", ")). Create it with --create sedan, or over REST: \
            curl -X POST http://localhost:8080/api/v1/twin/vehicles -H 'Content-Type: application/json' \
            -d '{"physical_vehicle_id":"\(first)","model_type":"sedan"}'
            """)
      }
      for name in missing { twins[name] = try await create(name, modelType) }
    }
    return names.map { ReplayVehicle(twin: twins[$0] ?? "", physical: $0) }
  }

  /// The sequence after the highest one that is stored of this source; 1 where none is.
  func nextSequence(of vehicle: ReplayVehicle, source: String) async throws -> UInt64 {
    do {
      let report = try await patience.retrying {
        try await fleet.getSyncReport(GetSyncReportRequest(vehicleID: vehicle.twin), options: options)
      }
      return (report.sources.first { $0.source == source }?.lastSequence ?? 0) + 1
    } catch let error as RPCError where [.notFound, .unimplemented, .failedPrecondition].contains(error.code) {
      return 1
    }
  }

  private func twins(of names: [String]) async throws -> [String: String] {
    try await patience.retrying {
      try await engine.resolveTwins(ResolveTwinsRequest(physicalVehicleIds: names), options: options).twinIds
    }
  }

  private func create(_ name: String, _ modelType: String) async throws -> String {
    // The id makes a repeat after a lost answer give the same twin.
    let request = CreateTwinRequest(
      physicalVehicleID: name, modelType: modelType, requestID: UUID().uuidString.lowercased())
    return try await patience.retrying { try await engine.createTwin(request, options: options).id }
  }
}
