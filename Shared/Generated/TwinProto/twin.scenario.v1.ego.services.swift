// Generated from twin/scenario/v1/ego.proto by proto/generator; `make generate` writes it anew.

public import RPCCore

/// The methods of `twin.scenario.v1.EgoService`.
public enum EgoServiceMethods {
  public static let driveEgo = MethodDescriptor(
    service: "twin.scenario.v1.EgoService", method: "DriveEgo", kind: .bidirectional, isIdempotent: false)
}

/// Lets a team test its own driving stack.
public protocol EgoServiceHandler: RPCService {
  /// Lets an external algorithm drive the ego vehicle in lock-step: an observation goes out, a control comes in, and
  /// only then time advances. A control that is late by the session's timeout ends the run with verdict error.
  func driveEgo(_ requests: RPCReader<DriveEgoRequest>, _ responses: RPCWriter<DriveEgoResponse>, _ call: ServerCall) async throws
}

extension EgoServiceHandler {
  public var methods: [RPCMethod] {
    [
      .bidirectional(EgoServiceMethods.driveEgo) { requests, responses, call in
        try await self.driveEgo(requests, responses, call)
      },
    ]
  }
}

/// Lets a team test its own driving stack.
public struct EgoServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Lets an external algorithm drive the ego vehicle in lock-step: an observation goes out, a control comes in, and
  /// only then time advances. A control that is late by the session's timeout ends the run with verdict error.
  public func driveEgo<Result: Sendable>(
    options: CallOptions = CallOptions(),
    _ body: @Sendable (ClientRequests<DriveEgoRequest>, ClientResponses<DriveEgoResponse>) async throws -> Result
  ) async throws -> Result {
    try await channel.bidirectional(EgoServiceMethods.driveEgo, options: options, body)
  }
}
