#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The one function of the C library that these models need.
enum Logarithm {
  static func natural(_ value: Double) -> Double { log(value) }
}
