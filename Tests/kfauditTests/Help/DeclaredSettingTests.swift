import ArgumentParser
import AuditModel
import Foundation
import Testing

@testable import AuditPlan
@testable import kfaudit

@Suite("A setting is declared once")
struct DeclaredSettingTests {
  static var retries: Setting<Int> {
    Setting(
      .option("retries", "n", default: "3", help: "Attempts after the first one, 0 to 9."),
      within: 0...9)
  }

  static let patient = Setting(flag: "patient", help: "Wait longer.")

  private enum Group: SettingGroup {
    static let settings: [any AnySetting] = [
      DeclaredSettingTests.retries, DeclaredSettingTests.patient,
    ]
  }

  private struct Probe: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "run", abstract: "Try.")
    @OptionGroup(title: "Trying") var group: SettingOptions<Group>
  }

  private static let environment = RunEnvironment(
    variables: [:], now: Instant(milliseconds: 0), homeFolder: nil
  ) { (_, _) throws(NamedFileError) in throw .missing }

  /// What the plan reads of these arguments.
  private func read(_ arguments: [String]) throws -> (value: Int?, mistakes: PlanMistakes) {
    var mistakes = PlanMistakes()
    let options = try Probe.parse(arguments).group.options
    let sources = SettingSources(options, in: Self.environment, &mistakes)
    return (sources.value(of: Self.retries, &mistakes), mistakes)
  }

  @Test("Its option is parsed, its text read, and its default holds without it")
  func reading() throws {
    #expect(try read(["--retries", "5"]).value == 5)
    #expect(try read([]).value == 3)
    let (value, mistakes) = try read(["--retries", "ten"])
    #expect(value == nil)
    #expect(mistakes.all.map(\.code) == [.invalidNumber])
    #expect(
      mistakes.all.map(\.text) == [
        "--retries 'ten' is not valid. Use a whole number from 0 to 9."
      ])
    #expect(try Probe.parse(["--patient"]).group.options[Self.patient] == "yes")
    #expect(try Probe.parse([]).group.options[Self.patient] == nil)
  }

  @Test("Help and the manual tell it with its default")
  func help() async throws {
    let help = Probe.helpMessage(columns: 120)
    #expect(help.contains("TRYING:") || help.contains("Trying:"))
    #expect(help.contains("--retries <n>"))
    #expect(help.contains("Attempts after the first one, 0 to 9. (default: 3)"))
    let dump = try #require(
      #expect(throws: (any Error).self) { try Probe.parse(["--experimental-dump-help"]) })
    struct Dump: Decodable { var command: CommandHelp }
    let command = try JSONDecoder().decode(
      Dump.self, from: Data(Probe.message(for: dump).utf8)
    ).command
    let manual = try await ManualPage([command]).text
    #expect(
      manual.contains(
        ".It Fl \\-retries Ar n\nAttempts after the first one, 0 to 9.\n(default: 3)\n"))
  }

  @Test("kfaudit config show has its value and where it comes from")
  func shown() throws {
    let cases: [(arguments: [String], value: String, origin: String)] = [
      (["--retries", "5"], "5", "--retries"), ([], "3", "default"),
    ]
    for (arguments, value, origin) in cases {
      var shown = ConfigShow(
        of: try Probe.parse(arguments).group.options, in: Self.environment)
      shown.add([Self.retries])
      let row = shown.rows.last
      #expect(row == ConfigShow.Row(name: "retries", value: value, origin: origin))
    }
  }

  @Test("The example in the doc comment of Setting is the declaration above")
  func example() throws {
    let file = URL(filePath: #filePath)
    let source = file.deletingLastPathComponent()
      .appending(path: "../../../Sources/AuditPlan/Setting.swift")
    let lines = try String(contentsOf: source, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
    let example = lines.drop { $0 != "/// ```swift" }.dropFirst().prefix { $0 != "/// ```" }
      .map { "  \($0.dropFirst(4))\n" }.joined()
    #expect(!example.isEmpty)
    #expect(try String(contentsOf: file, encoding: .utf8).contains(example))
  }
}
