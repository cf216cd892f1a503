import AuditEvidence
import AuditFiles
import AuditModel
import AuditPlan

/// The rows of a pack, as lines of instances.ndjson; where the pack holds none, they are computed from its raw pages.
struct PackRows {
  private static let path = "instances.ndjson"

  private let location: String
  /// Keeps computed rows for as long as they are needed.
  private let computed: PackBuilder?

  /// Finds or computes the rows, and checks them against the manifest.
  init(of pack: PublishedPack, workers: Int) async throws {
    if pack.lists(Self.path) {
      try pack.check(Self.path)
      location = "\(pack.path)/\(Self.path)"
      computed = nil
      return
    }
    try await pack.checkEvidence(workers: workers)
    let files = PackBuilder(in: try .scratchFolder())
    let work = try Reperformance(of: pack, workers: workers) { $0.format = "ndjson" }
    _ = try await work.perform(into: files)
    location = "\(files.folder)/\(Self.path)"
    computed = files
  }

  /// Calls with each line, without its newline.
  func readLines(_ body: (ArraySlice<UInt8>) throws -> Void) throws {
    try StoredFile.readLines(location) { line in
      try Task.checkCancellation()
      try body(line)
    }
  }
}
