import AuditEvidence

/// Rows as they stand in the files, and the leaves of the Merkle tree over them.
struct RowOutput: Sendable {
  var csv: [UInt8] = []
  var ndjson: [UInt8] = []
  var leaves: [Digest] = []
}
