package import AuditModel

/// An earlier pack of the same server, as far as a cohort is held against it.
package struct EarlierPack: Sendable {
  /// One of its instances.
  package struct Row: Sendable {
    /// The integer id.
    package var referenceID: Int64
    /// Its status then.
    package var status: Status
    /// Everything that its line in instances.ndjson said before the data-quality flags, which depend on the as-of instant.
    package var content: Fingerprint

    /// Names a row.
    package init(referenceID: Int64, status: Status, content: Fingerprint) {
      (self.referenceID, self.status, self.content) = (referenceID, status, content)
    }
  }

  /// Its folder's name.
  package var name: String
  /// The first instant of its window.
  package var from: Instant
  /// The first instant after its window.
  package var to: Instant
  /// Its instances that started in the window, by reference id.
  package var rows: [Row]
  /// The definitions and versions that it has seen.
  package var versions: Set<VersionedDefinition>
  /// The titles that no rule read, as ``wording(of:)`` gives them.
  package var unrecognisedTitles: Set<Name>
  /// The names of the failure classes that it has seen.
  package var failureClasses: Set<Name>

  /// Names a pack; rows come ascending by reference id.
  package init(
    name: String, from: Instant, to: Instant, rows: [Row], versions: Set<VersionedDefinition>,
    unrecognisedTitles: Set<Name>, failureClasses: Set<Name>
  ) {
    (self.name, self.from, self.to, self.rows, self.versions) = (name, from, to, rows, versions)
    (self.unrecognisedTitles, self.failureClasses) = (unrecognisedTitles, failureClasses)
  }

  /// What a cohort without an earlier pack is held against.
  static let nothing = EarlierPack(
    name: "", from: .init(milliseconds: 0), to: .init(milliseconds: 0), rows: [], versions: [],
    unrecognisedTitles: [], failureClasses: [])

  /// A title as it is compared and shown: without what a terminal might obey, and cut to 200 code points.
  package static func wording(of title: String) -> Name {
    Name(TerminalText.sanitized(title, limit: 200))
  }

  /// Whether an instance that started then should be in it.
  func covers(_ start: Instant) -> Bool { from <= start && start < to }

  /// The place of a reference id among the rows; `nil` when it is not among them.
  func index(of referenceID: Int64) -> Int? {
    let index = rows.partitioningIndex { $0.referenceID >= referenceID }
    return index < rows.count && rows[index].referenceID == referenceID ? index : nil
  }
}

