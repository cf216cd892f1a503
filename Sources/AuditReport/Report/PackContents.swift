package import AuditEvidence
package import AuditFiles
import AuditModel
package import AuditPlan
private import AuditReduce

/// What a pack contains beside its evidence: its report, what the policy makes of it, and the documents about both.
///
/// A run writes it, a rendering makes its files anew, and a verification compares them byte by byte.
package struct PackContents {
  /// The report and its files.
  package let report: FinishedReport
  /// The policy's judgement of the report; `nil` without a policy.
  package let judgement: PolicyJudgement?
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
    let assembly = ReportAssembly(
      acquisition: acquisition, outcome: outcome, surroundings: surroundings, plan: plan)
    var document = assembly.report(comparedWith: previous)
    judgement = document.judge(by: plan.policy, asOf: outcome.asOf.instant)
    report = FinishedReport(document, of: plan, workbook: outcome.workbook)
    self.acquisition = acquisition
    self.outcome = outcome
    self.surroundings = surroundings
    self.previous = previous
    self.plan = plan
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
      self.journal = journal
      self.previous = previous
    }
  }

  /// Writes VERIFY.txt, which explains how to check the pack by hand.
  package func writeVerifyText(into files: any ReportFiles) throws {
    let text = VerifyText.of(
      signature: surroundings.signer?.kind,
      isTimestamped: surroundings.timestampAuthority != nil,
      hasDefinitions: acquisition.controlDesign != nil)
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
