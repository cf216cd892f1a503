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

/// A text taken apart at its spaces into words that are the same in many texts and words that vary from one to the next.
///
/// A word is constant when it consists of letters, with hyphens and apostrophes within and a mark behind it. Names of hosts
/// and users, numbers, GUIDs and everything in quotes vary; so does the product's own Timer Service, which is a user.
struct Wording {
  /// Constant words one behind the other.
  struct Run: Equatable {
    /// Where they lie in the text, without the spaces around them.
    var range: Range<Int>
    var words: Int
  }

  /// The text in UTF-8.
  let text: [UInt8]
  /// The runs of constant words, in their order.
  private(set) var runs: [Run] = []
  /// Where the first word with an equals sign begins, such as `CN=…`, which begins a subject.
  private(set) var subject: Int?

  /// Takes a text apart.
  init(_ text: String) {
    self.text = Array(text.utf8)
    var closing: Unicode.Scalar?
    var position = 0
    for word in text.parts(at: " ", keepingEmpty: true) {
      let range = position..<position + word.utf8.count
      position = range.upperBound + 1
      if let quote = closing {
        if Self.ends(word, with: quote) { closing = nil }
        continue
      }
      if let quote = word.unicodeScalars.first.flatMap(Self.closing(of:)) {
        if !Self.ends(word, with: quote) || word.unicodeScalars.count == 1 { closing = quote }
        continue
      }
      if subject == nil, word.utf8.contains(UInt8(ascii: "=")) { subject = range.lowerBound }
      if Self.isConstant(word) { add(range) }
    }
    let timer = Array("Timer Service ".utf8)
    if self.text.starts(with: timer), var first = runs.first, first.range.lowerBound == 0 {
      runs.removeFirst()
      first.range = timer.count..<max(first.range.upperBound, timer.count)
      first.words -= 2
      if first.words > 0 { runs.insert(first, at: 0) }
    }
  }

  private mutating func add(_ range: Range<Int>) {
    if let last = runs.last, last.range.upperBound + 1 == range.lowerBound {
      runs[runs.count - 1].range = last.range.lowerBound..<range.upperBound
      runs[runs.count - 1].words += 1
    } else {
      runs.append(Run(range: range, words: 1))
    }
  }

  /// The words of a run with the spaces that part them from the others.
  func phrase(_ range: Range<Int>) -> String {
    let start = range.lowerBound == 0 ? 0 : range.lowerBound - 1
    let end = range.upperBound == text.count ? text.count : range.upperBound + 1
    return String(decoding: text[start..<end], as: UTF8.self)
  }

  /// Where each word of a run begins.
  func words(of run: Run) -> [Int] {
    [run.range.lowerBound]
      + run.range.filter { text[$0] == UInt8(ascii: " ") }.map { $0 + 1 }
  }

  /// The longest run that says something: two words or more, or one of eight bytes; the first of equally long ones.
  static func longest(_ runs: [Run]) -> Run? {
    runs.filter { $0.words > 1 || $0.range.count >= 8 }
      .max { ($0.range.count, -$0.range.lowerBound) < ($1.range.count, -$1.range.lowerBound) }
  }

  private static func isConstant(_ word: String) -> Bool {
    var scalars = Array(word.unicodeScalars)
    if let last = scalars.last, ".,:;!?".unicodeScalars.contains(last) { scalars.removeLast() }
    guard let first = scalars.first, let last = scalars.last, first.properties.isAlphabetic,
      last.properties.isAlphabetic
    else { return false }
    return scalars.allSatisfy { $0.properties.isAlphabetic || $0 == "-" || $0 == "'" }
  }

  private static func closing(of quote: Unicode.Scalar) -> Unicode.Scalar? {
    switch quote {
    case "'", "\"": quote
    case "\u{2018}": "\u{2019}"
    case "\u{201C}": "\u{201D}"
    default: nil
    }
  }

  private static func ends(_ word: String, with quote: Unicode.Scalar) -> Bool {
    var scalars = Array(word.unicodeScalars)
    while let last = scalars.last, ".,:;!?".unicodeScalars.contains(last) { scalars.removeLast() }
    return scalars.count > 1 && scalars.last == quote || scalars == [quote]
  }
}
