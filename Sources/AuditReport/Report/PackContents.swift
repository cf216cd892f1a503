package import AuditEvidence
import AuditFetch
package import AuditFiles
import AuditModel
package import AuditPlan
private import AuditReduce

/// What a pack contains beside its evidence: its judged report, and the documents about it.
///
/// A run writes it, a rendering makes its files anew, and a verification compares them byte by byte.
package struct PackContents {
  /// The report and its files.
  package let report: FinishedReport
  /// How the pages were obtained.
  package let acquisition: Acquisition
  /// The rows, reduced.
  package let outcome: Reduction.Outcome
  /// What the report and the manifest say of the pack around them.
  package var surroundings: Surroundings
  /// The earlier pack as it is kept as evidence; `nil` without one.
  private let previous: PreviousDocument?
  private let plan: AuditPlan

  /// Where the configuration that a run was given is kept in its pack.
  package static let configuration = "evidence/inputs/config.yaml"
  /// Where its policy is kept.
  package static let policy = "evidence/inputs/policy.yaml"
  /// Where its decisions from elsewhere are kept.
  package static let approvals = "evidence/inputs/approvals.csv"
  /// The folder in which the files of its policy's frameworks are kept, each under the framework's id.
  package static let frameworks = "evidence/inputs/frameworks"
  /// The folder in which its template is kept, unless it is the built-in one.
  package static let templates = "evidence/inputs/template"
  /// The template itself.
  package static let template = "\(templates)/\(ReportTemplate.file)"

  /// Where the file of a framework is kept, whose id is one.
  package static func framework(_ id: String) -> String { "\(frameworks)/\(id).yaml" }

  /// Assembles the report, compares it with the earlier pack's and judges it.
  package init(
    of outcome: Reduction.Outcome, _ acquisition: Acquisition, in surroundings: Surroundings,
    comparedWith previous: PreviousDocument?, plan: AuditPlan
  ) {
    report = FinishedReport(
      PackReport(
        acquisition: acquisition, outcome: outcome, surroundings: surroundings, plan: plan
      ).contents(comparedWith: previous),
      of: plan, workbook: outcome.workbook)
    (self.acquisition, self.outcome, self.surroundings) = (acquisition, outcome, surroundings)
    (self.previous, self.plan) = (previous, plan)
  }

  /// Writes the inputs that a run itself finds out, so that its work can be done again, and the policy's frameworks.
  package func writeInputs(into files: any ReportFiles) throws {
    if let previous {
      try files.write(
        JSONFile.bytes(previous), to: PreviousDocument.path, mediaType: "application/json")
    }
    for framework in plan.policy?.frameworks ?? [] {
      try files.write(
        framework.bytes, to: Self.framework(framework.content.id), mediaType: "application/yaml")
    }
    let options = OptionsDocument(
      toolVersion: ToolVersion.current, asked: .init(plan),
      found: .init(acquisition, window: outcome.window, asOf: outcome.asOf))
    try files.write(
      JSONFile.bytes(options), to: OptionsDocument.path, mediaType: "application/json")
  }

  /// What does not follow from the rows and the settings: the journal, what the pack follows, who seals it.
  package struct Surroundings {
    /// What the report says of the journal.
    package var journal: JournalFacts
    /// The pack that this one follows.
    package var previous: ManifestDocument.Previous?
    /// That it begins a new chain.
    package var chainRestart: ManifestDocument.ChainRestart?
    /// Who signs; `nil` for a pack that is not signed.
    package var signer: SignerDocument?
    /// The address of the time-stamping authority.
    package var timestampAuthority: String?
    /// In a pseudonymised copy, the digest of the original's manifest.
    package var original: Digest?
    /// Whether the report says what its leaves are; packs of before do not.
    package var saysLeaf = true

    /// Knows the journal and what the pack follows.
    package init(journal: JournalFacts, previous: ManifestDocument.Previous?) {
      (self.journal, self.previous) = (journal, previous)
    }
  }

  /// Writes VERIFY.txt, which explains how to check the pack by hand.
  package func writeVerifyText(into files: any ReportFiles) throws {
    let text = VerifyText.of(
      signature: surroundings.signer?.kind,
      isTimestamped: surroundings.timestampAuthority != nil,
      hasDefinitions: acquisition.definitions != nil)
    try files.write(text, to: "VERIFY.txt", mediaType: "text/plain")
  }

  /// Writes manifest.json over the files that have been written, and over evidence that is there already.
  ///
  /// - Throws: an ``ArchiveError``, and what JSONEncoder throws, which it has no reason to.
  package func writeManifest(
    beside evidence: [FileRecord] = [], into files: any ReportFiles
  ) throws {
    let listed = files.files + evidence
    var manifest = ManifestDocument(
      of: report.document, metrics: plan.metrics.map(\.rawValue),
      options: Digest.of(try JSONFile.bytes(OptionsDocument.Asked(plan))),
      pages: listed.count { $0.path.begins(with: "\(PageFolder.inPack)/") }, files: listed)
    manifest.conversation = acquisition.conversation
    manifest.previous = surroundings.previous
    manifest.chainRestart = surroundings.chainRestart
    manifest.signer = surroundings.signer
    manifest.timestampAuthority = surroundings.timestampAuthority
    try files.write(manifest.encoded(), to: "manifest.json", mediaType: "application/json")
  }
}

extension PackDocument {
  /// What surrounds the report that a plan asks for.
  init(of plan: AuditPlan, in surroundings: PackContents.Surroundings) {
    let files =
      [
        ("configuration", plan.configurationBytes), ("policy", plan.policy?.bytes),
        ("decisions", plan.approvals?.bytes),
      ] + (plan.policy?.frameworks ?? []).map { ("framework \($0.content.id)", $0.bytes) }
    self.init(
      inputs: files.compactMap { name, bytes in
        bytes.map { Input(name: name, sha256: Digest.of($0).hexadecimal) }
      },
      responses: surroundings.journal.dates.map {
        Responses(first: $0.lowerBound.description, last: $0.upperBound.description)
      },
      previous: surroundings.previous.map {
        Previous(path: $0.path, manifestSha256: $0.manifestSha256)
      },
      signer: surroundings.signer.map { Signer(kind: $0.kind.rawValue, name: $0.name) })
  }
}

/// What a report says of the journal.
package struct JournalFacts: Sendable {
  /// The hash of the last line, lower-case hexadecimal.
  package var head: String
  /// When the server answered first and last, by its own clock; `nil` for saved pages.
  fileprivate var dates: ClosedRange<Instant>?

  /// Knows a journal's last hash, and no date yet.
  package init(head: String = "") {
    self.head = head
  }

  /// Notes a header of a response; several requests are under way at a time, so that dates need not rise.
  package mutating func note(_ header: String, _ value: String) {
    guard header.isSame(as: "date"), let date = HTTPDate.instant(value) else { return }
    dates = min(dates?.lowerBound ?? date, date)...max(dates?.upperBound ?? date, date)
  }
}
