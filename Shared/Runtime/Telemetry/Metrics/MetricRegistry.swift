public import CoreMetrics
import Synchronization

/// All metrics of the process: makes their handles and writes them out as Prometheus text.
///
/// It is a swift-metrics backend, too, so that libraries which only know `Counter` and `Timer` report here.
public final class MetricRegistry: Sendable {
  /// What a metric that no `MetricDefinition` describes may have at most.
  public static let maximumFamilies = 500

  /// A handle of any kind with the values of its labels.
  enum Series {
    case counter(MetricCounter)
    case floatCounter(MetricFloatCounter)
    case gauge(MetricGauge)
    case histogram(MetricHistogram)
  }

  struct Family {
    var kind: MetricDefinition.Kind
    var help: String
    var maximumSeries: Int
    /// By the rendered labels, `method="…",status="…"`, without braces.
    var series: [String: Series] = [:]
    /// Label sets beyond the limit; their values are summed up in the series `_overflow`.
    var rejected = 0
  }

  private struct State {
    var families: [String: Family] = [:]
    var collectors: [@Sendable (inout MetricSamples) -> Void] = []
  }

  private let state = Mutex(State())

  public init() {}

  /// Declares metrics, so that they are described, and counters without labels are there from the start.
  public func declare(_ definitions: [MetricDefinition]) {
    for definition in definitions {
      state.withLock { state in
        if state.families[definition.name] == nil {
          state.families[definition.name] = Family(
            kind: definition.kind, help: definition.help, maximumSeries: definition.maximumSeries)
        }
      }
      guard definition.labels.isEmpty else { continue }
      switch definition.kind {
      case .counter: _ = counter(definition)
      case .gauge: _ = gauge(definition)
      case .histogram: _ = histogram(definition)
      }
    }
  }

  /// Adds a function that is asked for samples at each scrape: for values that somebody else already counts.
  public func collect(_ collector: @escaping @Sendable (inout MetricSamples) -> Void) {
    state.withLock { $0.collectors.append(collector) }
  }

  /// The counter of a definition for these label values. Keep it; getting it is slow.
  public func counter(_ definition: MetricDefinition, _ values: String...) -> MetricCounter {
    let series = series(definition, values) { .counter(MetricCounter()) }
    guard case .counter(let handle) = series else { preconditionFailure("\(definition.name) is not a counter") }
    return handle
  }

  /// The gauge of a definition for these label values. Keep it; getting it is slow.
  public func gauge(_ definition: MetricDefinition, _ values: String...) -> MetricGauge {
    let series = series(definition, values) { .gauge(MetricGauge()) }
    guard case .gauge(let handle) = series else { preconditionFailure("\(definition.name) is not a gauge") }
    return handle
  }

  /// The histogram of a definition for these label values. Keep it; getting it is slow.
  public func histogram(_ definition: MetricDefinition, _ values: String...) -> MetricHistogram {
    guard case .histogram(let buckets) = definition.kind else {
      preconditionFailure("\(definition.name) is not a histogram")
    }
    let series = series(definition, values) { .histogram(MetricHistogram(buckets: buckets)) }
    guard case .histogram(let handle) = series else { preconditionFailure("\(definition.name) is not a histogram") }
    return handle
  }

  private func series(_ definition: MetricDefinition, _ values: [String], make: () -> Series) -> Series {
    precondition(values.count == definition.labels.count, "\(definition.name) has \(definition.labels.count) labels")
    return state.withLock { state in
      let new = Family(kind: definition.kind, help: definition.help, maximumSeries: definition.maximumSeries)
      return state.families[definition.name, default: new]
        .find(Array(zip(definition.labels, values)), make: make)
    }
  }

  /// Everything as it is now, families and series sorted by name.
  func snapshot() -> (families: [(name: String, family: Family)], samples: MetricSamples) {
    let (families, collectors) = state.withLock { ($0.families, $0.collectors) }
    var samples = MetricSamples()
    for collector in collectors { collector(&samples) }
    return (families.sorted { $0.key < $1.key }.map { (name: $0.key, family: $0.value) }, samples)
  }
}

