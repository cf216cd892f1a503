@testable import AuditModel

extension DefinitionDesign.Step {
  /// An approval step of a test.
  static func approval(
    _ name: String? = "RequireApproval1", enabled: Bool = true, conditional: Bool = false,
    roles: [Int64] = [1], names: [String] = [], tokens: [String] = [], parameters: Int = 1
  ) -> DefinitionDesign.Step {
    DefinitionDesign.Step(
      extensionName: DefinitionDesign.approvalExtension, isEnabled: enabled,
      isConditional: conditional,
      approval: .init(
        uniqueName: name.map { Name($0) }, displayName: Name("Require Approval"),
        signals: [
          .init(
            name: Name("ApprovalStatus"),
            roles: roles.enumerated().map { index, id in
              .init(id: id, name: index < names.count ? Name(names[index]) : nil)
            }, roleTokens: tokens.map { Name($0) })
        ], parameters: .object([.init(name: Name("n"), value: .number(Name("\(parameters)")))])))
  }

  /// A step of another kind.
  static func other(_ kind: String) -> DefinitionDesign.Step {
    DefinitionDesign.Step(extensionName: Name(kind), isEnabled: true, isConditional: false)
  }
}

extension DefinitionRecord {
  /// A version that was found with some steps, or not.
  static func sample(
    _ id: String, _ version: Int64, _ steps: [DefinitionDesign.Step]?
  ) -> DefinitionRecord {
    DefinitionRecord(
      id: Name(id), version: version, apiVersion: 2,
      body: .init(bytes: 7, sha256: "\(id)\(version)"),
      outcome: steps.map {
        .found(DefinitionDesign(name: Name("Name of \(id)"), workflowType: nil, steps: $0))
      } ?? .notFound(reason: "the server answered 404: it has no such version"))
  }
}

extension ControlDesign {
  /// What a server says of some definitions of random populations.
  static var sample: ControlDesign {
    ControlDesign(
      apiVersion: 2,
      records: [
        .sample("d1", 1, [.approval(), .other("Email")]),
        .sample("d1", 2, [.approval(conditional: true, roles: [1, 2])]),
        .sample("d2", 1, [.other("NOOPStep")]), .sample("d2", 2, nil),
        .sample("d3", 1, [.approval(enabled: false)]),
      ])
  }
}
