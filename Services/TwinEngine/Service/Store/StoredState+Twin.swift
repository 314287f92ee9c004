import FleetCore
import NIOCore
import TwinProto

extension StoredState {
  /// The state of a twin, to be stored.
  init(_ twin: LiveTwin) throws {
    var buffer = ByteBuffer()
    try VehicleState(twin, status: twin.toldStatus, withPredictions: false, withLearned: true).serialize(into: &buffer)
    self.init(
      number: twin.number, state: Array(buffer.readableBytesView), sources: twin.sources.mapValues(\.encoded))
  }

  /// The stored state; nil when it can't be read, which is like a twin whose samples are all still to come.
  var decoded: VehicleState? { try? VehicleState(serialized: ByteBuffer(bytes: state)) }
}
