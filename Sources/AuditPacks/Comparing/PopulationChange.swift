import AuditModel

/// How many instances of one kind two packs hold.
struct PopulationChange: Sendable {
  /// `nil` for instances without one.
  var name: Name?
  var old: Int
  var new: Int

  /// A table of kinds, those of the new pack's largest first.
  static func table(
    _ key: String, _ title: String, _ old: [Name?: Int], _ new: [Name?: Int]
  ) -> MetricTable {
    let rows = Set(old.keys).union(new.keys).map { name in
      PopulationChange(name: name, old: old[name] ?? 0, new: new[name] ?? 0)
    }
    return MetricTable(
      .init(key: Field(key, title, .text, about: "").key, file: nil), title: title,
      columns: columns,
      rows: rows.sorted { $0.precedes($1) })
  }

  private func precedes(_ other: PopulationChange) -> Bool {
    if (new, old) != (other.new, other.old) { return (new, old) > (other.new, other.old) }
    guard let name else { return false }
    return other.name.map { name < $0 } ?? true
  }

  private static let columns: [Column<PopulationChange>] = [
    Column("name", "Name", .text, about: "The status or workflow type.") {
      .text($0.name?.string)
    },
    Column("old", "Before", .count, about: "Instances of the old pack.") { .count($0.old) },
    Column("new", "Now", .count, about: "Instances of the new pack.") { .count($0.new) },
    Column("difference", "Difference", .count, about: "Now less before.") {
      .count($0.new - $0.old)
    },
  ]
}
