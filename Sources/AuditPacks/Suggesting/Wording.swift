import AuditModel

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
