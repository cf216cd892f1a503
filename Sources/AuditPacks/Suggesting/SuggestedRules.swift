import AuditModel
import AuditRender

/// Rules for a configuration, from the rows of a pack.
struct SuggestedRules {
  /// A proposal, and what speaks against it.
  private struct Rule {
    var words: Name
    var group: WordingGroups.Group
    /// Texts that another rule reads today and this one would take over.
    var conflicts = 0
    /// An earlier proposal already reads the same texts.
    var isCovered = false

    var isProposed: Bool { conflicts == 0 && !isCovered }

    /// Its two members as an entry of a list, as a comment where it is not proposed.
    func entry(_ first: String, _ second: String) -> [String] {
      isProposed ? ["  - \(first)", "    \(second)"] : ["  # - \(first)", "  #   \(second)"]
    }
  }

  private let settings: MetricSettings
  private var titles = WordingGroups()
  private var messages = WordingGroups()
  private var users: [Name: UserBehaviour] = [:]
  private var titleRules: [Rule] = []
  private var failureRules: [Rule] = []

  /// How many rules of a kind are proposed.
  private static let most = 30
  private static let exampleLength = 120

  init(settings: MetricSettings) {
    self.settings = settings
  }

  /// Adds a row.
  mutating func add(_ row: PackRow) {
    let title = row.text(.title)
    if isUnrecognised(row), !title.isEmpty {
      titles.add(title: title, action: Name(row.text(.action)))
    }
    let message = row.text(.statusMessage)
    if row.text(.failureClass).isSame(as: FailureClass.unclassified.name),
      !message.isEmpty
    {
      messages.add(message: message)
    }
    addUser(of: row)
  }

  private func isUnrecognised(_ row: PackRow) -> Bool {
    row.text(.titleRule).isSame(as: TitleRule.unrecognised.name)
  }

  private mutating func addUser(of row: PackRow) {
    let name = row.text(.user)
    guard !name.isEmpty, let start = Instant(rfc3339: row.text(.start)) else {
      return
    }
    let user = User(named: Name(name))
    if user.kind == .timer || settings.serviceUsers.contains(user.key) { return }
    users[user.key, default: UserBehaviour(spelling: user.spelling)].add(start)
  }

  /// Makes rules of what was found.
  mutating func group() {
    titles.joinBeginnings()
    titleRules = titles.inOrder.prefix(Self.most).map { Rule(words: $0.words, group: $0.group) }
    failureRules = messages.inOrder.prefix(Self.most).map { Rule(words: $0.words, group: $0.group) }
  }

  /// Marks the rules whose texts an earlier proposal reads; to be called when all rows are checked.
  mutating func finish() {
    for index in titleRules.indices {
      titleRules[index].isCovered = titleRules[..<index].contains { earlier in
        earlier.isProposed
          && Array(titleRules[index].group.example.utf8).contains(earlier.words.bytes)
      }
    }
  }

  /// Sees whether a row that is read today would be read otherwise.
  mutating func check(_ row: PackRow) {
    if !isUnrecognised(row) {
      let title = Array(row.text(.title).utf8)
      let user = row.text(.user).utf8.count
      for index in titleRules.indices {
        let words = titleRules[index].words.bytes
        // A phrase that begins with that of the rule, or before it, would come first.
        if title.prefix(user + words.count).contains(words) { titleRules[index].conflicts += 1 }
      }
    }
    let failureClass = row.text(.failureClass)
    guard !failureClass.isEmpty, !failureClass.isSame(as: FailureClass.unclassified.name) else {
      return
    }
    let message = row.text(.statusMessage).utf8.lowercasedASCII
    for index in failureRules.indices
    where message.contains(failureRules[index].words.bytes.lowercasedASCII) {
      failureRules[index].conflicts += 1
    }
  }

  /// The proposals, each below a comment that says what it rests on.
  func yaml(of pack: String, gates: SuggestedGates) -> (yaml: String, proposals: Int) {
    let rules = titleLines + failureLines
    let lines =
      [
        "# Proposed by kfaudit suggest from the pack \(YAMLText.quoted(pack)): read it before you use it.",
        "",
      ]
      + rules + userLines + [""] + gates.lines
    return (
      lines.joined(separator: "\n") + "\n",
      lines.count { $0.begins(with: "  - ") }
    )
  }

  // MARK: Titles

  private var titleLines: [String] {
    if titleRules.isEmpty, titles.others.count == 0 {
      return ["# Titles: every title was recognised."]
    }
    let lines = titleRules.flatMap { rule in
      comment(rule, "title") + (rule.isProposed ? [Self.effect(of: rule)] : [])
        + rule.entry(
          "phrase: \(YAMLText.quoted(rule.words.string))", "action: \(action(of: rule))")
    }
    return heading(
      "titleRules", settings.wordings.titles.isEmpty, lines + unknown(titles, "title"))
  }

  /// What the example would be read as.
  private static func effect(of rule: Rule) -> String {
    let (title, phrase) = (Array(rule.group.example.utf8), rule.words.bytes)
    let start = title.indices.first { title[$0...].starts(with: phrase) } ?? 0
    let user = String(decoding: title[..<start], as: UTF8.self)
    let subject = String(decoding: title[(start + phrase.count)...], as: UTF8.self)
    return "  # read as "
      + (user.isEmpty ? "no user" : "user \(YAMLText.quoted(user, limit: exampleLength))")
      + (subject.isEmpty ? "" : ", subject \(YAMLText.quoted(subject, limit: exampleLength))")
  }