extension MetricRegistry.Family {
  mutating func find(_ labels: [(String, String)], make: () -> MetricRegistry.Series) -> MetricRegistry.Series {
    let key = MetricText.labels(labels)
    if let known = series[key] { return known }
    guard series.count < maximumSeries else {
      rejected += 1
      let overflow = MetricText.labels(labels.map { ($0.0, "_overflow") })
      if let known = series[overflow] { return known }
      let made = make()
      series[overflow] = made
      return made
    }
    let made = make()
    series[key] = made
    return made
  }
}

/// Samples that a collector adds at a scrape.
public struct MetricSamples {
  var samples: [(definition: MetricDefinition, labels: String, value: Double)] = []

  /// Adds one sample of a counter or gauge.
  public mutating func add(_ definition: MetricDefinition, _ value: Double, _ labelValues: String...) {
    precondition(
      labelValues.count == definition.labels.count, "\(definition.name) has \(definition.labels.count) labels")
    samples.append((definition, MetricText.labels(Array(zip(definition.labels, labelValues))), value))
  }
}

extension MetricRegistry: MetricsFactory {
  public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    foreign(label, dimensions, .counter, make: { .counter(MetricCounter()) }) {
      if case .counter(let handle) = $0 { handle } else { nil }
    } ?? MetricCounter()
  }

  public func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    foreign(label, dimensions, .counter, make: { .floatCounter(MetricFloatCounter()) }) {
      if case .floatCounter(let handle) = $0 { handle } else { nil }
    } ?? MetricFloatCounter()
  }

  public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    gaugeHandle(label, dimensions)
  }

  public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
    aggregate ? histogramHandle(label, dimensions) : gaugeHandle(label, dimensions)
  }

  public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    histogramHandle(label, dimensions)
  }

  private func gaugeHandle(_ label: String, _ dimensions: [(String, String)]) -> MetricGauge {
    foreign(label, dimensions, .gauge, make: { .gauge(MetricGauge()) }) {
      if case .gauge(let handle) = $0 { handle } else { nil }
    } ?? MetricGauge()
  }

  private func histogramHandle(_ label: String, _ dimensions: [(String, String)]) -> MetricHistogram {
    let buckets = declaredBuckets(of: MetricText.legalised(label)) ?? .latencySeconds
    return foreign(label, dimensions, .histogram(buckets), make: { .histogram(MetricHistogram(buckets: buckets)) }) {
      if case .histogram(let handle) = $0 { handle } else { nil }
    } ?? MetricHistogram(buckets: buckets)
  }

  private func declaredBuckets(of name: String) -> Buckets? {
    state.withLock { state in
      if case .histogram(let buckets)? = state.families[name]?.kind { buckets } else { nil }
    }
  }

  /// A handle for a library that knows only swift-metrics. Nil when the name already stands for another kind or too
  /// many names exist: the caller then gets a handle that nobody reads, and the refusal is counted.
  private func foreign<Handle>(
    _ label: String, _ dimensions: [(String, String)], _ kind: MetricDefinition.Kind, make: () -> Series,
    as handle: (Series) -> Handle?
  ) -> Handle? {
    let name = MetricText.legalised(label)
    let labels = dimensions.map { (MetricText.legalised(label: $0.0), $0.1) }.sorted { $0.0 < $1.0 }
    return state.withLock { state -> Handle? in
      if state.families[name] == nil, state.families.count >= Self.maximumFamilies { return nil }
      let new = Family(kind: kind, help: "", maximumSeries: MetricDefinition.defaultMaximumSeries)
      if var family = state.families[name] {
        guard family.kind == kind else { return nil }
        defer { state.families[name] = family }
        return handle(family.find(labels, make: make))
      }
      var family = new
      defer { state.families[name] = family }
      return handle(family.find(labels, make: make))
    } ?? refused(Handle.self)
  }

  private func refused<Handle>(_: Handle.Type) -> Handle? {
    counter(RuntimeMetrics.refusedMetrics).increment()
    return nil
  }

  // A series lives as long as the process: a counter that vanished and came back would count from zero again.
  public func destroyCounter(_ handler: any CounterHandler) {}
  public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
  public func destroyMeter(_ handler: any MeterHandler) {}
  public func destroyRecorder(_ handler: any RecorderHandler) {}
  public func destroyTimer(_ handler: any TimerHandler) {}
}
