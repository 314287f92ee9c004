import Testing
import TwinProto

@testable import TwinCTLCommands

/// A buffer behind a reference, since expectations can't call what mutates.
private final class Subject {
  private(set) var buffer: ResendBuffer

  init(capacity: Int) { buffer = ResendBuffer(capacity: capacity) }

  func append(_ sample: ResendBuffer.Sample) -> Bool { buffer.append(sample) }
  func nextBatch() -> ResendBuffer.Batch? { buffer.nextBatch() }
  func connectionLost() { buffer.connectionLost() }
  func settle(batch: UInt64, rejectedSequences: Set<UInt64>) -> ResendBuffer.Settlement? {
    buffer.settle(batch: batch, rejectedSequences: rejectedSequences)
  }
  var count: Int { buffer.count }
  var isEmpty: Bool { buffer.isEmpty }
  var hasUnderWay: Bool { buffer.hasUnderWay }
}

@Suite struct ResendBufferTests {
  private func sample(_ sequence: UInt64, vehicle: Int = 0) -> ResendBuffer.Sample {
    ResendBuffer.Sample(vehicle: vehicle, message: TelemetrySample(sequence: sequence))
  }

  @Test func batchesHoldOneVehicleInOrder() throws {
    let buffer = Subject(capacity: 10)
    for (sequence, vehicle) in [(1, 0), (2, 0), (1, 1), (3, 0)] as [(UInt64, Int)] {
      #expect(buffer.append(sample(sequence, vehicle: vehicle)))
    }
    let batches = [buffer.nextBatch(), buffer.nextBatch(), buffer.nextBatch()].compactMap { $0 }
    #expect(batches.map(\.vehicle) == [0, 1, 0])
    #expect(batches.map { $0.samples.map(\.sequence) } == [[1, 2], [1], [3]])
    #expect(Set(batches.map(\.id)).count == 3)
    #expect(buffer.nextBatch() == nil)
    #expect(buffer.count == 4)
  }

  @Test func refusesWhatHasNoRoomUntilAnAcknowledgement() throws {
    let buffer = Subject(capacity: 2)
    #expect(buffer.append(sample(1)))
    #expect(buffer.append(sample(2)))
    #expect(!buffer.append(sample(3)))
    let batch = try #require(buffer.nextBatch())
    #expect(!buffer.append(sample(3)), "under way still takes room")
    let settled = try #require(buffer.settle(batch: batch.id, rejectedSequences: [2]))
    #expect(settled.acknowledged.map(\.sequence) == [1])
    #expect(settled.rejected.map(\.sequence) == [2])
    #expect(buffer.append(sample(3)))
    #expect(buffer.count == 1)
  }

  @Test func aLostConnectionSendsAgainInTheOldOrderBeforeWhatWaits() throws {
    let buffer = Subject(capacity: 10)
    for sequence in 1...2 { _ = buffer.append(sample(UInt64(sequence))) }
    _ = buffer.nextBatch()
    _ = buffer.append(sample(3))
    let second = try #require(buffer.nextBatch())
    _ = buffer.append(sample(4))
    buffer.connectionLost()
    #expect(!buffer.hasUnderWay)
    #expect(buffer.settle(batch: second.id, rejectedSequences: []) == nil, "an old batch settles nothing")
    let again = try #require(buffer.nextBatch())
    #expect(again.samples.map(\.sequence) == [1, 2, 3, 4])
    #expect(again.resent == 3)
    #expect(again.id > second.id)
    #expect(buffer.settle(batch: again.id, rejectedSequences: [])?.acknowledged.count == 4)
    #expect(buffer.isEmpty)
  }

  @Test func batchesStayWithinTheirBound() throws {
    let buffer = Subject(capacity: 1_000)
    for sequence in 1...250 { _ = buffer.append(sample(UInt64(sequence))) }
    var sizes: [Int] = []
    while let batch = buffer.nextBatch() { sizes.append(batch.samples.count) }
    #expect(sizes == [100, 100, 50])
  }

  @Test func keepsEverySampleOverManyRounds() throws {
    let buffer = Subject(capacity: 7)
    var acknowledged: [UInt64] = []
    for sequence in 1...500 as ClosedRange<UInt64> {
      while !buffer.append(sample(sequence)) {
        let batch = try #require(buffer.nextBatch())
        if sequence % 3 == 0, batch.resent == 0 {
          buffer.connectionLost()
        } else {
          acknowledged += buffer.settle(batch: batch.id, rejectedSequences: [])?.acknowledged.map(\.sequence) ?? []
        }
      }
    }
    while let batch = buffer.nextBatch() {
      acknowledged += buffer.settle(batch: batch.id, rejectedSequences: [])?.acknowledged.map(\.sequence) ?? []
    }
    #expect(acknowledged == Array(1...500))
    #expect(buffer.isEmpty)
  }
}
