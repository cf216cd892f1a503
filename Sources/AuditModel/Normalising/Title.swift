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

  /// Splits a title at the phrase that occurs earliest.
  init(_ title: borrowing Span<UInt8>) {
    for position in title.indices where title[position] == UInt8(ascii: " ") {
      for phrase in NormalisationRules.titles
      where Self.stands(phrase.phrase, at: position, in: title) {
        let start = position + phrase.phrase.count
        let hasFullStop = title.count > start && title[title.count - 1] == UInt8(ascii: ".")
        rule = phrase.rule
        action = phrase.action
        user = 0..<position
        subject = start..<(hasFullStop ? title.count - 1 : title.count)
        return
      }
    }
    rule = .unrecognised
    action = nil
    user = 0..<0
    subject = 0..<0
  }

  private static func stands(
    _ phrase: [UInt8], at position: Int, in title: borrowing Span<UInt8>
  ) -> Bool {
    guard position + phrase.count <= title.count else { return false }
    for offset in phrase.indices where title[position + offset] != phrase[offset] { return false }
    return true
  }
}
