import CoreMetrics
import RuntimeTelemetry
import Testing

private let calls = MetricDefinition.counter("calls_total", "Calls.\nBy \\method.", labels: ["method", "status"])
private let depth = MetricDefinition.gauge("queue_depth", "What waits.")
private let latency = MetricDefinition.histogram(
  "latency_seconds", "How long.", labels: ["method"], buckets: Buckets([0.1, 0.5, 1]))

@Suite struct Metrics {
  @Test func prometheusTextIsSortedAndEscaped() {
    let registry = MetricRegistry()
    registry.declare([depth, latency, calls])
    registry.counter(calls, "b", "OK").increment(by: 2)
    registry.counter(calls, "a\"\\\n", "OK").increment()
    registry.gauge(depth).set(2.5)
    let histogram = registry.histogram(latency, "get")
    for value in [0.05, 0.1, 0.25, 0.75, 2.0] { histogram.observe(value) }
    #expect(
      registry.prometheusText() == #"""
        # HELP calls_total Calls.\nBy \\method.
        # TYPE calls_total counter
        calls_total{method="a\"\\\n",status="OK"} 1
        calls_total{method="b",status="OK"} 2
        # HELP latency_seconds How long.
        # TYPE latency_seconds histogram
        latency_seconds_bucket{method="get",le="0.1"} 2
        latency_seconds_bucket{method="get",le="0.5"} 3
        latency_seconds_bucket{method="get",le="1"} 4
        latency_seconds_bucket{method="get",le="+Inf"} 5
        latency_seconds_sum{method="get"} 3.15
        latency_seconds_count{method="get"} 5
        # HELP queue_depth What waits.
        # TYPE queue_depth gauge
        queue_depth 2.5

        """#)
  }

  @Test func aValueOnABoundCountsBelowItAndNoNumberDoesNotCount() {
    let histogram = MetricRegistry().histogram(latency, "get")
    let registry = MetricRegistry()
    let other = registry.histogram(latency, "x")
    for value in [0.1, 0.5, 1.0, 1.0000001, .infinity, .nan, -3] { other.observe(value) }
    let text = registry.prometheusText()
    #expect(text.contains(#"latency_seconds_bucket{method="x",le="0.1"} 2"#))
    #expect(text.contains(#"latency_seconds_bucket{method="x",le="0.5"} 3"#))
    #expect(text.contains(#"latency_seconds_bucket{method="x",le="1"} 4"#))
    #expect(text.contains(#"latency_seconds_count{method="x"} 6"#))
    #expect(text.contains(#"latency_seconds_sum{method="x"} +Inf"#))
    histogram.observe(Duration.milliseconds(250))
  }

  @Test func aCounterNeverGoesDown() {
    let counter = MetricRegistry().counter(calls, "a", "OK")
    counter.increment(by: 5)
    counter.increment(by: -3)
    #expect(counter.value == 5)
  }

  @Test func manyThreadsLoseNothing() async {
    let registry = MetricRegistry()
    let counter = registry.counter(calls, "a", "OK")
    let gauge = registry.gauge(depth)
    await withTaskGroup { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<1000 {
            counter.increment()
            gauge.increment(by: 0.5)
          }
        }
      }
    }
    #expect(counter.value == 8000)
    #expect(gauge.value == 4000)
  }

  @Test func theSameLabelsGiveTheSameHandle() {
    let registry = MetricRegistry()
    #expect(registry.counter(calls, "a", "OK") === registry.counter(calls, "a", "OK"))
    #expect(registry.counter(calls, "a", "OK") !== registry.counter(calls, "a", "UNKNOWN"))
  }

  @Test func beyondTheLimitOfSeriesValuesAreSummedUpAndCounted() {
    let limited = MetricDefinition.counter("rows_total", "Rows.", labels: ["table"], maximumSeries: 2)
    let registry = MetricRegistry()
    for table in ["a", "b", "c", "d", "a"] { registry.counter(limited, table).increment() }
    #expect(
      registry.prometheusText() == """
        # HELP rows_total Rows.
        # TYPE rows_total counter
        rows_total{table="_overflow"} 2
        rows_total{table="a"} 2
        rows_total{table="b"} 1
        # HELP twin_metrics_rejected_label_sets_total Requests for a series beyond the limit of its metric; such values \
        are summed up under _overflow.
        # TYPE twin_metrics_rejected_label_sets_total counter
        twin_metrics_rejected_label_sets_total{metric="rows_total"} 2

        """)
  }

  @Test func librariesThatKnowOnlySwiftMetricsReportHere() {
    let registry = MetricRegistry()
    Counter(label: "http.requests", dimensions: [("z", "1"), ("a-b", "2")], factory: registry).increment(by: 3)
    FloatingPointCounter(label: "joules", factory: registry).increment(by: 0.5)
    Meter(label: "temperature", factory: registry).set(21.5)
    Timer(label: "work", factory: registry).recordNanoseconds(200_000)
    Recorder(label: "level", dimensions: [], aggregate: false, factory: registry).record(7)
    let text = registry.prometheusText()
    #expect(text.contains("# TYPE http_requests counter\nhttp_requests{a_b=\"2\",z=\"1\"} 3\n"))
    #expect(text.contains("joules 0.5\n"))
    #expect(text.contains("# TYPE temperature gauge\ntemperature 21.5\n"))
    #expect(text.contains("work_bucket{le=\"0.0001\"} 0\nwork_bucket{le=\"0.00025\"} 1\n"))
    #expect(text.contains("work_sum 0.0002\nwork_count 1\n"))
    #expect(text.contains("level 7\n"))
  }

  @Test func aNameTakenByAnotherKindIsRefusedAndCounted() {
    let registry = MetricRegistry()
    Counter(label: "thing", factory: registry).increment()
    Meter(label: "thing", factory: registry).set(5)
    let text = registry.prometheusText()
    #expect(text.contains("# TYPE thing counter\nthing 1\n"))
    #expect(text.contains("twin_metrics_refused_total 1\n"))
  }

  @Test func theProcessDescribesItself() throws {
    let registry = MetricRegistry()
    registry.collectProcess()
    let text = registry.prometheusText()
    for name in [
      "process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds", "process_max_fds",
      "process_start_time_seconds", "process_virtual_memory_bytes", "process_threads",
    ] {
      let line = try #require(text.split(separator: "\n").first { $0.hasPrefix(name + " ") })
      let value = try #require(Double(line.split(separator: " ")[1]))
      #expect(value >= 0)
    }
  }
}
