import NIOCore
import NIOEmbedded
import Testing

@testable import RPCTransport

@Suite struct DeadlineWheelTests {
  private final class Node: DeadlineNode {
    var fired: [NIODeadline] = []
    var onFire: () -> Void = {}
    private let loop: EmbeddedEventLoop

    init(_ loop: EmbeddedEventLoop) { self.loop = loop }

    override func deadlinePassed() {
      fired.append(loop.now)
      onFire()
    }
  }

  @Test(arguments: [0, 1, 4, 5, 6, 9, 10, 123, 5_119, 5_120, 5_121, 20_000] as [Int64])
  func aDeadlineFiresOnceNeverEarlyAndAtMostTwoTicksLate(milliseconds: Int64) {
    let loop = EmbeddedEventLoop()
    let wheel = DeadlineWheel(loop: loop)
    let node = Node(loop)
    let due = loop.now + .milliseconds(milliseconds)
    wheel.add(node, due)
    for _ in 0..<30_000 where node.fired.isEmpty { loop.advanceTime(by: .milliseconds(1)) }
    loop.advanceTime(by: .seconds(20))
    #expect(node.fired.count == 1)
    for instant in node.fired {
      #expect(instant >= due)
      #expect(instant - due <= DeadlineWheel.tick + DeadlineWheel.tick)
    }
  }

  @Test func aDeadlineThatWasTakenOutDoesNotFire() {
    let loop = EmbeddedEventLoop()
    let wheel = DeadlineWheel(loop: loop)
    let nodes = (0..<5).map { _ in Node(loop) }
    for node in nodes { wheel.add(node, loop.now + .milliseconds(20)) }
    wheel.remove(nodes[0])
    wheel.remove(nodes[2])
    wheel.remove(nodes[4])
    wheel.remove(nodes[4])
    loop.advanceTime(by: .seconds(1))
    #expect(nodes.map(\.fired.count) == [0, 1, 0, 1, 0])
  }

  @Test func oneThatFiresMayTakeOutAndAddOthers() {
    let loop = EmbeddedEventLoop()
    let wheel = DeadlineWheel(loop: loop)
    let (first, second, third) = (Node(loop), Node(loop), Node(loop))
    // The list of a slot is visited newest first.
    wheel.add(second, loop.now + .milliseconds(20))
    wheel.add(first, loop.now + .milliseconds(20))
    first.onFire = {
      wheel.remove(second)
      wheel.add(third, loop.now)
    }
    loop.advanceTime(by: .seconds(1))
    #expect([first, second, third].map(\.fired.count) == [1, 0, 1])
  }

  @Test func aLoopThatStoodStillFiresAllThatIsDue() {
    let loop = EmbeddedEventLoop()
    let wheel = DeadlineWheel(loop: loop)
    let nodes = (1...50).map { _ in Node(loop) }
    for (index, node) in nodes.enumerated() { wheel.add(node, loop.now + .milliseconds(Int64(index) * 300)) }
    loop.advanceTime(by: .seconds(60))
    #expect(nodes.allSatisfy { $0.fired.count == 1 })
  }

  @Test func anEmptyWheelDoesNotTickAndStartsAgain() {
    let loop = EmbeddedEventLoop()
    let wheel = DeadlineWheel(loop: loop)
    let node = Node(loop)
    wheel.add(node, loop.now + .milliseconds(1))
    loop.advanceTime(by: .seconds(100))
    #expect(node.fired.count == 1)
    let due = loop.now + .milliseconds(50)
    wheel.add(node, due)
    loop.advanceTime(by: .milliseconds(49))
    #expect(node.fired.count == 1)
    loop.advanceTime(by: .milliseconds(11))
    #expect(node.fired.count == 2)
  }
}
