/// A text of the source that people read when something is wrong.
struct Sentence {
  /// The text, as the page shows it.
  var text: String
  /// What the program answers, as far as the source says it there; empty for a part of another sentence.
  var answer: String

  /// Calls whose texts explain options, before anything is wrong.
  static let help: Set<String> = [
    "ArgumentHelp", "CommandConfiguration", "Flag", "Option", "Argument", "OptionGroup", "Setting",
    "option",
  ]
  /// What the program answers for a text that is handed to a call.
  static let answers = [
    "usage": "64", "configuration": "78", "ValidationError": "64", "notice": "goes on",
    "Notice": "in the report", "init(code": "in the report",
  ]

  /// The sentences of a source file, and the parts that sentences are made of, in their order.
  static func reading(_ tokens: [SwiftToken], statuses: [String: String]) -> [Sentence] {
    var reader = SentenceReader(tokens, statuses: statuses)
    return reader.sentences()
  }
}
