/// SplitMix64: the same seed gives the same sandbox on every machine.
///
/// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  /// The numbers of a stream of a seed; streams are independent, so that drawing more for one row
  /// changes no other.
  init(seed: UInt64, stream: UInt64) {
    state = seed
    state = next() ^ (stream &* 0xD134_2543_DE82_EF95)
    state = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number in [0, 1).
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Whether something of a probability happens.
  mutating func happens(_ probability: Double) -> Bool { unit() < probability }

  /// A whole number of a range.
  mutating func whole(_ range: Range<Int64>) -> Int64 {
    range.lowerBound + Int64(unit() * Double(range.upperBound - range.lowerBound))
  }

  /// An index of a collection of that many elements.
  mutating func index(below count: Int) -> Int { Int(unit() * Double(count)) }

  /// One of several, `nil` of none.
  mutating func pick<Element>(_ choices: [Element]) -> Element? {
    choices.isEmpty ? nil : choices[index(below: choices.count)]
  }

  /// A version 4 GUID in lower case.
  mutating func guid() -> String {
    let high = (next() & 0xFFFF_FFFF_FFFF_0FFF) | 0x4000
    let low = (next() & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000
    let digits = Self.hexadecimal(high) + Self.hexadecimal(low)
    var text: [UInt8] = []
    for (position, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(position) { text.append(UInt8(ascii: "-")) }
      text.append(digit)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// A log-normal number: its median, and the deviation of its natural logarithm.
  ///
  /// A sum of twelve uniform numbers stands for the normal one and a series for the exponential,
  /// so that no mathematical library has a say in the population.
  mutating func logNormal(median: Double, deviation: Double) -> Double {
    var normal = -6.0
    for _ in 0..<12 { normal += unit() }
    let small = normal * deviation / 1024
    var factor = 1 + small * (1 + small / 2 * (1 + small / 3 * (1 + small / 4)))
    for _ in 0..<10 { factor *= factor }
    return median * factor
  }

  private static func hexadecimal(_ number: UInt64) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return stride(from: 60, through: 0, by: -4).map { digits[Int(number >> UInt64($0) & 15)] }
  }
}

/// Shares that add up, to draw an index in proportion to its share.
struct CumulativeShares: Sendable {
  private let sums: [Double]

  init(_ shares: some Sequence<Double>) {
    var total = 0.0
    sums = shares.map { share in
      total += share
      return total
    }
  }

  /// An index in proportion to its share; `nil` when there is nothing to share.
  func draw(_ random: inout SeededRandom) -> Int? {
    guard let total = sums.last, total > 0 else { return nil }
    let point = random.unit() * total
    var low = 0
    var high = sums.count - 1
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] <= point { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
