/// Arithmetic on counts that come from outside: what doesn't fit is the largest or the smallest number.
enum Saturating {
  static func sum(_ terms: Int...) -> Int {
    terms.reduce(0) { total, term in
      let (value, overflows) = total.addingReportingOverflow(term)
      return overflows ? (term > 0 ? .max : .min) : value
    }
  }

  /// Factors below 0 count as 0.
  static func product(_ factors: Int...) -> Int {
    factors.reduce(1) { total, factor in
      let (value, overflows) = total.multipliedReportingOverflow(by: max(0, factor))
      return overflows ? .max : value
    }
  }
}
