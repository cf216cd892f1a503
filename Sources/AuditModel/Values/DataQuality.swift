/// What is odd about an instance, as a set of flags.
public struct DataQuality: OptionSet, Sendable, Hashable {
  /// The flags as bits.
  public let rawValue: UInt16

  /// Makes a set from its bits.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// A status that no published name covers.
  public static let unknownStatus = DataQuality(rawValue: 1 << 0)
  /// A start or a last modification that is missing or impossible.
  public static let badDate = DataQuality(rawValue: 1 << 1)
  /// Last modified before it started, or started after the as-of instant.
  public static let negativeDuration = DataQuality(rawValue: 1 << 2)
  /// A date more than five minutes after the as-of instant.
  public static let futureDate = DataQuality(rawValue: 1 << 3)
  /// The title has one action, the workflow type another.
  public static let titleTypeMismatch = DataQuality(rawValue: 1 << 4)
  /// Half of a surrogate pair, replaced by U+FFFD.
  public static let loneSurrogate = DataQuality(rawValue: 1 << 5)
  /// No title.
  public static let nullTitle = DataQuality(rawValue: 1 << 6)
  /// A field that this version does not know.
  public static let unknownField = DataQuality(rawValue: 1 << 7)
  /// Returned by the server although it started outside the window; in no figure but this count.
  public static let outOfWindow = DataQuality(rawValue: 1 << 8)

  /// Every flag with its name in reports and what it means, in the order in which they are written.
  public static let named: [(flag: DataQuality, name: String, label: String)] = [
    (.unknownStatus, "unknownStatus", "unknown status"),
    (.badDate, "badDate", "missing or impossible date"),
    (.negativeDuration, "negativeDuration", "ended before it started"),
    (.futureDate, "futureDate", "date in the future"),
    (.titleTypeMismatch, "titleTypeMismatch", "title and workflow type disagree"),
    (.loneSurrogate, "loneSurrogate", "broken character in a text"),
    (.nullTitle, "nullTitle", "no title"),
    (.unknownField, "unknownField", "unknown field"),
    (.outOfWindow, "outOfWindow", "started outside the period"),
  ]

  /// What a flag means, by its name in reports; another version may know more of them.
  public static func label(of name: String) -> String {
    named.first { $0.name.isSame(as: name) }?.label ?? name
  }

  /// The flags that keep an instance out of every time statistic.
  public static let unusableTimes: DataQuality = [.badDate, .negativeDuration, .futureDate]

  /// The names of the flags that are set.
  public var names: [String] {
    Self.named.compactMap { contains($0.flag) ? $0.name : nil }
  }
}
