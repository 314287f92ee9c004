import RPCCore
import RPCErrors
import TwinProto

/// Where runs get their vehicles.
protocol TwinSource: Sendable {
  /// - Throws: what the caller should be told, such as `TWIN_NOT_FOUND`.
  func snapshot(of vehicleID: String) async throws -> TwinSnapshot
}

/// Asks twin-engine.
struct EngineTwinSource: TwinSource {
  let client: TwinServiceClient

  func snapshot(of vehicleID: String) async throws -> TwinSnapshot {
    do {
      return try await client.getTwinSnapshot(GetTwinSnapshotRequest(id: vehicleID))
    } catch let error as RPCError where error.code == .unavailable || error.code == .deadlineExceeded {
      throw ServiceFault(
        .unavailable, .upstreamUnavailable, "twin-engine can't be reached: \(error.message)", retryAfter: .seconds(1))
    }
  }
}

/// Where outcomes go.
protocol ResultSink: Sendable {
  /// Stores a run's outcome and trace; doing it again is harmless.
  ///
  /// - Returns: the outcome that is stored: this one, or that of a runner that was first.
  func record(_ outcome: RunOutcome, trace: [TraceRow]) async throws -> RunOutcome
}

/// Sends to the results service.
struct ServiceResultSink: ResultSink {
  /// Rows of one part of a trace; well below what a message may weigh.
  private static let rowsPerPart = 5_000

  let client: ResultServiceClient

  func record(_ outcome: RunOutcome, trace: [TraceRow]) async throws -> RunOutcome {
    // The trace first: an outcome that says it has one must not be seen without it.
    if !trace.isEmpty {
      _ = try await client.recordTrace { requests in
        var offset = 0
        while offset < trace.count {
          let end = min(offset + Self.rowsPerPart, trace.count)
          try await requests.write(
            RecordTraceRequest(runID: outcome.id, offset: UInt64(offset), rows: Array(trace[offset..<end])))
          offset = end
        }
      }
    }
    do {
      _ = try await client.recordOutcome(RecordOutcomeRequest(outcome: outcome))
      return outcome
    } catch let error as RPCError where error.code == .alreadyExists {
      // A runner that died after recording and before reporting: what it stored differs in its times at the most.
      return try await client.getResult(GetResultRequest(id: outcome.id))
    }
  }
}
