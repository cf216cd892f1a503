/// Goes through a source file's tokens, and knows in which call and which branch each text stands.
struct SentenceReader {
  /// A pair of brackets that is open.
  private struct Frame {
    /// What is called with it; empty for other brackets.
    var call: String
    /// An exit status that stands among its arguments.
    var status: String?
    /// The cases of a `switch` whose branch this is.
    var cases: [String] = []
    /// Whether it is the text of a failure.
    var isDescription = false
  }

  private var tokens: ArraySlice<SwiftToken>
  private let statuses: [String: String]
  private let answers: ExitAnswers
  private var frames = [Frame(call: "")]
  /// The words and marks before the next token, back to where an expression begins.
  private var path: [String] = []
  /// The property that is being declared.
  private var property = ""

  /// Takes the tokens of a file, and the exit statuses by their names.
  init(_ tokens: [SwiftToken], statuses: [String: String]) {
    self.tokens = tokens[...]
    self.statuses = statuses
    answers = ExitAnswers(tokens, statuses)
  }

  /// The sentences in their order.
  mutating func sentences() -> [Sentence] {
    var found: [Sentence] = []
    while let token = tokens.popFirst() {
      switch token {
      case .text(let text):
        let whole = joined(to: text)
        if let sentence = sentence(whole) { found.append(sentence) }
        path = []
      case .word(let word): see(word)
      case .mark(let mark): see(mark)
      }
    }
    return found
  }

  private mutating func see(_ word: String) {
    if let status = statuses[word], path.last == "." { frames[frames.count - 1].status = status }
    if path.last == "var" { property = word }
    if word == "case", tokens.first == .mark(".") { readCases() }
    path.append(word)
    if word == "code", path.dropLast().last == "(" { frames[frames.count - 1].call += "(code" }
  }

  private mutating func see(_ mark: Character) {
    switch mark {
    case "(", "[", "{":
      let call = path.last.map { $0 == "." ? "" : $0 } ?? ""
      frames.append(Frame(call: mark == "(" ? call : ""))
      if mark == "{" {
        frames[frames.count - 1].isDescription = property == "description"
        property = ""
      }
      path = [String(mark)]
    case ")", "]", "}":
      if frames.count > 1 { frames.removeLast() }
      path = []
    case ".": path.append(".")
    default: path = []
    }
  }

  /// Takes the names in front of a branch, up to its colon.
  private mutating func readCases() {
    var names: [String] = []
    var depth = 0
    while let token = tokens.popFirst() {
      if token == .mark("(") { depth += 1 }
      if token == .mark(")") { depth -= 1 }
      if depth > 0 { continue }
      if token == .mark(":") || token == .mark("=") { break }
      if case .word(let name) = token { names.append(name) }
    }
    frames[frames.count - 1].cases = names
  }

  /// A literal with what is added to it.
  private mutating func joined(to text: String) -> String {
    var whole = text
    while tokens.first == .mark("+") {
      tokens.removeFirst()
      if case .text(let more) = tokens.first {
        whole += more
        tokens.removeFirst()
      } else {
        whole += SwiftToken.shown(term())
      }
    }
    return whole
  }

  /// The tokens of what is added, up to the next sum or the end of the expression.
  private mutating func term() -> [SwiftToken] {
    var term: [SwiftToken] = []
    var depth = 0
    while let token = tokens.first {
      if case .mark(let mark) = token {
        if "([{".contains(mark) { depth += 1 }
        if ")]}".contains(mark) { depth -= 1 }
        if depth < 0 || depth == 0 && "+,?:".contains(mark) { break }
      }
      term.append(token)
      tokens.removeFirst()
      if depth == 0, token == .mark(")"), tokens.first != .mark(".") { break }
    }
    return term
  }

  private func sentence(_ text: String) -> Sentence? {
    if frames.contains(where: { Sentence.help.contains($0.call) }) { return nil }
    let fixed = text.replacing(#/‹[^›]*›/#, with: "…")
    let words = fixed.split(separator: " ").filter { $0.contains(where: \.isLetter) }
    let answer = answer()
    guard words.count > (answer.isEmpty ? 2 : 1), fixed.contains(where: \.isLowercase)
    else { return nil }
    return Sentence(text: text.trimmingPrefix(while: \.isWhitespace).description, answer: answer)
  }

  private func answer() -> String {
    for frame in frames.reversed() {
      if let known = Sentence.answers[frame.call] { return known }
      if let status = frame.status, frame.call == "Mistake" { return status }
    }
    let cases = frames.last { !$0.cases.isEmpty }?.cases ?? []
    let answer = answers.of(cases)
    if !answer.isEmpty { return answer }
    return frames.contains(where: \.isDescription) ? answers.single : ""
  }
}
