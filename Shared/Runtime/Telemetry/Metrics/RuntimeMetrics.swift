import RuntimeSystem

/// The names of the metrics that every service has.
public enum RuntimeMetrics {
  public static let rejectedLabelSets = MetricDefinition.counter(
    "twin_metrics_rejected_label_sets_total",
    "Requests for a series beyond the limit of its metric; such values are summed up under _overflow.",
    labels: ["metric"])
  public static let refusedMetrics = MetricDefinition.counter(
    "twin_metrics_refused_total", "Requests for a metric whose name is taken by another kind, or one too many.")
  public static let droppedLogRecords = MetricDefinition.counter(
    "twin_log_dropped_records_total", "Log records dropped because the output was too slow.")
  public static let info = MetricDefinition.gauge(
    "twin_service_info", "Always 1; the labels say what runs.", labels: ["service", "version"])

  // The names that the Prometheus client libraries use for every process.
  public static let cpuSeconds = MetricDefinition.counter(
    "process_cpu_seconds_total", "User and system processor time, in seconds.")
  public static let residentMemory = MetricDefinition.gauge(
    "process_resident_memory_bytes", "Memory in use that isn't swapped out.")
  public static let virtualMemory = MetricDefinition.gauge(
    "process_virtual_memory_bytes", "Size of the address space.")
  public static let openDescriptors = MetricDefinition.gauge("process_open_fds", "Open file descriptors.")
  public static let maximumDescriptors = MetricDefinition.gauge(
    "process_max_fds", "The most file descriptors that may be open.")
  public static let startTime = MetricDefinition.gauge(
    "process_start_time_seconds", "When the process started, in seconds since 1970-01-01T00:00:00Z.")
  public static let threads = MetricDefinition.gauge("process_threads", "Threads of the process.")
}

extension MetricRegistry {
  /// Adds what the operating system knows about this process to each scrape.
  public func collectProcess() {
    collect { samples in
      if let limit = ProcessUsage.maximumDescriptors { samples.add(RuntimeMetrics.maximumDescriptors, Double(limit)) }
      guard let usage = ProcessUsage.read() else { return }
      samples.add(RuntimeMetrics.cpuSeconds, usage.cpuSeconds)
      samples.add(RuntimeMetrics.residentMemory, Double(usage.residentBytes))
      samples.add(RuntimeMetrics.virtualMemory, Double(usage.virtualBytes))
      samples.add(RuntimeMetrics.threads, Double(usage.threads))
      samples.add(RuntimeMetrics.startTime, usage.startTimeSeconds)
      if let open = usage.openDescriptors { samples.add(RuntimeMetrics.openDescriptors, Double(open)) }
    }
  }

  /// Adds the number of log records that a writer dropped.
  public func collectLogDrops(of writer: LogWriter) {
    collect { $0.add(RuntimeMetrics.droppedLogRecords, Double(writer.droppedTotal)) }
  }
}
