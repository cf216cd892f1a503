import AuditModel

/// Reads what the configuration says about metrics, but for the calendar.
enum MetricSettingsReader {
  private static let indicatorKeys = ["hastyApprovalSeconds", "ownRevocationDays"]

  /// `approvalDefinitions`: GUIDs.
  static func definitions(
    _ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes
  ) -> Set<Name> {
    var ids: Set<Name> = []
    for node in entry.list(&mistakes) {
      if let id = node.text.flatMap({ InstanceID($0) }) {
        ids.insert(Name(id.description))
      } else {
        mistakes.configuration(
          entry.complaint(
            about: node, "this is no GUID, such as 9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1."))
      }
    }
    return ids
  }

  /// `serviceLevels`: limits per workflow type.
  static func serviceLevels(
    _ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes
  ) -> [Name: [Int64]] {
    var levels: [Name: [Int64]] = [:]
    for level in entry.entries("Revocation: [24h, 5d]", &mistakes) {
      guard let type = level.key.text, !type.isEmpty else {
        mistakes.configuration(
          level.complaint(
            about: level.key,
            "a workflow type is missing before the limits, such as Revocation: [24h, 5d]."))
        continue
      }
      var limits: Set<Int64> = []
      for node in level.list(&mistakes) {
        if let limit = node.text.flatMap({ ShortDuration.milliseconds(of: $0) }) {
          limits.insert(limit)
        } else {
          mistakes.configuration(
            level.complaint(
              about: node, "this is no time; write a number and a unit, such as 30m, 24h or 5d."))
        }
      }
      levels[Name(type)] = limits.sorted()
    }
    return levels
  }

  /// `serviceUsers`: names as they stand in titles.
  static func users(_ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes) -> Set<Name> {
    var users: Set<Name> = []
    for node in entry.list(&mistakes) {
      if let name = node.text, !name.isEmpty {
        users.insert(User(named: Name(name)).key)
      } else {
        mistakes.configuration(
          entry.complaint(about: node, "this is no user, such as \"CORP\\\\svc-renewal\"."))
      }
    }
    return users
  }

  /// `indicators`: their thresholds.
  static func readIndicators(
    _ entry: ConfigurationEntry, into settings: inout MetricSettings,
    _ mistakes: inout PlanMistakes
  ) {
    for threshold in entry.entries("ownRevocationDays: 7", &mistakes) {
      let number = threshold.value.text.flatMap { Int64($0) }
      switch threshold.key.text {
      case "ownRevocationDays":
        settings.ownRevocationDays = checked(number, 1...3650, threshold, &mistakes)
      case "hastyApprovalSeconds":
        settings.hastyApprovalSeconds = checked(number, 1...86_400, threshold, &mistakes)
      default: threshold.refuseKey(among: indicatorKeys, &mistakes)
      }
    }
  }

  private static func checked(
    _ number: Int64?, _ range: ClosedRange<Int64>, _ entry: ConfigurationEntry,
    _ mistakes: inout PlanMistakes
  ) -> Int64 {
    if let number, range.contains(number) { return number }
    mistakes.configuration(
      entry.complaint(
        about: entry.value,
        "this must be a whole number from \(range.lowerBound) to \(range.upperBound)."))
    return range.lowerBound
  }
}
