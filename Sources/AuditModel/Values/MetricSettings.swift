/// What the configuration sets for metrics.
public struct MetricSettings: Sendable, Hashable {
  /// Definitions that ask for approval whatever their instances show: ids in lower case.
  public var approvalDefinitions: Set<Name> = []
  /// Limits on the time from start to end per workflow type, in milliseconds, ascending.
  public var serviceLevels: [Name: [Int64]] = Self.revocationLevels
  /// Opening hours and holidays; `nil` where none are configured.
  public var calendar: BusinessCalendar?
  /// The grouping keys of users that are automation.
  public var serviceUsers: Set<Name> = []
  /// Within how many days enrolment and revocation by one user are an indicator.
  public var ownRevocationDays: Int64 = 7
  /// Below how many seconds a Complete instance that needed approval is an indicator.
  public var hastyApprovalSeconds: Int64 = 60
  /// Within how many days of a rejection the same name must be issued to be an indicator.
  public var refusedThenObtainedDays: Int64 = 30
  /// How many instances with approval must end in quick succession to be an indicator.
  public var batchEndsInstances: Int64 = 5
  /// How many seconds may lie between two of them.
  public var batchEndsGapSeconds: Int64 = 10
  /// How many users must enrol one name to be an indicator.
  public var manyRequestersUsers: Int64 = 3
  /// Within how many days.
  public var manyRequestersDays: Int64 = 30
  /// How a site's own wordings are read.
  public var wordings = WordingRules()
  /// Names for the ids in "rejected by user with Id"; they are shown, and joined to nothing.
  public var rejectedBy: [Int64: Name] = [:]

  /// The limits of the CA/Browser Forum's Baseline Requirements, section 4.9.1.1: 24 hours, and 5 days.
  public static let revocationLevels: [Name: [Int64]] = [
    Name("Revocation"): [86_400_000, 432_000_000]
  ]

  /// The settings of an empty configuration.
  public init() {}
}

/// How a site's own wordings are read: what the configuration has before the rules of ``NormalisationRules``.
public struct WordingRules: Sendable, Hashable {
  /// A phrase in titles and the action it means: the user precedes it, the subject follows.
  public struct Title: Sendable, Hashable {
    /// The phrase; not empty.
    public var phrase: Name
    /// What is asked for.
    public var action: Action

    /// Makes a rule.
    public init(phrase: Name, action: Action) {
      (self.phrase, self.action) = (phrase, action)
    }
  }

  /// A text in the messages of Failed instances, and the class that it means.
  public struct Failure: Sendable, Hashable {
    /// The name of the class.
    public var name: Name
    /// The text, compared without regard to ASCII case and to the shape of quotes; not empty.
    public var text: Name
    /// Whether the message must begin with it.
    public var isPrefix: Bool

    /// Makes a rule.
    public init(name: Name, text: Name, isPrefix: Bool) {
      (self.name, self.text, self.isPrefix) = (name, text, isPrefix)
    }
  }

  /// The rules of titles; of those whose phrases begin at one place in a title, the first counts.
  public var titles: [Title] = []
  /// The rules of messages; the first that fits counts.
  public var failures: [Failure] = []

  /// No rules.
  public init() {}
}
