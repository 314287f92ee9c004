import FleetCore
import RPCCore
import RPCErrors
import TwinProto

/// What twin-engine needs of state-sync to calibrate.
protocol EnvironmentMetrics: Sendable {
  /// All series of an environment in a range, each one whole.
  ///
  /// - Parameter step: mean of each step in s; nil for every point.
  /// - Throws: `ServiceFault` when state-sync can't be asked, or tells of more than can be used.
  func series(of id: String, from: ProtoTimestamp?, to: ProtoTimestamp?, step: Double?) async throws -> [MetricSeries]
}

/// state-sync over gRPC.
struct RemoteEnvironmentMetrics: EnvironmentMetrics {
  static let timeout = Duration.seconds(30)
  /// Points that are read for one calibration.
  static let maximumPoints = 2_000_000

  private let client: EnvironmentServiceClient

  init(_ channel: any RPCChannel) { client = EnvironmentServiceClient(channel) }

  func series(of id: String, from: ProtoTimestamp?, to: ProtoTimestamp?, step: Double?) async throws -> [MetricSeries] {
    var request = ListMetricsRequest(environmentID: id, from: from, to: to, stepS: step, pageSize: 1_000)
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
        if let last = all.last, last.target == series.target, last.metric == series.metric,
          last.labels == series.labels
        {
          all[all.count - 1].points += series.points
        } else {
          all.append(series)
        }
      }
      guard points <= Self.maximumPoints else {
        throw ServiceFault.invalid("from", "the range has more than \(Self.maximumPoints) points; narrow it")
      }
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return all
  }
}
