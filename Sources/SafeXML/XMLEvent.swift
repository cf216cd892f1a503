/// What a parsed document consists of, in document order and copied out of libxml2's memory.
enum XMLEvent: Equatable {
  /// An attribute without a prefix.
  struct Attribute: Equatable {
    var name: String
    var value: String
  }

  /// A start tag.
  case open(name: String, attributes: [Attribute], line: Int)
  /// Character data, CDATA sections included.
  case text(String)
  /// An end tag.
  case close
}
