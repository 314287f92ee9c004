/// The physical ids of a replay's vehicles.
enum VehicleNames {
  /// `count` names that count up from `first`: after AV-009 comes AV-010. A name without a number at its end gets -2, -3…
  static func counting(from first: String, count: Int) -> [String] {
    let digits = first.reversed().prefix { $0.isASCII && $0.isNumber }.count
    // Longer numbers don't count up within an Int.
    guard digits > 0, digits <= 18, let number = Int(first.suffix(digits)) else {
      return (0..<count).map { $0 == 0 ? first : "\(first)-\($0 + 1)" }
    }
    let stem = first.dropLast(digits)
    return (0..<count).map { index in
      let text = String(number + index)
      return stem + String(repeating: "0", count: max(0, digits - text.count)) + text
    }
  }
}
