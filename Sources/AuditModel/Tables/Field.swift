/// What is said of a value: its names, what it is and what it means.
public struct Field: Sendable, Equatable {
  /// Its name in CSV files, in lower case with underscores.
  public var name: String
  /// Its title for people.
  public var title: String
  /// What it is.
  public var kind: ColumnKind
  /// What it says, in a sentence for the data dictionary.
  public var about: String
  /// Whether it only spells out what another one shows, so that the page leaves it to the files.
  public var isDetail = false

  /// Describes a value.
  public init(_ name: String, _ title: String, _ kind: ColumnKind, about: String) {
    self.name = name
    self.title = title
    self.kind = kind
    self.about = about
  }

  /// Its name in JSON: `first_start` is `firstStart` there.
  public var key: String {
    let words = name.parts(at: "_")
    return words.dropFirst().reduce(words.first ?? "") {
      $0 + $1.prefix(1).uppercased() + $1.dropFirst()
    }
  }
}
