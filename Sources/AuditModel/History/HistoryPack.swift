/// A pack of an archive as its history shows it: no more than its files contain, and only where they fit.
public struct HistoryPack: Sendable, Equatable {
  /// Whether manifest.json and report.json are what SHA256SUMS lists.
  public enum Files: Sendable, Equatable {
    /// They have the digests that are listed.
    case fit
    /// They have not; why, a sentence each.
    case damaged([String])
    /// They cannot be read, or understood; why, a sentence.
    case unreadable(String)
    /// What an unfinished read left, which has no digests.
    case unfinished
  }

  /// The pack's place in the chain of the archive.
  public enum Link: Sendable, Equatable {
    /// It follows no pack.
    case first
    /// It follows this pack, which is there.
    case follows(String)
    /// It is the oldest, and follows a pack that was removed.
    case followsRemoved(String)
    /// Its manifest records that it begins a new chain.
    case restart
    /// It does not follow the pack that it names; why, a sentence.
    case broken(String)
    /// Nothing is known of it.
    case unknown

    /// Whether the chain breaks here.
    public var isBroken: Bool { if case .broken = self { true } else { false } }
  }

  /// What the period's pack is worth, in one word.
  public enum Standing: Sendable, Equatable, CaseIterable {
    /// Proved.
    case proved
    /// Proved, but for instances that changed between the reads.
    case provedWithChanges
    /// Nothing shows that all instances are there.
    case unproved
    /// A part could not be read.
    case incomplete
    /// Its files do not fit, or cannot be read.
    case damaged
  }

  /// What manifest.json contains.
  public struct Head: Sendable, Equatable {
    /// The status date.
    public var asOf: Instant
    /// The version of kfaudit that made the pack.
    public var toolVersion: String
    /// Where its instances come from.
    public var source: SourceKind
    /// The server; `nil` for saved responses.
    public var server: String?
    /// The account that read it.
    public var account: String?
    /// How much is known of its completeness.
    public var verdict: CompletenessDocument.Verdict
    /// How many instances started in the period.
    public var instances: Int

    /// Takes what a manifest contains.
    public init(
      asOf: Instant, toolVersion: String, source: SourceKind, server: String?, account: String?,
      verdict: CompletenessDocument.Verdict, instances: Int
    ) {
      self.asOf = asOf
      self.toolVersion = toolVersion
      self.source = source
      self.server = server
      self.account = account
      self.verdict = verdict
      self.instances = instances
    }
  }

  /// A policy check in one report.
  public struct Check: Sendable, Equatable, Codable {
    /// Its id in the policy.
    public var id: String
    /// What it asks.
    public var title: String
    /// How bad a failure is.
    public var severity: String
    /// How it ended.
    public var result: GateDocument.Result
    /// The figures that it looked at.
    public var observed: String
    /// Why it ended so.
    public var reason: String
  }

  /// A fact that somebody has to follow up, as the report has it.
  public struct Fact: Sendable, Equatable, Codable {
    /// What kind of fact.
    public var kind: String
    /// The fact, in words.
    public var text: String
    /// The section of the report with its rows.
    public var section: String
    /// The reference ids of the first instances.
    public var ids: [Int64]
    /// How many instances, checks or notices it is about.
    public var count: Int
  }

  /// What report.json contains.
  public struct Report: Sendable, Equatable {
    /// The figures.
    public var figures: HistoryFigures
    /// The policy checks, in the policy's order.
    public var checks: [Check]
    /// What has to be followed up.
    public var followUp: [Fact]

    /// Takes what a report contains.
    public init(figures: HistoryFigures, checks: [Check], followUp: [Fact]) {
      (self.figures, self.checks, self.followUp) = (figures, checks, followUp)
    }
  }

  /// The name of its folder.
  public var name: PackName
  /// Its period: the manifest's, or else the one in the name.
  public var window: Window
  /// Whether its files are what was published, as far as they were looked at.
  public var files: Files
  /// Its place in the chain.
  public var link: Link
  /// What its manifest contains; `nil` where that does not fit.
  public var head: Head?
  /// What its report contains; `nil` where there is none that fits.
  public var report: Report?
  /// Whether it has a page.
  public var hasPage: Bool
  /// Whether it is the newest revision of its period.
  public internal(set) var counts = true

  /// Makes one from its parts.
  public init(
    name: PackName, window: Window, files: Files, link: Link = .unknown, head: Head? = nil,
    report: Report? = nil, hasPage: Bool = false
  ) {
    self.name = name
    self.window = window
    self.files = files
    self.link = link
    self.head = head
    self.report = report
    self.hasPage = hasPage
  }

  /// What it is worth, in one word.
  public var standing: Standing {
    switch (files, head?.verdict) {
    case (.unfinished, _), (.fit, .incomplete): .incomplete
    case (.fit, .proved): .proved
    case (.fit, .provedWithChanges): .provedWithChanges
    case (.fit, .unproved): .unproved
    case (.fit, nil), (.damaged, _), (.unreadable, _): .damaged
    }
  }

  /// Why its files do not fit, or cannot be read; a sentence each.
  public var faults: [String] {
    switch files {
    case .fit, .unfinished: []
    case .damaged(let reasons): reasons
    case .unreadable(let reason): [reason]
    }
  }

  /// How the checks ended, by their ids.
  public var results: [Name: GateDocument.Result] {
    Dictionary(report?.checks.map { (Name($0.id), $0.result) } ?? []) { first, _ in first }
  }

  /// The checks that failed.
  public var failedChecks: [Check] { report?.checks.filter { $0.result == .failed } ?? [] }

  /// Orders by period, then by name, a later revision after an earlier one and what an unfinished read left before both.
  func precedes(_ other: HistoryPack) -> Bool {
    if window.from != other.window.from { return window.from < other.window.from }
    if window.to != other.window.to { return window.to < other.window.to }
    if !name.window.isSame(as: other.name.window) { return name.window.precedes(other.name.window) }
    return name.revision ?? 0 < other.name.revision ?? 0
  }
}

extension HistoryPack: Encodable {
  /// Writes what is known, and `null` for what is not.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encode(members: [
      "name": name.description, "window": WindowDocument(window), "revision": name.revision,
      "counts": counts, "files": files.name, "faults": faults, "chain": link,
      "asOf": head?.asOf.description, "toolVersion": head?.toolVersion, "source": head?.source,
      "server": head?.server, "account": head?.account, "verdict": head?.verdict,
      "instances": head?.instances, "figures": report?.figures, "checks": report?.checks,
    ])
  }
}

extension HistoryPack.Files {
  /// The name in history.json and history.csv.
  public var name: String {
    switch self {
    case .fit: "fit"
    case .damaged: "damaged"
    case .unreadable: "unreadable"
    case .unfinished: "unfinished"
    }
  }
}

extension HistoryPack.Link: Encodable {
  /// The name in history.json and history.csv.
  public var name: String {
    switch self {
    case .first: "first"
    case .follows: "follows"
    case .followsRemoved: "followsRemoved"
    case .restart: "restart"
    case .broken: "broken"
    case .unknown: "unknown"
    }
  }

  /// The name of the pack that it follows.
  public var previous: String? {
    switch self {
    case .follows(let name), .followsRemoved(let name): name
    default: nil
    }
  }

  /// Why it is broken.
  public var reason: String? { if case .broken(let reason) = self { reason } else { nil } }

  /// Writes the state, the pack before and the reason.
  public func encode(to encoder: any Encoder) throws {
    try encoder.encode(members: ["state": name, "previous": previous, "reason": reason])
  }
}
