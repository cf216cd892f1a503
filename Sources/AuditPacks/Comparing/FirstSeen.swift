import AuditModel
import AuditReduce

/// A failure class, a version of a definition or an unread wording that only one of two packs holds.
struct FirstSeen: Sendable, Equatable {
  /// What it is.
  enum Kind: String, Sendable {
    case failureClass
    case definition
    case wording

    var label: String {
      switch self {
      case .failureClass: "Failure class"
      case .definition: "Definition"
      case .wording: "Unrecognised title"
      }
    }
  }

  var kind: Kind
  var name: String
  /// Whether the newer pack holds it; else the older one.
  var isNew: Bool

  /// All of them, by kind and name; `names` are the names of definitions by their ids.
  static func all(
    _ old: EarlierPack, _ new: EarlierPack, names: [Name: String]
  ) -> [FirstSeen] {
    func differing(_ kind: Kind, _ old: Set<Name>, _ new: Set<Name>) -> [FirstSeen] {
      old.symmetricDifference(new).sorted()
        .map { FirstSeen(kind: kind, name: $0.string, isNew: new.contains($0)) }
    }
    func versions(_ pack: EarlierPack) -> Set<Name> {
      Set(
        pack.versions.map { version in
          let name = version.id.flatMap { names[$0] } ?? "no name"
          let id = version.id?.string ?? "no id"
          return Name("\(name), version \(version.version.map(String.init) ?? "none") (\(id))")
        })
    }
    return differing(.failureClass, old.failureClasses, new.failureClasses)
      + differing(.definition, versions(old), versions(new))
      + differing(.wording, old.unrecognisedTitles, new.unrecognisedTitles)
  }

  /// The table of them.
  static let columns: [Column<FirstSeen>] = [
    Column("kind", "What", .text, about: "failureClass, definition or wording.") {
      .term($0.kind.rawValue, label: $0.kind.label)
    },
    .word("found_in", "Only in", about: "Which pack holds it: old or new.") {
      $0.isNew ? "new" : "old"
    },
    .text("name", "Name", about: "Its name, id and version, or the title.") { $0.name },
  ]
}

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
    .name("name", "Name", about: "The status or workflow type.") { $0.name },
    .count("old", "Before", about: "Instances of the old pack.") { $0.old },
    .count("new", "Now", about: "Instances of the new pack.") { $0.new },
    .count("difference", "Difference", about: "Now less before.") { $0.new - $0.old },
  ]
}
