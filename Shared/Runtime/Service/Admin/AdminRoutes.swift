import RuntimeTelemetry

/// What the admin port answers, without any socket.
struct AdminRoutes: Sendable {
  struct Response: Sendable, Equatable {
    let status: Int
    let contentType: String
    let body: String
  }

  let service: String
  let health: HealthRegistry
  let metrics: MetricRegistry

  /// - Parameter target: the path, with or without a query.
  func respond(method: String, target: String) -> Response {
    let path = target.prefix { $0 != "?" }
    guard ["/metrics", "/livez", "/readyz"].contains(path) else {
      return Response(
        status: 404, contentType: Self.plain, body: "not found; there are /metrics, /livez and /readyz\n")
    }
    guard method == "GET" || method == "HEAD" else {
      return Response(status: 405, contentType: Self.plain, body: "only GET and HEAD are allowed\n")
    }
    switch path {
    case "/metrics":
      return Response(status: 200, contentType: MetricRegistry.contentType, body: metrics.prometheusText())
    case "/livez":
      // That it answers is the answer. A dependency that is away is no reason to restart the process.
      return Response(status: 200, contentType: Self.plain, body: "ok\n")
    default:
      let report = health.report
      return Response(
        status: report.isReady ? 200 : 503, contentType: "application/json", body: readiness(report))
    }
  }

  private static let plain = "text/plain; charset=utf-8"

  private func readiness(_ report: HealthReport) -> String {
    var bytes: [UInt8] = []
    func pair(_ key: String, _ value: String, comma: Bool = true) {
      JSONText.appendString(key, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      JSONText.appendString(value, to: &bytes)
      if comma { bytes.append(UInt8(ascii: ",")) }
    }
    bytes += "{".utf8
    pair("service", service)
    pair("status", report.isDraining ? "draining" : report.isReady ? "ready" : "not_ready")
    bytes += #""checks":["#.utf8
    for (index, check) in report.checks.enumerated() {
      bytes += (index == 0 ? "{" : ",{").utf8
      pair("name", check.name)
      pair("state", check.state.word)
      if !check.state.reason.isEmpty { pair("reason", check.state.reason) }
      bytes += "\"required\":\(check.isRequired)}".utf8
    }
    bytes += "]}\n".utf8
    return String(decoding: bytes, as: UTF8.self)
  }
}
