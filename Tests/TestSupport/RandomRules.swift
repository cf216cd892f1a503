package import AuditModel

/// Rules over rows that follow from a seed, for the rows of ``RandomRows``, and what they mean by the plainest reading.
package struct RandomRules {
  /// What a rule asks of a row.
  package indirect enum Condition: Sendable {
    /// All of them.
    case all([Condition])
    /// One of them.
    case any([Condition])
    /// Not this one.
    case not(Condition)
    /// Each test of a column.
    case column(String, [Test])
  }

  /// An operator and its operand.
  package struct Test: Sendable {
    /// The operator's name.
    var name: String
    /// The operand; several for `in`, `true` and `false` for `exists`.
    var operands: [String]
  }

  /// The rules by their ids.
  package let rules: [(id: String, condition: Condition)]

  /// The policy that has them, with a check of each.
  package var policy: String {
    let texts = rules.map { "  - {id: \($0.id), where: {\($0.condition.entry)}}" }
    let checks = rules.map { "  - {id: \($0.id), metric: rules.\($0.id), max: 0}" }
    return """
      gates:
      \(checks.joined(separator: "\n"))
      rules:
      \(texts.joined(separator: "\n"))

      """
  }

  private static let words: [String: [String]] = [
    "status": ["Complete", "Failed", "Rejected", "Running", "Suspended", "CanceledForRestart"],
    "outcome": ["issued", "revoked", "failed", "rejected", "open", "complete", "unknown"],
    "workflow_type": ["Enrollment", "Revocation", "Expiration", "enrollment"],
    "definition_name": ["Definition 0", "Definition 1", "Definition 3"],
    "definition_id": ["00000000-0000-0000-0000-000000000001"],
    "user": [#"CORP\ada"#, #"Corp\ADA"#, "Timer Service", "svc-renewal", "SVC-renewal"],
    "user_kind": ["timer", "domain", "principal", "client"],
    "action": ["enroll", "revoke", "other"],
    "common_name": ["host0.example", "host1.example", "HOST2.example"],
    "subject": ["CN=host0.example", "CN=host2.example"],
    "step_name": ["Step 0", "Step 2"],
    "step_unique_name": ["RequireApproval1", "Enroll"],
    "status_message": ["Issued", "Access is denied.", "Step 'Notify' failed: no."],
    "failure_class": ["accessDenied", "customStep", "denied"],
    "title": ["Something else"],
    "title_rule": ["enroll", "revoke", "unrecognised", "config:1"],
    "data_quality": [
      "badDate", "futureDate", "unknownStatus;negativeDuration", "negativeDuration",
    ],
    "id": ["9c996cd3-0f0e-4b0c-9f0f-100000001004"],
  ]
  private static let numbers: [String: [String]] = [
    "reference_id": ["1000", "1002", "1010", "1064"], "definition_version": ["1", "2", "3"],
    "duration_ms": ["0", "60000", "-5000", "180000"],
  ]
  private static let instants = ["start", "last_modified"]
  private static let times = ["1s", "3m", "36h", "4d", "20d", "30d"]

  /// Makes as many rules from a seed.
  package init(seed: Int, count: Int) {
    var generator = SeededGenerator(seed: UInt64(seed) &+ 77)
    rules = (0..<count).map { number in
      ("r\(number)", Self.condition(depth: number % 4, &generator))
    }
  }

  private static func condition(
    depth: Int, _ generator: inout SeededGenerator
  ) -> Condition {
    if depth == 0 { return column(&generator) }
    let parts = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
      condition(depth: depth - 1, &generator)
    }
    return switch Int.random(in: 0..<3, using: &generator) {
    case 0: .all(parts)
    case 1: .any(parts)
    default: .not(parts[0])
    }
  }

  private static func column(_ generator: inout SeededGenerator) -> Condition {
    let names = words.keys.sorted() + numbers.keys.sorted() + instants + instants
    let column = names[Int.random(in: names.indices, using: &generator)]
    let operators =
      words[column] != nil
      ? ["equals", "in", "startsWith", "endsWith", "contains", "exists"]
      : instants.contains(column)
        ? ["olderThan", "olderThan", "exists"]
        : ["equals", "in", "exists", column == "duration_ms" ? "longerThan" : "in"]
    var tests: [Test] = []
    for _ in 0..<Int.random(in: 1...2, using: &generator) {
      let name = operators[Int.random(in: operators.indices, using: &generator)]
      if tests.contains(where: { $0.name == name }) { continue }
      tests.append(Test(name: name, operands: operands(name, of: column, &generator)))
    }
    return .column(column, tests)
  }

  private static func operands(
    _ name: String, of column: String, _ generator: inout SeededGenerator
  ) -> [String] {
    func one(_ texts: [String]) -> String {
      texts[Int.random(in: texts.indices, using: &generator)]
    }
    let known = words[column] ?? numbers[column] ?? []
    switch name {
    case "exists": return [one(["true", "false"])]
    case "olderThan", "longerThan": return [one(times)]
    case "in": return [one(known), one(known)]
    case "equals": return [one(known)]
    default:
      let text = Array(one(known).unicodeScalars)
      let length = Int.random(in: 1...min(6, text.count), using: &generator)
      let start =
        name == "startsWith"
        ? 0
        : name == "endsWith"
          ? text.count - length : Int.random(in: 0...text.count - length, using: &generator)
      return [String(String.UnicodeScalarView(text[start..<start + length]))]
    }
  }
}

