/// The name of a metric: its key in report.json and its word for `--metrics`.
public struct MetricKey: RawRepresentable, CaseIterable, Hashable, Sendable {
  /// The key, in camel case.
  public let rawValue: String

  static let population = MetricKey("population")
  static let normalisation = MetricKey("normalisation")
  static let turnaround = MetricKey("turnaround")
  static let approvalLatency = MetricKey("approvalLatency")
  static let failureRates = MetricKey("failureRates")
  static let trend = MetricKey("trend")

  /// Those with a shape of their own in the report, then those of `MetricCatalogue`.
  public static let allCases: [MetricKey] =
    [.population, .normalisation, .turnaround, .approvalLatency, .failureRates, .trend]
    + MetricCatalogue.all.map { $0.key }

  /// The metric with this name; `nil` when there is none.
  public init?(rawValue: String) {
    guard let key = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = key
  }

  init(_ name: String) {
    rawValue = name
  }

  /// Whether it is computed whatever is asked for.
  public var isAlwaysThere: Bool { self == .population || self == .normalisation }

  /// Whether it keeps something of each instance, or of many, in memory until the end.
  public var keepsInstances: Bool {
    MetricCatalogue.all.contains { $0.key == self && $0.keepsInstances }
  }

  /// Whether it holds the instances against an earlier pack.
  public var needsEarlierPack: Bool {
    MetricCatalogue.all.contains { $0.key == self && $0.needs.contains(.earlierPack) }
  }

  /// Whether the configuration must hold a business calendar for it.
  public var needsCalendar: Bool {
    MetricCatalogue.all.contains { $0.key == self && $0.needs.contains(.calendar) }
  }
}
