/// Fits a driver or ACC to a car-following log.
public enum CarFollowingFit {
  /// - Parameters:
  ///   - log: ascending in time.
  ///   - holdoutShare: share of the rows, from the end, that isn't fitted but judged, 0 to 0.9.
  ///   - seed: the same seed and log give the same fit.
  public static func fit(_ log: [FollowingRow], holdoutShare: Double, seed: UInt64) throws(FitRefusal) -> ParameterFit {
    throw FitRefusal(field: "kind", reason: "car_following can't be fitted by this version yet")
  }
}
