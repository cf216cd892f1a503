import Testing

@testable import AuditModel
@testable import AuditReduce

@Suite("controlDesign")
struct ControlDesignTests {
  private func document(
    _ samples: [Sample], _ design: ControlDesign?
  ) throws -> ControlDesignDocument? {
    var reduction = Reduction()
    reduction.design = design
    return reduction.metrics(samples)[ControlDesignDocument.self]
  }

  @Test("It is absent unless the definitions were read")
  func absent() throws {
    #expect(try document([Sample(1)], nil) == nil)
    let empty = try #require(try document([], ControlDesign()))
    #expect(empty.definitions.isEmpty && empty.changes.isEmpty)
    #expect(empty.withoutApproval == .init(instances: 0, complete: 0))
  }

  @Test("Versions are counted by what their approval steps are, and those that were not read apart")
  func counts() throws {
    let steps: [[DefinitionDesign.Step]?] = [
      [.approval()], [.approval(conditional: true)], [.approval(enabled: false)], [.other("Email")],
      nil, [.approval(enabled: false), .approval("RequireApproval2")],
    ]
    let records = steps.enumerated().map { DefinitionRecord.sample("d1", Int64($0), $1) }
    let samples = (0..<steps.count).flatMap { version in
      (0...version).map { number in
        Sample(Int64(version * 10 + number + 1)) {
          $0.version = Int64(version)
          $0.status = number == 0 ? .complete : .failed
        }
      }
    }
    let found = try #require(try document(samples, ControlDesign(apiVersion: 2, records: records)))
    #expect(found.definitions.map(\.found) == [true, true, true, true, false, true])
    #expect(found.definitions.map(\.instances) == [1, 2, 3, 4, 5, 6])
    #expect(found.definitions.map(\.complete) == [1, 1, 1, 1, 1, 1])
    #expect(found.withoutApproval == .init(instances: 2 + 3 + 4, complete: 3))
    #expect(found.notFound == .init(definitions: 1, instances: 5))
    #expect(found.definitions[4].reason == "the server answered 404: it has no such version")
    #expect(found.definitions[3].otherSteps == ["Email"])
    #expect(found.definitions[0].sha256 == "d10")
  }

