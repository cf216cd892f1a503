import AuditModel
import Yams

// What only the configuration file sets.
extension Settings {
  static let preparedFor = Setting<String>(key: "preparedFor") { entry, mistakes in
    if let text = entry.value.text, 1...200 ~= text.unicodeScalars.count { return text }
    mistakes.add(entry.invalid(entry.value, "a text of 1 to 200 characters"))
    return nil
  }

  /// What integer statuses mean.
  static let statusMap = Setting<[Int64: Status]>(key: "statusMap", shown: "{}") {
    entry, mistakes in
    guard let mapping = entry.value.mapping else {
      mistakes.add(
        Message(
          .invalidMapping, entry.document.place(of: entry.value), entry.shownKey, "3: Running"))
      return nil
    }
    var statuses: [Int64: Status] = [:]
    let names = Status.allCases.filter { $0 != .unknown }.map(\.name)
    for (key, value) in mapping {
      guard let number = key.text.flatMap({ Int64($0) }), statuses[number] == nil else {
        mistakes.add(
          Message(
            .invalidStatusNumber, entry.document.place(of: key), entry.shownKey,
            NamedValue.shown(key.text ?? "")))
        continue
      }
      guard let name = value.text, let status = Status(name: name) else {
        mistakes.add(entry.unknown(value, among: names))
        continue
      }
      statuses[number] = status
    }
    return statuses
  }

  /// Definitions that ask for approval: GUIDs.
  static let approvalDefinitions = Setting<Set<Name>>(key: "approvalDefinitions", shown: "[]") {
    entry, mistakes in
    var ids: Set<Name> = []
    for node in entry.list(&mistakes) {
      if let id = node.text.flatMap({ InstanceID($0) }) {
        ids.insert(Name(id.description))
      } else {
        mistakes.add(
          entry.invalid(node, "a GUID such as 9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1"))
      }
    }
    return ids
  }

  static let calendar = Setting<CalendarReader.Calendar>(key: "calendar") {
    CalendarReader.calendar($0, &$1)
  }

  /// Users who are no people, by the names in titles.
  static let serviceUsers = Setting<Set<Name>>(key: "serviceUsers", shown: "[]") {
    entry, mistakes in
    var users: Set<Name> = []
    for node in entry.list(&mistakes) {
      if let name = node.text, !name.isEmpty {
        users.insert(User(named: Name(name)).key)
      } else {
        mistakes.add(entry.invalid(node, "a user such as \"CORP\\\\svc-renewal\""))
      }
    }
    return users
  }

  /// Limits per workflow type, those that always apply included; each is shown in a row of its own.
  static let serviceLevels = Setting<[Name: [Int64]]>(
    key: "serviceLevels", named: "serviceLevels.Revocation",
    shown: "[\(revocation.map(ShortDuration.text(of:)).joined(separator: ", "))]"
  ) { entry, mistakes in
    var levels: [Name: [Int64]] = [:]
    for level in entry.entries("Revocation: [24h, 5d]", &mistakes) {
      guard let type = level.key.text, !type.isEmpty else {
        mistakes.add(
          entry.invalid(
            level.key, "a workflow type before the limits, such as Revocation: [24h, 5d]"))
        continue
      }
      var limits: Set<Int64> = []
      for node in level.list(&mistakes) {
        if let limit = node.text.flatMap({ ShortDuration.milliseconds(of: $0) }) {
          limits.insert(limit)
        } else {
          mistakes.add(level.invalid(node, ShortDuration.form))
        }
      }
      levels[Name(type)] = limits.sorted()
    }
    return levels
  }

  static let ownRevocationDays = threshold(
    "indicators.ownRevocationDays", 1...3650, default: MetricSettings().ownRevocationDays)
  static let hastyApprovalSeconds = threshold(
    "indicators.hastyApprovalSeconds", 1...86_400, default: MetricSettings().hastyApprovalSeconds)
  static let refusedThenObtainedDays = threshold(
    "indicators.refusedThenObtainedDays", 1...3650,
    default: MetricSettings().refusedThenObtainedDays)
  static let batchEndsInstances = threshold(
    "indicators.batchEndsInstances", 2...100_000, default: MetricSettings().batchEndsInstances)
  static let batchEndsGapSeconds = threshold(
    "indicators.batchEndsGapSeconds", 1...86_400, default: MetricSettings().batchEndsGapSeconds)
  static let manyRequestersUsers = threshold(
    "indicators.manyRequestersUsers", 2...100_000, default: MetricSettings().manyRequestersUsers)
  static let manyRequestersDays = threshold(
    "indicators.manyRequestersDays", 1...3650, default: MetricSettings().manyRequestersDays)

