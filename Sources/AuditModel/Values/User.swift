/// The initiating user of an instance, as its title names them; the instances of a shard share them.
public final class User: Sendable {
  /// What kind of name it is.
  public enum Kind: String, Sendable, CaseIterable {
    /// The product's own `Timer Service`.
    case timer
    /// `DOMAIN\user`.
    case domain
    /// `user@domain`.
    case principal
    /// Anything else, such as an OAuth client id.
    case client
  }

  /// The name as this instance spells it.
  public let spelling: Name
  /// The name by which instances are grouped: `DOMAIN\user` with its ASCII letters in lower case, others verbatim.
  public let key: Name
  /// What kind of name it is.
  public let kind: Kind
  /// How many bytes the name as spelled has.
  public let length: Int

  /// Makes a user.
  public init(spelling: Name, key: Name, kind: Kind) {
    (self.spelling, self.key, self.kind) = (spelling, key, kind)
    length = spelling.bytes.count
  }

  /// Reads the kind and the grouping key from a name in a title.
  public convenience init(named spelling: Name) {
    let bytes = spelling.bytes
    if bytes == Array("Timer Service".utf8) {
      self.init(spelling: spelling, key: spelling, kind: .timer)
    } else if bytes.contains(UInt8(ascii: "\\")) {
      self.init(spelling: spelling, key: Name(bytes: bytes.lowercasedASCII), kind: .domain)
    } else {
      let isPrincipal = bytes.contains(UInt8(ascii: "@"))
      self.init(spelling: spelling, key: spelling, kind: isPrincipal ? .principal : .client)
    }
  }
}
