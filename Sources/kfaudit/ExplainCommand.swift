internal import ArgumentParser
private import AuditModel
private import AuditPlan
private import AuditReport

/// `kfaudit explain`: what a message code, or a name in a report or a policy, means.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a message code, an exit status, or a name in a report or a policy.",
    usage: "kfaudit explain [<name>] [<options>]",
    discussion: """
      A name is a message code such as KFA-2010, an exit status, a verdict about completeness, a metric, a figure of a \
      policy, the state of a control, a notice, a requirement of the evidence sheet or a limitation. Without a name it \
      lists all of them. Prints to stdout.

      EXAMPLES:
        kfaudit explain KFA-2010
        kfaudit explain 65
        kfaudit explain backlog.open
        kfaudit explain SCOPE --format json
        kfaudit explain
      """)

  @Argument(
    help: ArgumentHelp("Name to explain. (default: list all names)", valueName: "name"),
    completion: .custom { _, _, _ in ExplanationCatalogue.all.map(\.name) })
  var name: String?

  @Option(help: .format) var format = TextFormat.text

  func run() async throws {
    try await CommandWork(log: StandardError.plainLog).run {
      guard let name else {
        try StandardOutput.write(line: format == .json ? json(ExplanationCatalogue.all) : list)
        return .complete
      }
      let found = ExplanationCatalogue.explanations(of: name)
      guard !found.isEmpty else {
        throw CommandError(
          .nothingToExplain, NamedValue.shown(name),
          Nearest.best(for: name, among: ExplanationCatalogue.all.map(\.name)).map {
            "Did you mean \($0)?"
          } ?? "kfaudit explain without a name lists all names.")
      }
      try StandardOutput.write(
        line: format == .json ? json(found) : found.map(\.page).joined(separator: "\n\n"))
      return .complete
    }
  }

  /// Every name below the title of its kind; messages with their words, so that they can be searched.
  private var list: String {
    Explanation.Kind.allCases.map { kind in
      let names = ExplanationCatalogue.all.filter { $0.kind == kind }
      let lines = names.map { found in
        kind == .message || kind == .exitStatus
          ? "  \(found.name)  \(found.meaning)" : "  \(found.name)"
      }
      return ([kind.title] + lines).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  /// An object for one, an array for several.
  private func json(_ found: [Explanation]) throws -> String {
    let texts = try found.map { try $0.json() }
    return texts.count == 1 ? texts[0] : "[\n\(texts.joined(separator: ",\n"))\n]"
  }
}
