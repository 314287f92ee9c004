/// `value` rounded to so many decimal places, ties away from zero.
func decimal(_ value: Double, places: Int) -> String {
  guard value.isFinite, value.magnitude < 1e12 else { return "\(value)" }
  var scale = 1.0
  for _ in 0..<places { scale *= 10 }
  let scaled = (value.magnitude * scale).rounded()
  let whole = (scaled / scale).rounded(.down)
  let sign = value < 0 && scaled > 0 ? "-" : ""
  guard places > 0 else { return "\(sign)\(Int(whole))" }
  let fraction = String(Int((scaled - whole * scale).rounded()))
  return "\(sign)\(Int(whole))." + String(repeating: "0", count: places - fraction.count) + fraction
}

/// `text` with spaces in front until it is `width` characters wide.
func rightAligned(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}

/// `text` with spaces behind until it is `width` characters wide.
func leftAligned(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}
