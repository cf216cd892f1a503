/// How many items a sample has.
package enum SampleSize: Sendable, Equatable {
  /// So many in all.
  case count(Int)
  /// This share of every stratum, at least one of each: `max(1, ⌈rate · N⌉)`.
  case share(thousandths: Int)

  /// The rule of the CA/Browser Forum's Baseline Requirements, section 8.7: three percent, at least one.
  package static let br87 = SampleSize.share(thousandths: 30)

  /// How many items of each stratum are drawn; `populations` are the strata's sizes, in the order of their values.
  ///
  /// A count is shared out by largest remainder: where it suffices each stratum gets one first, and the rest goes in
  /// proportion to what the strata have left; equal remainders go to the stratum that comes first.
  package func allocation(over populations: [Int]) -> [Int] {
    switch self {
    case .share(let thousandths):
      return populations.map { population in
        population == 0 ? 0 : min(population, max(1, (population * thousandths + 999) / 1000))
      }
    case .count(let count):
      let filled = populations.count { $0 > 0 }
      let first = count >= filled ? 1 : 0
      let left = populations.map { max(0, $0 - first) }
      let rest = min(count - first * filled, left.reduce(0, +))
      return zip(populations, Self.shares(of: rest, over: left)).map { population, share in
        min(population, first) + share
      }
    }
  }

  /// Shares a count out in proportion to weights, none more than its weight.
  private static func shares(of count: Int, over weights: [Int]) -> [Int] {
    let total = weights.reduce(0, +)
    guard total > 0 else { return weights.map { _ in 0 } }
    var shares = weights.map { count * $0 / total }
    let byRemainder = weights.indices.sorted { left, right in
      let remainders = (count * weights[left] % total, count * weights[right] % total)
      return remainders.0 != remainders.1 ? remainders.0 > remainders.1 : left < right
    }
    for index in byRemainder.prefix(count - shares.reduce(0, +)) { shares[index] += 1 }
    return shares
  }
}

/// The order in which items are drawn, which anyone can compute again.
///
/// An item's rank is SHA-256 of the ASCII text `<seed>:<reference id>`, the seed as 64 lower-case hexadecimal digits
/// and the id in decimal. Items are drawn by ascending rank, compared as 32 bytes: to those who cannot choose the seed,
/// that is a random order, and it needs no generator that another language would have to rebuild.
package struct SampleOrder: Sendable {
  /// What the ranks are drawn from.
  package let seed: Digest

  /// Draws by a seed.
  package init(seed: Digest) {
    self.seed = seed
  }

  /// The rank of an item.
  package func rank(of referenceID: Int64) -> Digest {
    Digest.of(Array("\(seed):\(referenceID)".utf8))
  }
}
