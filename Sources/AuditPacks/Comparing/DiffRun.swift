import AuditEvidence
import AuditFiles
import AuditModel
import AuditReduce
import AuditReport

/// Holds two packs against each other: their populations, their instances, their figures.
package struct DiffRun: Sendable {
  private let old: String
  private let new: String
  private let workers: Int

  /// Makes a run over two packs; `workers` is how many processors it may use.
  package init(old: String, new: String, workers: Int) {
    (self.old, self.new, self.workers) = (old, new, workers)
  }

  /// Compares.
  ///
  /// - Throws: why a pack cannot be read; that two packs differ is no error.
  package func run() async throws -> PackDifference {
    let old = try await ComparedPack(at: old, workers: workers)
    let new = try await ComparedPack(at: new, workers: workers)
    let (before, comparison, now) = try instances(old, new)
    let hasOneServer = old.server == new.server
    let names = old.report.definitionNames.merging(new.report.definitionNames) { _, new in new }
    var sections = [populations(old, new)]
    if hasOneServer { sections.append(section(of: comparison)) }
    sections.append(
      section(
        of: FigureComparison(
          old.report.figures, with: new.report.figures,
          areIndependent: !hasOneServer || comparison.common == 0, names: names)))
    sections.append(section(of: FirstSeen.all(before, now, names: names)))
    for index in sections.indices {
      for table in sections[index].tables.indices {
        sections[index].tables[table].place.listed = .max
      }
    }
    return PackDifference(
      old: old.head, new: new.head, notes: DiffNotes.of(old, new), sections: sections)
  }

  /// The rows of both, and what became of those that started in both windows.
  private func instances(
    _ old: ComparedPack, _ new: ComparedPack
  ) throws -> (before: EarlierPack, comparison: PackComparison, now: EarlierPack) {
    // Rows without a readable start count where both packs cover the same time.
    let window = old.window == new.window ? nil : new.window
    var scan = RowScan(of: old.pack.path, startedIn: window)
    try old.rows.readLines { try scan.add($0) }
    let before = scan.earlier(name: old.pack.name, in: old.window)
    var comparison = PackComparison(with: before)
    // Of the new pack only the kinds of things are kept: its rows are looked at as they come.
    let never = new.window.lowerBound..<new.window.lowerBound
    var later = RowScan(of: new.pack.path, startedIn: never)
    try new.rows.readLines { line in
      let row = try later.add(line)
      comparison.observe(row.referenceID, row.status, start: row.start) { row.content }
    }
    return (before, comparison, later.earlier(name: new.pack.name, in: new.window))
  }

  private func populations(_ old: ComparedPack, _ new: ComparedPack) -> MetricSection {
    let total = (old.pack.manifest.counts.instances, new.pack.manifest.counts.instances)
    return MetricSection(
      key: "populations", title: "Populations", caption: "Instances as each report counts them.",
      sentences: [
        "\(DisplayFormat.count(total.0, "instance")) before, \(DisplayFormat.count(total.1)) now."
      ],
      figures: [
        Figure("old", "Before", .count, about: "Instances of the old pack.", .count(total.0)),
        Figure("new", "Now", .count, about: "Instances of the new pack.", .count(total.1)),
      ],
      tables: [
        PopulationChange.table("by_status", "By status", old.report.statuses, new.report.statuses),
        PopulationChange.table(
          "by_workflow_type", "By workflow type", old.report.workflowTypes, new.report.workflowTypes
        ),
      ])
  }

  private func section(of comparison: PackComparison) -> MetricSection {
    MetricSection(
      key: "instances", title: "Instances",
      caption: "Instances that started in both windows, by reference id.",
      sentences: [
        """
        \(DisplayFormat.count(comparison.common, "instance")) \(comparison.common == 1 ? "is" : "are") in both packs. \
        \(DisplayFormat.count(comparison.count(.appeared))) appeared, \
        \(DisplayFormat.count(comparison.count(.gone))) disappeared, \
        \(DisplayFormat.count(comparison.moved)) have another status, \
        and \(DisplayFormat.count(comparison.count(.altered))) changed after they had ended.
        """
      ],
      figures: comparison.figures, tables: comparison.tables)
  }

  private func section(of comparison: FigureComparison) -> MetricSection {
    MetricSection(
      key: "figures", title: "Figures",
      caption:
        "Now less before. Intervals: Newcombe's, made of the Wilson and log–log limits of the two reports.",
      sentences: [comparison.sentence], tables: [comparison.table])
  }

  private func section(of firsts: [FirstSeen]) -> MetricSection {
    let new = firsts.count(where: \.isNew)
    return MetricSection(
      key: "firsts", title: "Seen in one pack only",
      caption: "Failure classes, versions of definitions and unrecognised titles.",
      sentences: [
        "\(DisplayFormat.count(new)) are in the new pack only, \(DisplayFormat.count(firsts.count - new)) in the old one only."
      ],
      tables: [
        MetricTable(
          .init(key: "list", file: nil), title: "Failure classes, definitions and titles",
          columns: FirstSeen.columns, rows: firsts)
      ])
  }
}

