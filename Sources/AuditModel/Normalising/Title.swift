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
    let phrases = NormalisationRules.titles
    var position = 0
    while true {
      position = title.firstIndex(from: position) { $0.equal(to: UInt8(ascii: " ")) }
      if position == title.count { break }
      for phrase in phrases where title.holds(phrase.phrase.span, at: position) {
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
