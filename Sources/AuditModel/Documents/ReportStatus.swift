/// One of the four answers that a report begins with: the answer, why it is so, and what it means for the reader.
public struct ReportStatus: Sendable, Equatable {
  /// What is asked.
  public enum Subject: String, Sendable, CaseIterable {
    /// Whether the report has every instance.
    case completeness = "Completeness"
    /// Whether the policy's checks passed.
    case policyChecks = "Policy checks"
    /// Whether requests took no longer than agreed.
    case serviceLevels = "Service levels"
    /// Whether the server's data could be read.
    case dataQuality = "Data quality"
  }

  /// How good the answer is; each is drawn in a shape of its own.
  public enum Grade: Sendable, CaseIterable {
    /// Nothing to do.
    case good
    /// To be looked at.
    case review
    /// Something is wrong.
    case bad
    /// Nothing was evaluated.
    case open
  }

  /// What is asked.
  public var subject: Subject
  /// How good the answer is.
  public var grade: Grade
  /// The answer in a word or two.
  public var word: String
  /// Why it is so.
  public var reason: Sentence
  /// What it means for the reader.
  public var meaning: Sentence

  /// The four answers of a report.
  public static func all(of report: ReportDocument) -> [ReportStatus] {
    [
      completeness(of: report), policyChecks(report.gates),
      serviceLevels(ServiceLevelResult.all(in: report.metrics)), dataQuality(of: report.metrics),
    ]
  }
}

extension ReportStatus {
  private init(
    _ subject: Subject, _ grade: Grade, _ word: String, _ reason: Sentence, _ meaning: Sentence
  ) {
    (self.subject, self.grade, self.word) = (subject, grade, word)
    (self.reason, self.meaning) = (reason, meaning)
  }

  private static func completeness(of report: ReportDocument) -> ReportStatus {
    let completeness = report.completeness
    let word = completeness.verdict.label
    switch completeness.verdict {
    case .proved:
      return ReportStatus(
        .completeness, .good, word, proof(of: report),
        "Instances hidden from that account, or deleted before the read, cannot be seen.")
    case .provedWithChanges:
      let changed = Counted(completeness.changes.count, "record")
      return ReportStatus(
        .completeness, .good, word, proof(of: report),
        """
        \(changed.start) changed between the reads; the newest version counts. Instances hidden from that account \
        cannot be seen.
        """)
    case .unproved:
      return ReportStatus(
        .completeness, .bad, word, reasons(of: report),
        "The figures are right for the records that were read; some may be missing.")
    case .incomplete:
      return ReportStatus(
        .completeness, .bad, word, reasons(of: report),
        "Do not use this report as evidence. Run again.")
    }
  }

  /// What was read, and within which bounds that is all.
  private static func proof(of report: ReportDocument) -> Sentence {
    let (records, instances) = (report.completeness.distinct, report.metrics.population.instances)
    let reads =
      report.completeness.reads == 2
      ? "Two reads" : Counted(report.completeness.reads, "read").start
    let all =
      records == instances ? "" : ", \(DisplayFormat.count(instances)) of them in this period"
    guard report.cover.source.kind != .packs else {
      return """
        The packs that were merged are proved: \(DisplayFormat.count(instances)) instances, all that their accounts may see.
        """
    }
    return """
      \(reads) returned the same \(Counted(records, "record").figure)\(all): all that the account \
      \(name: report.cover.source.principal, or: "that was used") may see.
      """
  }

  private static func reasons(of report: ReportDocument) -> Sentence {
    if report.cover.source.kind == .pages {
      return
        "Made from saved responses: it cannot be shown that they are complete, or from the same moment."
    }
    guard let reason = report.completeness.reasons.first else { return "No reason was recorded." }
    let first = reason.uppercasedFirst
    let others = report.completeness.reasons.count - 1
    let more = Counted(others, "more reason")
    return others == 0 ? "\(name: first)" : "\(name: first) \(more.start) under Scope and evidence."
  }

