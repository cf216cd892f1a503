import AuditModel
private import Yams

/// What the configuration file says; it holds no servers and no secrets.
struct Configuration {
  /// The file as read.
  var bytes: [UInt8]?
  /// `statusMap`: what integer statuses mean.
  var statusMap: [Int64: Status] = [:]
  /// `approvalDefinitions`: GUIDs in lower case, sorted.
  var approvalDefinitions: [String] = []
  /// `timeZone`: the report's zone.
  var timeZone: CivilZone?
  /// `formats`: what to write.
  var formats: Set<OutputFormat>?
  /// `pageSize`: how many instances a request asks for.
  var pageSize: Int?

  /// The keys, for messages.
  static let keys = ["approvalDefinitions", "formats", "pageSize", "statusMap", "timeZone"]

  /// Reads the file named by `--config`; an empty configuration when there is none or it cannot be used.
  static func read(
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
          "\(document.place(of: root)): a configuration is a mapping of keys to values.")
        return
      }
      for (key, value) in mapping {
        read(Entry(document: document, key: key, value: value), &mistakes)
      }
    } catch {
      mistakes.configuration(error.sentence)
    }
  }

  /// A key with its value and their places.
  private struct Entry {
    var document: YAMLDocument
    var key: Node
    var value: Node

    /// What is wrong with a node under this key.
    func complaint(about node: Node, _ problem: String) -> String {
      "\(document.place(of: node)): \(key.text.map { TerminalText.clean($0) } ?? "?"): \(problem)"
    }
  }

  private mutating func read(_ entry: Entry, _ mistakes: inout PlanMistakes) {
    switch entry.key.text {
    case "statusMap": readStatusMap(entry, &mistakes)
    case "approvalDefinitions": readApprovalDefinitions(entry, &mistakes)
    case "timeZone": readTimeZone(entry, &mistakes)
    case "formats": readFormats(entry, &mistakes)
    case "pageSize": readPageSize(entry, &mistakes)
    case let other:
      let name = other ?? ""
      mistakes.configuration(
        "\(entry.document.place(of: entry.key)): there is no key \(TerminalText.clean(name))"
          + Nearest.hint(for: name, among: Self.keys))
    }
  }

  private mutating func readStatusMap(_ entry: Entry, _ mistakes: inout PlanMistakes) {
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
          entry.complaint(about: value, "there is no status \(TerminalText.clean(name))")
            + Nearest.hint(for: name, among: names))
        continue
      }
      statusMap[number] = status
    }
  }

  private mutating func readApprovalDefinitions(_ entry: Entry, _ mistakes: inout PlanMistakes) {
    var ids: Set<InstanceID> = []
    for node in Self.list(entry, &mistakes) {
      if let id = node.text.flatMap({ InstanceID($0) }) {
        ids.insert(id)
      } else {
        mistakes.configuration(
          entry.complaint(
            about: node, "this is no GUID, such as 9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1."))
      }
    }
    approvalDefinitions = ids.sorted().map(\.description)
  }

  private mutating func readTimeZone(_ entry: Entry, _ mistakes: inout PlanMistakes) {
    timeZone = entry.value.text.flatMap { CivilZone(identifier: $0) }
    if timeZone == nil {
      mistakes.configuration(
        entry.complaint(
          about: entry.value, TimeResolver.complaint(aboutZone: entry.value.text ?? "")))
    }
  }

  private mutating func readFormats(_ entry: Entry, _ mistakes: inout PlanMistakes) {
    let nodes = Self.list(entry, &mistakes)
    for node in nodes {
      if let format = node.text.flatMap({ OutputFormat(rawValue: $0) }) {
        formats = (formats ?? []).union([format])
      } else {
        mistakes.configuration(
          entry.complaint(about: node, ListResolver.complaint(aboutFormat: node.text ?? "")))
      }
    }
  }

  private mutating func readPageSize(_ entry: Entry, _ mistakes: inout PlanMistakes) {
    pageSize = entry.value.text.flatMap { Int($0) }
    if pageSize.map({ ListResolver.pageSizes.contains($0) }) != true {
      mistakes.configuration(
        entry.complaint(about: entry.value, "this must be a whole number from 1 to 1000."))
    }
  }

  /// The elements of a list that must not be empty.
  private static func list(_ entry: Entry, _ mistakes: inout PlanMistakes) -> [Node] {
    let nodes = entry.value.sequence.map { Array($0) } ?? []
    if nodes.isEmpty {
      mistakes.configuration(
        entry.complaint(about: entry.value, "this must be a list with at least one element."))
    }
    return nodes
  }
}
