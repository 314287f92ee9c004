import Foundation
import Hummingbird
import Logging
import NIOCore
import RPCCore
public import RuntimeConfiguration
public import ServiceRuntime

/// The edge: REST for people and programs, by RPC to the services that own what is asked for.
public struct EdgeAssembly: ServiceAssembly {
  public static let identity = ServiceIdentity.edge

  private static let host = Setting.text(
    "http.host", default: "127.0.0.1", allowed: "address", "Where REST is served. 0.0.0.0 for all interfaces.")
  private static let fleetPort = Setting.port(
    "http.fleet-port", default: 8080, "A port of REST. 0 for any free one, which is then announced.")
  private static let infrastructurePort = Setting.port(
    "http.infrastructure-port", default: 8090,
    "Another port of REST, with the same calls. 0 for any free one, which is then announced.")

  private static let idleTimeout = Setting.duration(
    "http.idle-timeout", default: .seconds(60), in: .seconds(1)...(.seconds(3_600)),
    "A connection is closed when it sends no whole header, or no more of a body, for this long.")
  private static let maxConnections = Setting.integer(
    "http.max-connections", default: 4_096, in: 1...1_000_000, unit: "connections",
    "Open connections of one port; further ones wait until one is closed.")

  private static let maxSockets = Setting.integer(
    "http.max-websockets", default: 256, in: 0...100_000, unit: "WebSockets",
    "Open WebSockets of both ports together; further ones are refused.")
  private static let socketStall = Setting.duration(
    "http.websocket-stall", default: .seconds(30), in: .seconds(1)...(.seconds(3_600)),
    "A WebSocket whose client doesn't read what is sent to it for this long is closed.")
  private static let socketOrigins = Setting.text(
    "http.websocket-origins", allowed: "origins joined by commas, or *",
    "Web pages that may open WebSockets beside the edge's own, such as https://ops.example.com.")

  public static var settings: [SettingScope] {
    [
      SettingScope("REST", [host, fleetPort, infrastructurePort, idleTimeout, maxConnections]),
      SettingScope("WebSockets", [maxSockets, socketStall, socketOrigins]),
      AdmissionListener.settings,
    ]
  }

  public static var peers: [PeerNeed] {
    [
      .optional(.stateSync), .optional(.twinEngine), .optional(.scenarioRunner), .optional(.prediction),
      .optional(.results),
    ]
  }

  public let backgroundServices: [BackgroundService]

  public init(_ context: ServiceContext) async throws {
    var limits = WebSocketLimits()
    limits.maxSockets = context.configuration[Self.maxSockets]
    limits.stall = TimeAmount(context.configuration[Self.socketStall])
    limits.origins = Set(
      context.configuration[Self.socketOrigins].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
    let responder = try EdgeRouter.make(
      channel: context.peer, admissionFailsOpen: context.configuration[AdmissionListener.failsOpen],
      gateway: WebSocketGateway(limits: limits, metrics: WebSocketMetrics(context.metrics)), logger: context.logger
    ).buildResponder()
    let ports = [
      ("http", context.configuration[Self.fleetPort]),
      ("http-infrastructure", context.configuration[Self.infrastructurePort]),
    ]
    let idleTimeout = TimeAmount(context.configuration[Self.idleTimeout])
    let maxConnections = context.configuration[Self.maxConnections]
    let rest = ports.map { name, port in
      // Not ready before it can be reached.
      let health = context.health.add(name)
      health.set(.starting("not listening yet"))
      let host = context.configuration[Self.host]
      let logger = Self.quiet(context.logger)
      let application = EdgeServer.application(
        responder, host: host, port: port, idleTimeout: idleTimeout, maxConnections: maxConnections,
        eventLoops: .shared(context.eventLoops), logger: logger
      ) { bound in
        context.logger.info("serving REST", metadata: ["address": "\(host):\(bound)"])
        health.set(.ok)
        do { try context.announcement.add(name, "\(host):\(bound)") } catch {
          context.logger.warning("the address could not be announced", metadata: ["error": "\(error)"])
        }
      }
      return BackgroundService(name, application)
    }
    backgroundServices =
      try AdmissionListener.services(context, .init(idleTimeout: idleTimeout, connections: maxConnections)) + rest
  }

  /// Hummingbird says at its info level what is said above.
  private static func quiet(_ logger: Logger) -> Logger {
    var logger = logger
    logger.logLevel = max(logger.logLevel, .warning)
    return logger
  }
}