  @Test("Where nothing was read, nothing is counted, and the reasons are there")
  func refused() throws {
    let samples = [
      Sample(1) { $0.definitionID = "9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1" }, Sample(2),
      Sample(3) { $0.definitionID = nil },
      Sample(4) {
        $0.definitionID = "9c996cd3-0f0e-4b0c-9f0f-6a4ad6b6b0d1"
        $0.version = nil
      },
    ]
    let found = try #require(try document(samples, ControlDesign(refused: "no")))
    #expect(found.withoutApproval == .init(instances: nil, complete: nil))
    #expect(found.notFound == .init(definitions: 4, instances: 4))
    #expect(
      found.definitions.map(\.reason) == [
        "not asked for", "the instances name no version", "the definition's id is not a GUID",
        "the instances name no definition",
      ])
    #expect(found.limitation == "The control design is not complete: no.")
    let values = ControlDesignMetric.figures.flatMap { found.values(of: $0) }.map(\.value)
    #expect(values == [nil, nil, 4, 4])
  }

  @Test("A definition's workflow types share its version")
  func types() throws {
    let samples = [Sample(1), Sample(2) { $0.workflowType = "Revocation" }]
    let design = ControlDesign(records: [.sample("d1", 1, [])])
    let found = try #require(try document(samples, design))
    #expect(found.definitions.map(\.instances) == [2])
  }

  /// The approval steps of two versions, and what changed between them.
  struct Pair: Sendable {
    var old: [DefinitionDesign.Step]
    var new: [DefinitionDesign.Step]
    var words: [String]

    init(
      _ old: [DefinitionDesign.Step], _ new: [DefinitionDesign.Step], _ words: String...
    ) {
      (self.old, self.new, self.words) = (old, new, words)
    }
  }

  // Made at each use: what a constant holds of such values the leak sanitizer does not find.
  static var changes: [Pair] {
    [
      Pair([.approval()], [.approval()]),
      Pair([], [.approval(enabled: false)], "approvalStepAdded"),
      Pair([.approval()], [.other("Email")], "approvalStepRemoved"),
      Pair([.approval()], [.approval(enabled: false)], "approvalStepDisabled"),
      Pair([.approval(enabled: false)], [.approval()], "approvalStepEnabled"),
      Pair([.approval()], [.approval(conditional: true)], "conditionAdded"),
      Pair([.approval(conditional: true)], [.approval()], "conditionRemoved"),
      Pair([.approval(roles: [1])], [.approval(roles: [1, 2])], "rolesWidened"),
      Pair([.approval(roles: [1, 2])], [.approval(roles: [2])], "rolesNarrowed"),
      Pair([.approval(roles: [1])], [.approval(roles: [2])], "rolesWidened", "rolesNarrowed"),
      Pair([.approval(roles: [])], [.approval(roles: [], tokens: ["t"])], "rolesWidened"),
      Pair([.approval(parameters: 1)], [.approval(parameters: 2)], "parametersChanged"),
      // A new name for a role is no other role.
      Pair([.approval(names: ["a"])], [.approval(names: ["b"])]),
      // The second of two steps of one name is another step.
      Pair([.approval(), .approval()], [.approval()], "approvalStepRemoved"),
      Pair([.approval("a"), .approval("b")], [.approval("b"), .approval("a")]),
      Pair([.approval("a")], [.approval("b")], "approvalStepRemoved", "approvalStepAdded"),
    ]
  }

  @Test("Each kind of change between two versions has its word", arguments: changes.indices)
  func changed(_ index: Int) throws {
    let change = Self.changes[index]
    let samples = [
      Sample(1), Sample(2) { $0.version = 4 },
      Sample(3) {
        $0.version = 4
        $0.starts(at: -5)
      },
    ]
    let design = ControlDesign(
      records: [.sample("d1", 1, change.old), .sample("d1", 4, change.new)])
    let found = try #require(try document(samples, design))
    #expect(found.changes.map(\.what.rawValue) == change.words)
    for entry in found.changes {
      #expect(entry.from == 1 && entry.to == 4 && entry.definitionId == "d1")
      #expect(entry.firstStart == "2026-09-30T23:59:59.995Z")
    }
  }

  @Test("Over a version that was not read nothing is said")
  func gap() throws {
    let samples = (1...3).map { number in Sample(Int64(number)) { $0.version = Int64(number) } }
    let design = ControlDesign(
      records: [
        .sample("d1", 1, [.approval()]), .sample("d1", 2, nil), .sample("d1", 3, []),
      ])
    #expect(try document(samples, design)?.changes == [])
  }

  @Test("The words say when, and who may decide")
  func words() throws {
    let cases: [([DefinitionDesign.Step]?, String)] = [
      (
        [.approval(names: ["PKI Approvers"])], "one approval step, always; role PKI Approvers"
      ),
      ([.approval(conditional: true, roles: [5])], "one approval step, conditional; role ID 5"),
      ([.approval(enabled: false, roles: [])], "one approval step, disabled; no role named"),
      (
        [.approval(roles: [], tokens: ["x"])],
        "one approval step, always; a role resolved at run time"
      ),
      (
        [
          .approval(roles: [1, 2], names: ["A", "B"]),
          .approval("b", conditional: true, names: ["C"], tokens: ["t"]),
        ],
        "2 approval steps: always, roles A and B; conditional, role C, a role resolved at run time"
      ),
      ([.other("Email")], "no approval step"),
      (nil, "not known: the server answered 404: it has no such version"),
    ]
    for (steps, words) in cases {
      let design = ControlDesign(records: [.sample("d1", 1, steps)])
      #expect(try document([Sample(1)], design)?.definitions.first?.words == words)
    }
  }
}
