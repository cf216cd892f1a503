import AuditModel

/// A share in report.json with the counts that it is of: `k`, `n`, k/n, and its interval.
struct CountedRate: Encodable {
  /// How many of them.
  var k: Int
  /// Of how many.
  var n: Int

  private enum Key: String, CodingKey { case k, n, rate, low, high, small }

  /// Writes it; rate and interval are null when n is 0.
  func encode(to encoder: any Encoder) throws {
    let share = WilsonInterval.rate(k, of: n)
    var members = encoder.container(keyedBy: Key.self)
    try members.encode(k, forKey: .k)
    try members.encode(n, forKey: .n)
    try members.encode(share.rate, forKey: .rate)
    try members.encode(share.low, forKey: .low)
    try members.encode(share.high, forKey: .high)
    try members.encode(share.small, forKey: .small)
  }
}
