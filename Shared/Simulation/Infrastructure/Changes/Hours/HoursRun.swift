import SimulationQueueing

/// What a run of simulated hours showed.
struct HoursRun: Sendable {
  let result: PipelineResult
  /// Highest share of the capacity that the load asks for; above 1 it is more than can be done.
  private(set) var peakOffered = 0.0
  /// Requests per second.
  private(set) var peakRate = 0.0
  /// Seconds in which the load asks for more than the capacity.
  private(set) var overloadedSeconds = 0.0
  /// Seconds in which all servers are busy, that of an overload and that of working off what it left.
  private(set) var saturatedSeconds = 0.0
  /// When that begins, s.
  private(set) var saturatesAt: Double?
  /// Highest 99th percentile of a step, s; nil where nothing was answered.
  private(set) var peakP99: Double?
  /// Most attempts per request.
  private(set) var peakAttempts = 0.0

  /// All servers busy, but for rounding.
  private static let busy = 0.999

  init(_ result: PipelineResult) {
    self.result = result
    for index in 0..<result.count {
      let step = result[index]
      let offered = step.offered.max() ?? 0
      peakOffered = max(peakOffered, offered)
      peakRate = max(peakRate, step.arrivalRate)
      peakAttempts = max(peakAttempts, step.attempts)
      if step.p99.isFinite, step.p99 > 0 { peakP99 = max(peakP99 ?? 0, step.p99) }
      if offered >= 1 { overloadedSeconds += result.stepSeconds }
      if offered >= 1 || step.utilisation.max() ?? 0 >= Self.busy {
        saturatedSeconds += result.stepSeconds
        if saturatesAt == nil { saturatesAt = step.time }
      }
    }
  }

  /// Tells how the time was computed.
  func tell(_ told: inout SimulatedHours) {
    var windows: [SimulatedHours.Window] = []
    for index in 0..<result.count {
      let step = result[index]
      let method: SimulatedHours.Method =
        switch step.method {
        case .analytic: .analytic
        case .fluid: .fluid
        case .discreteEvent: .discreteEvent
        case .held: .held
        }
      let end = step.time + result.stepSeconds
      switch method {
      case .analytic: told.analyticSeconds += result.stepSeconds
      case .fluid: told.fluidSeconds += result.stepSeconds
      case .discreteEvent: told.discreteEventSeconds += result.stepSeconds
      case .held: told.heldSeconds += result.stepSeconds
      }
      if let last = windows.indices.last, windows[last].method == method {
        windows[last].to = end
      } else {
        windows.append(.init(from: step.time, to: end, method: method))
      }
    }
    told.windows = Array(windows.prefix(SimulatedHours.maxWindows))
    told.windowsLeftOut = windows.count - told.windows.count
    told.events = result.events
  }
}
