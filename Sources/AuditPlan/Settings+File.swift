import AuditModel
import Yams

// What only the configuration file sets.
extension Settings {
  static let preparedFor = Setting<String>(
    key: "preparedFor", .text(WordingReader.lengths),
    "Whom the report is for: it stands on its cover."
  ) { entry, mistakes in
    if let text = entry.value.text, WordingReader.lengths ~= text.unicodeScalars.count {
      return text
    }
    return mistakes.refuse(
      entry.invalid(entry.value, "a text of \(WordingReader.range) characters"))
  }

  /// What integer statuses mean.
  static let statusMap = Setting<[Int64: Status]>(
    key: "statusMap", .integers(to: .choice(statusNames)),
    "What a status means where the server sends it as an integer."
  ) { entry, mistakes in
    var statuses: [Int64: Status] = [:]
    for part in entry.entries("3: Running", &mistakes) {
      guard let number = part.key.text.flatMap({ Int64($0) }), statuses[number] == nil else {
        mistakes.add(
          .invalidStatusNumber, part.place, entry.shownKey, NamedValue.shown(part.key.text ?? ""))
        continue
      }
      guard let name = part.value.text, let status = Status(name: name) else {
        mistakes.add(entry.unknown(part.value, among: statusNames))
        continue
      }
      statuses[number] = status
    }
    return statuses
  }

  private static let statusNames = Status.allCases.filter { $0 != .unknown }.map(\.name)

  /// Definitions that ask for approval: GUIDs.
  static let approvalDefinitions = Setting<Set<Name>>(
    key: "approvalDefinitions",
    .list(
      of: .text(
        pattern:
          "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$")),
    "Definitions that ask for approval whatever their instances show, by their GUIDs."
  ) { entry, mistakes in
    Set(
      entry.values("a GUID such as 9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1", &mistakes) {
        InstanceID($0).map { Name($0.description) }
      })
  }

  static let calendar = Setting<CalendarReader.Calendar>(
    key: "calendar", CalendarReader.form,
    "Opening hours: they turn on turnaround in business hours, and starts outside of them.",
    read: CalendarReader.calendar)

  /// Users who are no people, by the names in titles.
  static let serviceUsers = Setting<Set<Name>>(
    key: "serviceUsers", .list(of: .text(1...Int.max)),
    "Users who are no people, as titles name them."
  ) { entry, mistakes in
    Set(
      entry.values("a user such as \"CORP\\\\svc-renewal\"", &mistakes) {
        $0.isEmpty ? nil : User(named: Name($0)).key
      })
  }

  /// Limits per workflow type, those that always apply included; each is shown in a row of its own.
  static let serviceLevels = Setting<[Name: [Int64]]>(
    key: "serviceLevels", .table(of: .list(of: .text(pattern: ShortDuration.pattern))),
    "Limits on the time from start to end, per workflow type: a number and s, m, h or d. Those of Revocation are \(revocation.joined(separator: " and ")) without this file too.",
    named: "serviceLevels.Revocation", shown: "[\(revocation.joined(separator: ", "))]"
  ) { entry, mistakes in
    var levels: [Name: [Int64]] = [:]
    for level in entry.entries("Revocation: [24h, 5d]", &mistakes) {
      guard let type = level.key.text, !type.isEmpty else {
        mistakes.add(
          entry.invalid(
            level.key, "a workflow type before the limits, such as Revocation: [24h, 5d]"))
        continue
      }
      let limits = level.values(ShortDuration.form, &mistakes, ShortDuration.milliseconds(of:))
      levels[Name(type)] = Set(limits).sorted()
    }
    return levels
  }

  /// A limit of a pattern to review, and what it sets.
  typealias Indicator = (
    setting: Setting<Int64>, limit: any WritableKeyPath<MetricSettings, Int64> & Sendable
  )

  /// The limits of patterns to review.
  static let indicators: [Indicator] = [
    indicator(
      "ownRevocationDays", 1...3650, \.ownRevocationDays,
      "One user enrols and revokes one common name within so many days."),
    indicator(
      "hastyApprovalSeconds", 1...86_400, \.hastyApprovalSeconds,
      "A request that needs approval is Complete in under so many seconds."),
    indicator(
      "refusedThenObtainedDays", 1...3650, \.refusedThenObtainedDays,
      "A common name is rejected and then issued within so many days."),
    indicator(
      "batchEndsInstances", 2...100_000, \.batchEndsInstances,
      "So many requests with approval complete in quick succession."),
    indicator(
      "batchEndsGapSeconds", 1...86_400, \.batchEndsGapSeconds,
      "With at most so many seconds from one to the next."),
    indicator(
      "manyRequestersUsers", 2...100_000, \.manyRequestersUsers,
      "So many users enrol one common name."),
    indicator(
      "manyRequestersDays", 1...3650, \.manyRequestersDays, "Within so many days."),
  ]
  /// What the mapping of these limits is for.
  static let aboutIndicators = "From when on a pattern is an indicator."

  static let titleRules = Setting<[WordingRules.Title]>(
    key: "titleRules", WordingReader.titleForm,
    "Phrases of titles, read before the built-in ones, in this order.",
    read: WordingReader.titles)
  static let failureClasses = Setting<[WordingRules.Failure]>(
    key: "failureClasses", WordingReader.failureForm,
    "Failure categories of your own, read before the built-in ones, in this order.",
    read: WordingReader.failures)
  /// Names for the ids of users who reject.
  static let rejectedBy = Setting<[Int64: Name]>(
    key: "rejectedBy", WordingReader.nameForm,
    "Names for the ids in \"rejected by user with Id\".",
    read: WordingReader.names)

  private static let revocation = (MetricSettings.revocationLevels[Name("Revocation")] ?? [])
    .map(ShortDuration.text(of:))

  private static func indicator(
    _ name: String, _ bounds: ClosedRange<Int64>,
    _ limit: any WritableKeyPath<MetricSettings, Int64> & Sendable, _ about: String
  ) -> Indicator {
    let key = "indicators.\(name)"
    let standard = SettingDeclaration.Default.text("\(MetricSettings()[keyPath: limit])")
    let declaration = SettingDeclaration(name: key, fallback: standard)
    return (Setting(declaration, within: bounds, inFile: key, about: about), limit)
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
    for (setting, limit) in Settings.indicators {
      self[keyPath: limit] = value(setting) ?? self[keyPath: limit]
    }
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

  /// What ``milliseconds(of:)`` reads, for editors.
  static let pattern = "^[0-9]+[\(units.reversed().map { "\($0.unit)" }.joined())]$"
  /// The same for messages.
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
