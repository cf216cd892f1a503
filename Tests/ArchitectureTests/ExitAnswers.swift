/// What the program answers for each case of a failure, read from its `exitStatus`.
struct ExitAnswers {
  private var byCase: [String: [String]] = [:]
  private var others: [String] = []
  /// The answer for all cases; empty unless there is only one.
  private(set) var single = ""

  /// Reads the property that says it; a file without one answers nothing by itself.
  init(_ tokens: [SwiftToken], _ statuses: [String: String]) {
    guard let start = tokens.indices.first(where: { Self.declares(tokens[$0...]) }) else { return }
    var names: [String] = []
    var depth = 0
    var parentheses = 0
    var isLabel = false
    for token in tokens[(start + 4)...] {
      switch token {
      case .mark("{"): depth += 1
      case .mark("}"):
        depth -= 1
        if depth == 0 {
          if byCase.isEmpty { single = others.joined(separator: " or ") }
          return
        }
      case .mark("("): parentheses += 1
      case .mark(")"): parentheses -= 1
      case .word("case"): (names, isLabel) = ([], true)
      case .word("default"): names = []
      case .mark(":") where parentheses == 0: isLabel = false
      case .word(let word) where isLabel:
        if parentheses == 0 { names.append(word) }
      case .word(let word):
        guard let status = statuses[word] else { continue }
        if names.isEmpty { others.append(status) }
        for name in names { byCase[name, default: []].append(status) }
      default: break
      }
    }
  }

  private static func declares(_ tokens: ArraySlice<SwiftToken>) -> Bool {
    tokens.starts(with: [
      .word("var"), .word("exitStatus"), .mark(":"), .word("ExitStatus"), .mark("{"),
    ])
  }

  /// The answer for a branch of the description.
  func of(_ cases: [String]) -> String {
    if byCase.isEmpty || cases.isEmpty { return "" }
    let answers = cases.flatMap { byCase[$0] ?? others }
    return Set(answers).sorted().joined(separator: " or ")
  }
}