  private static func policyChecks(_ gates: [GateDocument]) -> ReportStatus {
    let counts = PolicyTally(gates)
    func status(_ grade: Grade, _ word: String, _ meaning: Sentence) -> ReportStatus {
      ReportStatus(.policyChecks, grade, word, "\(counts.words).", meaning)
    }
    if gates.isEmpty {
      return ReportStatus(
        .policyChecks, .open, "Not evaluated", "No policy was applied.",
        "Nothing was compared with limits of your organisation.")
    }
    if counts.failed > 0 {
      return status(
        .bad, "\(DisplayFormat.count(counts.failed)) failed",
        "Decide on each failed check: correct the cause, or record a waiver.")
    }
    if counts.passed + counts.waived == 0 {
      return status(
        .open, "Not evaluated", "The report has no figure, or too few instances, for these checks.")
    }
    if counts.notEvaluated > 0 {
      return status(
        .review, "Passed in part", "A check that was not evaluated is not a pass.")
    }
    return counts.waived > 0
      ? status(
        .review, "Passed, with waivers", "A waived check failed; named people answer for it.")
      : status(.good, "Passed", "Every figure that the policy asks for is within its limit.")
  }

  private static func serviceLevels(_ levels: [ServiceLevelResult]) -> ReportStatus {
    let evaluated = levels.filter { $0.evaluated > 0 }
    if evaluated.isEmpty {
      return ReportStatus(
        .serviceLevels, .open, "Not evaluated",
        levels.isEmpty
          ? "No service level was evaluated." : "No request with a service level has finished.",
        "Nothing was compared with a limit on the time to finish.")
    }
    let missed = evaluated.filter { $0.missed > 0 }
    let open = evaluated.map(\.open).max() ?? 0
    let waiting = Counted(open, "request")
    let rest: Sentence =
      open == 0
      ? "Time runs from the start of the workflow."
      : "\(waiting.start) \(waiting.verb) open and still within the limit."
    return missed.isEmpty
      ? ReportStatus(.serviceLevels, .good, "Met", evaluated.first?.kept ?? "", rest)
      : ReportStatus(
        .serviceLevels, .bad, "Missed",
        "\(sentence: missed.prefix(2).map(\.broken).enumeration).",
        "Find out why these took longer; the rows are in instances.csv.")
  }

  private static func dataQuality(of metrics: MetricsDocument) -> ReportStatus {
    let (instances, found) = (metrics.population.instances, metrics.normalisation)
    if instances == 0 {
      return ReportStatus(
        .dataQuality, .open, "No data", "No instance started in this period.",
        "Check the period and the account if you expected some.")
    }
    let odd = found.oddFlags.map(\.count).reduce(0, +)
    if found.unrecognised == 0, odd == 0 {
      return ReportStatus(
        .dataQuality, .good, "Good",
        "\(Counted(instances, "title").all) \(Counted(instances, "").pastVerb) recognised.",
        "No impossible dates, unknown statuses or broken texts were found.")
    }
    let share = found.unrecognisedRate.map { " (\(DisplayFormat.percent($0)))" } ?? ""
    var reasons: [String] = []
    if found.unrecognised > 0 {
      reasons.append(
        "\(DisplayFormat.count(found.unrecognised)) of \(Counted(instances, "title").phrase)\(share) not recognised"
      )
    }
    if odd > 0 { reasons.append("\(Counted(odd, "mark").phrase) of odd data") }
    return ReportStatus(
      .dataQuality, .review, "Review", "\(reasons.enumeration).",
      found.unrecognised > 0
        ? "Those instances have no user and no subject, but count in all totals."
        : "The instances count in all totals; impossible dates are in no time.")
  }
}

/// How many checks of a policy ended in which way.
public struct PolicyTally: Sendable, Equatable {
  /// Within their limits.
  public let passed: Int
  /// Beyond their limits.
  public let failed: Int
  /// Beyond their limits, and covered by waivers.
  public let waived: Int
  /// Without a figure, or with too few instances.
  public let notEvaluated: Int

  /// Counts.
  public init(_ gates: [GateDocument]) {
    passed = gates.count { $0.result == .passed }
    failed = gates.count { $0.result == .failed }
    waived = gates.count { $0.result == .excepted }
    notEvaluated = gates.count { $0.result == .notJudged }
  }

  /// `6 passed, 0 failed, 0 waived, 2 not evaluated`.
  public var words: String {
    "\(passed) passed, \(failed) failed, \(waived) waived, \(notEvaluated) not evaluated"
  }
}

extension GateDocument.Result {
  /// How a check ended, as people read it.
  public var label: String {
    switch self {
    case .passed: "passed"
    case .failed: "failed"
    case .excepted: "waived"
    case .notJudged: "not evaluated"
    }
  }
}

extension CompletenessDocument.Verdict {
  /// A verdict as people read it.
  public var label: String {
    switch self {
    case .proved: "Proved"
    case .provedWithChanges: "Proved, with changes"
    case .unproved: "Not proved"
    case .incomplete: "Incomplete"
    }
  }
}
