import AuditModel

/// How many instances of one kind two packs hold.
struct PopulationChange: Sendable {
  var name: String
  var old: Int
  var new: Int

  /// A table of kinds, those of the new pack's largest first.
  static func table(
    _ key: String, _ title: String, _ old: [String: Int], _ new: [String: Int]
  ) -> MetricTable {
    let rows = Set(old.keys).union(new.keys).map { name in
      PopulationChange(name: name, old: old[name] ?? 0, new: new[name] ?? 0)
    }
    return MetricTable(
      .init(key: Field(key, title, .text, about: "").key, file: nil), title: title,
      columns: columns,
      rows: rows.sorted { ($1.new, $1.old, $0.name) < ($0.new, $0.old, $1.name) })
  }

  private static let columns: [Column<PopulationChange>] = [
    Column("name", "Name", .text, about: "The status or workflow type.") { .text($0.name) },
    Column("old", "Before", .count, about: "Instances of the old pack.") { .count($0.old) },
    Column("new", "Now", .count, about: "Instances of the new pack.") { .count($0.new) },
    Column("difference", "Difference", .count, about: "Now less before.") {
      .count($0.new - $0.old)
    },
  ]
}