/// Records held against an earlier pack's: which are gone, have appeared, have moved or read differently.
package struct PackComparison: Sendable {
  /// What can be said of a record.
  package enum Change: String, Sendable, CaseIterable {
    /// The earlier pack has it, and it is no longer there.
    case gone
    /// It started in the earlier pack's window, which does not have it.
    case appeared
    /// It had ended, and reads differently.
    case altered
    /// It had not ended, and has since.
    case finishedLate
    /// Its title is read by no rule, and the earlier pack has no such title.
    case newWording
    /// It failed in a way in which no record of the earlier pack did.
    case newFailureClass

    var label: String {
      switch self {
      case .gone: "Gone"
      case .appeared: "Appeared"
      case .altered: "Altered"
      case .finishedLate: "Finished late"
      case .newWording: "New wording"
      case .newFailureClass: "New failure class"
      }
    }
  }

  /// A record of which something can be said.
  struct Row: Sendable {
    var change: Change
    var referenceID: Int64
    var before: Status?
    var now: Status?
    var text: String?
  }

  /// A status then, and another one now.
  private struct Move: Hashable {
    var before: Status
    var now: Status
  }

  /// What the records are held against.
  package let earlier: EarlierPack
  /// Whether each of its records has been seen again.
  private var seen: [Bool]
  private var changed: [Row] = []
  private var moves: [Move: Int] = [:]

  /// Starts with no record seen.
  package init(with earlier: EarlierPack) {
    self.earlier = earlier
    seen = Array(repeating: false, count: earlier.rows.count)
  }

  /// Looks at a record.
  ///
  /// - Parameters:
  ///   - referenceID: Its reference id.
  ///   - status: Its status now.
  ///   - start: When it started; `nil` for a record that may have left the window.
  ///   - content: What it says, asked for only where it had ended before.
  package mutating func observe(
    _ referenceID: Int64, _ status: Status, start: Instant?, content: () -> Fingerprint
  ) {
    guard let index = earlier.index(of: referenceID) else {
      if let start, earlier.covers(start) {
        changed.append(Row(change: .appeared, referenceID: referenceID, now: status))
      }
      return
    }
    seen[index] = true
    let before = earlier.rows[index].status
    if before != status { moves[Move(before: before, now: status), default: 0] += 1 }
    if before.isTerminal {
      if content() != earlier.rows[index].content {
        changed.append(
          Row(change: .altered, referenceID: referenceID, before: before, now: status))
      }
    } else if status.isTerminal {
      changed.append(
        Row(change: .finishedLate, referenceID: referenceID, before: before, now: status))
    }
  }

  /// Takes over what another comparison with the same pack has seen.
  package mutating func merge(_ other: PackComparison) {
    for index in seen.indices where other.seen[index] { seen[index] = true }
    changed += other.changed
    moves.merge(other.moves, uniquingKeysWith: +)
  }

  /// How many of the earlier pack's records have been seen again.
  package var common: Int { seen.count { $0 } }

  /// How many records have changed in this way.
  package func count(_ change: Change) -> Int {
    change == .gone ? seen.count - common : changed.count { $0.change == change }
  }

  /// How many records have another status than before.
  package var moved: Int { moves.values.reduce(0, +) }

  /// The single values.
  package var figures: [Figure] {
    [
      Figure(
        "compared_with", "Compared with", .text, about: "The earlier pack.", .text(earlier.name)),
      Figure(
        "compared", "Compared", .count, about: "Its instances that started in this window.",
        .count(earlier.rows.count)),
      Figure("gone", "Gone", .count, about: "No longer returned.", .count(count(.gone))),
      Figure(
        "appeared", "Appeared", .count,
        about: "Started in the earlier pack's window, which does not have them.",
        .count(count(.appeared))),
      Figure(
        "moved", "Moved", .count, about: "In both, with another status now.", .count(moved)),
      Figure(
        "altered", "Altered", .count, about: "Terminal then, and different now.",
        .count(count(.altered))),
      Figure(
        "finished_late", "Finished late", .count, about: "Not terminal then, terminal now.",
        .count(count(.finishedLate))),
    ]
  }

  /// The statuses that moved, and the records of which something can be said, with others by the caller.
  func tables(with others: [Row]) -> [MetricTable] {
    let gone = zip(earlier.rows, seen).filter { !$0.1 }.map { row, _ in
      Row(change: .gone, referenceID: row.referenceID, before: row.status)
    }
    let rows =
      gone
      + changed.sorted {
        ($0.change.rawValue, $0.referenceID) < ($1.change.rawValue, $1.referenceID)
      }
      + others
    return [
      MetricTable(
        .init(key: "moves", file: "moves"), title: "Statuses that moved",
        columns: Self.moveColumns,
        rows: moves.sorted {
          ($1.value, $0.key.before.name, $0.key.now.name)
            < ($0.value, $1.key.before.name, $1.key.now.name)
        }.map { ($0.key.before, $0.key.now, $0.value) }),
      MetricTable(
        .init(key: "list", file: "changes", listed: 100), title: "Changes",
        columns: Self.columns, rows: rows),
    ]
  }

  /// The tables, where nothing but the records was looked at.
  package var tables: [MetricTable] { tables(with: []) }

  private static let moveColumns: [Column<(Status, Status, Int)>] = [
    .word("before", "Before", about: "The status in the earlier pack.") { $0.0.name },
    .word("now", "Now", about: "The status now.") { $0.1.name },
    .count("instances", "Instances", about: "How many moved so.") { $0.2 },
  ]

  private static let columns: [Column<Row>] = [
    Column(
      "change", "Change", .text,
      about: Change.allCases.map(\.rawValue).joined(separator: ", ") + "."
    ) { .term($0.change.rawValue, label: $0.change.label) },
    .identifier("reference_id", "Reference id", about: "The server's number.") { $0.referenceID },
    .word("before", "Before", about: "The status in the earlier pack.") { $0.before?.name },
    .word("now", "Now", about: "The status now.") { $0.now?.name },
    .text(
      "title", "Title or class",
      about: "Of new wordings, cut to 200 characters; of new failure classes, the class."
    ) { $0.text },
  ]
}
