import AuditModel

/// Warns that an account may see only a part of the instances: the server does not say so, but the rows may look it.
struct ScopeWarning {
  let population: Population
  let initiators: Initiators

  /// With fewer rows, one user is nothing remarkable.
  private static let fewRows = 10
  /// From here on the ids between the lowest and the highest are mostly missing, in percent.
  private static let mostlyGaps: Int64 = 90

  /// The warning; `nil` when nothing looks like it.
  var finding: Notice? {
    let rows = Int64(population.distinct)
    guard rows >= Self.fewRows else { return nil }
    // Ids reach to the greatest integer, so that their number times a hundred may not be one.
    let missing = Double(population.gaps.missing)
    let percent = Int64(missing * 100 / (missing + Double(rows)))
    var signs: [String] = []
    if let user = initiators.only, user.kind != .timer {
      signs.append(
        "all instances were started by \(TerminalText.sanitized(user.spelling.string, limit: 100))")
    }
    if percent >= Self.mostlyGaps {
      signs.append(
        "\(percent) % of the reference ids between the lowest and the highest are missing")
    }
    if signs.isEmpty { return nil }
    return .init(
      .scope,
      "The account may see only a part of the instances: \(signs.joined(separator: ", and ")). "
        + "Check that it has /workflows/instances/read/ and not only /workflows/instances/read/mine/."
    )
  }
}

/// Whether the instances of a window have one initiating user or several, which costs no memory to know.
struct Initiators: Sendable {
  /// The first that was met.
  private(set) var first: User?
  /// Whether there is another.
  private(set) var areSeveral = false

  /// The only one; `nil` when there are several or none.
  var only: User? { areSeveral ? nil : first }

  /// Adds the user of an instance; one without a user says nothing.
  mutating func add(_ user: User?) {
    guard !areSeveral, let user else { return }
    if let first {
      areSeveral = first.key != user.key
    } else {
      first = user
    }
  }

  mutating func merge(_ other: Initiators) {
    areSeveral = areSeveral || other.areSeveral
    add(other.first)
  }
}
