import AuditEvidence
import AuditModel

/// SHA256SUMS: one without a discrepancy is written again to the same bytes.
enum ChecksumsTarget {
  static func run(_ bytes: [UInt8]) throws {
    let (digests, discrepancies) = Checksums.reading(bytes)
    for path in digests.keys {
      try BrokenPromise.unless(Checksums.isUsable(path.bytes), "\(path) leads out of the pack")
    }
    for discrepancy in discrepancies { _ = discrepancy.description }
    guard discrepancies.isEmpty else { return }
    let files = digests.map { FileRecord(path: $0.string, bytes: 0, digest: $1, mediaType: "") }
    try BrokenPromise.unless(Checksums.of(files) == bytes, "it is written differently")
  }
}
