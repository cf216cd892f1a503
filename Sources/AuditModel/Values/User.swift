/// The initiating user of an instance, as its title names them.
public struct User: Sendable, Hashable {
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
  public var spelling: Name
  /// The name by which instances are grouped: `DOMAIN\user` with its ASCII letters in lower case, others verbatim.
  public var key: Name
  /// What kind of name it is.
  public var kind: Kind

  /// Makes a user.
  public init(spelling: Name, key: Name, kind: Kind) {
    self.spelling = spelling
    self.key = key
    self.kind = kind
  }
}
