import AuditEvidence
import AuditFiles
import AuditModel
import AuditPlan

/// The rows of a pack, as lines of instances.ndjson; where the pack holds none, they are computed from its raw pages.
struct PackRows {
  private static let path = "instances.ndjson"

  private let files: StoredPack
  /// Keeps computed rows for as long as they are needed.
  private let computed: PackBuilder?

  /// Finds or computes the rows, and checks them against the manifest.
  init(of pack: PublishedPack, workers: Int) async throws {
    if pack.lists(Self.path) {
      try pack.check(Self.path)
      files = pack.files
      computed = nil
      return
    }
    try await pack.checkEvidence(workers: workers)
    let files = PackBuilder(in: try .scratchFolder())
    let work = try Reperformance(of: pack, workers: workers) { $0.format = "ndjson" }
    _ = try await work.perform(into: files)
    self.files = .folder(files.folder)
    computed = files
  }

  /// Calls with each line, without its newline.
  func readLines(_ body: (ArraySlice<UInt8>) throws -> Void) throws {
    try files.readLines(Self.path) { line in
      try Task.checkCancellation()
      try body(line)
    }
  }
}
