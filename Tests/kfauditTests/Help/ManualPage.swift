import Foundation

@testable import kfaudit

/// A section of the manual page that says what help says, in mdoc.
struct ManualPage {
  private(set) var text = ""

  /// Writes about these commands, a subsection each.
  init(_ commands: [CommandHelp]) async throws {
    for command in commands {
      text += ".Ss \(Self.escaped(command.words.joined(separator: " ")))\n"
      literal(try await command.usage)
      prose((command.abstract ?? "") + "\n\n" + command.prose)
      write(options: command.arguments ?? [])
      text += ".Pp\nExamples:\n"
      literal(command.exampleLines)
    }
  }

  /// Writes the examples of a command.
  init(examplesOf command: CommandHelp) {
    literal(command.exampleLines)
  }

  /// Writes about what `kfaudit help` explains besides commands; `macro` marks a term.
  init(_ topic: HelpTopic, macro: String = "") {
    text += ".Bl -tag -width Ds\n"
    for entry in topic.entries {
      for term in entry.terms { text += ".It \(macro)\(Self.escaped(term))\n" }
      sentences(entry.meaning)
    }
    text += ".El\n"
  }

  /// Lines as they are.
  private mutating func literal(_ lines: [String]) {
    text += ".Bd -literal -offset indent\n"
    text += lines.map { Self.escaped($0) + "\n" }.joined()
    text += ".Ed\n"
  }

  /// Paragraphs, each sentence on lines of its own.
  private mutating func prose(_ paragraphs: String) {
    for paragraph in paragraphs.split(separator: "\n") {
      text += ".Pp\n"
      sentences(String(paragraph))
    }
  }

  private mutating func sentences(_ paragraph: String) {
    for sentence in paragraph.replacing(". ", with: ".\n").split(separator: "\n") {
      var line = ""
      for word in sentence.split(separator: " ").map(Self.escaped) {
        if !line.isEmpty, line.utf8.count + word.utf8.count > 78 {
          text += line + "\n"
          line = ""
        }
        line += (line.isEmpty ? "" : " ") + word
      }
      text += line + "\n"
    }
  }

  /// The options under the titles that help has, in its order: arguments, titled groups, the rest.
  private mutating func write(options: [CommandHelp.Argument]) {
    let own = options.filter { !["help", "version"].contains($0.names?.last?.name) }
    var titles: [String?] = []
    for title in own.map(\.sectionTitle) where !titles.contains(title) { titles.append(title) }
    for title in titles.filter({ $0 != nil }) + titles.filter({ $0 == nil }) {
      if let title { text += ".Pp\n\(title):\n" }
      text += ".Bl -tag -width Ds\n"
      for argument in own where argument.sectionTitle == title {
        text += ".It \(tag(argument))\n"
        sentences([argument.abstract, choice(argument)].compactMap(\.self).joined(separator: " "))
      }
      text += ".El\n"
    }
  }

  private func tag(_ argument: CommandHelp.Argument) -> String {
    let value = "Ar " + Self.escaped(argument.valueName ?? "")
    guard let name = argument.names?.first else { return value }
    return "Fl \\-" + Self.escaped(name.name) + (argument.kind == "option" ? " \(value)" : "")
  }

  /// Values and the default as help tells them.
  private func choice(_ argument: CommandHelp.Argument) -> String? {
    let parts = [
      argument.allValues.map { "values: " + $0.joined(separator: ", ") },
      argument.kind == "option" ? argument.defaultValue.map { "default: " + $0 } : nil,
    ].compactMap(\.self)
    return parts.isEmpty ? nil : "(\(parts.joined(separator: "; ")))"
  }

  /// Text that no formatter changes or takes for a request: hyphens and quotes can be copied into a shell.
  private static func escaped(_ text: some StringProtocol) -> String {
    let marks: [Character: String] = [
      "\\": "\\e", "-": "\\-", "'": "\\(aq", "\"": "\\(dq", "`": "\\(ga", "^": "\\(ha",
      "~": "\\(ti",
    ]
    return (text.hasPrefix(".") ? "\\&" : "") + text.map { marks[$0] ?? String($0) }.joined()
  }
}
