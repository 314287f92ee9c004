/// One sample of one actor, in the columns that every trace has.
public struct TraceSample: Sendable {
  /// Simulated time, seconds.
  public var time: Double
  /// The actor's place in `Trace.actors`.
  public var actor: Int
  /// Position in the scenario's plane, metres.
  public var x: Double
  public var y: Double
  /// Anticlockwise from the x axis, radians.
  public var heading: Double
  /// Metres per second.
  public var speed: Double
  /// Along the heading, m/s².
  public var acceleration: Double
  /// Radians per second.
  public var yawRate: Double
  /// Angle of the front wheels, radians.
  public var steering: Double

  public init(
    time: Double, actor: Int, x: Double, y: Double = 0, heading: Double = 0, speed: Double, acceleration: Double,
    yawRate: Double = 0, steering: Double = 0
  ) {
    self.time = time
    self.actor = actor
    self.x = x
    self.y = y
    self.heading = heading
    self.speed = speed
    self.acceleration = acceleration
    self.yawRate = yawRate
    self.steering = steering
  }
}

/// What every actor of a run did over time: one row per actor and sample, each column an array of its own.
public struct Trace: Sendable {
  /// A column with its name, unit included (`gap_m`).
  public struct Column: Sendable {
    public let name: String
    /// One value per row; NaN where the row has none.
    public fileprivate(set) var values: [Double] = []
  }

  /// The names of the columns that every trace has, in their order; `actor` comes second in tables, after `t_s`.
  public static let commonColumns = [
    "t_s", "x_m", "y_m", "heading_rad", "speed_mps", "acceleration_mps2", "yaw_rate_rps", "steering_rad",
  ]

  /// The actors' names; rows refer to them by index.
  public let actors: [String]
  /// For each row, the index of its actor.
  public private(set) var actorIndex: [Int32] = []
  /// The common columns, then the scenario's own.
  public private(set) var columns: [Column]
  /// The number of rows at which recording stops, which `isTruncated` then tells.
  public let maximumRows: Int
  /// True when rows were left out because `maximumRows` was reached.
  public private(set) var isTruncated = false

  /// - Parameters:
  ///   - extraColumns: the scenario's own columns, unit included in the name.
  ///   - maximumRows: a bound on the memory of one trace.
  public init(actors: [String], extraColumns: [String] = [], maximumRows: Int = 1_000_000) {
    self.actors = actors
    self.maximumRows = maximumRows
    columns = (Self.commonColumns + extraColumns).map { Column(name: $0) }
  }

  /// The number of rows.
  public var count: Int { actorIndex.count }

  /// The column called `name`.
  public subscript(name: String) -> [Double]? { columns.first { $0.name == name }?.values }

  /// Appends a row; `extras` fill the scenario's own columns in order, the ones left over stay empty.
  public mutating func append(_ sample: TraceSample, extras: [Double] = []) {
    guard count < maximumRows else {
      isTruncated = true
      return
    }
    actorIndex.append(Int32(sample.actor))
    columns[0].values.append(sample.time)
    columns[1].values.append(sample.x)
    columns[2].values.append(sample.y)
    columns[3].values.append(sample.heading)
    columns[4].values.append(sample.speed)
    columns[5].values.append(sample.acceleration)
    columns[6].values.append(sample.yawRate)
    columns[7].values.append(sample.steering)
    for index in Self.commonColumns.count..<columns.count {
      let extra = index - Self.commonColumns.count
      columns[index].values.append(extra < extras.count ? extras[extra] : .nan)
    }
  }

  /// The rows of one actor for one column, in time order.
  public func values(of column: String, actor: String) -> [Double] {
    guard let values = self[column], let wanted = actors.firstIndex(of: actor) else { return [] }
    return zip(actorIndex, values).compactMap { Int($0) == wanted ? $1 : nil }
  }
}

extension TraceSample {
  /// Adds every number of the sample to a state hash.
  public func hash(into hash: inout StateHash) {
    hash.combine(time)
    hash.combine(UInt64(actor))
    hash.combine(x)
    hash.combine(y)
    hash.combine(heading)
    hash.combine(speed)
    hash.combine(acceleration)
    hash.combine(yawRate)
    hash.combine(steering)
  }
}