/// What to know before two packs are compared.
enum DiffNotes {
  /// A sentence each.
  static func of(_ old: ComparedPack, _ new: ComparedPack) -> [String] {
    let (before, now) = (old.pack.manifest, new.pack.manifest)
    var notes: [String] = []
    if old.server != new.server {
      notes.append(
        "The packs are of different servers, whose reference ids say nothing about each other: no instances are compared."
      )
    } else if old.server == nil {
      notes.append(
        "Saved pages do not say whose they are: that both are of one server is taken for granted.")
    }
    if !old.window.overlaps(new.window) {
      notes.append("The windows do not overlap: no instance can be in both.")
    } else if old.window != new.window {
      notes.append(
        "The windows differ: instances are compared where they overlap, figures as each report has them."
      )
    }
    if before.toolVersion != now.toolVersion {
      notes.append(
        "The packs were made by versions \(before.toolVersion) and \(now.toolVersion): kfaudit render makes the "
          + "reports of one again with the other.")
    }
    let unproved = [before, now].filter {
      ![.proved, .provedWithChanges].contains($0.completeness.verdict)
    }
    if !unproved.isEmpty {
      notes.append(
        "Not both populations are proved: what is missing may never have been asked for.")
    }
    return notes
  }
}

/// One of two packs that are held against each other.
struct ComparedPack {
  let pack: PublishedPack
  let window: Range<Instant>
  /// What its report contains.
  let report: ReportFacts
  let rows: PackRows

  /// Opens a pack; what it does not hold is computed from its raw pages.
  init(at path: String, workers: Int) async throws {
    pack = try PublishedPack(at: path)
    guard let window = pack.manifest.window.range else {
      throw PackError.unreadable(
        path: "\(pack.path)/manifest.json", reason: "its window has no readable ends.")
    }
    self.window = window
    report = try await Self.report(of: pack, workers: workers)
    rows = try await PackRows(of: pack, workers: workers)
  }

  private static func report(of pack: PublishedPack, workers: Int) async throws -> ReportFacts {
    guard pack.lists(StoredPack.reportPath) else {
      try await pack.checkEvidence(workers: workers)
      let work = try Reperformance(of: pack, workers: workers)
      return ReportFacts(of: try await work.perform(into: DigestedFiles()).report.document.metrics)
    }
    try pack.check(StoredPack.reportPath)
    guard let metrics = try pack.files.report()["metrics"] else {
      throw PackError.unreadable(
        path: "\(pack.path)/\(StoredPack.reportPath)", reason: "the member metrics is missing.")
    }
    return ReportFacts(reading: metrics)
  }

  /// The server that it was read from; `nil` for saved pages.
  var server: Name? { pack.manifest.source.server.map { Name($0) } }

  /// Which pack it is.
  var head: PackDifference.Head {
    PackDifference.Head(
      pack: pack.name, server: server?.string, window: pack.manifest.window,
      asOf: pack.manifest.asOf, verdict: pack.manifest.completeness.verdict,
      instances: pack.manifest.counts.instances, toolVersion: pack.manifest.toolVersion,
      manifestSha256: pack.manifestDigest.hexadecimal)
  }
}
