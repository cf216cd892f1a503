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
    Column("found_in", "Only in", .text, about: "Which pack holds it: old or new.") {
      .term($0.isNew ? "new" : "old", label: $0.isNew ? "new" : "old")
    },
    Column("name", "Name", .text, about: "Its name, id and version, or the title.") {
      .text($0.name)
    },
  ]
}
