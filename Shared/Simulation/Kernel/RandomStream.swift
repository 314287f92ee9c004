/// SplitMix64: a 64-bit generator whose only job here is to spread a seed over the state of a better one.
///
/// Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014;
/// reference code by S. Vigna, https://prng.di.unimi.it/splitmix64.c (public domain).
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// xoshiro256**, the generator behind every random stream of a run.
///
/// Source: D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021;
/// reference code at https://prng.di.unimi.it/xoshiro256starstar.c (public domain). Period 2²⁵⁶ − 1.
public struct Xoshiro256StarStar: RandomNumberGenerator, Sendable {
  private var s0: UInt64
  private var s1: UInt64
  private var s2: UInt64
  private var s3: UInt64

  /// - Precondition: the four words aren't all zero, from where the generator can't leave.
  public init(state: (UInt64, UInt64, UInt64, UInt64)) {
    (s0, s1, s2, s3) = state
    precondition(s0 | s1 | s2 | s3 != 0, "the all-zero state is a fixed point")
  }

  /// Seeds the state from SplitMix64, as the authors recommend.
  public init(seed: UInt64) {
    var spreader = SplitMix64(seed: seed)
    s0 = spreader.next()
    s1 = spreader.next()
    s2 = spreader.next()
    s3 = spreader.next()
  }

  @inlinable
  static func rotateLeft(_ value: UInt64, _ count: UInt64) -> UInt64 { (value << count) | (value >> (64 - count)) }

  public mutating func next() -> UInt64 {
    let result = Self.rotateLeft(s1 &* 5, 7) &* 9
    let t = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = Self.rotateLeft(s3, 45)
    return result
  }
}

/// The seed of one run, from which every entity of the run gets a stream of its own.
///
/// A stream depends on nothing but the seed and the entity's name: adding an entity, or drawing more often in one,
/// doesn't disturb the others.
public struct RunSeed: Sendable, Hashable {
  public let value: UInt64

  public init(_ value: UInt64) { self.value = value }

  /// The random stream of the entity called `name`.
  public func stream(for name: String) -> RandomStream {
    var hash = StateHash()
    hash.combine(bytesOf: name)
    var spreader = SplitMix64(seed: value)
    return RandomStream(seed: spreader.next() ^ hash.value)
  }

  /// The seed of repetition `index`; repetition 0 is the run itself.
  public func repetition(_ index: Int) -> RunSeed {
    guard index > 0 else { return self }
    var spreader = SplitMix64(seed: value ^ (UInt64(index) &* 0xd134_2543_de82_ef95))
    return RunSeed(spreader.next())
  }
}

/// A deterministic source of random variates that belongs to one entity of a run.
///
/// The same seed gives the same variates on every machine: only exactly rounded operations are used.
public struct RandomStream: RandomNumberGenerator, Sendable {
  private var generator: Xoshiro256StarStar

  public init(seed: UInt64) { generator = Xoshiro256StarStar(seed: seed) }

  public mutating func next() -> UInt64 { generator.next() }

  /// A uniform variate in [0, 1), a multiple of 2⁻⁵³.
  public mutating func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }

  /// A uniform variate strictly between 0 and 1.
  public mutating func openUniform() -> Double { (Double(generator.next() >> 12) + 0.5) * 0x1p-52 }

  /// A uniform variate in `range`.
  public mutating func uniform(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// A normal variate by inversion, so that each costs exactly one draw.
  public mutating func normal(mean: Double = 0, standardDeviation: Double = 1) -> Double {
    mean + standardDeviation * Normal.quantile(openUniform())
  }

  /// True with the given probability.
  public mutating func bernoulli(_ probability: Double) -> Bool { uniform() < probability }
}
