private import Crypto

/// The first 128 bits of a SHA-256 digest: stands for a text that would be too long to keep for every instance.
///
/// A cryptographic digest, because requesters choose the texts: with a cheaper one they could make two requests look
/// like one.
public struct Fingerprint: Sendable, Hashable, Comparable {
  private let high: UInt64
  private let low: UInt64

  /// Stands for no text.
  static let none = Fingerprint(high: 0, low: 0)

  private init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Digests some bytes.
  public init(of bytes: some Sequence<UInt8>) {
    let digest = SHA256.hash(data: Array(bytes))
    var words: [UInt64] = [0, 0]
    for (index, byte) in digest.prefix(16).enumerated() {
      words[index / 8] = words[index / 8] << 8 | UInt64(byte)
    }
    self.init(high: words[0], low: words[1])
  }

  /// Digests several texts so that no two lists of texts give the same bytes.
  init(ofTexts texts: [UInt8]...) {
    var bytes: [UInt8] = []
    for text in texts {
      for shift in stride(from: 24, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: text.count >> shift))
      }
      bytes += text
    }
    self.init(of: bytes)
  }

  /// Thirty-two hexadecimal digits.
  public var hexadecimal: String {
    [high, low].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  public static func < (left: Fingerprint, right: Fingerprint) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }
}
