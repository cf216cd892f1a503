import NIOHTTP1

/// `GET /Workflow/Definitions/{id}`.
struct DefinitionEndpoint: Sendable {
  /// Where it is, before the id and below the API.
  static let place = "workflow/definitions/"

  let options: SandboxOptions
  let catalogue: WorkflowCatalogue
  let authenticator: Authenticator

  func answer(_ request: Request, id: String) -> Answer {
    var answer = authenticator.reading(request) { _ throws(RequestError) in
      try request.checkRequestedWith()
      return content(request, id: id)
    }
    // Only the newest of the releases knows version 2.
    answer.headers.add(
      name: "Api-Supported-Versions", value: options.profile == .v25 ? "1.0, 2" : "1.0")
    return answer
  }

  private func content(_ request: Request, id: String) -> Answer {
    if !options.showsDefinitions {
      return .json(
        .forbidden,
        [
          ("ErrorCode", "0xA0120001"),
          ("Message", "The permission /workflows/definitions/read/ is required."),
        ])
    }
    guard let apiVersion = apiVersion(of: request) else {
      return .json(
        .badRequest,
        [("ErrorCode", "0xA0110008"), ("Message", "The requested API version is not supported.")])
    }
    guard let workflow = catalogue.workflows.first(where: { $0.id == id }),
      let version = version(request, of: workflow)
    else { return Answer(status: .notFound) }
    return .json(
      .ok, DefinitionEncoder(options).encode(workflow, version: version, apiVersion: apiVersion))
  }

  /// The version of the API that is asked for; `nil` for one that the release does not know.
  private func apiVersion(of request: Request) -> Int? {
    switch request.headers.first(name: "x-keyfactor-api-version") ?? "1" {
    case "1", "1.0": 1
    case "2", "2.0": options.profile == .v25 ? 2 : nil
    default: nil
    }
  }

  /// The version of the definition that is asked for, or the latest; `nil` for one that there is not.
  private func version(_ request: Request, of workflow: Workflow) -> Int? {
    guard let text = request.parameters["definitionVersion"] else { return workflow.versions }
    return Int(text).flatMap { 1...workflow.versions ~= $0 ? $0 : nil }
  }
}

/// Writes definitions as the product does, in version 1 or 2 of its API.
///
/// Steps other than approval steps carry what real ones do: scripts, headers and client secrets, here invented ones.
struct DefinitionEncoder {
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
      ? ("Keys", JSONValue.list([.object([("Key", .text(secrets[0])), ("DisplayName", .null)])]))
      : ("Key", JSONValue.text(secrets[0]))
    let definition: [(String, JSONValue)] = [
      ("Id", .text(workflow.id)), ("DisplayName", .text(workflow.name)),
      ("Description", .text("Owner's note: \(secrets[1])")), key,
      ("IsPublished", .flag(true)), ("WorkflowType", .text(workflow.kind.rawValue)),
      ("Enabled", .flag(true)),
      ("Steps", .list(steps(of: workflow, version: version, apiVersion: apiVersion, secrets))),
      ("DraftVersion", .number(workflow.versions)),
      ("PublishedVersion", .number(workflow.versions)),
    ]
    return JSONValue.object(definition).bytes(inCamelCase: isCamel)
  }

  private func steps(
    of workflow: Workflow, version: Int, apiVersion: Int, _ secrets: [String]
  ) -> [JSONValue] {
    let approvals = WorkflowDesign.approvals(of: workflow, version: version)
    return [
      step(
        ("Start", "StartNOOP"), kind: "NOOPStep", id: workflow.end.id, next: "continue"),
      step(
        (workflow.custom.name, workflow.custom.uniqueName),
        kind: Self.kind(of: workflow.custom.uniqueName), id: workflow.custom.id, next: secrets[2],
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
        step(("End", "EndNOOP"), kind: "NOOPStep", id: workflow.end.id, next: ""),
      ]
  }

  /// `RESTRequest` of `RESTRequest-ITSM1`, `Email` of `Email1`.
  private static func kind(of uniqueName: String) -> String {
    String(uniqueName.prefix { $0 != "-" && !("0"..."9").contains($0) })
  }

  private func step(
    _ names: (String, String), kind: String, id: String, next: String, isEnabled: Bool = true,
    parameters: [(String, JSONValue)] = [], signals: [JSONValue] = [], conditions: [JSONValue] = []
  ) -> JSONValue {
    .object([
      ("Id", .text(id)), ("DisplayName", .text(names.0)), ("UniqueName", .text(names.1)),
      ("ExtensionName", .text(kind)), ("Enabled", .flag(isEnabled)),
      ("ConfigurationParameters", .object(parameters)), ("Signals", .list(signals)),
      ("Conditions", .list(conditions)), ("Outputs", .object([("continue", .text(next))])),
    ])
  }

  private func approval(
    _ approval: WorkflowDesign.Approval, of workflow: Workflow, apiVersion: Int,
    _ secrets: [String]
  ) -> JSONValue {
    let roles =
      apiVersion == 2
      ? [
        (
          "Roles",
          JSONValue.list(
            approval.roles.map { role in
              .object([
                ("RoleId", .number(role + 11)), ("RoleName", .text(WorkflowDesign.roles[role])),
              ])
            })
        ),
        ("RoleTokens", JSONValue.list(approval.tokens.map { .text($0) })),
      ]
      : [("RoleIds", JSONValue.list(approval.roles.map { .number($0 + 11) }))]
    let conditions: [JSONValue] =
      approval.isConditional
      ? [
        .object([
          ("Id", .text(workflow.approval.id)), ("Value", .text("$(key) -eq \(secrets[3])")),
        ])
      ]
      : []
    return step(
      (workflow.approval.name, approval.uniqueName), kind: "RequireApproval",
      id: workflow.approval.id, next: secrets[2], isEnabled: approval.isEnabled,
      // What the product calls it is not public.
      parameters: [("SandboxApprovals", .number(approval.needed))],
      signals: [.object([("SignalName", .text("ApprovalStatus"))] + roles)],
      conditions: conditions)
  }
}
