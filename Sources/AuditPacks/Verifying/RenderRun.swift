package import AuditEvidence
import AuditFiles
package import AuditModel
import AuditPlan
import AuditReport

/// Rebuilds the reports of a pack from its raw pages, offline.
package struct RenderRun: Sendable {
  /// What to make, where it is not what the pack holds.
  package struct Options: Sendable {
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

    /// What the pack has, in a folder.
    package init(out: String) {
      self.out = out
    }
  }

  private let pack: String
  private let options: Options
  private let warning: @Sendable (Message) -> Void
  private let workers: Int

  /// Makes a run; `workers` is how many processors it may use, `warning` takes what deserves a look.
  package init(
    pack: String, options: Options, workers: Int, warning: @escaping @Sendable (Message) -> Void
  ) {
    (self.pack, self.options, self.warning, self.workers) = (pack, options, warning, workers)
  }

  /// Makes the files; each has its name only when it is complete.
  ///
  /// - Returns: What the policy that was wished for says; without one that all is complete.
  /// - Throws: why the files cannot be made; then none is.
  package func run() async throws -> ExitStatus {
    let pack = try PublishedPack(at: pack)
    try await pack.checkEvidence(workers: workers)
    let original = try Reperformance(of: pack, workers: workers) { asked in
      asked.format = options.format ?? asked.format
      asked.template = options.template ?? asked.template
      asked.policy = options.policy ?? asked.policy
    }
    try original.plan.checkFormats()
    let work = options.pseudonyms.map { original.pseudonymised($0) } ?? original
    let template = try work.template()
    let target = try OutputFolder(at: options.out)
    let files = try target.begin()
    defer { files.discard() }
    let contents = try await work.perform(into: files)
    try await contents.report.write(by: template, into: files)
    if options.pseudonyms != nil {
      let named = try await original.perform(into: DigestedFiles())
      try PseudonymisedCopy.checkFigures(
        of: contents.report.document.metrics, equal: named.report.document.metrics)
    }
    try target.publish(files)
    if pack.manifest.toolVersion != ToolVersion.current {
      warning(Message(.otherVersion, pack.manifest.toolVersion, ToolVersion.current))
    }
    return options.policy == nil ? .complete : contents.report.judgement?.exitStatus ?? .complete
  }
}
