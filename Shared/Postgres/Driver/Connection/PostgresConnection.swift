/// One session with a PostgreSQL server.
///
/// libpq runs in its non-blocking form: a call suspends its task while the server works and blocks no thread. One
/// operation runs at a time; a second one meanwhile fails with `.connectionBusy`. Take connections from a pool, one per
/// task, to work in parallel.
///
/// When the calling task is cancelled or a statement's time is up, the server is asked to cancel the statement and its
/// answer is awaited, so the connection stays usable: the call throws `CancellationError` or `.statementTimeout`. A
/// statement that finished in spite of that returns its result, because its effect is there.
public actor PostgresConnection {
  public nonisolated let configuration: PostgresConfiguration
  /// The server process of this session, as in `pg_stat_activity.pid`.
  public nonisolated let backendProcessID: Int32
  /// Such as 150018 for 15.18.
  public nonisolated let serverVersion: Int32

  private var handle: LibPQHandle?
  private let canceller: LibPQHandle.Canceller?
  var cache: StatementCache
  var parameters = ParameterBlock()

  // The operation in progress.
  private var isBusy = false
  private var deadline = PostgresReactor.Deadline.never
  private var isInterruptible = true
  private(set) var interruption: Interruption?
  private var pendingCancel = PendingCancel.none

  enum Interruption { case cancelled, timeout }

  private enum PendingCancel {
    case none
    case sending
    /// The operation is over and waits for the cancel request to be delivered or given up.
    case awaited(CheckedContinuation<Void, Never>)
  }

  private init(configuration: PostgresConfiguration, handle: sending LibPQHandle) {
    self.configuration = configuration
    backendProcessID = handle.backendProcessID
    serverVersion = handle.serverVersion
    canceller = handle.makeCanceller()
    cache = StatementCache(capacity: max(1, configuration.maximumPreparedStatements))
    self.handle = handle
  }

  // MARK: Opening and closing

  /// Opens a session.
  ///
  /// - Parameter timeout: the bound on the whole of it; `configuration.connectTimeout` when absent.
  /// - Throws: `PostgresError`, with `.connectTimeout` when time is up; `CancellationError`.
  public static func connect(
    _ configuration: PostgresConfiguration, timeout: Duration? = nil
  ) async throws -> PostgresConnection {
    let timeout = timeout ?? configuration.connectTimeout
    let deadline = PostgresReactor.Deadline.after(timeout)
    let keywords = configuration.keywords
    guard !keywords.contains(where: { $0.1.utf8.contains(0) }) else {
      throw PostgresError(.invalidArgument, "the database configuration contains a NUL character")
    }
    // Name resolution inside libpq blocks; its own timeouts bound it.
    let started = await BlockingWork.run { Unchecked(LibPQHandle.start(keywords)) }
    guard let raw = started.value else { throw PostgresError(.outOfMemory, "libpq could not allocate a connection") }
    let handle = LibPQHandle(raw: raw, onWarning: configuration.onWarning)
    var state = handle.isBroken ? LibPQHandle.Polling.failed : .writing
    while state != .done {
      if state == .failed { throw Self.connectError(handle.errorMessage) }
      let wake = await PostgresReactor.shared.wait(
        on: handle.socket, for: state == .reading ? .read : .readWrite, until: deadline, cancellable: true)
      switch wake {
      case .ready: state = handle.pollConnect()
      case .cancelled: throw CancellationError()
      case .deadline:
        throw PostgresError(
          .connectTimeout, "no connection to \(configuration.host):\(configuration.port) within \(timeout)")
      }
    }
    guard handle.becomeNonBlocking() else { throw Self.connectError(handle.errorMessage) }
    return PostgresConnection(configuration: configuration, handle: handle)
  }

  private struct Unchecked<Value>: @unchecked Sendable {
    var value: Value
    init(_ value: Value) { self.value = value }
  }

  /// libpq 15 gives no SQLSTATE for a refused connection, so the code is read off the server's English message; any
  /// other language yields `.connectionFailure`.
  private static func connectError(_ message: String) -> PostgresError {
    let known: [(String, PostgresError.Code)] = [
      ("the database system is", .cannotConnectNow), ("too many clients", .tooManyConnections),
      ("too many connections", .tooManyConnections), ("remaining connection slots", .tooManyConnections),
      ("authentication failed", .invalidAuthorization), ("no pg_hba.conf entry", .invalidAuthorization),
      ("no password supplied", .invalidAuthorization), ("permission denied for database", .insufficientPrivilege),
    ]
    if let code = known.first(where: { message.contains($0.0) })?.1 { return PostgresError(code, message) }
    if message.contains("FATAL:"), message.contains("does not exist") {
      return PostgresError(message.contains("database \"") ? .undefinedDatabase : .invalidAuthorization, message)
    }
    return PostgresError(.connectionFailure, message)
  }

  /// Ends the session. An operation in progress fails with `.connectionFailure`. Idempotent.
  public func close() {
    if isBusy { handle?.shutDownSocket() }
    handle = nil
  }

  /// Whether the session can be used, as far as this side knows.
  public var isOpen: Bool { handle.map { !$0.isBroken } ?? false }

  /// Whether a transaction block is open, also when it has failed.
  public var isInTransaction: Bool {
    guard let handle else { return false }
    return handle.transactionState == .inTransaction || handle.transactionState == .failed
  }

  /// A cheap look, without a round trip, at whether the server has hung up on the idle session.
  package func isAlive() -> Bool {
    guard let handle, !isBusy else { return false }
    return !handle.isBroken && handle.isQuiet() && handle.transactionState == .idle
  }

  /// A round trip, for the pool's health check.
  package func isHealthy(within timeout: Duration) async -> Bool {
    do {
      try await executeScript("", timeout: timeout)
      return true
    } catch { return false }
  }

  /// Ends a transaction the last user left open. False: the session is in no state to be used again.
  package func resetAfterLease() async -> Bool {
    if isInTransaction { await rollBack() }
    return isOpen && !isBusy && handle?.transactionState == .idle
  }

  // MARK: One operation at a time

  /// Runs `body` as the connection's operation and returns only when the connection is ready for the next.
  ///
  /// - Parameter interruptible: false for what must run although the task was cancelled, such as a rollback.
  func operate<Result>(
    timeout: Duration?, interruptible: Bool = true,
    _ body: (isolated PostgresConnection, LibPQHandle) async throws -> Result
  ) async throws -> Result {
    guard let handle, !handle.isBroken else {
      throw PostgresError(.connectionClosed, "the connection is closed")
    }
    guard !isBusy else {
      throw PostgresError(.connectionBusy, "another operation is in progress on this connection")
    }
    if interruptible { try Task.checkCancellation() }
    isBusy = true
    interruption = nil
    isInterruptible = interruptible
    deadline = .after(timeout ?? configuration.statementTimeout)
    do {
      let result = try await body(self, handle)
      await settle()
      return result
    } catch {
      await settle()
      throw error
    }
  }

  /// Waits until a cancel request under way is delivered: arriving later, it would hit the next statement.
  private func settle() async {
    // What was not read to its end, because an error came between, would be taken for the next answer.
    if handle?.isBroken == true || handle?.transactionState == .active { discard() }
    if case .sending = pendingCancel, handle != nil {
      let grace = configuration.cancelGrace
      let timer = Task {
        try? await Task.sleep(for: grace)
        if !Task.isCancelled { self.cancelSettled(delivered: false) }
      }
      await withCheckedContinuation { pendingCancel = .awaited($0) }
      timer.cancel()
    }
    isBusy = false
  }

  private func cancelSettled(delivered: Bool) {
    if case .awaited(let continuation) = pendingCancel {
      if !delivered { handle = nil }
      continuation.resume()
    }
    pendingCancel = .none
  }

  /// Asks the server to cancel the running statement and gives it `cancelGrace` to answer.
  func requestCancel() {
    deadline = .after(configuration.cancelGrace)
    guard let canceller, case .none = pendingCancel else { return }
    pendingCancel = .sending
    Task {
      _ = await BlockingWork.run { canceller.cancel() }
      self.cancelSettled(delivered: true)
    }
  }

  /// Gives the session up, when it is in a state nothing else leads out of.
  func discard() {
    handle?.shutDownSocket()
    handle = nil
  }

  // MARK: Input and output

  enum SocketTurn { case proceed, interrupted }

  /// libpq before 18 may read only 8 KiB of a TLS record and leave the rest inside OpenSSL, where the socket's readiness
  /// does not show it; servers from 17 on send longer records. So a wait on a TLS connection looks again after this time.
  private static let tlsRecheckInterval = Duration.milliseconds(10)

  /// Waits for the socket once.
  ///
  /// - Returns: `.interrupted` when the task was cancelled or time was up, the first time that happens.
  func waitForSocket(_ handle: LibPQHandle, _ interest: PostgresReactor.Interest) async throws -> SocketTurn {
    let limit = handle.usesTLS ? min(deadline, .after(Self.tlsRecheckInterval)) : deadline
    let wake = await PostgresReactor.shared.wait(
      on: handle.socket, for: interest, until: limit, cancellable: isInterruptible && interruption == nil)
    switch (wake, interruption) {
    case (.ready, _): return .proceed
    case (.deadline, _) where limit < deadline: return .proceed
    case (_, .some):
      discard()
      throw PostgresError(
        .connectionFailure, "the server did not answer a cancel request within \(configuration.cancelGrace)")
    case (.cancelled, nil):
      interruption = .cancelled
      return .interrupted
    case (.deadline, nil):
      interruption = .timeout
      return .interrupted
    }
  }

  /// Sends what is buffered and receives until libpq can answer without blocking.
  func makeReady(_ handle: LibPQHandle) async throws {
    while true {
      let flush = handle.flush()
      // After a failed write there may still be an error of the server to read; nextResult reports either.
      if !handle.isBusy || handle.isBroken { return }
      let interest: PostgresReactor.Interest = flush == .pending ? .readWrite : .read
      if try await waitForSocket(handle, interest) == .interrupted { requestCancel() }
      if !handle.consumeInput() { return }
    }
  }

  /// The next result of the operation; nil at the end of a statement.
  func nextResult(_ handle: LibPQHandle) async throws -> LibPQResult? {
    try await makeReady(handle)
    return handle.nextResult()
  }

  /// Receives and drops results until the statement's end.
  func drain(_ handle: LibPQHandle) async throws {
    while let result = try await nextResult(handle) {
      if result.status == .copyIn || result.status == .copyOut { throw unexpectedCopy() }
      // A dead connection may hand out errors without end.
      if handle.isBroken && result.status == .failed { return }
    }
  }

  /// Stops the statement of the operation in progress because its remaining rows are not wanted.
  func cancelRemaining() {
    guard interruption == nil else { return }
    interruption = .cancelled
    requestCancel()
  }

  func unexpectedCopy() -> any Error {
    discard()
    return PostgresError(.invalidArgument, "COPY FROM STDIN and COPY TO STDOUT are not statements for this call")
  }

  /// The error of a failed result, or why it was interrupted.
  func failure(of result: borrowing LibPQResult) -> any Error {
    let error = result.error
    guard error.code == .queryCanceled else { return error }
    switch interruption {
    case .cancelled: return CancellationError()
    case .timeout: return PostgresError(.statementTimeout, "the statement took longer than its time limit")
    case nil: return error
    }
  }

  /// The error of a send that libpq refused.
  func sendFailure(_ handle: LibPQHandle) -> PostgresError {
    PostgresError(handle.isBroken ? .connectionFailure : .invalidArgument, handle.errorMessage)
  }

  /// Time is over for what cannot be cancelled on the server, such as sending COPY data.
  var interruptionError: any Error {
    interruption == .cancelled
      ? CancellationError() : PostgresError(.statementTimeout, "the statement took longer than its time limit")
  }

  /// Restarts the deadline for the clean-up of an interrupted COPY.
  func grantGrace() { deadline = .after(configuration.cancelGrace) }

  /// Hands out notifications that arrived with other traffic.
  func takeNotification() -> PostgresNotification? { handle?.nextNotification() }
}
