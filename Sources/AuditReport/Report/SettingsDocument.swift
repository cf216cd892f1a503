package import AuditModel

/// What the configuration says about metrics, resolved, in evidence/inputs/options.json.
package struct SettingsDocument: Codable, Equatable {
  /// Opening hours by weekday, Monday first, in minutes of the day.
  package struct Calendar: Codable, Equatable {
    /// The zone of the opening hours, an IANA name.
    package var timeZone: String
    /// Open from and to, in milliseconds of the day, for each day of the week from Monday.
    package var hours: [[[Int64]]]
    /// Days without opening hours, ISO 8601.
    package var holidays: [String]
  }

  /// A phrase in titles.
  package struct Title: Codable, Equatable {
    /// What it is.
    package var phrase: String
    /// What it means.
    package var action: String
  }

  /// A text in messages of Failed instances.
  package struct Failure: Codable, Equatable {
    /// The class that it means.
    package var name: String
    /// What the message contains; `nil` where it starts with something.
    package var contains: String?
    /// What the message starts with.
    package var startsWith: String?
  }

  /// The definitions with an approval step, by name.
  package var approvalDefinitions: [String]
  /// The limits of each workflow type, in milliseconds.
  // text: names in a JSON object, which the YAML reader has found different
  package var serviceLevels: [String: [Int64]]
  /// Grouping keys.
  package var serviceUsers: [String]
  /// Within how many days a revocation by the requester is listed.
  package var ownRevocationDays: Int64
  /// Within how many seconds an approval is listed as hasty.
  package var hastyApprovalSeconds: Int64
  /// Within how many days after a rejection an issue is listed; like the next four `nil` in a pack of before.
  package var refusedThenObtainedDays: Int64?
  /// How many quick ends in a row are listed.
  package var batchEndsInstances: Int64?
  /// How many seconds may lie between two of them.
  package var batchEndsGapSeconds: Int64?
  /// With how many users a common name is listed.
  package var manyRequestersUsers: Int64?
  /// Within how many days they enrol it.
  package var manyRequestersDays: Int64?
  /// The rules of titles; this and the next two `nil` without any.
  package var titleRules: [Title]?
  /// The rules of messages.
  package var failureClasses: [Failure]?
  /// Names for the ids of users who reject.
  package var rejectedBy: [String: String]?  // text: numbers
  /// The opening hours; `nil` without any.
  @ExplicitNull package var calendar: Calendar?

  /// What the configuration has.
  package init(_ settings: MetricSettings) {
    approvalDefinitions = settings.approvalDefinitions.sorted().map(\.string)
    serviceLevels = Dictionary(
      uniqueKeysWithValues: settings.serviceLevels.map { ($0.key.string, $0.value) })
    serviceUsers = settings.serviceUsers.sorted().map(\.string)
    ownRevocationDays = settings.ownRevocationDays
    hastyApprovalSeconds = settings.hastyApprovalSeconds
    refusedThenObtainedDays = settings.refusedThenObtainedDays
    batchEndsInstances = settings.batchEndsInstances
    batchEndsGapSeconds = settings.batchEndsGapSeconds
    manyRequestersUsers = settings.manyRequestersUsers
    manyRequestersDays = settings.manyRequestersDays
    let wordings = settings.wordings
    titleRules =
      wordings.titles.isEmpty
      ? nil : wordings.titles.map { Title(phrase: $0.phrase.string, action: $0.action.rawValue) }
    failureClasses =
      wordings.failures.isEmpty
      ? nil
      : wordings.failures.map { rule in
        Failure(
          name: rule.name.string, contains: rule.isPrefix ? nil : rule.text.string,
          startsWith: rule.isPrefix ? rule.text.string : nil)
      }
    rejectedBy =
      settings.rejectedBy.isEmpty
      ? nil
      : Dictionary(
        uniqueKeysWithValues: settings.rejectedBy.map { (String($0.key), $0.value.string) })
    calendar = settings.calendar.map { calendar in
      Calendar(
        timeZone: calendar.zone.identifier,
        hours: calendar.hours.map { day in
          day.map { [$0.lowerBound / 60_000, $0.upperBound / 60_000] }
        },
        holidays: calendar.holidays.map(\.description))
    }
  }
}
