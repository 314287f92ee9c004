import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// What failures are predicted from: an environment's state and metrics.
protocol EnvironmentMirror: Sendable {
  /// - Throws: `ServiceFault`, such as `ENVIRONMENT_NOT_FOUND`.
  func environment(_ id: String) async throws -> Environment
  /// The newest state of its targets, of one when it is named; none when that isn't known.
  func targets(of id: String, named target: String) async throws -> [Target]
  /// Means over steps of a length, each series whole.
  func series(_ request: ListMetricsRequest) async throws -> [MetricSeries]
}

/// state-sync over gRPC.
struct RemoteEnvironmentMirror: EnvironmentMirror {
  static let timeout = Duration.seconds(30)
  /// Points that are read for one question: some 400 series of 30 days in hours, which take 5 s to look at.
  static let maximumPoints = 300_000

  private let client: EnvironmentServiceClient

  init(_ channel: any RPCChannel) { client = EnvironmentServiceClient(channel) }

  func environment(_ id: String) async throws -> Environment {
    try await ask { try await client.getEnvironment(GetEnvironmentRequest(id: id), options: $0) }
  }

  func targets(of id: String, named target: String) async throws -> [Target] {
    guard target.isEmpty else {
      do {
        let request = GetTargetRequest(environmentID: id, name: target)
        return [try await ask { try await client.getTarget(request, options: $0) }]
      } catch let error as RPCError where error.code == .notFound {
        return []
      }
    }
    var request = ListTargetsRequest(environmentID: id, pageSize: 1_000)
    var all: [Target] = []
    repeat {
      let page = try await ask { [request] in try await client.listTargets(request, options: $0) }
      all += page.targets
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return all
  }

  func series(_ request: ListMetricsRequest) async throws -> [MetricSeries] {
    var request = request
    request.pageSize = 1_000
    var all: [MetricSeries] = []
    var points = 0
    repeat {
      let page = try await ask { [request] in try await client.listMetrics(request, options: $0) }
      for series in page.series {
        points += series.points.count
        // A long series goes on on the next page.
        if let last = all.last, last.target == series.target, last.metric == series.metric,
          last.labels == series.labels
        {
          all[all.count - 1].points += series.points
        } else {
          all.append(series)
        }
      }
      guard points <= Self.maximumPoints else {
        throw ServiceFault.invalid(
          "target_system", "the environment has more than \(Self.maximumPoints) points to look at; name one target")
      }
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return all
  }

  private func ask<Answer>(_ question: (CallOptions) async throws -> Answer) async throws -> Answer {
    do {
      return try await question(CallOptions(timeout: Self.timeout))
    } catch let error as RPCError where ServiceFault(error) != nil || error.code == .notFound {
      throw error
    } catch let error as RPCError where error.code != .cancelled {
      throw ServiceFault(
        .unavailable, .upstreamUnavailable, "state-sync can't be asked now: \(error.message)",
        retryAfter: StoreUnavailable.retryAfter)
    }
  }
}
