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
