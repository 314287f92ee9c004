#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

func sine(_ angle: Double) -> Double { sin(angle) }

func cosine(_ angle: Double) -> Double { cos(angle) }

func naturalLogarithm(_ x: Double) -> Double { log(x) }

func tangent(_ angle: Double) -> Double { tan(angle) }

func arctangent(_ x: Double) -> Double { atan(x) }

func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }
