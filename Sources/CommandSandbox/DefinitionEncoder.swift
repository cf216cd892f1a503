/// Writes definitions as the product does, in version 1 or 2 of its API.
///
/// Steps other than approval steps carry what real ones do: scripts, headers and client secrets, here invented ones.
struct DefinitionEncoder {
  /// A value of JSON, before it is written.
  private indirect enum Value {
    case null
    case flag(Bool)
    case number(Int)
    case text(String)
    case list([Value])
    case object([(String, Value)])
  }

  private let seed: UInt64
  private let isCamel: Bool

  init(_ options: SandboxOptions) {
    seed = options.seed
    isCamel = options.keyCase == .camel
  }

  /// The words that no reader may keep, of all definitions.
  static func secrets(seed: UInt64) -> [String] {
    WorkflowCatalogue(seed: seed).workflows.flatMap { secrets(of: $0, seed: seed) }
  }

  private static func secrets(of workflow: Workflow, seed: UInt64) -> [String] {
    let number = workflow.id.utf8.reduce(0 as UInt64) { $0 &* 31 &+ UInt64($1) }
    var random = SeededRandom(seed: seed, stream: number)
    return (0..<6).map { _ in "planted-\(random.guid())" }
  }

  /// A version of a definition.
  func encode(_ workflow: Workflow, version: Int, apiVersion: Int) -> [UInt8] {
    let secrets = Self.secrets(of: workflow, seed: seed)
    let key =
      apiVersion == 2
      ? ("Keys", Value.list([.object([("Key", .text(secrets[0])), ("DisplayName", .null)])]))
      : ("Key", Value.text(secrets[0]))
    let definition: [(String, Value)] = [
      ("Id", .text(workflow.id)), ("DisplayName", .text(workflow.name)),
      ("Description", .text("Owner's note: \(secrets[1])")), key,
      ("IsPublished", .flag(true)), ("WorkflowType", .text(workflow.kind.rawValue)),
      ("Enabled", .flag(true)),
      ("Steps", .list(steps(of: workflow, version: version, apiVersion: apiVersion, secrets))),
      ("DraftVersion", .number(workflow.versions)),
      ("PublishedVersion", .number(workflow.versions)),
    ]
    var bytes: [UInt8] = []
    append(.object(definition), to: &bytes)
    return bytes
  }

  private func steps(
    of workflow: Workflow, version: Int, apiVersion: Int, _ secrets: [String]
  ) -> [Value] {
    let approvals = WorkflowDesign.approvals(of: workflow, version: version)
    return [
      step(
        ("Start", "StartNOOP"), kind: "NOOPStep", id: workflow.end.id,
        next: "continue", parameters: []),
      step(
        (workflow.custom.name, workflow.custom.uniqueName),
        kind: Self.kind(of: workflow.custom.uniqueName), id: workflow.custom.id,
        next: secrets[2],
        parameters: [
          ("client_id", .text("svc-workflow")), ("client_secret", .text(secrets[3])),
          (
            "ScriptContent",
            .text("$password = \"\(secrets[4])\"\nInvoke-RestMethod -Headers $headers")
          ),
          ("Headers", .object([("Authorization", .text("Bearer \(secrets[5])"))])),
        ]),
    ] + approvals.map { approval($0, of: workflow, apiVersion: apiVersion, secrets) }
      + [
        step(
          (workflow.work.name, workflow.work.uniqueName), kind: "EnrollStep", id: workflow.work.id,
          next: "EndNOOP", parameters: [("Comment", .text(secrets[1]))]),
        step(
          ("End", "EndNOOP"), kind: "NOOPStep", id: workflow.end.id, next: "", parameters: []),
      ]
  }

  /// `RESTRequest` of `RESTRequest-ITSM1`, `Email` of `Email1`.
  private static func kind(of uniqueName: String) -> String {
    String(uniqueName.prefix { $0 != "-" && !("0"..."9").contains($0) })
  }

  private func step(
    _ names: (String, String), kind: String, id: String, next: String,
    parameters: [(String, Value)]
  ) -> Value {
    .object([
      ("Id", .text(id)), ("DisplayName", .text(names.0)), ("UniqueName", .text(names.1)),
      ("ExtensionName", .text(kind)), ("Enabled", .flag(true)),
      ("ConfigurationParameters", .object(parameters)), ("Signals", .list([])),
      ("Conditions", .list([])), ("Outputs", .object([("continue", .text(next))])),
    ])
  }

  private func approval(
    _ approval: WorkflowDesign.Approval, of workflow: Workflow, apiVersion: Int,
    _ secrets: [String]
  ) -> Value {
    let roles =
      apiVersion == 2
      ? [
        (
          "Roles",
          Value.list(
            approval.roles.map { role in
              .object([
                ("RoleId", .number(role + 11)), ("RoleName", .text(WorkflowDesign.roles[role])),
              ])
            })
        ),
        ("RoleTokens", Value.list(approval.tokens.map { .text($0) })),
      ]
      : [("RoleIds", Value.list(approval.roles.map { .number($0 + 11) }))]
    let conditions: [Value] =
      approval.isConditional
      ? [
        .object([("Id", .text(workflow.approval.id)), ("Value", .text("$(key) -eq \(secrets[3])"))])
      ]
      : []
    return .object([
      ("Id", .text(workflow.approval.id)), ("DisplayName", .text(workflow.approval.name)),
      ("UniqueName", .text(approval.uniqueName)), ("ExtensionName", .text("RequireApproval")),
      ("Enabled", .flag(approval.isEnabled)),
      (
        "ConfigurationParameters",
        // What the product calls it is not public.
        .object([("SandboxApprovals", .number(approval.needed))])
      ),
      (
        "Signals",
        .list([.object([("SignalName", .text("ApprovalStatus"))] + roles)])
      ),
      ("Conditions", .list(conditions)),
      ("Outputs", .object([("continue", .text(secrets[2]))])),
    ])
  }

  private func append(_ value: Value, to bytes: inout [UInt8]) {
    switch value {
    case .null: bytes += "null".utf8
    case .flag(let flag): bytes += (flag ? "true" : "false").utf8
    case .number(let number): bytes += String(number).utf8
    case .text(let text): JSONText.append(text, to: &bytes)
    case .list(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        append(value, to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        let name = member.0
        JSONText.append(
          isCamel ? name.prefix(1).lowercased() + name.dropFirst() : name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(member.1, to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }
}
