import Foundation
import TestSupport
import Testing

@Suite("Shell completions")
struct CompletionTests {
  /// A line up to the cursor, and some of what may follow.
  struct Case: Sendable {
    var line: String
    var offers: [String]
    /// Whether the shell asks the program, which fish does only for somebody at a terminal.
    var asksProgram = false
  }

  static let cases = [
    Case(line: "kfaudit ve", offers: ["verify"]),
    Case(line: "kfaudit explain backlog.o", offers: ["backlog.open"], asksProgram: true),
    Case(line: "kfaudit run --assurance ", offers: ["proved", "counted"]),
    Case(line: "kfaudit run --format csv,h", offers: ["csv,html"], asksProgram: true),
    Case(line: "kfaudit run --metrics sl", offers: ["sla"], asksProgram: true),
    Case(line: "kfaudit run --period last-", offers: ["last-week", "last-month"]),
    Case(line: "kfaudit verify pa", offers: ["packs"]),
    Case(line: "kfaudit run --policy po", offers: ["policy.yaml"]),
    Case(line: "kfaudit sandbox --profile v1", offers: ["v11", "v10"]),
  ]

  @Test("bash completes commands, values, lists, folders and files", arguments: Self.cases)
  func inBash(_ completion: Case) async throws {
    let script = #"""
      source <("$1" --generate-completion-script bash) || exit 1
      read -r -a COMP_WORDS <<<"$2"
      [[ $2 == *' ' ]] && COMP_WORDS+=('')
      COMP_LINE=$2 COMP_POINT=${#2} COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_TYPE=9 COMP_KEY=9
      _kfaudit kfaudit "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\n' "${COMPREPLY[@]}"
      """#
    try await expect(completion, of: "/bin/bash", ["-c", script, "bash"])
  }

  private static let fish = "/usr/bin/fish"

  @Test(
    "fish completes what it need not ask the program for",
    .enabled(if: FileManager.default.isExecutableFile(atPath: fish)),
    arguments: Self.cases.filter { !$0.asksProgram })
  func inFish(_ completion: Case) async throws {
    let script =
      "$argv[1] --generate-completion-script fish | source; complete --do-complete \"$argv[2]\""
    try await expect(completion, of: Self.fish, ["--no-config", "--command", script])
  }

  private static let zsh = "/usr/bin/zsh"

  @Test("zsh takes the script", .enabled(if: FileManager.default.isExecutableFile(atPath: zsh)))
  func inZsh() async throws {
    let script = """
      autoload -U compinit && compinit -D
      source <("$1" --generate-completion-script zsh) && (( $+functions[_kfaudit] ))
      """
    let answer = try await BuiltProgram().run(
      ["-f", "-c", script, "zsh", BuiltProgram.program.path], of: Self.zsh)
    #expect(answer.status == 0 && answer.errors.isEmpty, "\(answer.errors)")
  }

  /// Asks a shell in a folder with a folder and a file to be completed.
  private func expect(
    _ completion: Case, of shell: String, _ arguments: [String]
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("packs"), withIntermediateDirectories: true)
    for name in ["policy.yaml", "policy.txt"] {
      try Data().write(to: folder.appendingPathComponent(name))
    }
    let path = "\(BuiltProgram.program.deletingLastPathComponent().path):/usr/bin:/bin"
    let answer = try await BuiltProgram(variables: ["PATH": path, "HOME": folder.path]).run(
      ["-C", folder.path, shell] + arguments + [BuiltProgram.program.path, completion.line],
      of: "/usr/bin/env")
    try FileManager.default.removeItem(at: folder)
    let offers = answer.output.split(separator: "\n").map { line in
      line.prefix { $0 != "\t" }.drop { $0 == " " }.trimmingPrefix("./")
    }.map { $0.hasSuffix("/") ? $0.dropLast() : $0 }
    for offer in completion.offers {
      #expect(
        offers.contains { $0 == offer }, "\(completion.line): \(answer.output)\(answer.errors)")
    }
    #expect(!offers.contains { $0 == "policy.txt" })
  }
}
