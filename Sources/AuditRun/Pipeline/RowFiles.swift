import AuditRender

/// instances.csv and instances.ndjson while they are written, as far as they were asked for.
struct RowFiles {
  private let csv: PackFile?
  private let ndjson: PackFile?

  init(in pack: PackBuilder, _ plan: AuditPlan) throws {
    csv =
      plan.formats.contains(.csv)
      ? try pack.create("instances.csv", mediaType: "text/csv") : nil
    ndjson =
      plan.formats.contains(.ndjson)
      ? try pack.create("instances.ndjson", mediaType: "application/x-ndjson") : nil
    if plan.excel { try csv?.append(ByteOrderMark.utf8) }
    try csv?.append(InstancesCSV.header)
  }

  /// Takes the files out of the pack again.
  static func remove(from pack: PackBuilder, _ plan: AuditPlan) throws {
    if plan.formats.contains(.csv) { try pack.remove("instances.csv") }
    if plan.formats.contains(.ndjson) { try pack.remove("instances.ndjson") }
  }

  func append(_ output: RowOutput) throws {
    try csv?.append(output.csv)
    try ndjson?.append(output.ndjson)
  }

  func finish() throws {
    try csv?.finish()
    try ndjson?.finish()
  }
}
