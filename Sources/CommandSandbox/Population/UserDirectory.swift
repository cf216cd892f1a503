/// The people and clients of a sandbox; a few of them do most of the work.
struct UserDirectory: Sendable {
  /// Who runs the product's own jobs.
  static let timer = "Timer Service"

  /// The names, by falling activity.
  let names: [String]
  private let shares: CumulativeShares

  /// Draws a directory of that many names besides the Timer Service.
  init(count: Int, seed: UInt64) {
    var random = SeededRandom(seed: seed, stream: 0x5553_4552)
    var taken: Set<String> = []
    names = (0..<max(count, 0)).map { Self.name($0, taken: &taken, &random) }
    // Zipf's law with exponent 1.
    shares = CumulativeShares(names.indices.map { 1 / Double($0 + 1) })
  }

  /// A user, by activity; the Timer Service when there is nobody.
  func draw(_ random: inout SeededRandom) -> String {
    guard let index = shares.draw(&random) else { return Self.timer }
    return spelling(of: names[index], &random)
  }

  /// The users whose requests fail again and again.
  var strugglers: [String] { stride(from: 5, to: min(names.count, 45), by: 17).map { names[$0] } }

  /// Now and then a domain arrives in lower case: the product compares names without regard to it.
  private func spelling(of name: String, _ random: inout SeededRandom) -> String {
    guard let backslash = name.firstIndex(of: "\\"), random.happens(0.02) else { return name }
    return name[..<backslash].lowercased() + name[backslash...]
  }

  private static func name(
    _ index: Int, taken: inout Set<String>, _ random: inout SeededRandom
  ) -> String {
    if index % 24 == 19 { return random.guid() }
    if index % 12 == 7 {
      let words = (0..<3).compactMap { _ in random.pick(clientWords) }
      return words.joined(separator: "-") + "-\(10_000 + index)"
    }
    let person = index == 0 ? "jsmith" : Self.person(&random)
    let account = taken.insert(person).inserted ? person : "\(person)\(index)"
    return switch index % 12 {
    case 3: "\(account)@keyexample.com"
    case 11: "PARTNER\\\(account)"
    default: "KEYEXAMPLE\\\(account)"
    }
  }

  private static func person(_ random: inout SeededRandom) -> String {
    "abcdefghijklmnoprstvwz".map { String($0) }.pick(&random) + surnames.pick(&random)
  }

  private static let clientWords = [
    "acme", "agent", "alpha", "build", "deploy", "edge", "mesh", "ops", "rho", "vault",
  ]

  private static let surnames = [
    "smith", "jones", "garcia", "müller", "nowak", "kim", "patel", "okafor", "ivanova", "brown",
    "dubois", "rossi", "larsen", "o'brien", "silva", "yilmaz", "tanaka", "nguyen", "haddad",
    "weber",
    "kowalska", "martin", "andersson", "moreau", "bianchi", "fischer", "lopez", "cohen", "mbeki",
    "singh", "gant", "walsh", "novak", "petrov", "jansen", "maier", "costa", "khan", "li", "reyes",
  ]
}

extension [String] {
  fileprivate func pick(_ random: inout SeededRandom) -> String { random.pick(self) ?? "" }
}
