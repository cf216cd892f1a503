/// Columns whose values are of the kind that they are declared with.
extension Column {
  /// Texts from the server.
  package static func text(
    _ name: String, _ title: String, about: String, value: @escaping @Sendable (Row) -> String?
  ) -> Column {
    Column(name, title, .text, about: about) { .text(value($0)) }
  }

  /// Names from the server.
  package static func name(
    _ name: String, _ title: String, about: String, value: @escaping @Sendable (Row) -> Name?
  ) -> Column {
    .text(name, title, about: about) { value($0)?.string }
  }

  /// Words of ours, which people read as files have them.
  package static func word(
    _ name: String, _ title: String, about: String, value: @escaping @Sendable (Row) -> String?
  ) -> Column {
    Column(name, title, .text, about: about) {
      value($0).map { .term($0, label: $0) } ?? .missing(.none)
    }
  }

  /// How many.
  package static func count(
    _ name: String, _ title: String, about: String, value: @escaping @Sendable (Row) -> Int?
  ) -> Column {
    Column(name, title, .count, about: about) { .count(value($0)) }
  }

  /// Numbers that name something.
  package static func identifier(
    _ name: String, _ title: String, about: String, value: @escaping @Sendable (Row) -> Int64?
  ) -> Column {
    Column(name, title, .identifier, about: about) { .identifier(value($0)) }
  }

  /// Shares between 0 and 1.
  package static func ratio(
    _ name: String, _ title: String, about: String, value: @escaping @Sendable (Row) -> Double?
  ) -> Column {
    Column(name, title, .ratio, about: about) { .ratio(value($0)) }
  }

  /// Times in whole milliseconds.
  package static func duration(
    _ name: String, _ title: String, about: String, value: @escaping @Sendable (Row) -> Int64?
  ) -> Column {
    Column(name, title, .duration, about: about) { .duration(value($0)) }
  }

  /// Points in time.
  package static func instant(
    _ name: String, _ title: String, about: String, value: @escaping @Sendable (Row) -> Instant?
  ) -> Column {
    Column(name, title, .instant, about: about) { .instant(value($0)) }
  }

  /// Yes or no.
  package static func flag(
    _ name: String, _ title: String, about: String, value: @escaping @Sendable (Row) -> Bool?
  ) -> Column {
    Column(name, title, .flag, about: about) { value($0).map { .flag($0) } ?? .missing(.none) }
  }

  /// Reference ids.
  package static func ids(
    _ name: String, _ title: String, about: String, value: @escaping @Sendable (Row) -> [Int64]
  ) -> Column {
    Column(name, title, .ids, about: about) { .ids(value($0)) }
  }
}
