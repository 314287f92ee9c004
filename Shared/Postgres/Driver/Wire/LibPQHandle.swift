import CLibPQ
import Glibc

/// Owns one `PGconn`. Not thread-safe: its connection actor is the only user.
final class LibPQHandle {
  private let raw: OpaquePointer
  private let onWarning: (@Sendable (String) -> Void)?

  enum Polling { case reading, writing, done, failed }
  enum Flush { case done, pending, failed }
  enum TransactionState: Sendable { case idle, active, inTransaction, failed, unknown }

  /// Starts connecting; resolves names, so it may block. Nil only when out of memory.
  static func start(_ keywords: [(String, String)]) -> OpaquePointer? {
    withCStrings(keywords.map(\.0)) { names in
      withCStrings(keywords.map(\.1)) { values in PQconnectStartParams(names, values, 0) }
    }
  }

  /// Calls `body` with a null-terminated array of C strings.
  private static func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
  ) -> Result {
    var pointers: [UnsafePointer<CChar>?] = strings.map { UnsafePointer(strdup($0)) }
    pointers.append(nil)
    defer { for pointer in pointers { free(UnsafeMutablePointer(mutating: pointer)) } }
    return body(pointers)
  }

  init(raw: OpaquePointer, onWarning: (@Sendable (String) -> Void)?) {
    self.raw = raw
    self.onWarning = onWarning
    PQsetNoticeProcessor(
      raw,
      { context, message in
        guard let context, let message else { return }
        let handle = Unmanaged<LibPQHandle>.fromOpaque(context).takeUnretainedValue()
        handle.onWarning?(String(cString: message).trimmedLine)
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit { PQfinish(raw) }

  var socket: Int32 { PQsocket(raw) }
  var isBroken: Bool { PQstatus(raw) == CONNECTION_BAD }
  var usesTLS: Bool { PQsslInUse(raw) == 1 }
  var backendProcessID: Int32 { PQbackendPID(raw) }
  var serverVersion: Int32 { PQserverVersion(raw) }
  /// libpq's last error message, without trailing newline.
  var errorMessage: String { PQerrorMessage(raw).map { String(cString: $0).trimmedLine } ?? "unknown error" }

  var transactionState: TransactionState {
    switch PQtransactionStatus(raw) {
    case PQTRANS_IDLE: .idle
    case PQTRANS_ACTIVE: .active
    case PQTRANS_INTRANS: .inTransaction
    case PQTRANS_INERROR: .failed
    default: .unknown
    }
  }

  func pollConnect() -> Polling {
    switch PQconnectPoll(raw) {
    case PGRES_POLLING_OK: .done
    case PGRES_POLLING_READING: .reading
    case PGRES_POLLING_WRITING: .writing
    default: .failed
    }
  }

  func becomeNonBlocking() -> Bool { PQsetnonblocking(raw, 1) == 0 }

  /// Makes anyone waiting for the socket find it at its end.
  func shutDownSocket() {
    let descriptor = socket
    if descriptor >= 0 { shutdown(descriptor, Int32(SHUT_RDWR)) }
  }

  /// Whether an idle session is still there, as far as can be told without asking the server.
  ///
  /// A parameter change or a notification may have arrived, which is harmless; a farewell of the server is followed by
  /// the end of the stream, so the socket is read until it has nothing more.
  func isQuiet() -> Bool {
    for _ in 0..<Self.maximumIdleReads {
      var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
      if poll(&entry, 1, 0) == 0 { return true }
      guard consumeInput(), !isBroken else { return false }
    }
    return false
  }

  /// A session with more than this to say while idle is replaced.
  private static let maximumIdleReads = 16

  func consumeInput() -> Bool { PQconsumeInput(raw) == 1 }
  var isBusy: Bool { PQisBusy(raw) == 1 }

  func flush() -> Flush {
    switch PQflush(raw) {
    case 0: .done
    case 1: .pending
    default: .failed
    }
  }

  func nextResult() -> LibPQResult? {
    guard let result = PQgetResult(raw) else { return nil }
    return LibPQResult(raw: result)
  }

  // MARK: Sending. False: libpq refused; `errorMessage` says why.

  func send(script: String) -> Bool { PQsendQuery(raw, script) == 1 }

  func sendPrepare(name: String, text: String, types: [UInt32]) -> Bool {
    PQsendPrepare(raw, name, text, Int32(types.count), types) == 1
  }

  func sendExecute(name: String, _ parameters: inout ParameterBlock) -> Bool {
    parameters.withArrays { count, values, lengths, formats in
      PQsendQueryPrepared(raw, name, count, values, lengths, formats, 1) == 1
    }
  }

  func sendParameterless(_ text: String) -> Bool {
    PQsendQueryParams(raw, text, 0, nil, nil, nil, nil, 1) == 1
  }

  func sendStreaming(_ text: String, types: [UInt32], _ parameters: inout ParameterBlock) -> Bool {
    parameters.withArrays { count, values, lengths, formats in
      PQsendQueryParams(raw, text, count, types, values, lengths, formats, 1) == 1
    }
  }

  func enterPipeline() -> Bool { PQenterPipelineMode(raw) == 1 }
  func exitPipeline() -> Bool { PQexitPipelineMode(raw) == 1 }
  func sendSync() -> Bool { PQpipelineSync(raw) == 1 }
  func useSingleRowMode() -> Bool { PQsetSingleRowMode(raw) == 1 }

  // MARK: COPY

  /// Nil when libpq's buffer is full and must be flushed first.
  func putCopyData(_ bytes: UnsafeRawBufferPointer) -> Bool? {
    let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
    switch PQputCopyData(raw, base, Int32(bytes.count)) {
    case 1: return true
    case 0: return nil
    default: return false
    }
  }

  /// Ends a COPY, or makes it fail with `reason`. Nil when the buffer must be flushed first.
  func putCopyEnd(failing reason: String? = nil) -> Bool? {
    switch PQputCopyEnd(raw, reason) {
    case 1: return true
    case 0: return nil
    default: return false
    }
  }

  // MARK: Notifications and cancellation

  func nextNotification() -> PostgresNotification? {
    guard let notification = PQnotifies(raw) else { return nil }
    defer { PQfreemem(notification) }
    return PostgresNotification(
      channel: String(cString: notification.pointee.relname), payload: String(cString: notification.pointee.extra),
      backendProcessID: notification.pointee.be_pid)
  }

  func makeCanceller() -> Canceller? { PQgetCancel(raw).map(Canceller.init) }

  /// What a cancel request needs, independent of the connection's state, so usable from another thread.
  final class Canceller: @unchecked Sendable {
    private let raw: OpaquePointer
    init(_ raw: OpaquePointer) { self.raw = raw }
    deinit { PQfreeCancel(raw) }

    private static let messageCapacity = 256

    /// Blocks until the server has passed the request on. False when it could not be reached.
    func cancel() -> Bool {
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: Self.messageCapacity) { message in
        PQcancel(raw, message.baseAddress, Int32(message.count)) == 1
      }
    }
  }
}

extension String {
  /// Without trailing line ends.
  var trimmedLine: String {
    var text = self
    while let last = text.last, last.isNewline { text.removeLast() }
    return text
  }
}
