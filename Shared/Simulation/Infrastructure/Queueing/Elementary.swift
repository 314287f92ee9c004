import SimulationKernel

/// Elementary functions from exactly rounded operations only, beside the kernel's logarithm, so that a state hash holds
/// on every machine.
enum Elementary {
  /// eˣ, within 3 units in the last place; 0 below −745 and ∞ above 709.78.
  ///
  /// Writes x = k·ln 2 + r with |r| ≤ 0.347 and sums the power series of eʳ to 14 terms, where it reaches 10⁻¹⁸.
  static func exp(_ x: Double) -> Double {
    guard x.isFinite else { return x < 0 ? 0 : x }
    guard x > -745 else { return 0 }
    guard x < 709.78 else { return .infinity }
    let k = (x * 0x1.71547652b82fep+0).rounded()
    let r = (x - k * 0x1.62e42fee00000p-1) - k * 0x1.a39ef35793c76p-33
    var sum = 1.0
    for divisor in stride(from: 14.0, through: 1.0, by: -1.0) { sum = 1 + r * sum / divisor }
    // In two factors: the smallest results are subnormal, whose exponent doesn't fit one.
    let half = Int(k) / 2
    return sum * Double(sign: .plus, exponent: half, significand: 1)
      * Double(sign: .plus, exponent: Int(k) - half, significand: 1)
  }

  /// x to the power of y for x over 0.
  static func power(_ x: Double, _ y: Double) -> Double { exp(y * PortableMath.log(x)) }
}

/// A complex number, as the inversion of a transform needs it.
struct Complex: Sendable {
  var real: Double
  var imaginary: Double

  static let one = Complex(real: 1, imaginary: 0)

  static func + (left: Complex, right: Complex) -> Complex {
    Complex(real: left.real + right.real, imaginary: left.imaginary + right.imaginary)
  }

  static func - (left: Complex, right: Complex) -> Complex {
    Complex(real: left.real - right.real, imaginary: left.imaginary - right.imaginary)
  }

  static func * (left: Complex, right: Complex) -> Complex {
    Complex(
      real: left.real * right.real - left.imaginary * right.imaginary,
      imaginary: left.real * right.imaginary + left.imaginary * right.real)
  }

  static func * (factor: Double, number: Complex) -> Complex {
    Complex(real: factor * number.real, imaginary: factor * number.imaginary)
  }

  static func / (left: Complex, right: Complex) -> Complex {
    let size = right.real * right.real + right.imaginary * right.imaginary
    return Complex(
      real: (left.real * right.real + left.imaginary * right.imaginary) / size,
      imaginary: (left.imaginary * right.real - left.real * right.imaginary) / size)
  }

  /// rate / (rate + self): the transform of an exponential law.
  func exponentialTransform(rate: Double) -> Complex {
    Complex(real: rate, imaginary: 0) / Complex(real: rate + real, imaginary: imaginary)
  }

  /// This number to a whole power, by squaring.
  func power(_ exponent: Int) -> Complex {
    var result = Complex.one
    var base = self
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = result * base }
      base = base * base
      rest >>= 1
    }
    return result
  }
}
