import Foundation
import TestSupport

/// What the program says about one of its commands, as the argument parser dumps it.
struct CommandHelp: Decodable, Sendable {
  /// An option, a flag or a positional argument.
  struct Argument: Decodable, Sendable {
    struct Name: Decodable, Sendable {
      var kind: String
      var name: String
    }

    var kind: String
    var sectionTitle: String?
    var names: [Name]?
    var valueName: String?
    var abstract: String?
    var defaultValue: String?
    var allValues: [String]?
  }

  var commandName: String
  var superCommands: [String]?
  var abstract: String?
  var discussion: String?
  var arguments: [Argument]?
  var subcommands: [CommandHelp]?

  private struct Dump: Decodable {
    var command: CommandHelp
  }

  /// The program itself.
  static func root() async throws -> CommandHelp {
    let answer = try await BuiltProgram().run("--experimental-dump-help")
    return try JSONDecoder().decode(Dump.self, from: Data(answer.output.utf8)).command
  }

  /// The words that call it, the program's name first.
  var words: [String] { (superCommands ?? []) + [commandName] }

  /// It and all commands below, but for `help`, which the argument parser brings.
  var all: [CommandHelp] {
    [self] + (subcommands ?? []).filter { $0.commandName != "help" }.flatMap(\.all)
  }

  /// What is said before the examples.
  var prose: String {
    let text = discussion ?? ""
    return String(text[..<(text.firstRange(of: "EXAMPLES:\n")?.lowerBound ?? text.endIndex)])
  }

  /// The lines of the examples, without indentation, comments included.
  var exampleLines: [String] {
    guard let start = discussion?.firstRange(of: "EXAMPLES:\n")?.upperBound else { return [] }
    return discussion?[start...].split(separator: "\n").map { String($0.dropFirst(2)) } ?? []
  }

  /// The commands of the examples, each one line.
  var examples: [String] {
    exampleLines.filter { !$0.hasPrefix("#") }.joined(separator: "\n")
      .replacing("\\\n", with: "").split(separator: "\n")
      .map { $0.split(separator: " ").joined(separator: " ") }
  }

  /// The lines after `USAGE:`.
  var usage: [String] {
    get async throws {
      let page = try await page()
      guard let start = page.firstRange(of: "USAGE: ")?.upperBound else { return [] }
      return page[start...].split(separator: "\n", omittingEmptySubsequences: false)
        .prefix { !$0.isEmpty }.map { $0.drop { $0 == " " } }.map(String.init)
    }
  }

  /// The page that `--help` shows on a terminal of 80 columns.
  func page() async throws -> String {
    try await BuiltProgram(variables: ["COLUMNS": "80"]).run(words.dropFirst() + ["--help"]).output
  }
}
