/// An instance that was not the same in all reads.
public struct RowChange: Sendable, Equatable {
  /// What happened to it.
  public enum Kind: String, Sendable {
    /// It was not in the first read, but in a later one.
    case appeared
    /// It was in the first read, but not in the last.
    case deleted
    /// Its row changed between the reads.
    case updated
  }

  /// One version of it.
  public struct Version: Sendable, Equatable {
    /// The read that saw it, from 1.
    public var read: Int
    /// The content that holds it; `nil` when the read did not find it.
    public var content: Int?
  }

  /// Which instance.
  public var referenceID: Int64
  /// What happened first.
  public var kind: Kind
  /// Its versions, in the order of the reads.
  public var versions: [Version]
  /// Whether it differed still when it was read for the last time.
  public var isVolatile: Bool
}
