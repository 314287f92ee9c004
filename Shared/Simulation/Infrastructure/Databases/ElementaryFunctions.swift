#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The functions of the C library that these models need.
enum Elementary {
  static func exp(_ x: Double) -> Double {
    #if canImport(Glibc)
      Glibc.exp(x)
    #else
      Darwin.exp(x)
    #endif
  }

  static func log(_ x: Double) -> Double {
    #if canImport(Glibc)
      Glibc.log(x)
    #else
      Darwin.log(x)
    #endif
  }

  /// 1 − exp(−x), exact for small x too.
  static func occupied(_ x: Double) -> Double {
    #if canImport(Glibc)
      -Glibc.expm1(-x)
    #else
      -Darwin.expm1(-x)
    #endif
  }

  /// The complementary error function.
  static func erfc(_ x: Double) -> Double {
    #if canImport(Glibc)
      Glibc.erfc(x)
    #else
      Darwin.erfc(x)
    #endif
  }
}
