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
