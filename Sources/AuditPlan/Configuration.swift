package import AuditModel
private import Yams

/// What the configuration file says; it holds no servers and no secrets.
package struct Configuration {
  /// The file as read.
  package var bytes: [UInt8]?
  /// `statusMap`: what integer statuses mean.
  package var statusMap: [Int64: Status] = [:]
  /// What is said about metrics.
  package var metrics = MetricSettings()
  /// `calendar`: its hours, before the report's zone is known.
  package var calendar: CalendarReader.Calendar?
  /// `timeZone`: the report's zone.
  package var timeZone: CivilZone?
  /// `formats`: what to write.
  package var formats: Set<OutputFormat>?
  /// `preparedFor`: whom the report is for.
  package var preparedFor: String?
  /// `pageSize`: how many instances a request asks for.
  package var pageSize: Int?

  /// What each key says, on a line, and where: `pageSize`, `serviceLevels.Revocation`.
  // text: keys of the configuration
  package var entries: [String: (value: String, place: String)] = [:]

  /// The keys, for messages.
  package static let keys = [
    "approvalDefinitions", "calendar", "formats", "indicators", "pageSize", "preparedFor",
    "serviceLevels", "serviceUsers", "statusMap", "timeZone",
  ]

  /// Reads the file named by `--config`; an empty configuration when there is none or it cannot be used.
  package static func read(
    _ path: String?, in environment: RunEnvironment, _ mistakes: inout PlanMistakes
  ) -> Configuration {
    guard let path else { return Configuration() }
    do throws(NamedFileProblem) {
      let bytes = try environment.readFile(path, YAMLDocument.sizeLimit).bytes
      return Configuration(path: path, bytes: bytes, &mistakes)
    } catch {
      mistakes.file(path, namedBy: "--config", error)
      return Configuration()
    }
  }

  private init() {}

  private init(path: String, bytes: [UInt8], _ mistakes: inout PlanMistakes) {
    self.bytes = bytes
    do throws(YAMLDocument.Flaw) {
      let document = try YAMLDocument(path: path, bytes: bytes)
      guard let root = document.root, root.scalar == nil || root.text != nil else { return }
      guard let mapping = root.mapping else {
        mistakes.configuration(
          "\(document.place(of: root)): a configuration is a mapping of keys to values, such as timeZone: Europe/Berlin."
        )
        return
      }
      for (key, value) in mapping {
        read(ConfigurationEntry(document: document, key: key, value: value), &mistakes)
      }
    } catch {
      mistakes.configuration(error.sentence)
    }
  }

  private mutating func read(_ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes) {
    keep(entry)
    switch entry.key.text {
    case "statusMap": readStatusMap(entry, &mistakes)
    case "approvalDefinitions":
      metrics.approvalDefinitions = MetricSettingsReader.definitions(entry, &mistakes)
    case "serviceLevels":
      metrics.serviceLevels.merge(MetricSettingsReader.serviceLevels(entry, &mistakes)) { $1 }
    case "serviceUsers":
      metrics.serviceUsers = MetricSettingsReader.users(entry, &mistakes)
    case "indicators": MetricSettingsReader.readIndicators(entry, into: &metrics, &mistakes)
    case "calendar": calendar = CalendarReader.calendar(entry, &mistakes)
    case "timeZone": readTimeZone(entry, &mistakes)
    case "formats": readFormats(entry, &mistakes)
    case "pageSize": readPageSize(entry, &mistakes)
    case "preparedFor": readPreparedFor(entry, &mistakes)
    default: entry.refuseKey(among: Self.keys, &mistakes)
    }
  }

  /// Remembers what was written; of keys whose parts have defaults, each part.
  private mutating func keep(_ entry: ConfigurationEntry) {
    guard let key = entry.key.text else { return }
    guard ["indicators", "serviceLevels"].contains(key), let parts = entry.value.mapping else {
      entries[key] = (entry.value.line, entry.document.place(of: entry.key))
      return
    }
    for (part, value) in parts {
      entries["\(key).\(part.line)"] = (value.line, entry.document.place(of: part))
    }
  }

  private mutating func readStatusMap(_ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes) {
    guard let mapping = entry.value.mapping else {
      mistakes.configuration(
        entry.complaint(about: entry.value, "this must map integers to names, such as 3: Running."))
      return
    }
    let names = Status.allCases.filter { $0 != .unknown }.map(\.name)
    for (key, value) in mapping {
      guard let number = key.text.flatMap({ Int64($0) }), statusMap[number] == nil else {
        mistakes.configuration(
          entry.complaint(about: key, "the key must be an integer that occurs once."))
        continue
      }
      guard let name = value.text, let status = Status(name: name) else {
        let name = value.text ?? ""
        mistakes.configuration(
          entry.complaint(about: value, "there is no status \(NamedValue.shown(name))")
            + Nearest.hint(for: name, among: names))
        continue
      }
      statusMap[number] = status
    }
  }

  private mutating func readTimeZone(_ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes) {
    timeZone = entry.value.text.flatMap { CivilZone(identifier: $0) }
    if timeZone == nil {
      mistakes.configuration(
        entry.complaint(
          about: entry.value, TimeResolver.complaint(aboutZone: entry.value.text ?? "")))
    }
  }

  private mutating func readFormats(_ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes) {
    let nodes = entry.list(&mistakes)
    if nodes.isEmpty, entry.value.sequence != nil {
      mistakes.configuration(
        entry.complaint(
          about: entry.value, "the list is empty; name a format, such as [csv, html]."))
    }
    for node in nodes {
      if let format = node.text.flatMap({ OutputFormat(rawValue: $0) }) {
        formats = (formats ?? []).union([format])
      } else {
        mistakes.configuration(
          entry.complaint(about: node, ListResolver.complaint(aboutFormat: node.text ?? "")))
      }
    }
  }

  private mutating func readPreparedFor(
    _ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes
  ) {
    preparedFor = entry.value.text.flatMap { 1...200 ~= $0.unicodeScalars.count ? $0 : nil }
    if preparedFor == nil {
      mistakes.configuration(
        entry.complaint(about: entry.value, "this must be a text of 1 to 200 characters."))
    }
  }

  private mutating func readPageSize(_ entry: ConfigurationEntry, _ mistakes: inout PlanMistakes) {
    pageSize = entry.value.text.flatMap { Int($0) }
    if pageSize.map({ ListResolver.pageSizes.contains($0) }) != true {
      mistakes.configuration(
        entry.complaint(about: entry.value, "this must be a whole number from 1 to 1000."))
    }
  }
}
