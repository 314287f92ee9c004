extension PostgresConnection {
  /// Sends rows by binary COPY, as a transaction of its own unless one is open, and returns how many arrived.
  ///
  /// - Throws: `PostgresError`; then none of the rows is stored, unless `isOutcomeUnknown`.
  @discardableResult
  public func copyIn(into target: CopyTarget, _ buffer: CopyBuffer, timeout: Duration? = nil) async throws -> Int {
    precondition(buffer.columnCount == target.columns.count, "the rows do not have the target's columns")
    let report = try await copyScript(
      CopyScript(target: target), buffers: CollectionOfOne(buffer), timeout: timeout)
    if let error = report.error { throw error }
    return report.copiedRows
  }

  /// Encodes rows and sends them by binary COPY, a piece at a time, so that the encoded rows take little memory.
  ///
  /// - Parameter encode: writes the fields of one row in the order of the target's columns.
  @discardableResult
  public func copyIn<Rows: Sequence & Sendable>(
    into target: CopyTarget, rows: Rows, timeout: Duration? = nil,
    encode: @Sendable (Rows.Element, inout CopyBuffer) throws -> Void
  ) async throws -> Int {
    let report = try await operate(timeout: timeout) { connection, handle in
      try await connection.runCopy(CopyScript(target: target), handle) { connection, handle in
        var buffer = CopyBuffer(columnCount: target.columns.count, capacity: CopyBuffer.pieceBytes * 2)
        for row in rows {
          try buffer.row { try encode(row, &$0) }
          if buffer.byteCount >= CopyBuffer.pieceBytes {
            try await connection.sendCopy(buffer, handle)
            buffer.removeAll()
          }
        }
        try await connection.sendCopy(buffer, handle)
      }
    }
    if let error = report.error { throw error }
    return report.copiedRows
  }

  /// Runs a COPY with statements before and after it, all in one transaction and two round trips.
  ///
  /// - Throws: only when nothing was sent to the server; everything later is in the report.
  package func copyScript(
    _ script: CopyScript, buffers: some Collection<CopyBuffer> & Sendable, timeout: Duration? = nil
  ) async throws -> CopyReport {
    try await operate(timeout: timeout) { connection, handle in
      try await connection.runCopy(script, handle) { connection, handle in
        for buffer in buffers { try await connection.sendCopy(buffer, handle) }
      }
    }
  }

  // MARK: Inside an operation

  /// The send failed; the reason is among the results still to be read.
  private struct SendStopped: Error {}

  private func runCopy(
    _ script: CopyScript, _ handle: LibPQHandle,
    send: (isolated PostgresConnection, LibPQHandle) async throws -> Void
  ) async throws -> CopyReport {
    var report = CopyReport()
    guard handle.send(script: script.text) else { throw sendFailure(handle) }
    do {
      var isCopying = false
      while !isCopying, let result = try await nextResult(handle) {
        switch result.status {
        case .copyIn: isCopying = true
        case .command, .rows, .empty: report.before.append(try result.copyRows())
        case .copyOut: throw unexpectedCopy()
        default:
          if report.error == nil { report.error = failure(of: result) }
          if handle.isBroken { return report }
        }
      }
      guard isCopying else {
        if report.error == nil { report.error = PostgresError(.server, "the server did not start the COPY") }
        return report
      }
      do {
        try await sendCopy(CopyBuffer.header, handle)
        try await send(self, handle)
        try await sendCopy(CopyBuffer.trailer, handle)
        report.isEndSent = true
      } catch {
        if !(error is SendStopped) { report.error = error }
      }
      // After a failure the server answers with an error of its own, which the first one outranks.
      if isOpen { try await endCopy(handle, failing: report.isEndSent ? nil : "stopped by the client") }
      try await readAfterCopy(handle, &report)
    } catch {
      if report.error == nil { report.error = error }
    }
    return report
  }

  private func readAfterCopy(_ handle: LibPQHandle, _ report: inout CopyReport) async throws {
    var isCopyResult = true
    while let result = try await nextResult(handle) {
      switch result.status {
      case .command, .rows, .empty:
        let rows = try result.copyRows()
        if isCopyResult { report.copiedRows = rows.affectedRows } else { report.after.append(rows) }
        isCopyResult = false
      case .copyIn, .copyOut: throw unexpectedCopy()
      default:
        if report.error == nil { report.error = failure(of: result) }
        if handle.isBroken { return }
      }
    }
  }

  private func sendCopy(_ buffer: CopyBuffer, _ handle: LibPQHandle) async throws {
    var offset = 0
    while offset < buffer.byteCount {
      let end = min(offset + CopyBuffer.pieceBytes, buffer.byteCount)
      let sent = buffer.withUnsafeBytes { handle.putCopyData(UnsafeRawBufferPointer(rebasing: $0[offset..<end])) }
      guard let sent else {
        try await flushCopy(handle)
        continue
      }
      guard sent else { throw SendStopped() }
      offset = end
      try await flushCopy(handle)
    }
  }

  private func sendCopy(_ bytes: [UInt8], _ handle: LibPQHandle) async throws {
    while true {
      switch bytes.withUnsafeBytes({ handle.putCopyData($0) }) {
      case true: return
      case false: throw SendStopped()
      case nil: try await flushCopy(handle)
      }
    }
  }

  /// Waits until the kernel has taken what libpq holds, so that a slow server slows the sender.
  private func flushCopy(_ handle: LibPQHandle) async throws {
    while true {
      switch handle.flush() {
      case .done: return
      case .failed: throw SendStopped()
      case .pending: break
      }
      if try await waitForSocket(handle, .readWrite) == .interrupted {
        grantGrace()
        throw interruptionError
      }
      guard handle.consumeInput() else { throw SendStopped() }
    }
  }

  private func endCopy(_ handle: LibPQHandle, failing reason: String?) async throws {
    while true {
      switch handle.putCopyEnd(failing: reason) {
      case true: return
      // The reason is among the results.
      case false: return
      case nil:
        if case .pending = handle.flush() {
          if try await waitForSocket(handle, .readWrite) == .interrupted { requestCancel() }
          guard handle.consumeInput() else { return }
        }
      }
    }
  }
}

/// A COPY with the statements around it, sent as one script and therefore one transaction.
package struct CopyScript: Sendable {
  package var before: [String]
  package var target: CopyTarget
  package var after: [String]

  package init(before: [String] = [], target: CopyTarget, after: [String] = []) {
    self.before = before
    self.target = target
    self.after = after
  }

  var text: String { (before + [target.statement] + after).joined(separator: ";\n") }
}

/// What became of a `CopyScript`.
package struct CopyReport: Sendable {
  /// Results of the statements before the COPY, in text format. Present also when the COPY failed later.
  package var before: [PostgresRows] = []
  package var copiedRows = 0
  /// Results of the statements after the COPY, in text format.
  package var after: [PostgresRows] = []
  /// True when the end of the data was handed to libpq: from then on the server may commit.
  package var isEndSent = false
  package var error: (any Error)?
}

extension CopyBuffer {
  /// What is handed to libpq between two looks at the socket.
  static let pieceBytes = 64 * 1024
}
