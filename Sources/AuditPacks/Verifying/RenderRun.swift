package import AuditEvidence
import AuditFiles
package import AuditModel
import AuditPlan
import AuditReport

/// Rebuilds the reports of a pack from its raw pages, offline.
package struct RenderRun: Sendable {
  /// What to make, where it is not what the pack holds.
  package struct Wishes: Sendable {
    /// `--out`: the folder that the files are put into.
    package var out: String
    /// `--format`: a comma-separated list.
    package var format: String?
    /// `--template`: a folder of templates.
    package var template: String?
    /// `--policy`: gates and exceptions.
    package var policy: String?
    /// What puts tokens in the place of names; `nil` for the names.
    package var pseudonyms: Pseudonyms?

    /// Wishes for what the pack holds, in a folder.
    package init(out: String) {
      self.out = out
    }
  }

  private let pack: String
  private let wishes: Wishes
  private let notice: @Sendable (String) -> Void
  private let workers: Int

  /// Makes a run; `workers` is how many processors it may use, `notice` takes what the user should know.
  package init(
    pack: String, wishes: Wishes, workers: Int, notice: @escaping @Sendable (String) -> Void
  ) {
    self.pack = pack
    self.wishes = wishes
    self.notice = notice
    self.workers = workers
  }

  /// Makes the files; each stands under its name only when it is complete.
  ///
  /// - Returns: What the policy that was wished for says; without one that all is complete.
  /// - Throws: why the files cannot be made; then none is.
  package func run() async throws -> ExitStatus {
    let pack = try PublishedPack(at: pack)
    try await pack.checkEvidence(workers: workers)
    let original = try Reperformance(of: pack, workers: workers) { options in
      options.format = wishes.format ?? options.format
      options.template = wishes.template ?? options.template
      options.policy = wishes.policy ?? options.policy
    }
    let work = wishes.pseudonyms.map { original.pseudonymised($0) } ?? original
    let template = try ReportTemplate(folder: work.plan.templateFolder)
    let target = try OutputFolder(at: wishes.out)
    let files = try target.begin()
    defer { files.discard() }
    let contents = try await work.perform(into: files)
    try await contents.report.write(by: template, into: files)
    if wishes.pseudonyms != nil {
      let named = try await original.perform(into: DigestedFiles())
      try Twin.checkFigures(
        of: contents.report.document.metrics, equal: named.report.document.metrics)
    }
    try target.publish(files)
    if pack.manifest.toolVersion != ToolVersion.current {
      notice(
        "the pack was made by version \(pack.manifest.toolVersion), these files by \(ToolVersion.current): "
          + "the figures are the same only if kfaudit verify says so.")
    }
    return wishes.policy == nil ? .complete : contents.judgement?.exitStatus ?? .complete
  }
}
