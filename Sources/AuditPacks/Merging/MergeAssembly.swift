import AuditModel
import AuditPlan
import AuditReduce
import AuditReport

/// Puts the report over several packs together.
struct MergeAssembly {
  let plan: AuditPlan
  /// Whether the packs' policies have different rules.
  let rulesDiffer: Bool
  private var servers: [MergedServer] = []
  private var reports: [ServerReport] = []

  init(_ merge: MergePlan) {
    plan = merge.plan
    rulesDiffer = merge.rulesDiffer
  }

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

  /// The report over all servers.
  func report(over whole: inout AuditSummary) -> ReportDocument {
    let metrics =
      reports.count == 1
      ? reports[0].metrics : whole.finish(context(span, of: servers)).overSeveralServers
    var report = ReportDocument(
      cover: cover, completeness: MergedCompleteness(servers).document, metrics: metrics, gates: [],
      limitations: [])
    report.limitations =
      MergeLimitations(
        servers: servers, report: report, plan: plan, rulesDiffer: rulesDiffer
      ).all
    report.servers = reports
    return report
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
      kind: "packs", server: common(\.server), productVersion: common(\.productVersion),
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
