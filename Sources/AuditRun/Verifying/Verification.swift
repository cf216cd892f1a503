public import AuditEvidence
import AuditModel

/// What a verification found out about a pack.
public struct Verification: Sendable, Equatable {
  /// One thing that was looked at.
  public struct Check: Codable, Sendable, Equatable {
    /// How it went.
    public enum Result: String, Codable, Sendable {
      /// It was looked at, and nothing is wrong.
      case passed
      /// It was looked at, and there are discrepancies.
      case failed
      /// It could not be done, or was not asked for.
      case notDone
    }

    /// What was looked at.
    public var name: String
    /// How it went.
    public var result: Result
    /// What was found, in words.
    public var detail: String
  }

  /// The pack as the user named it.
  public var pack: String
  /// What was looked at, in order.
  public var checks: [Check] = []
  /// What is not as it should be.
  public var discrepancies: [Discrepancy] = []

  /// Starts with nothing looked at.
  public init(pack: String) {
    self.pack = pack
  }

  /// Whether nothing is wrong.
  public var isIntact: Bool { discrepancies.isEmpty }

  /// Adds what was looked at; it failed when there are discrepancies.
  mutating func add(_ name: String, _ detail: String, _ found: [Discrepancy] = []) {
    let count = "\(found.count) discrepanc\(found.count == 1 ? "y" : "ies")"
    checks.append(
      Check(
        name: name, result: found.isEmpty ? .passed : .failed,
        detail: found.isEmpty ? detail : count))
    discrepancies += found
  }

  /// Adds what was not looked at.
  mutating func leaveOut(_ name: String, because reason: String) {
    checks.append(Check(name: name, result: .notDone, detail: reason))
  }
}

extension Verification {
  /// The verification for machines.
  private struct Document: Encodable {
    struct Entry: Encodable {
      var code: String
      var path: String
      var text: String
    }

    var schemaVersion = 1
    var pack: String
    var verdict: String
    var checks: [Check]
    var discrepancies: [Entry]
  }

  /// As JSON, indented.
  public func json() throws -> String {
    let document = Document(
      pack: pack, verdict: isIntact ? "intact" : "discrepancies", checks: checks,
      discrepancies: discrepancies.map {
        .init(code: $0.code, path: $0.path, text: $0.description)
      })
    return String(decoding: try JSONFile.bytes(document).dropLast(), as: UTF8.self)
  }

  /// As a table to read.
  public var table: String {
    let rows = checks.map {
      ($0.name, $0.result == .notDone ? "not done" : $0.result.rawValue, $0.detail)
    }
    let verdict =
      isIntact
      ? "INTACT: \(TerminalText.clean(pack)) is what was published."
      : "NOT INTACT: \(TerminalText.clean(pack)) has \(discrepancies.count) "
        + "discrepanc\(discrepancies.count == 1 ? "y" : "ies")."
    return ([TextTable.of(rows)] + discrepancies.map { "- \($0)" } + [verdict])
      .joined(separator: "\n")
  }
}
