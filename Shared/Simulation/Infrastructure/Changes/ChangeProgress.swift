/// How far the simulation of a change has come.
public struct ChangeProgress: Sendable, Hashable {
  /// Done, 0 to 1: half of it are the checks, half the simulated hours.
  public var share: Double
  /// The newest simulated moment; nil before the simulated hours begin, or where there are none.
  public var moment: ChangeMoment?

  public init(share: Double, moment: ChangeMoment? = nil) {
    self.share = share
    self.moment = moment
  }
}

/// The state of a simulation would have taken more memory than it may.
public struct ChangeOutOfMemory: Error, Sendable, Hashable {
  /// Bytes that it may take.
  public let limit: Int

  public init(limit: Int) { self.limit = limit }
}
