// What users and their requests are known by while cases are compared: SipHash under the seed of the process.
//
// Requesters choose the texts, but neither the seed nor the variables of the process, so that they cannot make two look
// like one. The keys order cases only within a run: they are never written, and no result depends on that order.

/// What a user and a common name are known by: 128 bits, since all of a run are compared with each other.
///
/// The first 64 are those of the common name, so that the users of a name come together when keys are sorted.
struct HolderKey: Sendable, Hashable, Comparable {
  private let high: UInt
  private let low: UInt

  /// Stands for no common name.
  static let none = HolderKey(high: 0, low: 0)

  private init(high: UInt, low: UInt) {
    self.high = high
    self.low = low
  }

  /// The key of a common name that a hasher has taken in, and of that and a user, which another has.
  init(name: Hasher, holder: Hasher) {
    self.init(
      high: UInt(bitPattern: name.finalize()), low: UInt(bitPattern: holder.finalize()))
  }

  /// What the common name is known by.
  var name: UInt { high }

  /// The first bits, which are spread evenly.
  func first(_ count: Int) -> Int { Int(high >> UInt(UInt.bitWidth - count)) }

  /// The bits that follow the first ones.
  func bits(behind first: Int) -> UInt { high << UInt(first) }

  static func < (left: HolderKey, right: HolderKey) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }
}

/// What a request is known by: 64 bits, since two that differ have the same key once in 2⁶⁴, and matter only within minutes
/// of each other.
struct RequestKey: Sendable, Hashable {
  private let hash: Int

  /// Stands for no request.
  static let none = RequestKey(hash: 0)

  private init(hash: Int) {
    self.hash = hash
  }

  /// The key of what a hasher has taken in.
  init(_ hasher: Hasher) {
    self.init(hash: hasher.finalize())
  }
}
