import TestSupport

@testable import AuditModel
@testable import AuditReduce

extension DecisionFile {
  /// A file with some decisions.
  static func of(_ decisions: [Decision], named name: String = "decisions.csv") -> DecisionFile {
    DecisionFile(
      name: name, bytes: Array(name.utf8), rows: decisions.count, otherRows: 0, unusedColumns: [],
      decisions: decisions)
  }

  /// Decisions on the instances of a random population, some of them twice, some on nobody's.
  static func random(seed: Int) -> DecisionFile {
    var generator = SeededGenerator(seed: UInt64(seed) &+ 104_729)
    let approvers = [
      "CORP\\alice", "corp\\ALICE", "CORP\\bob", "CORP\\pki", "OAUTH-client", "CORP\\rene\u{301}",
    ].map { User(named: Name($0)) }
    var decisions: [Decision] = []
    for index in 0..<400 {
      let referenceID = 100 + Int64(Int.random(in: 0..<350, using: &generator)) * 3
      let isNumbered = Int.random(in: 0..<2, using: &generator) == 0
      let decision = Decision(
        ids: isNumbered ? [] : [InstanceID(high: 0, low: UInt64(referenceID))],
        referenceID: isNumbered ? referenceID : nil,
        approver: approvers[Int.random(in: approvers.indices, using: &generator)],
        at: Instant(
          milliseconds: Sample.origin
            + Int64.random(in: -Sample.day..<(34 * Sample.day), using: &generator)),
        outcome: Int.random(in: 0..<4, using: &generator) == 0 ? .rejected : .approved,
        line: index + 2)
      decisions.append(decision)
      if index % 9 == 0 { decisions.append(decision) }
    }
    return .of(decisions)
  }
}
