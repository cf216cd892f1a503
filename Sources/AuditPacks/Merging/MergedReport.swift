import AuditModel
import AuditPlan
import AuditReduce
import AuditReport

/// What the report over several packs is assembled of.
struct MergedReport {
  let merge: MergePlan
  private(set) var servers: [MergedServer] = []
  private(set) var reports: [ServerReport] = []

  private var plan: AuditPlan { merge.plan }

  /// Takes over a server, all of whose packs have been read.
  mutating func add(_ server: inout MergedServer) throws {
    let context = context(server.span, of: [server])
    let metrics = try server.finish(context)
    servers.append(server)
    reports.append(
      ServerReport(
        server: server.name, verdict: server.verdict, packs: server.packs.map(\.document),
        coverage: server.coverage, metrics: metrics))
  }

  /// The contents of the report over all servers.
  func contents(over whole: inout AuditSummary) -> ReportContents {
    ReportContents(
      cover: cover, completeness: MergedCompleteness(servers).document,
      metrics: reports.count == 1
        ? reports[0].metrics : whole.finish(context(span, of: servers)).overSeveralServers,
      limitations: limitations, scope: .servers(reports))
  }

  /// What a report over several packs cannot show, beside what none can.
  private var limitations: [String] {
    let duplicates = reports.flatMap(\.packs).reduce(0) { $0 + $1.duplicates }
    var sentences = [
      "Each instance counts as the newest pack that holds it has it, and one that is still open there for as long as it "
        + "was watched until then. \(DisplayFormat.count(duplicates, "row")) of older packs "
        + "\(duplicates == 1 ? "was" : "were") left out as duplicates."
    ]
    if servers.count > 1 {
      sentences.append(
        "Users are told apart by name and definitions by id: the same name on two servers is one user here, and the same "
          + "id one definition. Figures and lists that name instances by reference id stand with each server alone."
      )
    }
    if merge.rulesDiffer {
      sentences.append(
        "The packs' policies have different rules over rows: rules are counted in each pack's own report."
      )
    }
    if servers.contains(where: { $0.name == nil }) {
      sentences.append(
        "Saved pages do not say which server they are from: all of them are taken for one server's."
      )
    }
    return sentences
  }

  private func context(
    _ span: Range<Instant>, of servers: [MergedServer]
  ) -> ReportContext {
    let refused = servers.compactMap { server in
      server.packs.map(\.pack).max { $1.isNewer(than: $0) }?.acquisition.olderRefused
    }
    return ReportContext(
      asOf: asOf(of: servers),
      window: Window(from: span.lowerBound, to: span.upperBound, zone: plan.zone),
      olderRefused: refused.first,
      design: servers.compactMap(\.design).reduce(nil) { $0?.beside($1) ?? $1 })
  }

  private func asOf(of servers: [MergedServer]) -> Instant {
    packs(of: servers).map(\.asOf).max() ?? Instant(milliseconds: 0)
  }

  private func packs(of servers: [MergedServer]) -> [MergedPack] {
    servers.flatMap { $0.packs.map(\.pack) }
  }

  private var span: Range<Instant> {
    let spans = servers.map(\.span)
    let from = spans.map(\.lowerBound).min() ?? Instant(milliseconds: 0)
    return from..<(spans.map(\.upperBound).max() ?? from)
  }

  private var cover: CoverDocument {
    let packs = packs(of: servers)
    let window = Window(from: span.lowerBound, to: span.upperBound, zone: plan.zone)
    let hasOneAsOf = Set(packs.map(\.asOf)).count == 1
    return CoverDocument(
      scope:
        "Workflow instances of \(DisplayFormat.count(packs.count, "pack")) of "
        + "\(DisplayFormat.count(servers.count, "server")) that started from \(window.from) up to, but not including, "
        + "\(window.to).",
      preparedFor: plan.preparedFor, source: source(of: packs), toolVersion: ToolVersion.current,
      query: nil, window: WindowDocument(window), asOf: asOf(of: servers).description,
      asOfSource: hasOneAsOf
        ? "that of every pack"
        : "the newest of the packs; what is open was watched until the as-of instant of its own pack",
      merkleRoot: nil, journalHead: nil)
  }

  private func source(of packs: [MergedPack]) -> SourceDocument {
    let sources = packs.map(\.acquisition.source)
    func common(_ value: (SourceDocument) -> String?) -> String? {
      let values = Set(sources.map(value))
      return values.count == 1 ? values.first ?? nil : nil
    }
    return SourceDocument(
      kind: .packs, server: common(\.server), productVersion: common(\.productVersion),
      principal: common(\.principal), tlsPeer: common(\.tlsPeer))
  }
}

extension MetricsDocument {
  /// Fields that hold reference ids, which say nothing without the server that gave them.
  private static let instances: Set<String> = [  // text: names of figures
    "reference_id", "first_reference_id", "oldest_reference_id", "ids",
  ]

  /// The metrics without what names single instances: on two servers one reference id stands for two.
  var overSeveralServers: MetricsDocument {
    var metrics = self
    metrics.changeSections { section in
      for index in section.figures.indices
      where Self.instances.contains(section.figures[index].field.name) {
        section.figures[index].value = .missing(.none)
      }
      for index in section.tables.indices
      where section.tables[index].fields.contains(where: { Self.instances.contains($0.name) }) {
        section.tables[index].removeRows()
      }
    }
    metrics.normalisation.firstUnrecognised = []
    if let approvals = metrics[ApprovalsDocument.self] {
      metrics[ApprovalsDocument.self] = approvals.overSeveralServers
    }
    if let rules = metrics[RulesDocument.self] {
      metrics[RulesDocument.self] = rules.overSeveralServers
    }
    return metrics
  }
}

extension ControlDesign {
  /// What the newer of two packs of one server has, and what only the older one has.
  func completed(by older: ControlDesign) -> ControlDesign {
    var merged = self
    merged.apiVersion = apiVersion ?? older.apiVersion
    merged.records.merge(older.records) { new, old in new.design == nil ? old : new }
    return merged
  }

  private static let differing = DefinitionRecord.Outcome.notFound(
    reason: "the servers describe it differently")

  /// The definitions of several servers, of which those count that are not described differently.
  func beside(_ other: ControlDesign) -> ControlDesign {
    var merged = self
    merged.apiVersion = apiVersion == other.apiVersion ? apiVersion : nil
    merged.refused = refused ?? other.refused
    merged.records.merge(other.records) { one, another in
      if one.outcome == Self.differing { return one }
      guard let design = one.design else { return another }
      guard let second = another.design, design != second else { return one }
      var record = one
      record.outcome = Self.differing
      return record
    }
    return merged
  }
}
