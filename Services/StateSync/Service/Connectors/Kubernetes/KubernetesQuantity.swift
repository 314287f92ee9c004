import SimulationInput

/// Amounts as Kubernetes writes them
/// (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/): a number with a decimal or
/// binary suffix, such as `500m`, `1.5`, `2Gi`, `1e3`.
enum KubernetesQuantity {
  static let gigabyte = 1_073_741_824.0

  private static let suffixes: [(String, Double)] = [
    ("Ki", 0x1p10), ("Mi", 0x1p20), ("Gi", 0x1p30), ("Ti", 0x1p40), ("Pi", 0x1p50), ("Ei", 0x1p60), ("n", 1e-9),
    ("u", 1e-6), ("m", 1e-3), ("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12), ("P", 1e15), ("E", 1e18),
  ]

  /// nil for what is no quantity.
  static func value(_ value: InputValue?) -> Double? {
    switch value {
    case .number(let number)?: return number
    case .string(let text)?:
      let (digits, factor) =
        suffixes.first { text.hasSuffix($0.0) }.map { (text.dropLast($0.0.count), $0.1) } ?? (text[...], 1)
      guard let number = Double(digits), number.isFinite else { return nil }
      return number * factor
    default: return nil
    }
  }
}
