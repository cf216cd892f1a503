import AuditModel
import AuditReduce
import AuditRun
import Testing

@testable import AuditPlan

/// Options, environment and files of a plan under test; what it starts with is a plan without mistakes.
struct PlanBench {
  var options = AuditOptions()
  var variables = [
    "KEYFACTOR_USERNAME": "auditor", "KEYFACTOR_PASSWORD": "pa55-word",
    "KEYFACTOR_DOMAIN": "EXAMPLE",
  ]
  var files: [String: NamedFile] = [:]
  var homeFolder: String? = "/home/auditor"
  var now = Instant(milliseconds: 1_795_478_400_000)  // 2026-11-24T00:00:00Z

  /// A server, a window that is over, and Basic credentials.
  init() {
    options.server = "https://kf.example.com"
    options.from = "2026-10-01"
    options.to = "2026-11-01"
  }

  /// Puts a text file in place.
  mutating func write(_ text: String, to path: String, mode: UInt16 = 0o600, isOwn: Bool = true) {
    files[path] = NamedFile(bytes: Array(text.utf8), mode: mode, isOwn: isOwn)
  }

  /// The plan.
  func plan() throws(PlanError) -> AuditPlan {
    let files = files
    let environment = RunEnvironment(variables: variables, now: now, homeFolder: homeFolder) {
      (path, limit) throws(NamedFileError) in
      if path.hasPrefix("/denied") { throw NamedFileError.unreadable("permission denied") }
      if path.hasSuffix("/") { throw NamedFileError.notAFile }
      guard let file = files[path] else { throw NamedFileError.missing }
      guard file.bytes.count <= limit else { throw NamedFileError.tooLarge }
      return file
    }
    return try AuditPlan(resolving: options, in: environment)
  }

  /// The mistakes; empty when there are none.
  func mistakes() -> [Message] {
    do throws(PlanError) {
      _ = try plan()
      return []
    } catch {
      return error.mistakes
    }
  }

  /// The connection of the plan.
  func connection() throws -> Connection {
    let plan = try plan()
    guard case .instances(.server(let connection)) = plan.source else {
      throw NoServer()
    }
    return connection
  }

  private struct NoServer: Error {}

  /// Expects exactly one mistake, with this status and these words in it.
  func expect(
    _ status: AuditModel.ExitStatus, _ words: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let mistakes = mistakes()
    #expect(
      mistakes.map(\.code.exitStatus) == [status], "\(mistakes)", sourceLocation: sourceLocation)
    for word in words {
      #expect(
        mistakes.contains { $0.text.contains(word) }, "\(word) is not in \(mistakes)",
        sourceLocation: sourceLocation)
    }
    #expect(
      mistakes.allSatisfy { $0.text.hasSuffix(".") || $0.text.hasSuffix("?") },
      "\(mistakes) are no sentences", sourceLocation: sourceLocation)
  }
}
