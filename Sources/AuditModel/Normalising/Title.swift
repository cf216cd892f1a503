/// The parts of a title: user, action and subject.
struct Title {
  /// The rule that read it.
  var rule: TitleRule
  /// The action the phrase means; `nil` when no rule reads the title.
  var action: Action?
  /// Where the user's name lies in the title.
  var user: Range<Int>
  /// Where the subject lies: the remainder without one trailing full stop.
  var subject: Range<Int>

  /// Splits a title at the phrase that occurs earliest; of those that begin at one place, at the first of the list.
  init(_ title: borrowing Span<UInt8>, at phrases: TitlePhrases = .builtIn) {
    var position = 0
    while true {
      position = phrases.firstIndex(in: title, from: position)
      if position == title.count { break }
      for phrase in phrases.all where title.holds(phrase.phrase.span, at: position) {
        let start = position + phrase.phrase.count
        let hasFullStop = title.count > start && title[title.count - 1] == UInt8(ascii: ".")
        rule = phrase.rule
        action = phrase.action
        user = 0..<position
        subject = start..<(hasFullStop ? title.count - 1 : title.count)
        return
      }
      position += 1
    }
    rule = .unrecognised
    action = nil
    user = 0..<0
    subject = 0..<0
  }
}

/// The phrases that titles are split at.
struct TitlePhrases: Sendable {
  /// In the order in which they count where several begin at one place.
  let all: [NormalisationRules.TitlePhrase]
  /// The bytes that they begin with.
  private let beginnings: [UInt8]

  /// Those that are built in, which begin with a space.
  static let builtIn = TitlePhrases([])

  /// Those of a configuration, and behind them those that are built in.
  init(_ configured: [WordingRules.Title]) {
    all =
      configured.enumerated().map { place, rule in
        .init(rule: .configured(place + 1), phrase: rule.phrase.bytes, action: rule.action)
      } + NormalisationRules.titles
    beginnings = Set(all.map { $0.phrase[0] }).sorted()
  }

  /// Where one of them may begin next; the end of the title where none does.
  @inline(__always)
  func firstIndex(in title: borrowing Span<UInt8>, from position: Int) -> Int {
    if beginnings.count == 1 {
      return title.firstIndex(from: position) { $0.equal(to: UInt8(ascii: " ")) }
    }
    return title.firstIndex(from: position) { word in
      beginnings.reduce(0) { $0 | word.equal(to: $1) }
    }
  }
}

/// How titles and status messages are read, as data: a new wording is a new row and a new version.
public enum NormalisationRules {
  /// The version of the rules, written into every report.
  ///
  /// Version 2 reads names with a blank after a separator and values in quotes, ends the name of a failed step at its quote
  /// and not at its first ` failed`, takes `with Id 7c9e…` for no number, and maps a status that is an integer in quotes.
  public static let version = 2

  /// A phrase in a title and the action it means.
  ///
  /// The user precedes it, the subject follows.
  struct TitlePhrase: Sendable {
    var rule: TitleRule
    var phrase: [UInt8]
    var action: Action
  }

  /// The phrases of titles.
  ///
  /// Source: the vendor's page on GET Workflow Instances, row "Title".
  static let titles: [TitlePhrase] = [
    TitlePhrase(
      rule: .enroll, phrase: Array(" is enrolling for a certificate with ".utf8), action: .enroll),
    TitlePhrase(
      rule: .revoke, phrase: Array(" is revoking certificate with ".utf8), action: .revoke),
  ]

  /// The first words of messages of Complete instances, and what they say happened.
  static let outcomes: [(prefix: String, outcome: Outcome)] = [
    ("issued", .issued),
    ("revoked", .revoked),
    ("taken under submission", .pendingAtCA),
  ]

  /// The beginning, and a later part, of messages of Failed instances; the first match decides.
  static let failures: [(prefix: String, part: String?, failureClass: FailureClass)] = [
    ("access is denied", nil, .accessDenied),
    (
      "either the credentials are invalid, or the ca on ", " is not running", .caUnavailable
    ),
    ("pre-process failed", nil, .preProcess),
    ("post-process failed", nil, .postProcess),
  ]

  /// The built-in steps by their names in messages.
  static let steps: [(name: String, failureClass: FailureClass)] = [
    ("keyfactor-enroll", .enrollStep),
    ("keyfactor-revoke", .revokeStep),
  ]
}