extension RandomRules.Condition {
  /// An entry of a mapping: the key and its value as YAML.
  package var entry: String {
    switch self {
    case .all(let parts): "all: [\(parts.map { "{\($0.entry)}" }.joined(separator: ", "))]"
    case .any(let parts): "any: [\(parts.map { "{\($0.entry)}" }.joined(separator: ", "))]"
    case .not(let part): "not: {\(part.entry)}"
    case .column(let name, let tests):
      "\(name): {\(tests.map(\.entry).joined(separator: ", "))}"
    }
  }

  /// Whether a row of instances.csv fulfils it, by the names of its columns.
  package func isFulfilled(by row: [String: String], asOf: Instant) -> Bool {
    switch self {
    case .all(let parts): parts.allSatisfy { $0.isFulfilled(by: row, asOf: asOf) }
    case .any(let parts): parts.contains { $0.isFulfilled(by: row, asOf: asOf) }
    case .not(let part): !part.isFulfilled(by: row, asOf: asOf)
    case .column(let name, let tests):
      tests.allSatisfy { $0.isPassed(by: row[name] ?? "", in: name, asOf: asOf) }
    }
  }
}

extension RandomRules.Test {
  fileprivate var entry: String {
    if name == "exists" { return "exists: \(operands[0])" }
    let texts = operands.map {
      "'\($0.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'"
    }
    return name == "in" ? "in: [\(texts.joined(separator: ", "))]" : "\(name): \(texts[0])"
  }

  fileprivate func isPassed(by cell: String, in column: String, asOf: Instant) -> Bool {
    if name == "exists" { return cell.isEmpty == (operands[0] == "false") }
    if cell.isEmpty { return false }
    let bytes = Array(cell.utf8)
    switch name {
    case "equals", "in":
      return operands.contains { operand in
        column == "user"
          ? Self.folded(cell) == Self.folded(operand) : Array(operand.utf8) == bytes
      }
    case "startsWith": return bytes.starts(with: operands[0].utf8)
    case "endsWith": return bytes.reversed().starts(with: operands[0].utf8.reversed())
    case "contains": return bytes.contains(operands[0].utf8)
    case "longerThan": return Int64(cell).map { $0 > time } ?? false
    default:
      return Instant(rfc3339: cell).map { asOf.milliseconds(since: $0) > time } ?? false
    }
  }

  /// Milliseconds.
  private var time: Int64 {
    let units: [Character: Int64] = ["s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
    return (Int64(operands[0].dropLast()) ?? 0) * (operands[0].last.flatMap { units[$0] } ?? 0)
  }

  /// `DOMAIN\user` with its ASCII letters in lower case, others as they are.
  private static func folded(_ user: String) -> [UInt8] {
    let bytes = Array(user.utf8)
    return bytes.contains(UInt8(ascii: "\\")) ? bytes.map { 65...90 ~= $0 ? $0 + 32 : $0 } : bytes
  }
}
