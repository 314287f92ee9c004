import RuntimeTelemetry
import Synchronization

/// How one part of a service is.
public enum HealthState: Sendable, Equatable {
  /// Not there yet.
  case starting(String)
  case ok
  /// It was there, or should be by now. The reason is for people.
  case failing(String)

  /// One word for programs.
  public var word: String {
    switch self {
    case .starting: "starting"
    case .ok: "ok"
    case .failing: "failing"
    }
  }

  /// Why it isn't ok; empty when it is.
  public var reason: String {
    switch self {
    case .starting(let reason), .failing(let reason): reason
    case .ok: ""
    }
  }
}

/// What a service says about itself at one moment.
public struct HealthReport: Sendable, Equatable {
  public struct Check: Sendable, Equatable {
    public let name: String
    public let state: HealthState
    /// Whether the service can't be ready without it.
    public let isRequired: Bool
  }

  /// From the moment a stop was asked for.
  public let isDraining: Bool
  /// In the order in which they were added.
  public let checks: [Check]

  /// Whether the service should be sent requests.
  public var isReady: Bool { !isDraining && checks.allSatisfy { !$0.isRequired || $0.state == .ok } }

  /// Why it isn't ready, one line each.
  public var reasons: [String] {
    (isDraining ? ["draining"] : [])
      + checks.filter { $0.isRequired && $0.state != .ok }.map { "\($0.name) is \($0.state.word): \($0.state.reason)" }
  }
}

/// The states of all parts of a service, and whether they add up to "ready".
public final class HealthRegistry: Sendable {
  private struct State {
    var isDraining = false
    var checks: [HealthReport.Check] = []

    var report: HealthReport { HealthReport(isDraining: isDraining, checks: checks) }
  }

  private let state = Mutex(State())
  /// Held while observers are told, so that the last thing an observer hears is the newest state.
  private let observers = Mutex<[@Sendable (HealthReport) -> Void]>([])

  public init() {}

  /// Adds a part, which is starting until its handle says something else.
  ///
  /// - Parameter isRequired: whether the service can't be ready without it.
  public func add(_ name: String, isRequired: Bool = true) -> HealthHandle {
    let index = state.withLock { state in
      precondition(!state.checks.contains { $0.name == name }, "two checks are called \(name)")
      state.checks.append(.init(name: name, state: .starting("not checked yet"), isRequired: isRequired))
      return state.checks.count - 1
    }
    tellObservers()
    return HealthHandle(registry: self, index: index, name: name)
  }

  /// How everything is now.
  public var report: HealthReport { state.withLock(\.report) }

  /// Makes the service not ready for good: the first step of stopping.
  public func startDraining() {
    state.withLock { $0.isDraining = true }
    tellObservers()
  }

  /// Calls `observer` now and after every change, one call at a time. It must not change the registry.
  public func observe(_ observer: @escaping @Sendable (HealthReport) -> Void) {
    observers.withLock { observers in
      observers.append(observer)
      observer(report)
    }
  }

  /// Waits until the service has been ready for the first time: before that its tables may not exist. Returns early when
  /// the task is cancelled.
  public func untilReady() async {
    let (ready, sink) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    observe { if $0.isReady { sink.finish() } }
    if report.isReady { sink.finish() }
    for await _ in ready {}
  }

  fileprivate func set(_ index: Int, _ new: HealthState) {
    let changed = state.withLock { state in
      let old = state.checks[index]
      guard old.state != new else { return false }
      state.checks[index] = .init(name: old.name, state: new, isRequired: old.isRequired)
      return true
    }
    if changed { tellObservers() }
  }

  private func tellObservers() {
    observers.withLock { observers in
      let report = report
      for observer in observers { observer(report) }
    }
  }
}

/// One part's way to say how it is.
public struct HealthHandle: Sendable {
  private let registry: HealthRegistry
  private let index: Int
  public let name: String

  fileprivate init(registry: HealthRegistry, index: Int, name: String) {
    self.registry = registry
    self.index = index
    self.name = name
  }

  public func set(_ state: HealthState) { registry.set(index, state) }
}

extension MetricRegistry {
  private static let ready = MetricDefinition.gauge("twin_service_ready", "1 when the service is ready, else 0.")
  private static let answers = MetricDefinition.gauge(
    "twin_dependency_ok", "1 when the dependency answers, else 0.", labels: ["dependency"])

  /// Adds readiness and the state of each dependency to each scrape.
  func collect(_ health: HealthRegistry) {
    collect { samples in
      let report = health.report
      samples.add(Self.ready, report.isReady ? 1 : 0)
      for check in report.checks { samples.add(Self.answers, check.state == .ok ? 1 : 0, check.name) }
    }
  }
}
