/// `history.json`: the packs of an archive side by side, and what follows from their order.
///
/// It repeats what the packs contain; it adds what is missing between them, and since when a check ends as it does.
public struct HistoryDocument: Sendable, Equatable {
  /// The version of kfaudit that made it.
  public var toolVersion: String
  /// Every pack, by the start of its period; revisions of a period follow each other.
  public let packs: [HistoryPack]
  /// Time between two packs that no pack covers.
  public let missing: [HistoryGap]
  /// Packs whose periods overlap that of an earlier one.
  public let overlaps: [HistoryOverlap]
  /// The policy checks of all packs, those that fail now first.
  public let checks: [HistoryCheck]
  /// The figures that metrics declare for histories.
  public let keyFigures: [KeyFigure]

  /// Puts packs in order and compares them.
  public init(toolVersion: String, packs: [HistoryPack], keyFigures: [KeyFigure] = []) {
    self.toolVersion = toolVersion
    self.keyFigures = keyFigures
    self.packs = Self.ordered(packs)
    let counted = self.packs.filter(\.counts)
    (missing, overlaps) = HistoryGap.between(counted)
    checks = HistoryCheck.all(in: counted)
  }

  /// The packs that count: of each period the newest revision.
  public var counted: [HistoryPack] { packs.filter(\.counts) }

  /// The newest pack whose report could be read.
  public var newest: HistoryPack? { packs.last { $0.counts && $0.report != nil } }

  /// How many periods are missing.
  public var missingPeriods: Int { missing.map(\.periods).reduce(0, +) }

  /// Sorts by period, and marks of each period the newest revision.
  private static func ordered(_ packs: [HistoryPack]) -> [HistoryPack] {
    let newest = Dictionary(packs.map { (Name($0.name.window), $0.name.revision ?? 0) }) {
      max($0, $1)
    }
    return packs.sorted { $0.precedes($1) }.map { pack in
      var pack = pack
      pack.counts = newest[Name(pack.name.window)] == pack.name.revision ?? 0
      return pack
    }
  }
}

extension HistoryDocument: Encodable {
  /// Writes the packs, and what follows from their order.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encode(members: [
      "schemaVersion": 1, "toolVersion": toolVersion, "summary": summary, "packs": packs,
      "missing": missing, "overlaps": overlaps, "checks": checks,
      "followUp": newest.map { pack -> JSONObject in
        ["pack": pack.name.description, "facts": pack.report?.followUp ?? []]
      },
    ])
  }
}

/// How many packs there are, and of which kinds.
public struct HistorySummary: Encodable, Sendable, Equatable {
  /// Periods with a pack: of each the newest revision counts.
  public let periods: Int
  /// Packs, all revisions among them.
  public let packs: Int
  /// Periods that are proved, with changes or without, in packs whose files fit.
  public let proved: Int
  /// Periods that are not proved.
  public let unproved: Int
  /// Periods of which a part could not be read.
  public let incomplete: Int
  /// Periods whose pack does not fit its digests or cannot be read.
  public let damaged: Int
  /// Periods between two packs without a pack.
  public let missing: Int
  /// Packs that do not follow the pack that they name.
  public let brokenLinks: Int
  /// Checks that fail in the newest report.
  public let failing: Int

  init(_ history: HistoryDocument) {
    let counted = history.counted
    func count(_ standing: HistoryPack.Standing) -> Int {
      counted.count { $0.standing == standing }
    }
    periods = counted.count
    packs = history.packs.count
    proved = count(.proved) + count(.provedWithChanges)
    unproved = count(.unproved)
    incomplete = count(.incomplete)
    damaged = count(.damaged)
    missing = history.missingPeriods
    brokenLinks = history.packs.count { $0.link.isBroken }
    failing = history.checks.count { $0.current == .failed }
  }
}

extension HistoryDocument {
  /// How many packs there are, and of which kinds.
  public var summary: HistorySummary { HistorySummary(self) }
}

extension HistoryDocument {
  /// How many periods there are, what is missing and what fails, in a few sentences.
  public var summarySentence: Sentence {
    let summary = summary
    let kinds = [
      (summary.proved, "proved"), (summary.unproved, "not proved"),
      (summary.incomplete, "incomplete"), (summary.damaged, "damaged"),
    ]
    let words = kinds.filter { $0.0 > 0 }.map { "\(DisplayFormat.count($0.0)) \($0.1)" }
    let missing = Counted(summary.missing, "period")
    return """
      \(Counted(summary.periods, "period").start): \(words.enumeration). \(missing.start) \(missing.verb) missing between \
      them. \(failing)
      """
  }

  /// How many checks fail in the newest report.
  private var failing: String {
    guard newest != nil else { return "No report could be read." }
    if !checks.contains(where: { $0.current != nil }) {
      return "The newest report has no policy checks."
    }
    let failing = Counted(summary.failing, "policy check")
    return "\(failing.start) \(failing.choose("fails", "fail")) in the newest report."
  }
}

extension HistoryPack.Standing {
  /// As people read it.
  public var label: String {
    switch self {
    case .proved: CompletenessDocument.Verdict.proved.label
    case .provedWithChanges: CompletenessDocument.Verdict.provedWithChanges.label
    case .unproved: CompletenessDocument.Verdict.unproved.label
    case .incomplete: CompletenessDocument.Verdict.incomplete.label
    case .damaged: "Damaged"
    }
  }

  /// How good it is.
  public var grade: ReportStatus.Grade {
    switch self {
    case .proved, .provedWithChanges: .good
    case .unproved: .review
    case .incomplete, .damaged: .bad
    }
  }
}

extension HistoryPack.Link {
  /// As people read it; `nil` where nothing is known.
  public var words: String? {
    switch self {
    case .first: "begins the chain"
    case .follows(let name): "follows \(name)"
    case .followsRemoved(let name): "follows \(name), which is no longer here"
    case .restart: "begins a new chain, as recorded"
    case .broken(let reason): "broken: \(reason)"
    case .unknown: nil
    }
  }
}
