/// `normalisation`: how titles were read, and what is odd about the data.
package struct NormalisationDocument: Encodable, Sendable, Equatable {
  /// An instance whose title no rule reads.
  package struct Unrecognised: Encodable, Sendable, Equatable {
    /// The instance.
    package var referenceId: Int64
    /// Its title, cut to 200 characters; `null` when it has none.
    @WrittenNull package var title: String?

    /// Makes a row.
    package init(referenceId: Int64, title: String?) {
      self.referenceId = referenceId
      self.title = title
    }
  }

  /// A field that this version does not know.
  package struct UnknownField: Encodable, Sendable, Equatable {
    /// Its name as received.
    package var name: String
    /// Instances that carry it.
    package var instances: Int

    /// Makes a row.
    package init(name: String, instances: Int) {
      self.name = name
      self.instances = instances
    }
  }

  /// The version of the rules, which are data.
  package var rulesVersion: Int
  /// Titles by the rule that read them.
  package var rules: [String: Int]  // text: names of rules
  /// Titles that no rule reads.
  package var unrecognised: Int
  /// Their share of the population; `null` when it is empty.
  @WrittenNull package var unrecognisedRate: Double?
  /// The first 20 of them by reference id.
  package var firstUnrecognised: [Unrecognised]
  /// Instances per data-quality flag; their ids: the rows of instances.csv whose `data_quality` names the flag.
  package var dataQuality: [String: Int]  // text: names of flags
  /// The unknown fields, by name.
  package var unknownFields: [UnknownField]

  /// Makes the metric.
  package init(
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
  package static let none = NormalisationDocument(
    rulesVersion: NormalisationRules.version, rules: [:], unrecognised: 0, unrecognisedRate: nil,
    firstUnrecognised: [], dataQuality: [:], unknownFields: [])
}
