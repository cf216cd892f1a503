import AuditEvidence
import AuditFiles
import AuditModel
import AuditReport

/// Compares what every version must agree on: the rows, their fingerprint, the counts, the verdict and the figures.
///
/// Another version may write files otherwise, so that they are not compared to the byte; which they are is reported, since
/// whoever forges a pack chooses the version that it names.
struct OtherVersionCheck {
  let pack: PublishedPack
  /// The digests of the files that are there, by path.
  let found: [Name: Digest]
  let journal: [JournalEntry]
  let options: OptionsDocument

  private static let rowFiles = ["instances.csv", "instances.ndjson"]

  /// Adds what was compared, and what was not.
  func run(
    _ report: ReportDocument, _ recomputed: [FileRecord], _ verification: inout Verification
  ) throws {
    let rows = try population(report) + rows(recomputed)
    let figures = try found[Name(StoredPack.reportPath)].map { _ in try self.figures(report) }
    verification.add(
      "rows", "rows, Merkle root, counts and verdict follow from the pages", rows)
    if let figures {
      verification.add(
        ReportCheck.name, "\(versions): every figure of report.json is the same", figures)
    } else {
      verification.leaveOut(
        ReportCheck.name, because: "\(versions), and there is no report.json to compare")
    }
    let others = uncompared
    if let first = others.first {
      let example = others.count > 1 ? "\(first) and \(others.count - 1) more" : first
      verification.leaveOut(
        "other files", because: "\(example): another version may write them otherwise")
    }
  }

  private var versions: String {
    "made by version \(pack.manifest.toolVersion), verified by \(ToolVersion.current)"
  }

  /// What the manifest says of the population that the pages do not.
  private func population(_ report: ReportDocument) throws -> [Discrepancy] {
    let (manifest, cover) = (pack.manifest, report.cover)
    let pages = manifest.files.count { $0.path.begins(with: "\(PageFolder.inPack)/") }
    let facts: [(String, String, String)] = [
      ("merkleRoot", manifest.merkleRoot, cover.merkleRoot ?? ""),
      ("window.from", manifest.window.from, cover.window.from),
      ("window.to", manifest.window.to, cover.window.to),
      ("asOf", manifest.asOf, cover.asOf),
      (
        "counts.instances", "\(manifest.counts.instances)",
        "\(report.metrics.population.instances)"
      ),
      ("counts.rows", "\(manifest.counts.rows)", "\(report.completeness.rows)"),
      ("counts.distinct", "\(manifest.counts.distinct)", "\(report.completeness.distinct)"),
      ("counts.pages", "\(manifest.counts.pages)", "\(pages)"),
      (
        "completeness.verdict", manifest.completeness.verdict.rawValue,
        report.completeness.verdict.rawValue
      ),
      ("completeness.rows", "\(manifest.completeness.rows)", "\(report.completeness.rows)"),
      (
        "completeness.distinct", "\(manifest.completeness.distinct)",
        "\(report.completeness.distinct)"
      ),
    ]
    let differing = facts.filter { $0.1 != $0.2 }.map { member, published, recomputed in
      Discrepancy.recomputed(
        path: "manifest.json",
        detail:
          "\(member) is \(TerminalText.sanitized(published)), the evidence gives \(recomputed).")
    }
    return try differing
      + CompletenessCheck(pack: pack, entries: journal, found: options.found.acquisition)
      .discrepancies()
  }

  /// The files of rows, which are compared to the byte.
  private func rows(_ recomputed: [FileRecord]) -> [Discrepancy] {
    Self.rowFiles.compactMap { path in
      guard let digest = found[Name(path)] else { return nil }
      let expected = recomputed.first { $0.path == path }?.digest
      return digest == expected
        ? nil
        : .recomputed(
          path: path,
          detail:
            "SHA-256 \(digest) was published, the evidence gives \(expected.map { "\($0)" } ?? "no such file")."
        )
    }
  }

  /// Where the published figures are not those that were recomputed.
  private func figures(_ report: ReportDocument) throws -> [Discrepancy] {
    var report = report
    // The version of the rules is no figure: rules that read these rows alike may have another number.
    let published = try pack.files.report()
    if case .integer(let rules)? = published["metrics"]?["normalisation"]?["rulesVersion"] {
      report.metrics.normalisation.rulesVersion = Int(rules)
    }
    let difference = try ReportCheck.difference(of: pack, from: report, member: "metrics") {
      $0.figures(alsoIn: $1).firstDifference(from: $1.figures(alsoIn: $0))
    }
    let verdict = difference == nil ? published["completeness"]?["verdict"] : nil
    let isSame = difference != nil || verdict == .string(report.completeness.verdict.rawValue)
    let detail =
      difference
      ?? (isSame ? nil : "completeness.verdict is not \(report.completeness.verdict.rawValue).")
    return detail.map { [.recomputed(path: StoredPack.reportPath, detail: $0)] } ?? []
  }

  /// The files that are made of others and were not compared.
  private var uncompared: [String] {
    let compared = Self.rowFiles + [StoredPack.reportPath, "manifest.json", Journal.path]
    return found.keys.sorted().map(\.string).filter {
      !compared.contains($0) && !$0.begins(with: "\(PageFolder.inPack)/")
    }
  }
}

extension JSONValue {
  /// The members that another value has too, at any depth, without captions: a version may have more figures than another, and
  /// words its own.
  fileprivate func figures(alsoIn other: JSONValue) -> JSONValue {
    switch (self, other) {
    case (.object(let mine), .object(let others)):
      var members: [String: JSONValue] = [:]  // text: names of members of our documents
      for (name, value) in mine where name != "caption" {
        if let other = others[name] { members[name] = value.figures(alsoIn: other) }
      }
      return .object(members)
    case (.array(let mine), .array(let others)) where mine.count == others.count:
      return .array(zip(mine, others).map { $0.figures(alsoIn: $1) })
    default: return self
    }
  }
}
