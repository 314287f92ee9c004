/// The downhill simplex, a minimiser without derivatives that draws nothing: the same start gives the same end.
///
/// Source: J. Nelder, R. Mead, "A simplex method for function minimization", Computer Journal 7, 1965, with the
/// standard coefficients 1, 2, ½, ½.
enum NelderMead {
  static func minimum(
    from start: [Double], step: Double, evaluations: Int, of function: ([Double]) -> Double
  ) -> (point: [Double], value: Double) {
    var simplex = [start]
    for index in start.indices {
      var corner = start
      corner[index] += step
      simplex.append(corner)
    }
    var values = simplex.map(function)
    var spent = values.count
    while spent < evaluations {
      let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
      simplex = order.map { simplex[$0] }
      values = order.map { values[$0] }
      let last = values.count - 1
      if abs(values[last] - values[0]) <= 1e-10 * (abs(values[0]) + 1e-300) { break }
      let centre = start.indices.map { index in
        simplex[..<last].reduce(0) { $0 + $1[index] } / Double(last)
      }
      func along(_ factor: Double) -> [Double] {
        start.indices.map { centre[$0] + factor * (simplex[last][$0] - centre[$0]) }
      }
      let reflected = along(-1)
      let reflectedValue = function(reflected)
      spent += 1
      if reflectedValue < values[0] {
        let expanded = along(-2)
        let expandedValue = function(expanded)
        spent += 1
        (simplex[last], values[last]) =
          expandedValue < reflectedValue ? (expanded, expandedValue) : (reflected, reflectedValue)
      } else if reflectedValue < values[last - 1] {
        (simplex[last], values[last]) = (reflected, reflectedValue)
      } else {
        let contracted = along(reflectedValue < values[last] ? -0.5 : 0.5)
        let contractedValue = function(contracted)
        spent += 1
        if contractedValue < min(reflectedValue, values[last]) {
          (simplex[last], values[last]) = (contracted, contractedValue)
        } else {
          for index in 1...last {
            simplex[index] = zip(simplex[index], simplex[0]).map { ($0 + $1) / 2 }
            values[index] = function(simplex[index])
          }
          spent += last
        }
      }
    }
    let best = values.indices.min { (values[$0], $0) < (values[$1], $1) } ?? 0
    return (simplex[best], values[best])
  }
}
