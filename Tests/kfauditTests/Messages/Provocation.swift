import AuditModel
import Foundation
import TestSupport

/// What makes the program print a message.
enum Provocation: Sendable {
  /// A script in an empty folder, in which `kfaudit` is the program that was built.
  case script(String)
  /// An error that the program meets only with a server, a disk or a library that fails.
  case value(any AuditFailure)
  /// Nothing can: why.
  case unreachable(String)

  /// One for each code.
  static let all: [(code: MessageCode, provocation: Provocation)] =
    commandLine + values + connection + settings + policy + reading + rows + files + signing + packs
    + faults

  /// What every script may use.
  private static let prelude = """
    export KEYFACTOR_USERNAME=auditor KEYFACTOR_PASSWORD=secret
    window='--from 2026-10-01 --to 2026-11-01'
    # Waits until a file has something in it, or for as long as nobody would wait.
    await() { for turn in {1..600}; do [ -s "$1" ] && return; read -t 0.1 <> <(:); done; exit 99; }
    # A run that needs no server, and one that would need it.
    try() { kfaudit run --sandbox --sandbox-instances 30 $window --out archive "$@" >/dev/null; }
    ask() { kfaudit run --server https://kf.example.invalid $window --out archive "$@"; }
    # A pack without anything on the terminal.
    pack() { try --quiet --format csv,json,ndjson "$@"; }
    # The configuration, the policy, or the template of a run.
    config() { printf '%s\\n' "$1" >config.yaml; try --config config.yaml; }
    policy() { printf '%s\\n' "$1" >policy.yaml; try --policy policy.yaml; }
    check() { policy "gates: [{id: a, $1}]"; }
    rule() { policy "rules: [{id: a, where: {$1}}]"; }
    template() { kfaudit template write style >/dev/null && sed -i "$1" style/report.html && try --template style; }
    # A folder of saved responses.
    pages() { mkdir saved && printf '%s' "$1" >saved/page.json && kfaudit run --pages saved $window --out archive; }
    saved() { mkdir saved && printf '[]' >saved/page.json; }

    """

  /// Runs a script to its end.
  static func run(_ script: String) async throws -> TestProcess.Answer {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let path = "\(BuiltProgram.program.deletingLastPathComponent().path):/usr/bin:/bin"
    let answer = try await BuiltProgram(variables: ["PATH": path, "HOME": folder.path]).run(
      ["-c", "cd '\(folder.path)' && " + prelude + script], of: "/bin/bash")
    try FileManager.default.removeItem(at: folder)
    return answer
  }
}
