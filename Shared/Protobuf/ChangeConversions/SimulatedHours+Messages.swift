public import SimulationInfrastructure
import SimulationInput
import TwinConversions
public import TwinProto

extension TwinProto.SimulatedHours {
  public init(_ hours: SimulationInfrastructure.SimulatedHours) {
    self.init(
      loadScenario: hours.scenario, parameters: ProtoStruct(hours.parameters),
      loadSource: hours.source.map { LoadSource($0) } ?? .unspecified, statement: hours.statement,
      metric: hours.metric, windowStart: hours.recordedFrom.map(Self.timestamp),
      windowEnd: hours.recordedTo.map(Self.timestamp), points: UInt32(clamping: hours.points),
      filledPoints: UInt32(clamping: hours.filledPoints), stepS: hours.pointSeconds, method: hours.forecastMethod,
      heldOutError: hours.heldOutError, naiveError: hours.naiveError, coverage: hours.coverage,
      peakRatePerS: hours.peakRate, upperPeakRatePerS: hours.upperPeakRate,
      windows: hours.windows.map { HoursWindow(fromS: $0.from, toS: $0.to, method: HoursMethod($0.method)) },
      windowsLeftOut: UInt32(clamping: hours.windowsLeftOut), analyticS: hours.analyticSeconds,
      fluidS: hours.fluidSeconds, discreteEventS: hours.discreteEventSeconds, heldS: hours.heldSeconds,
      events: UInt64(clamping: hours.events), seed: hours.seed, notSimulated: hours.notSimulated)
  }

  /// Steps begin at whole seconds.
  private static func timestamp(_ seconds: Double) -> ProtoTimestamp {
    ProtoTimestamp(seconds: Int64(max(-9e15, min(9e15, seconds.rounded()))))
  }
}

extension SimulationInfrastructure.SimulatedHours {
  public init(_ message: TwinProto.SimulatedHours) {
    self.init()
    scenario = message.loadScenario
    parameters = message.parameters.map(ChangeFindings.members) ?? []
    source = Source(message.loadSource)
    statement = message.statement
    metric = message.metric
    recordedFrom = message.windowStart.map { Double($0.seconds) }
    recordedTo = message.windowEnd.map { Double($0.seconds) }
    points = Int(message.points)
    filledPoints = Int(message.filledPoints)
    pointSeconds = message.stepS
    forecastMethod = message.method
    heldOutError = message.heldOutError
    naiveError = message.naiveError
    coverage = message.coverage
    peakRate = message.peakRatePerS
    upperPeakRate = message.upperPeakRatePerS
    windows = message.windows.compactMap { window in
      Method(window.method).map { Window(from: window.fromS, to: window.toS, method: $0) }
    }
    windowsLeftOut = Int(message.windowsLeftOut)
    analyticSeconds = message.analyticS
    fluidSeconds = message.fluidS
    discreteEventSeconds = message.discreteEventS
    heldSeconds = message.heldS
    events = Int(clamping: message.events)
    seed = message.seed
    notSimulated = message.notSimulated
  }
}

extension LoadSource {
  init(_ source: SimulationInfrastructure.SimulatedHours.Source) {
    switch source {
    case .recorded: self = .recorded
    case .forecast: self = .forecast
    case .assumed: self = .assumed
    case .peak: self = .peak
    }
  }
}

extension SimulationInfrastructure.SimulatedHours.Source {
  /// nil for a source that nobody said, or that this version doesn't know.
  init?(_ source: LoadSource) {
    switch source {
    case .recorded: self = .recorded
    case .forecast: self = .forecast
    case .assumed: self = .assumed
    case .peak: self = .peak
    case .unspecified, .unrecognized: return nil
    }
  }
}

extension HoursMethod {
  init(_ method: SimulationInfrastructure.SimulatedHours.Method) {
    switch method {
    case .analytic: self = .analytic
    case .fluid: self = .fluid
    case .discreteEvent: self = .discreteEvent
    case .held: self = .held
    }
  }
}

extension SimulationInfrastructure.SimulatedHours.Method {
  init?(_ method: HoursMethod) {
    switch method {
    case .analytic: self = .analytic
    case .fluid: self = .fluid
    case .discreteEvent: self = .discreteEvent
    case .held: self = .held
    case .unspecified, .unrecognized: return nil
    }
  }
}
