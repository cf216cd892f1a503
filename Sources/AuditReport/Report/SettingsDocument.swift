package import AuditModel

/// What the configuration says about metrics, resolved, in evidence/inputs/options.json.
package struct SettingsDocument: Codable, Equatable {
  /// Opening hours by weekday, Monday first, in minutes of the day.
  package struct Calendar: Codable, Equatable {
    package var timeZone: String
    package var hours: [[[Int64]]]
    package var holidays: [String]
  }

  package var approvalDefinitions: [String]
  /// Limits per workflow type, in milliseconds.
  // text: names in a JSON object, which the YAML reader has found different
  package var serviceLevels: [String: [Int64]]
  /// Grouping keys.
  package var serviceUsers: [String]
  package var ownRevocationDays: Int64
  package var hastyApprovalSeconds: Int64
  @WrittenNull package var calendar: Calendar?

  package init(_ settings: MetricSettings) {
    approvalDefinitions = settings.approvalDefinitions.sorted().map(\.string)
    serviceLevels = Dictionary(
      uniqueKeysWithValues: settings.serviceLevels.map { ($0.key.string, $0.value) })
    serviceUsers = settings.serviceUsers.sorted().map(\.string)
    ownRevocationDays = settings.ownRevocationDays
    hastyApprovalSeconds = settings.hastyApprovalSeconds
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
