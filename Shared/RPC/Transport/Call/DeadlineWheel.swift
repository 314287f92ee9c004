import NIOCore

/// Something whose time may run out. Belongs to one event loop.
class DeadlineNode {
  /// When to fire, while in a wheel.
  fileprivate var due = NIODeadline.distantFuture
  fileprivate var next: DeadlineNode?
  fileprivate unowned(unsafe) var previous: DeadlineNode?
  fileprivate var slot = -1

  init() {}

  /// Called on the wheel's loop, at most one tick late and never early.
  func deadlinePassed() {}
}

/// One coarse timer for all calls of an event loop: a scheduled task per call would cost more than the call.
///
/// A hashed wheel: slots of one tick each, every slot a list from which a call can be unlinked at once. It ticks only
/// while it holds something.
///
/// Source: Varghese and Lauck, "Hashed and Hierarchical Timing Wheels", SOSP 1987, scheme 6
final class DeadlineWheel {
  /// The longest that a deadline is noticed late.
  static let tick = TimeAmount.milliseconds(5)
  private static let slotCount = 1024
  private let loop: any EventLoop
  private let start: NIODeadline
  private var slots = [DeadlineNode?](repeating: nil, count: slotCount)
  private var count = 0
  private var turned: Int64 = 0
  private var isTicking = false

  init(loop: any EventLoop) {
    self.loop = loop
    start = loop.now
  }

  func add(_ node: DeadlineNode, _ deadline: NIODeadline) {
    loop.preconditionInEventLoop()
    remove(node)
    if count == 0 { turned = tickNumber(loop.now) }
    node.due = deadline
    // One tick further than the deadline falls in, so that nothing fires early.
    let number = max(tickNumber(deadline) + 1, turned + 1)
    let slot = Int(number % Int64(Self.slotCount))
    node.slot = slot
    node.next = slots[slot]
    node.previous = nil
    slots[slot]?.previous = node
    slots[slot] = node
    count += 1
    schedule()
  }

  func remove(_ node: DeadlineNode) {
    guard node.slot >= 0 else { return }
    if let previous = node.previous { previous.next = node.next } else { slots[node.slot] = node.next }
    node.next?.previous = node.previous
    node.next = nil
    node.previous = nil
    node.slot = -1
    count -= 1
  }

  private func tickNumber(_ instant: NIODeadline) -> Int64 {
    max((instant - start).nanoseconds, 0) / Self.tick.nanoseconds
  }

  private func schedule() {
    guard !isTicking, count > 0 else { return }
    isTicking = true
    loop.assumeIsolated().scheduleTask(in: Self.tick) {
      self.isTicking = false
      self.turn(to: self.loop.now)
      self.schedule()
    }
  }

  private func turn(to now: NIODeadline) {
    let target = tickNumber(now)
    var steps = min(target - turned, Int64(Self.slotCount))
    turned = target - steps
    // Gathered first: a node that fires may take others out of the wheel.
    var due: [DeadlineNode] = []
    while steps > 0 {
      turned += 1
      steps -= 1
      var node = slots[Int(turned % Int64(Self.slotCount))]
      while let current = node {
        if current.due <= now { due.append(current) }
        node = current.next
      }
    }
    for node in due where node.slot >= 0 {
      remove(node)
      node.deadlinePassed()
    }
  }
}
