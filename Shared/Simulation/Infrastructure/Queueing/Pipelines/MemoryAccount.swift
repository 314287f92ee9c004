/// What the arrays of a simulation's state take in memory.
///
/// They grow by doubling, each by its own count of places and not by what the allocator happens to give, so that a bound
/// of memory is met by the same event in every run.
enum MemoryAccount {
  /// Events between two looks at the account.
  static let interval = 4_096
  /// Elements that one event adds to one array at most.
  static let growthPerEvent = 3
  /// Places of an array at first.
  static let places = 16

  /// Bytes at the most while `more` elements are added: an array that is full moves into one of twice the size, and both
  /// exist until it has moved.
  static func bytes(holding count: Int, in places: Int, adding more: Int, stride: Int) -> Int {
    let needed = count + more
    guard needed > places else { return places * stride }
    var grown = max(Self.places, 2 * places)
    while grown < needed { grown *= 2 }
    return (grown / 2 + grown) * stride
  }
}