  static let titleRules = Setting<[WordingRules.Title]>(key: "titleRules", shown: "[]") {
    WordingReader.titles($0, &$1)
  }
  static let failureClasses = Setting<[WordingRules.Failure]>(key: "failureClasses", shown: "[]") {
    WordingReader.failures($0, &$1)
  }
  /// Names for the ids of users who reject.
  static let rejectedBy = Setting<[Int64: Name]>(key: "rejectedBy", shown: "{}") {
    WordingReader.names($0, &$1)
  }

  private static let revocation = MetricSettings.revocationLevels[Name("Revocation")] ?? []

  private static func threshold(
    _ key: String, _ range: ClosedRange<Int64>, default fallback: Int64
  ) -> Setting<Int64> {
    Setting(key: key, shown: String(fallback)) { entry, mistakes in
      if let number = entry.value.text.flatMap({ Int64($0) }), range.contains(number) {
        return number
      }
      mistakes.add(
        entry.invalid(
          entry.value, "a whole number from \(range.lowerBound) to \(range.upperBound)"))
      return nil
    }
  }
}

extension MetricSettings {
  /// What the configuration sets; the calendar's hours are those of a zone, the report's unless it has its own.
  init(_ sources: SettingSources, in zone: CivilZone) {
    self.init()
    // Settings of the file alone have no mistakes that reading the file has not found.
    var known = PlanMistakes()
    func value<Value>(_ setting: Setting<Value>) -> Value? { sources.value(of: setting, &known) }
    approvalDefinitions = value(Settings.approvalDefinitions) ?? approvalDefinitions
    serviceLevels.merge(value(Settings.serviceLevels) ?? [:]) { $1 }
    serviceUsers = value(Settings.serviceUsers) ?? serviceUsers
    ownRevocationDays = value(Settings.ownRevocationDays) ?? ownRevocationDays
    hastyApprovalSeconds = value(Settings.hastyApprovalSeconds) ?? hastyApprovalSeconds
    refusedThenObtainedDays = value(Settings.refusedThenObtainedDays) ?? refusedThenObtainedDays
    batchEndsInstances = value(Settings.batchEndsInstances) ?? batchEndsInstances
    batchEndsGapSeconds = value(Settings.batchEndsGapSeconds) ?? batchEndsGapSeconds
    manyRequestersUsers = value(Settings.manyRequestersUsers) ?? manyRequestersUsers
    manyRequestersDays = value(Settings.manyRequestersDays) ?? manyRequestersDays
    wordings.titles = value(Settings.titleRules) ?? []
    wordings.failures = value(Settings.failureClasses) ?? []
    rejectedBy = value(Settings.rejectedBy) ?? [:]
    calendar = value(Settings.calendar)?.calendar(in: zone)
  }
}

/// Times as people write them: a whole number and a unit, `90s`, `30m`, `24h` or `5d`.
enum ShortDuration {
  private static let units: [(unit: Unicode.Scalar, milliseconds: Int64)] = [
    ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000),
  ]

  /// What ``milliseconds(of:)`` reads, for messages.
  static let form = "a time such as 30m, 24h or 5d, at most 3650d"

  /// The milliseconds, more than 0 and at most ten years; `nil` for anything else.
  static func milliseconds(of text: String) -> Int64? {
    let last = text.unicodeScalars.last
    guard let unit = units.first(where: { $0.unit == last }), !text.begins(with: "+"),
      let number = Int64(text.dropLast())
    else { return nil }
    let (milliseconds, overflow) = number.multipliedReportingOverflow(by: unit.milliseconds)
    return !overflow && 1...(3650 * 86_400_000) ~= milliseconds ? milliseconds : nil
  }

  /// The same time in the largest unit of which it has two or more: a single day is `24h`.
  static func text(of milliseconds: Int64) -> String {
    let unit = units.first {
      milliseconds.isMultiple(of: $0.milliseconds) && milliseconds / $0.milliseconds > 1
    }
    return unit.map { "\(milliseconds / $0.milliseconds)\($0.unit)" } ?? "\(milliseconds / 1000)s"
  }
}
