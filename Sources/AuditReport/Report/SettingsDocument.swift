import AuditModel

/// What the configuration says about metrics, resolved, in evidence/inputs/options.json.
struct SettingsDocument: Codable, Equatable {
  /// Opening hours.
  struct Calendar: Codable, Equatable {
    /// An IANA name.
    var timeZone: String
    /// Open from and to, in minutes of the day, for each day of the week from Monday.
    var hours: [[[Int64]]]
    /// Days without opening hours, ISO 8601.
    var holidays: [String]
  }

  /// A phrase in titles, and what it means.
  struct Title: Codable, Equatable {
    var phrase: String
    var action: String
  }

  /// How messages of Failed instances begin, or what they contain, and the failure category that it means.
  struct Failure: Codable, Equatable {
    var name: String
    var contains: String?
    var startsWith: String?
  }

  /// The definitions with an approval step, by name.
  var approvalDefinitions: [String]
  /// The limits of each workflow type, in milliseconds.
  // text: names in a JSON object, which the YAML reader has found different
  var serviceLevels: [String: [Int64]]
  /// Grouping keys.
  var serviceUsers: [String]
  /// Within how many days a revocation by the requester is listed.
  var ownRevocationDays: Int64
  /// Within how many seconds an approval is listed as hasty.
  var hastyApprovalSeconds: Int64
  /// Within how many days after a rejection an issue is listed; like the next four `nil` in a pack of before.
  var refusedThenObtainedDays: Int64?
  /// How many quick ends in a row are listed.
  var batchEndsInstances: Int64?
  /// How many seconds may lie between two of them.
  var batchEndsGapSeconds: Int64?
  /// With how many users a common name is listed.
  var manyRequestersUsers: Int64?
  /// Within how many days they enrol it.
  var manyRequestersDays: Int64?
  /// The rules of titles; this and the next two `nil` without any.
  var titleRules: [Title]?
  /// The rules of messages.
  var failureClasses: [Failure]?
  /// Names for the ids of users who reject.
  var rejectedBy: [String: String]?  // text: numbers
  /// The opening hours; `nil` without any.
  @ExplicitNull var calendar: Calendar?

  /// What the configuration has.
  init(_ settings: MetricSettings) {
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