  /// What the workflow types of all of them say.
  private func action(of rule: Rule) -> String {
    let actions = rule.group.actions.keys.sorted()
    return actions.count == 1 ? actions[0].string : Action.other.rawValue
  }

  // MARK: Messages

  private var failureLines: [String] {
    if failureRules.isEmpty, messages.others.count == 0 {
      return ["", "# Failures: every message was classified."]
    }
    var names = Set(FailureClass.builtInNames.map { Name($0) })
    let lines = failureRules.flatMap { rule in
      let name = name(for: rule.words, among: &names)
      let isPrefix = Array(rule.group.example.utf8).starts(with: rule.words.bytes)
      return comment(rule, "message")
        + rule.entry(
          "name: \(YAMLText.quoted(name))",
          "\(isPrefix ? "startsWith" : "contains"): \(YAMLText.quoted(rule.words.string))")
    }
    return [""]
      + heading(
        "failureClasses", settings.wordings.failures.isEmpty, lines + unknown(messages, "message"))
  }

  /// The first words in lower case, joined by hyphens; a number where there are none in ASCII, or they are taken.
  private func name(for words: Name, among names: inout Set<Name>) -> String {
    let parts = words.bytes.lowercasedASCII
      .split { !$0.isASCIILetter }.prefix(4)
      .map { String(decoding: $0.prefix(20), as: UTF8.self) }
    let base = parts.isEmpty ? "category" : parts.joined(separator: "-")
    var name = base
    var number = 1
    while !names.insert(Name(name)).inserted {
      number += 1
      name = "\(base)-\(number)"
    }
    return name
  }

  // MARK: Users

  private var userLines: [String] {
    let found = users.compactMap { key, behaviour in
      behaviour.reason.map { (key: key, spelling: behaviour.spelling, reason: $0) }
    }.sorted { $0.key < $1.key }
    guard !found.isEmpty else { return ["", "# Service users: no user behaves like a program."] }
    return [""]
      + heading(
        "serviceUsers", settings.serviceUsers.isEmpty,
        found.flatMap {
          ["  # \($0.reason)", "  - \(YAMLText.quoted($0.spelling.string))"]
        })
  }

  // MARK: Lines

  /// Lines under a key, which must not be an empty value; the configuration may have the key already.
  private func heading(_ key: String, _ isNew: Bool, _ lines: [String]) -> [String] {
    let hasRules = lines.contains { $0.begins(with: "  - ") }
    return
      (isNew
      ? []
      : [
        "# The configuration has \(key) already: add the lines below it to those, without the key."
      ])
      + [hasRules ? "\(key):" : "\(key): []"] + lines
  }

  private func comment(_ rule: Rule, _ noun: String) -> [String] {
    var lines = [
      "  # \(Counted(rule.group.count, noun).figure), such as \(Self.example(rule.group))"
    ]
    if rule.conflicts > 0 {
      lines.append(
        "  # Not proposed: \(Counted(rule.conflicts, noun).figure) that another rule reads today would be read by it."
      )
    } else if rule.isCovered {
      lines.append("  # A rule above reads these too.")
    }
    return lines
  }

  private func unknown(_ groups: WordingGroups, _ noun: String) -> [String] {
    let left =
      groups.others.count + groups.inOrder.dropFirst(Self.most).reduce(0) { $0 + $1.group.count }
    if left == 0 { return [] }
    let example = groups.others.count > 0 ? ", such as \(Self.example(groups.others))" : ""
    return ["  # No rule is proposed for \(Counted(left, noun).figure)\(example)"]
  }

  private static func example(_ group: WordingGroups.Group) -> String {
    YAMLText.quoted(group.example, limit: exampleLength)
  }
}

/// When a user's requests start, as far as that tells a program from a person.
struct UserBehaviour {
  private(set) var requests = 0
  private var hours = Set<Int64>()
  private var weekend = 0
  private var minutes = [Int](repeating: 0, count: 60)
  private(set) var spelling: Name

  /// With how many requests a user is looked at.
  private static let fewest = 50
  /// A person has starts in fewer hours of the day, of 24.
  private static let leastHours = 18
  /// A person works on weekends less, in percent; 2 days of 7 are 29 %.
  private static let leastWeekend = 20
  /// A person does not start so many at one minute of the hour, in percent.
  private static let leastAtOneMinute = 80

  init(spelling: Name) {
    self.spelling = spelling
  }

  /// Adds a request.
  mutating func add(_ start: Instant) {
    requests += 1
    let day = CivilZone.utc.date(of: start)
    let minute = (start.milliseconds - day.dayNumber * 86_400_000) / 60_000
    hours.insert(minute / 60)
    minutes[Int(minute % 60)] += 1
    if day.weekday >= 5 { weekend += 1 }
  }

  /// Why the user seems to be a program, with the numbers; `nil` when it does not.
  var reason: String? {
    guard requests >= Self.fewest else { return nil }
    let share = weekend * 100 / requests
    if hours.count >= Self.leastHours, share >= Self.leastWeekend {
      return
        "\(requests) requests, in \(hours.count) of 24 hours of the day, \(share)% on Saturdays and Sundays (UTC)"
    }
    let most = (minutes.max() ?? 0) * 100 / requests
    return most >= Self.leastAtOneMinute
      ? "\(requests) requests, \(most)% of them at one minute of the hour" : nil
  }
}
