/// A word of the query language, and where it begins.
struct QueryToken: Equatable {
  enum Kind: Equatable {
    case open
    case close
    /// A field name, `AND`, `OR`, `NULL`, or a bare value.
    case word(String)
    /// `eq` for `-eq`, and so on.
    case comparison(String)
    /// A value in double quotes, which no escape can be part of.
    case quoted(String)
    case end
  }

  var kind: Kind
  var offset: Int

  /// How a message names it.
  var name: String {
    switch kind {
    case .open: "'('"
    case .close: "')'"
    case .word(let word): "'\(word)'"
    case .comparison(let word): "'-\(word)'"
    case .quoted: "a quoted value"
    case .end: "the end"
    }
  }
}
