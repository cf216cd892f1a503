import AuditModel

/// Titles that no rule reads, or messages that no rule classifies, by the constant words that they share.
struct WordingGroups {
  /// Texts with the same words.
  struct Group {
    var count: Int
    /// The first of them.
    var example: String
    /// What their instances were asked to do, and how often.
    var actions: [Name: Int]
  }

  /// The groups by their words: the phrase of a title, or what a message contains.
  private(set) var groups: [Name: Group] = [:]
  /// Texts that have none, and the first of them.
  private(set) var others = Group(count: 0, example: "", actions: [:])
  /// By phrases that begin a text, where their words begin within it.
  private var beginnings: [Name: [Int]] = [:]

  /// Texts are chosen by anybody; beyond so many groups new ones are counted with those that have none.
  private static let most = 2000

  /// Adds a title.
  mutating func add(title: String, action: Name) {
    let wording = Wording(title)
    let before = wording.runs.filter { $0.range.lowerBound < wording.subject ?? .max }
    guard let run = Wording.longest(before) ?? Wording.longest(wording.runs) else {
      return add(nil, title, action)
    }
    let starts = wording.words(of: run)
    // The user may be a plain word: what says what somebody does begins with one of these in English.
    let verb = starts.dropFirst().first { start in
      ["is ", "was ", "has "].contains { wording.text[start...].starts(with: $0.utf8) }
    }
    if let verb {
      return add(Name(wording.phrase(verb..<run.range.upperBound)), title, action)
    }
    let phrase = Name(wording.phrase(run.range))
    add(phrase, title, action)
    if run.range.lowerBound == 0, groups[phrase] != nil { beginnings[phrase] = starts }
  }

  /// Adds a message.
  mutating func add(message: String) {
    let wording = Wording(message)
    let first = wording.runs.first.flatMap { $0.range.lowerBound == 0 && $0.words > 1 ? $0 : nil }
    guard let run = first ?? Wording.longest(wording.runs) else { return add(nil, message, nil) }
    add(Name(bytes: Array(wording.text[run.range])), message, nil)
  }

  private mutating func add(_ words: Name?, _ text: String, _ action: Name?) {
    guard let words, groups[words] != nil || groups.count < Self.most else {
      if others.count == 0 { others.example = text }
      others.count += 1
      return
    }
    groups[words, default: Group(count: 0, example: text, actions: [:])].count += 1
    if let action { groups[words]?.actions[action, default: 0] += 1 }
  }

  /// Where three or more phrases begin a text with different words and end with the same ones, the first are users: the
  /// phrases become one of what they share.
  mutating func joinBeginnings() {
    var sharing: [Name: [Name]] = [:]
    for (phrase, starts) in beginnings {
      // A phrase of one word is left whole; two words at least are shared.
      for start in starts.dropFirst().dropLast() {
        sharing[Name(bytes: Array(phrase.bytes[(start - 1)...])), default: []].append(phrase)
      }
    }
    let candidates = sharing.filter { $0.value.count > 2 }
      .sorted { ($1.key.bytes.count, $0.key) < ($0.key.bytes.count, $1.key) }
    for (ending, phrases) in candidates {
      for phrase in phrases.sorted() {
        guard let group = groups.removeValue(forKey: phrase) else { continue }
        var joined = groups[ending] ?? Group(count: 0, example: group.example, actions: [:])
        joined.count += group.count
        joined.actions.merge(group.actions, uniquingKeysWith: +)
        groups[ending] = joined
      }
    }
  }

  /// The groups, the largest first.
  var inOrder: [(words: Name, group: Group)] {
    groups.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
      .map { ($0.key, $0.value) }
  }
}
