import ChangeConversions
import FleetCore
import NIOPosix
import SimulationInfrastructure
import TwinProto

/// Computes simulations of changes on threads that serve no calls, and waits no longer than it may.
struct ChangeComputation: Sendable {
  enum Ended: Sendable {
    /// With the seconds that it took.
    case ended(Result<ChangeFindings, any Error>, Double)
    /// Its time was up before it ended.
    case overdue
  }

  let threads: NIOThreadPool
  /// How long it may take to notice that its time is up.
  let grace: Duration
  let simulate: ChangeRunner.Simulate

  /// - Parameter place: kept until the thread is done, which may be after this has returned.
  func compute(
    _ simulation: SimulationInfrastructure.ChangeSimulation, seconds: Double, _ entry: RunBoard.Entry,
    holding place: ChangeQueue.Place, announce: @escaping @Sendable () -> Void
  ) async -> Ended {
    let clock = ContinuousClock()
    let first = FirstAnswer<Ended>()
    threads.submit { [simulate] state in
      withExtendedLifetime(place) {
        guard case .active = state else { return first.give(.ended(.failure(CancellationError()), 0)) }
        let started = clock.now
        let deadline = started + .seconds(seconds)
        let result = Result {
          try simulate(simulation, { entry.isStopped || clock.now > deadline }) { progress in
            entry.progress = progress.share
            if let moment = progress.moment { entry.moment = ChangeSample(moment) }
            announce()
          }
        }
        // What came too late counts as not having come, however little it was.
        let isLate = clock.now > deadline && !entry.isStopped
        first.give(isLate ? .overdue : .ended(result, (clock.now - started) / .seconds(1)))
      }
    }
    let watchdog = Task {
      try await Task.sleep(for: .seconds(seconds) + grace)
      first.give(.overdue)
    }
    defer { watchdog.cancel() }
    return await withTaskCancellationHandler {
      await first.get()
    } onCancel: {
      entry.requestStop()
    }
  }
}
