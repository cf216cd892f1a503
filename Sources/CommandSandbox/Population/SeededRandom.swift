/// SplitMix64: the same seed gives the same sandbox on every machine.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
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

  /// A number below a bound.
  mutating func below(_ bound: Int) -> Int { Int(unit() * Double(bound)) }

  /// One of several.
  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

  /// Roughly normal, mean 0 and deviation 1: the sum of twelve uniform numbers, so that no library's logarithm decides.
  mutating func normal() -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += unit() }
    return sum
  }

  /// A version 4 GUID in lower case.
  mutating func guid() -> String {
    let digits = Array("0123456789abcdef".utf8)
    var bytes: [UInt8] = []
    for position in 0..<32 {
      if [8, 12, 16, 20].contains(position) { bytes.append(UInt8(ascii: "-")) }
      bytes.append(position == 12 ? UInt8(ascii: "4") : digits[below(16)])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
