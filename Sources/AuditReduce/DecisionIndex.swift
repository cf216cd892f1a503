package import AuditModel

/// Decisions from elsewhere by the instances that they name, so that a pass over rows finds them.
package final class DecisionIndex: Sendable {
  /// The files, each once.
  package let files: [DecisionFile]
  /// Their decisions, in order.
  let decisions: [Decision]
  private let byID: [InstanceID: [Int]]
  private let byReferenceID: [Int64: [Int]]

  /// Brings files together, in whatever order they come; of files that are the same to the byte one counts.
  package init(_ files: [DecisionFile]) {
    var distinct: [DecisionFile] = []
    for file in files.sorted(by: Self.precedes)
    where !distinct.contains(where: { $0.bytes == file.bytes }) {
      distinct.append(file)
    }
    self.files = distinct
    decisions = distinct.flatMap(\.decisions)
    var byID: [InstanceID: [Int]] = [:]
    var byReferenceID: [Int64: [Int]] = [:]
    for (number, decision) in decisions.enumerated() {
      for id in decision.ids { byID[id, default: []].append(number) }
      if let id = decision.referenceID { byReferenceID[id, default: []].append(number) }
    }
    (self.byID, self.byReferenceID) = (byID, byReferenceID)
  }

  /// By name, then by content.
  private static func precedes(_ file: DecisionFile, _ other: DecisionFile) -> Bool {
    file.name.isSame(as: other.name)
      ? file.bytes.lexicographicallyPrecedes(other.bytes) : file.name.precedes(other.name)
  }

  /// What is found for an instance.
  struct Found {
    /// The decisions on it, by their numbers.
    var decisions: [Int]
    /// Those that name it by one of GUID and reference id, and another instance by the other.
    var contradictions: [Int]
  }

  /// The decisions that name an instance; `nil` where none does.
  func decisions(on id: InstanceID, _ referenceID: Int64) -> Found? {
    let named = byID[id] ?? []
    let numbered = byReferenceID[referenceID] ?? []
    if named.isEmpty, numbered.isEmpty { return nil }
    var found = Found(decisions: [], contradictions: [])
    for number in Set(named + numbered).sorted() {
      let decision = decisions[number]
      let fits =
        (decision.ids.isEmpty || decision.ids.contains(id))
        && (decision.referenceID.map { $0 == referenceID } ?? true)
      if fits { found.decisions.append(number) } else { found.contradictions.append(number) }
    }
    return found
  }
}

/// A decision on an instance, where its index has it.
struct DecisionLink: Sendable {
  let index: DecisionIndex
  let number: Int

  var decision: Decision { index.decisions[number] }
}

/// What makes two decisions of files the same one.
struct DecisionKey: Hashable {
  private let ids: [InstanceID]
  private let referenceID: Int64?
  private let approver: Name
  private let at: Instant
  private let outcome: Decision.Outcome

  init(_ decision: Decision) {
    ids = decision.ids
    referenceID = decision.referenceID
    approver = decision.approver.key
    at = decision.at
    outcome = decision.outcome
  }
}
