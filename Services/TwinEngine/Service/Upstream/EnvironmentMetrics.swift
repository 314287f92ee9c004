import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// What twin-engine needs of state-sync to calibrate.
protocol EnvironmentMetrics: Sendable {
  /// All series of a target in a range, each one whole.
  ///
  /// - Throws: `ServiceFault` when state-sync can't be asked, or tells of more than can be used.
  func series(of target: String, in id: String, from: ProtoTimestamp?, to: ProtoTimestamp?) async throws
    -> [MetricSeries]
}

/// state-sync over gRPC.
struct RemoteEnvironmentMetrics: EnvironmentMetrics {
  static let timeout = Duration.seconds(30)
  /// Points that are read for one target.
  static let maximumPoints = 2_000_000

  private let client: EnvironmentServiceClient

  init(_ channel: any RPCChannel) { client = EnvironmentServiceClient(channel) }

  func series(of target: String, in id: String, from: ProtoTimestamp?, to: ProtoTimestamp?) async throws
    -> [MetricSeries]
  {
    var request = ListMetricsRequest(environmentID: id, from: from, to: to, target: target, pageSize: 1_000)
    var all: [MetricSeries] = []
    var points = 0
    repeat {
      let page: ListMetricsResponse
      do {
        page = try await client.listMetrics(request, options: CallOptions(timeout: Self.timeout))
      } catch let error as RPCError where ServiceFault(error) != nil {
        throw error
      } catch let error as RPCError {
        throw ServiceFault(
          .unavailable, .upstreamUnavailable, "state-sync can't be asked for metrics now: \(error)",
          retryAfter: StoreUnavailable.retryAfter)
      }
      for series in page.series {
        points += series.points.count
        // A long series goes on on the next page.
        if let last = all.last, last.metric == series.metric, last.labels == series.labels {
          all[all.count - 1].points += series.points
        } else {
          all.append(series)
        }
      }
      guard points <= Self.maximumPoints else {
        throw ServiceFault.invalid(
          "from", "the range has more than \(Self.maximumPoints) points of '\(target)'; narrow it")
      }
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return all
  }
}
