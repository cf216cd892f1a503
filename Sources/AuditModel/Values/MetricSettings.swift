/// What the configuration says about metrics.
package struct MetricSettings: Sendable, Hashable {
  /// Definitions that ask for approval whatever their instances show: ids in lower case.
  package var approvalDefinitions: Set<Name> = []
  /// Limits on the time from start to end per workflow type, in milliseconds, ascending.
  package var serviceLevels: [Name: [Int64]] = Self.revocationLevels
  /// Opening hours and holidays; `nil` when nobody configured any.
  package var calendar: BusinessCalendar?
  /// The grouping keys of users who are no people.
  package var serviceUsers: Set<Name> = []
  /// Within how many days enrolment and revocation by one user are an indicator.
  package var ownRevocationDays: Int64 = 7
  /// Below how many seconds a Complete instance that needed approval is an indicator.
  package var hastyApprovalSeconds: Int64 = 60

  /// The limits of the CA/Browser Forum's Baseline Requirements, section 4.9.1.1: 24 hours, and 5 days.
  package static let revocationLevels: [Name: [Int64]] = [
    Name("Revocation"): [86_400_000, 432_000_000]
  ]

  /// The settings of an empty configuration.
  package init() {}
}
