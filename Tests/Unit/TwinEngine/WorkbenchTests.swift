import RPCCore
import RPCErrors
import Synchronization
import Testing
import Waiting

@testable import TwinEngineService

@Suite("Computing beside the calls")
struct WorkbenchTests {
  /// Work that goes on until it is let go.
  private final class Gate: Sendable {
    private let isOpen = Atomic(false)
    private let hasBegun = Atomic(false)

    var begun: Bool { hasBegun.load(ordering: .acquiring) }
    func open() { isOpen.store(true, ordering: .releasing) }

    /// - Returns: whether it was stopped.
    func wait(_ stop: Workbench.Stop) -> Bool {
      hasBegun.store(true, ordering: .releasing)
      while !isOpen.load(ordering: .acquiring) { if stop.isRequested { return true } }
      return false
    }
  }

  @Test("there are so many places, and who finds none is told when to come back")
  func places() async throws {
    let bench = Workbench(places: 2, timeLimit: .seconds(600))
    var held = [try bench.place(for: "fits"), try bench.place(for: "fits")]
    #expect(bench.count == 2)
    do {
      _ = try bench.place(for: "fits")
      Issue.record("there is no third place")
    } catch let fault as ServiceFault {
      #expect(fault.code == .resourceExhausted)
      #expect(fault.reason == "OVERLOADED")
      #expect(fault.retryAfter == Workbench.retryAfter)
    }
    held.removeLast()
    #expect(bench.count == 1)
    _ = try bench.place(for: "fits")
    held.removeAll()
    #expect(bench.count == 0)
  }

  @Test("what is computed comes back, and so do its errors")
  func results() async throws {
    struct Wrong: Error {}
    let bench = Workbench(places: 1, timeLimit: .seconds(600))
    #expect(try await bench.compute(holding: bench.place(for: "fits")) { _ in 42 } == 42)
    await #expect(throws: Wrong.self) {
      try await bench.compute(holding: bench.place(for: "fits")) { _ in throw Wrong() }
    }
    try await eventually("the place is free") { bench.count == 0 }
  }

  @Test("the caller's cancellation ends the wait and the work")
  func cancellation() async throws {
    let bench = Workbench(places: 1, timeLimit: .seconds(600))
    let gate = Gate()
    let wasStopped = Mutex<Bool?>(nil)
    let call = Task {
      try await bench.compute(holding: bench.place(for: "fits")) { stop in
        let stopped = gate.wait(stop)
        wasStopped.withLock { $0 = stopped }
      }
    }
    try await eventually("the work has begun") { gate.begun }
    call.cancel()
    await #expect(throws: CancellationError.self) { try await call.value }
    try await eventually("the work has ended and given its place back") { bench.count == 0 }
    #expect(wasStopped.withLock(\.self) == true)
  }

  @Test("work that takes too long is told so and ends")
  func overdue() async throws {
    let bench = Workbench(places: 1, timeLimit: .milliseconds(1))
    let gate = Gate()
    do {
      try await bench.compute(holding: bench.place(for: "fits")) { stop in
        if gate.wait(stop) { throw CancellationError() }
      }
      Issue.record("it can't end")
    } catch let fault as ServiceFault {
      #expect(fault.code == .deadlineExceeded)
    }
    try await eventually("the place is free") { bench.count == 0 }
  }
}
