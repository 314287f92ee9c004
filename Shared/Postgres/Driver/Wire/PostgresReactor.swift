import CEpoll
import Glibc
import Synchronization

/// Tells suspended connections when their socket is ready, from one thread of its own.
///
/// One-shot epoll interest is changed from any thread by a single system call, so a query costs no wake-up of this
/// thread before its answer arrives, and no thread of the cooperative pool ever blocks.
final class PostgresReactor: Sendable {
  static let shared = PostgresReactor()

  enum Interest: Sendable { case read, readWrite }
  enum Wake: Sendable { case ready, deadline, cancelled }

  /// An instant of the monotonic clock in nanoseconds.
  struct Deadline: Sendable, Comparable {
    var nanoseconds: UInt64
    static let never = Deadline(nanoseconds: .max)
    static func after(_ duration: Duration) -> Deadline {
      Deadline(nanoseconds: PostgresReactor.now() &+ UInt64(max(0, duration.wholeNanoseconds)))
    }
    static func < (left: Self, right: Self) -> Bool { left.nanoseconds < right.nanoseconds }
    var hasPassed: Bool { PostgresReactor.now() >= nanoseconds }
  }

  private struct Waiter {
    var ticket: UInt32
    var deadline: Deadline
    var continuation: UnsafeContinuation<Wake, Never>
  }

  private struct State {
    var waiters: [Int32: Waiter] = [:]
    var nextTicket: UInt32 = 0
    /// When the thread will look at deadlines next. Only an earlier deadline has to wake it.
    var sleepsUntil: Deadline = .never
  }

  private let epoll: Int32
  private let wakeup: Int32
  private let state = Mutex(State())

  private static let wakeupKey = UInt64.max
  private static let eventsPerWait = 64

  private init() {
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    precondition(epoll >= 0, "epoll_create1 failed: errno \(errno)")
    wakeup = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    precondition(wakeup >= 0, "eventfd failed: errno \(errno)")
    var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: Self.wakeupKey))
    precondition(epoll_ctl(epoll, EPOLL_CTL_ADD, wakeup, &event) == 0, "epoll_ctl failed: errno \(errno)")
    var thread = pthread_t()
    let result = pthread_create(
      &thread, nil,
      { argument in
        Unmanaged<PostgresReactor>.fromOpaque(argument!).takeUnretainedValue().run()
      }, Unmanaged.passRetained(self).toOpaque())
    precondition(result == 0, "cannot start the PostgreSQL reactor thread: error \(result)")
    pthread_detach(thread)
  }

  static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// Suspends until the descriptor is ready, the deadline passes, or (when `cancellable`) the task is cancelled.
  ///
  /// At most one task waits on a descriptor; its connection sees to that.
  nonisolated(nonsending) func wait(
    on descriptor: Int32, for interest: Interest, until deadline: Deadline, cancellable: Bool
  ) async -> Wake {
    let ticket = state.withLock { state in
      state.nextTicket &+= 1
      return state.nextTicket
    }
    guard cancellable else {
      return await withUnsafeContinuation { register(descriptor, ticket, interest, deadline, $0) }
    }
    return await withTaskCancellationHandler {
      await withUnsafeContinuation { continuation in
        register(descriptor, ticket, interest, deadline, continuation)
        // The handler may have run before there was a waiter to find.
        if Task.isCancelled { resume(descriptor, ticket, .cancelled) }
      }
    } onCancel: {
      resume(descriptor, ticket, .cancelled)
    }
  }

  private func register(
    _ descriptor: Int32, _ ticket: UInt32, _ interest: Interest, _ deadline: Deadline,
    _ continuation: UnsafeContinuation<Wake, Never>
  ) {
    let mustWake = state.withLock { state in
      let previous = state.waiters.updateValue(
        Waiter(ticket: ticket, deadline: deadline, continuation: continuation), forKey: descriptor)
      precondition(previous == nil, "two tasks wait on one PostgreSQL connection")
      guard deadline < state.sleepsUntil else { return false }
      state.sleepsUntil = deadline
      return true
    }
    var flags = EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLONESHOT.rawValue
    if interest == .readWrite { flags |= EPOLLOUT.rawValue }
    var event = epoll_event(
      events: flags, data: epoll_data_t(u64: UInt64(ticket) << 32 | UInt64(UInt32(bitPattern: descriptor))))
    // A descriptor is added on its first wait, and again after libpq replaced its socket while connecting.
    if epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event) != 0 {
      let failed = errno != ENOENT || epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) != 0
      // A closed socket cannot be waited for; libpq reports what happened to it on the next call.
      if failed { resume(descriptor, ticket, .ready) }
    }
    if mustWake { wakeThread() }
  }

  private func wakeThread() {
    var one: UInt64 = 1
    _ = write(wakeup, &one, MemoryLayout<UInt64>.size)
  }

  private func resume(_ descriptor: Int32, _ ticket: UInt32, _ wake: Wake) {
    let waiter = state.withLock { state -> Waiter? in
      guard state.waiters[descriptor]?.ticket == ticket else { return nil }
      return state.waiters.removeValue(forKey: descriptor)
    }
    waiter?.continuation.resume(returning: wake)
  }

  private func run() -> Never {
    let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: Self.eventsPerWait)
    while true {
      let count = epoll_wait(epoll, events, Int32(Self.eventsPerWait), timeoutMilliseconds())
      if count < 0 {
        precondition(errno == EINTR, "epoll_wait failed: errno \(errno)")
        continue
      }
      for index in 0..<Int(count) {
        let key = events[index].data.u64
        if key == Self.wakeupKey {
          var counter: UInt64 = 0
          _ = read(wakeup, &counter, MemoryLayout<UInt64>.size)
        } else {
          resume(Int32(bitPattern: UInt32(truncatingIfNeeded: key)), UInt32(key >> 32), .ready)
        }
      }
      resumeExpired()
    }
  }

  private func timeoutMilliseconds() -> Int32 {
    let until = state.withLock { $0.sleepsUntil }
    if until == .never { return -1 }
    let now = Self.now()
    if until.nanoseconds <= now { return 0 }
    // Rounded up, so that the deadline has passed on waking. The cap only causes a spurious turn.
    return Int32(min((until.nanoseconds - now + 999_999) / 1_000_000, UInt64(Int32.max)))
  }

  private func resumeExpired() {
    let now = Deadline(nanoseconds: Self.now())
    let expired = state.withLock { state -> [Waiter] in
      // Until then nothing can be due, and keeping it saves waking this thread for each later deadline.
      guard state.sleepsUntil <= now else { return [] }
      var expired: [Waiter] = []
      var next = Deadline.never
      for (descriptor, waiter) in state.waiters {
        if waiter.deadline <= now {
          expired.append(waiter)
          state.waiters[descriptor] = nil
        } else {
          next = min(next, waiter.deadline)
        }
      }
      state.sleepsUntil = next
      return expired
    }
    for waiter in expired { waiter.continuation.resume(returning: .deadline) }
  }
}
