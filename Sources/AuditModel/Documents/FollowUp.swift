/// A fact that somebody has to follow up: what it is, and where its instances are.
///
/// Each kind follows from figures by a fixed rule, which Method explains.
public struct FollowUp: Encodable, Sendable, Equatable {
  /// What kind of fact it is; in this order they are listed.
  public enum Kind: String, Encodable, Sendable, CaseIterable {
    /// A part of the period could not be read.
    case incomplete
    /// Nothing shows that the report is complete.
    case unproved
    /// A policy check failed, and no waiver covers it.
    case gateFailed
    /// Requests took longer than a service level allows.
    case serviceLevelMissed
    /// Requests are open for longer than their longest service level, or for more than 7 days where they have none.
    case openTooLong
    /// Workflows have completed while the CA has not issued the certificate.
    case pendingAtCA
    /// Something that the reader has to know whatever the figures.
    case notice
    /// Titles that no rule reads.
    case unrecognisedTitles
    /// Instances whose data is odd.
    case dataQuality
  }

  /// What kind of fact it is.
  public var kind: Kind
  /// The fact, a sentence without a full stop at most times followed by another.
  public var text: Sentence
  /// The slot of the section with its rows.
  public var section: String
  /// The reference ids of the first instances, where the report has them.
  public var ids: [Int64]
  /// How many instances, checks or notices it is about.
  public var count: Int

  /// How many a report lists.
  public static let most = 7
  /// How many reference ids an entry lists.
  public static let listedIDs = 100

  /// States a fact.
  public init(_ kind: Kind, _ text: Sentence, section: String, ids: [Int64] = [], count: Int) {
    self.kind = kind
    self.text = text
    self.section = section
    self.ids = Array(ids.prefix(Self.listedIDs))
    self.count = count
  }
}

extension ReportDocument {
  /// What has to be followed up, the first ``FollowUp/most`` facts: report.json, the page and summary.md list the same.
  public var followUp: [FollowUp] {
    let facts =
      completeness.followUp + failedChecks + metrics.results.flatMap(\.followUp) + notices
    var ordered = FollowUp.Kind.allCases.flatMap { kind in facts.filter { $0.kind == kind } }
    // Reference ids of several servers do not say which instance is meant.
    if let servers, servers.count > 1 { for index in ordered.indices { ordered[index].ids = [] } }
    return Array(ordered.prefix(FollowUp.most))
  }

  /// How many failed checks are listed one by one.
  private static let listedChecks = 3

  private var failedChecks: [FollowUp] {
    let failed = gates.filter { $0.result == .failed }
    // Where all but one would be listed, that one is listed too.
    let listed = failed.count <= Self.listedChecks ? failed.count : Self.listedChecks - 1
    let single = failed.prefix(listed).map { gate in
      FollowUp(
        .gateFailed, "Policy check failed: \(name: gate.title) (\(name: gate.reason)).",
        section: "gates", count: 1)
    }
    let others = failed.count - listed
    if others == 0 { return single }
    return single + [
      FollowUp(
        .gateFailed, "\(DisplayFormat.count(others)) more policy checks failed.", section: "gates",
        count: others)
    ]
  }

  private var notices: [FollowUp] {
    guard let first = completeness.findings.first else { return [] }
    let others = Counted(completeness.findings.count - 1, "more notice")
    return [
      FollowUp(
        .notice,
        "Notice: \(name: first.text)\(others.number == 0 ? "" : " \(others.start) under Scope.")",
        section: "cover", count: completeness.findings.count)
    ]
  }
}

extension CompletenessDocument {
  fileprivate var followUp: [FollowUp] {
    switch verdict {
    case .proved, .provedWithChanges: []
    case .unproved:
      [
        FollowUp(
          .unproved,
          """
          Completeness is not proved. Read the period again with kfaudit run against the server before you rely on \
          these totals.
          """, section: "cover", count: 1)
      ]
    case .incomplete:
      [
        FollowUp(
          .incomplete,
          "A part of the period could not be read. Run again; do not use this report as evidence.",
          section: "cover", count: 1)
      ]
    }
  }
}

extension PopulationDocument {
  /// Workflows that completed without a certificate so far.
  public var followUp: [FollowUp] {
    let count = byOutcome[.pendingAtCA]
    if count == 0 { return [] }
    let workflows = Counted(count, "completed workflow")
    return [
      FollowUp(
        .pendingAtCA,
        """
        \(workflows.phrase) \(workflows.verb) still pending at the CA: no certificate has been issued yet.
        """, section: "population", ids: pendingAtCA, count: count)
    ]
  }
}

extension NormalisationDocument {
  /// Titles that no rule reads, and instances whose data is odd.
  public var followUp: [FollowUp] {
    var facts: [FollowUp] = []
    if unrecognised > 0 {
      let titles = Counted(unrecognised, "title")
      facts.append(
        FollowUp(
          .unrecognisedTitles,
          """
          \(titles.phrase)\(unrecognisedRate.map { " (\(DisplayFormat.percent($0)))" } ?? "") \
          \(titles.pastVerb) not recognised: \(titles.choose("it has", "they have")) no user and no subject.
          """, section: "data-quality", ids: firstUnrecognised.map(\.referenceId),
          count: unrecognised))
    }
    let flags = oddFlags
    if !flags.isEmpty {
      let words = flags.map { "\(DataQuality.label(of: $0.name)) \(DisplayFormat.count($0.count))" }
      facts.append(
        FollowUp(
          .dataQuality, "Odd data: \(words.enumeration).", section: "data-quality",
          count: flags.map(\.count).reduce(0, +)))
    }
    return facts
  }

  /// The flags that some instance of the period has: what started outside it is not in the report.
  var oddFlags: [(name: String, count: Int)] {
    DataQuality.named.filter { $0.flag != .outOfWindow }
      .map { (name: $0.name, count: dataQuality[$0.name] ?? 0) }.filter { $0.count > 0 }
  }
}
