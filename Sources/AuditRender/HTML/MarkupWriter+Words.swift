import AuditModel
import SafeXML

extension MarkupWriter {
  /// How much of a text from the server is shown, in code points.
  private static let shownLength = 200

  /// Writes text from the server: set apart from the direction of what is around it, and with a badge where it
  /// mixes scripts that look alike.
  mutating func untrusted(_ text: String) {
    let end = text.unicodeScalars.index(
      text.startIndex, offsetBy: Self.shownLength, limitedBy: text.endIndex)
    if let end, end < text.endIndex {
      element(.bdi, text: String(text.unicodeScalars[..<end]) + "…")
      self.text(" ")
      element(.span, .className("badge quiet"), text: "cut")
    } else {
      element(.bdi, text: text)
    }
    if let mixture = ScriptMixture.found(in: text) {
      self.text(" ")
      element(.span, .className("badge"), text: "mixes \(mixture)")
    }
  }

  /// Writes a text from the server, or a word for its absence.
  mutating func untrusted(_ text: String?, or absent: String) {
    if let text { untrusted(text) } else { element(.em, text: absent) }
  }

  /// Writes an instant given in RFC 3339.
  mutating func time(_ instant: String) {
    element(.time, .dateTime(instant), text: DisplayFormat.instant(instant))
  }

  /// Writes a digest.
  mutating func digest(_ digest: String) {
    element(.code, .className("digest"), text: digest)
  }

  /// Writes a duration for people, with the exact milliseconds beside it in markup.
  mutating func duration(_ milliseconds: Double) {
    element(
      .data, .value(CSVCell.plainDecimal(milliseconds)),
      text: DisplayFormat.duration(milliseconds: milliseconds))
  }

  /// Writes a paragraph.
  mutating func paragraph(_ text: String) {
    element(.p, text: text)
    newline()
  }

  /// Writes a paragraph that explains a figure.
  mutating func note(_ text: String) {
    element(.p, .className("note"), text: text)
    newline()
  }

  /// Writes one term of a definition list and what it means.
  mutating func entry(_ term: String, content: (inout MarkupWriter) -> Void) {
    element(.div) { writer in
      writer.element(.dt, text: term)
      writer.element(.dd, content: content)
    }
    newline()
  }

  /// Writes a sentence.
  mutating func sentence(_ sentence: Sentence) {
    element(.p) { $0.words(of: sentence) }
    newline()
  }

  /// Writes the words and names of a sentence.
  mutating func words(of sentence: Sentence) {
    for part in sentence.parts {
      switch part {
      case .words(let words): text(words)
      case .name(let name): untrusted(name)
      }
    }
  }

  /// Writes a cell's value.
  mutating func cell(_ cell: Cell) {
    switch cell {
    case .text(let text): untrusted(text)
    case .term(_, let label): text(label)
    case .named(_, let name): untrusted(name)
    case .sentences([]): missing(.none)
    case .sentences(let sentences):
      for sentence in sentences { element(.div) { $0.words(of: sentence) } }
    case .count(let number): text(DisplayFormat.count(number))
    case .identifier(let number): text(String(number))
    case .ratio(let ratio): share(ratio)
    case .rate(let rate): self.rate(rate)
    case .duration(let milliseconds): duration(milliseconds)
    case .durationLimits(let low, let high):
      limit(low)
      text(" – ")
      limit(high)
    case .number(let number):
      element(.data, .value(CSVCell.plainDecimal(number)), text: DisplayFormat.number(number))
    case .instant(let instant):
      second(of: instant)
    case .ids(let ids): element(.span, .className("ids"), text: Self.listing(ids))
    case .day(let day): element(.time, .className("whole"), .dateTime(day), text: day)
    case .flag(let flag): if flag { text("yes") } else { missing(.none) }
    case .missing(let absence): missing(absence)
    }
  }

  /// Day and time of day, each kept on a line.
  private mutating func second(of instant: Instant) {
    let (day, time) = DisplayFormat.second(of: instant)
    element(.time, .dateTime(instant.description)) { writer in
      writer.element(.span, .className("whole"), text: day)
      writer.text(" ")
      writer.element(.span, .className("whole"), text: time)
    }
  }

  /// The first ids; tables/ has all of them.
  private static func listing(_ ids: [Int64]) -> String {
    let shown = ids.prefix(8).map(String.init).joined(separator: " ")
    return ids.count > 8 ? "\(shown) and \(DisplayFormat.count(ids.count - 8)) more" : shown
  }

  private mutating func share(_ ratio: Double) {
    element(.data, .value(CSVCell.plainDecimal(ratio)), text: DisplayFormat.percent(ratio))
  }

  private mutating func rate(_ rate: RateDocument) {
    guard let low = rate.low, let high = rate.high else { return missing(.none) }
    rateAlone(rate)
    if rate.rate == nil { return }
    text(" ")
    element(.span, .className("limits"), text: "(\(DisplayFormat.interval(low, high)))")
  }

  /// Writes a rate whose interval is drawn beside it.
  mutating func rateAlone(_ rate: RateDocument) {
    guard let ratio = rate.rate else { return missing(.none) }
    if rate.small {
      element(.span, .className("badge quiet"), text: "n < 5")
      text(" ")
    }
    share(ratio)
  }

  private mutating func limit(_ milliseconds: Double?) {
    if let milliseconds { duration(milliseconds) } else { missing(.notReached) }
  }

  private mutating func missing(_ absence: Cell.Absence) {
    if absence != .blank { element(.span, .className("missing"), text: absence.displayText) }
  }
}

/// Whether a name mixes letters of scripts that look alike: `аdmin` with a Cyrillic first letter reads as `admin`.
enum ScriptMixture {
  /// `Latin and Cyrillic`, or `nil` where nothing is mixed.
  ///
  /// A name may be written in one script and its domain in another; what deceives is a part, of letters and the digits and
  /// marks among them, that mixes two.
  static func found(in name: String) -> String? {
    let parts = name.unicodeScalars.split { !isOfPart($0) }
    return parts.lazy.compactMap { part in mixture(of: Set(part.compactMap(script))) }.first
  }

  private static func mixture(of scripts: Set<Script>) -> String? {
    scripts.count < 2
      ? nil : Script.allCases.filter(scripts.contains).map(\.rawValue).joined(separator: " and ")
  }

  private enum Script: String, CaseIterable {
    case latin = "Latin"
    case greek = "Greek"
    case cyrillic = "Cyrillic"
  }

  /// Letters, digits, marks and what is not seen at all are of one part; what people see between names parts them.
  private static func isOfPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber,
      .format:
      true
    default: false
    }
  }

  private static func script(of scalar: Unicode.Scalar) -> Script? {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2AF, 0x1E00...0x1EFF,
      0xFF21...0xFF3A, 0xFF41...0xFF5A:
      .latin
    case 0x370...0x373, 0x376...0x37D, 0x37F...0x3FF, 0x1F00...0x1FFF: .greek
    case 0x400...0x52F, 0x1C80...0x1C8F, 0x2DE0...0x2DFF, 0xA640...0xA69F: .cyrillic
    default: nil
    }
  }
}
