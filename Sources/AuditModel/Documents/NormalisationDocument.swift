/// `normalisation`: how titles were read, and what is odd about the data.
public struct NormalisationDocument: Encodable, Sendable, Equatable {
  /// An instance whose title no rule reads.
  public struct Unrecognised: Encodable, Sendable, Equatable {
    /// The instance.
    public var referenceId: Int64
    /// Its title, cut to 200 characters; `null` when it has none.
    @ExplicitNull public var title: String?

    /// Makes a row.
    public init(referenceId: Int64, title: String?) {
      (self.referenceId, self.title) = (referenceId, title)
    }
  }

  /// A field that this version does not know.
  public struct UnknownField: Encodable, Sendable, Equatable {
    /// Its name as received.
    public var name: String
    /// Instances that carry it.
    public var instances: Int

    /// Makes a row.
    public init(name: String, instances: Int) {
      (self.name, self.instances) = (name, instances)
    }
  }

  /// The version of the rules, which are data.
  public var rulesVersion: Int
  /// Titles by the rule that read them.
  public var rules: [String: Int]  // text: names of rules
  /// Titles that no rule reads.
  public var unrecognised: Int
  /// Their share of the population; `null` when it is empty.
  @ExplicitNull public var unrecognisedRate: Double?
  /// The first 20 of them by reference id.
  public var firstUnrecognised: [Unrecognised]
  /// Instances per data-quality flag; their ids: the rows of instances.csv whose `data_quality` names the flag.
  public var dataQuality: [String: Int]  // text: names of flags
  /// The unknown fields, by name.
  public var unknownFields: [UnknownField]
  /// Instances without a requester, whatever their titles; not in report.json, instances.csv has a column for it.
  public var withoutUser = 0
  /// Instances that are in no time, as a date is missing or impossible; not in report.json, as the above.
  public var withoutTimes = 0

  private enum CodingKeys: String, CodingKey {
    case rulesVersion, rules, unrecognised, unrecognisedRate, firstUnrecognised, dataQuality
    case unknownFields
  }

  /// Makes the metric.
  public init(
    // text: names of rules
    rulesVersion: Int, rules: [String: Int], unrecognised: Int, unrecognisedRate: Double?,
    // text: names of flags
    firstUnrecognised: [Unrecognised], dataQuality: [String: Int], unknownFields: [UnknownField]
  ) {
    self.rulesVersion = rulesVersion
    self.rules = rules
    self.unrecognised = unrecognised
    self.unrecognisedRate = unrecognisedRate
    self.firstUnrecognised = firstUnrecognised
    self.dataQuality = dataQuality
    self.unknownFields = unknownFields
  }
}

extension NormalisationDocument {
  /// No titles.
  public static let none = NormalisationDocument(
    rulesVersion: NormalisationRules.version, rules: [:], unrecognised: 0, unrecognisedRate: nil,
    firstUnrecognised: [], dataQuality: [:], unknownFields: [])
}
