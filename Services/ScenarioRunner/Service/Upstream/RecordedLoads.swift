import FleetCore
import RPCCore
import RPCErrors
import SimulationInfrastructure
import TwinProto

/// Where simulations of changes get the load that their targets had.
protocol LoadSource: Sendable {
  /// The recorded load of a target; nil where too little of it was recorded.
  ///
  /// - Throws: why it can't be had.
  func load(of target: String, in environment: String) async throws -> RecordedLoad?
}

/// Asks state-sync, which keeps metrics for 30 days.
struct StateSyncLoadSource: LoadSource {
  /// A change waits no longer for it: without it the load is assumed, and said to be.
  static let timeout = Duration.seconds(2)
  /// Points that are read for one target: some 40 series of the two weeks that count.
  static let maximumPoints = 200_000
  /// Two days more than count, so that what is two days old gives the same as it did when it was new.
  private static let days = RecordedLoad.days + 2

  let client: EnvironmentServiceClient
  let clock: WallClock

  func load(of target: String, in environment: String) async throws -> RecordedLoad? {
    let now = clock.now()
    var request = ListMetricsRequest(
      environmentID: environment, from: now.adding(seconds: -86_400 * Double(Self.days)).timestamp,
      to: now.timestamp, metric: RecordedLoad.metric, target: target, stepS: RecordedLoad.pointStep, pageSize: 1_000)
    var series: [(labels: [String: String], points: [RecordedLoad.Point])] = []
    var count = 0
    repeat {
      let page: ListMetricsResponse
      do {
        page = try await client.listMetrics(request, options: CallOptions(timeout: Self.timeout))
      } catch let error as RPCError where error.code == .notFound {
        return nil
      } catch let error as RPCError where error.code == .unavailable || error.code == .deadlineExceeded {
        throw ServiceFault(
          .unavailable, .upstreamUnavailable, "state-sync can't be reached: \(error.message)", retryAfter: .seconds(1))
      }
      for one in page.series {
        let points = one.points.compactMap { point in
          point.time.flatMap { UTCInstant($0) }.map {
            RecordedLoad.Point(time: Double($0.microseconds) * 1e-6, value: point.value)
          }
        }
        count += points.count
        // A long series goes on on the next page.
        if let last = series.indices.last, series[last].labels == one.labels {
          series[last].points += points
        } else {
          series.append((one.labels, points))
        }
      }
      guard count <= Self.maximumPoints else {
        throw ServiceFault.invalid(
          "change_request.target", "has more than \(Self.maximumPoints) points of \(RecordedLoad.metric)")
      }
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return RecordedLoad(series: series.map(\.points))
  }
}
