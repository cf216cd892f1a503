/// The workflow definitions of a sandbox.
struct WorkflowCatalogue: Sendable {
  let workflows: [Workflow]
  private let shares: CumulativeShares
  private let offHourShares: CumulativeShares

  /// Draws the ids of the definitions.
  init(seed: UInt64) {
    var random = SeededRandom(seed: seed, stream: 0x444546)
    workflows = Self.workflows(&random)
    shares = CumulativeShares(workflows.map(\.share))
    // At night and on weekends machines do most of the work, and they ask for no approval.
    offHourShares = CumulativeShares(
      workflows.map { $0.share * ($0.kind.isStartedByPeople ? $0.approvals == 0 ? 1 : 0.3 : 4) })
  }

  /// The place of the definition of an instance that starts then.
  func draw(start: Int64, _ random: inout SeededRandom) -> Int {
    (StartRhythm.isOfficeTime(start) ? shares : offHourShares).draw(&random) ?? 0
  }

  private static func workflows(_ random: inout SeededRandom) -> [Workflow] {
    [
      .draw("Global Enrollment", .enrollment, share: 20, medianSeconds: 4, &random),
      .draw(
        "Web Server Enrollment", .enrollment, versions: 3, approvals: 1, share: 24,
        medianSeconds: 18_000, deviation: 1.3, &random),
      .draw(
        "Device Enrollment", .enrollment, versions: 2, share: 14, medianSeconds: 9,
        custom: ("Check Inventory", "PowerShell-Inventory1"), &random),
      .draw(
        "Code Signing Enrollment", .enrollment, versions: 2, approvals: 2, share: 5,
        medianSeconds: 110_000, deviation: 1.1, &random),
      .draw(
        "VPN Client Enrollment", .enrollment, share: 8, medianSeconds: 14,
        custom: ("Update \"VPN\" Metadata", "UpdateMetadata1"), &random),
      .draw(
        "Partner Enrollment", .enrollment, versions: 2, approvals: 1, share: 4,
        medianSeconds: 72_000, deviation: 1.5, &random),
      .draw("Global Revocation", .revocation, share: 9, medianSeconds: 3, &random),
      .draw(
        "Revocation with Approval", .revocation, versions: 2, approvals: 1, share: 4,
        medianSeconds: 9_700, deviation: 1.2, &random),
      .draw(
        "Expiring Soon", .enteredCollection, share: 9, medianSeconds: 2,
        custom: ("Notify Owner", "Email1"), &random),
      .draw(
        "Expiration Renewal", .expiration, versions: 2, share: 3, medianSeconds: 15, &random),
    ]
  }
}

/// A workflow definition of the sandbox, and how its instances go.
struct Workflow: Sendable {
  /// What a workflow is about.
  enum Kind: String, Sendable {
    case enrollment = "Enrollment"
    case revocation = "Revocation"
    case enteredCollection = "CertificateEnteredCollection"
    case expiration = "Expiration"

    /// Whether people start it; the rest is started by the product's own jobs.
    var isStartedByPeople: Bool { self == .enrollment || self == .revocation }
  }

  var id: String
  var name: String
  var kind: Kind
  /// Versions in use: each follows the one before in the course of the window.
  var versions: Int
  /// How many approvals an instance needs.
  var approvals: Int
  /// How often it is started, in relation to the others.
  var share: Double
  var medianSeconds: Double
  /// The standard deviation of the natural logarithm of the duration.
  var deviation: Double
  /// The step that enrols, revokes, renews or notifies.
  var work: SandboxRow.Step
  /// A step of the customer's own, before the work.
  var custom: SandboxRow.Step
  var approval: SandboxRow.Step
  var end: SandboxRow.Step

  /// A definition with ids of its own.
  static func draw(
    _ name: String, _ kind: Kind, versions: Int = 1, approvals: Int = 0, share: Double,
    medianSeconds: Double, deviation: Double = 0.7,
    custom: (String, String) = ("Call ITSM", "RESTRequest-ITSM1"), _ random: inout SeededRandom
  ) -> Workflow {
    let work =
      switch kind {
      case .enrollment: ("Keyfactor-Enroll", "Keyfactor-Enroll")
      case .revocation: ("Keyfactor-Revoke", "Keyfactor-Revoke")
      case .enteredCollection: ("Send Notice", "Email2")
      case .expiration: ("Renew Certificate", "ExpirationRenewal1")
      }
    return Workflow(
      id: random.guid(), name: name, kind: kind, versions: versions, approvals: approvals,
      share: share, medianSeconds: medianSeconds, deviation: deviation, work: step(work, &random),
      custom: step(custom, &random),
      approval: step(("Require Approval", "RequireApproval1"), &random),
      end: step(("End", "EndNOOP"), &random))
  }

  private static func step(
    _ names: (name: String, uniqueName: String), _ random: inout SeededRandom
  ) -> SandboxRow.Step {
    SandboxRow.Step(id: random.guid(), name: names.name, uniqueName: names.uniqueName)
  }
}

/// What a row is about: a definition, a user and a subject, fresh or once more.
struct Assignment {
  /// The place of the definition in the catalogue.
  var workflow: Int
  var userName: String
  var subject: SubjectGenerator.Subject
  /// How many rows about the same thing failed before.
  var failures = 0
}

/// The steps that a version of a sandbox's definition has.
struct WorkflowDesign: Sendable {
  /// A step that asks for approval.
  struct Approval: Sendable {
    var uniqueName = "RequireApproval1"
    var isEnabled = true
    var isConditional = false
    /// The roles that may decide, by their places in `WorkflowDesign.roles`.
    var roles: [Int] = []
    /// What the server turns into a role when an instance runs.
    var tokens: [String] = []
    var needed = 1
  }

  /// The roles of the sandbox; the number of one is its place and 11.
  static let roles = [
    "PKI Approvers", "Server Team", "Code Signing Owners", "Security Officers", "Partner Desk",
  ]

  /// The approval steps of a version of a workflow, from 1; versions lose steps, gain conditions and change hands.
  static func approvals(of workflow: Workflow, version: Int) -> [Approval] {
    switch (workflow.name, version) {
    case ("Web Server Enrollment", 1): [.init(roles: [0])]
    case ("Web Server Enrollment", 2): [.init(roles: [0, 1])]
    case ("Web Server Enrollment", _):
      [.init(roles: [0, 1], needed: 2)]
    case ("Code Signing Enrollment", 1):
      [.init(roles: [2]), .init(uniqueName: "RequireApproval2", roles: [3])]
    case ("Code Signing Enrollment", _):
      [.init(roles: [2], needed: 2)]
    case ("Partner Enrollment", 1): [.init(roles: [0, 4])]
    case ("Partner Enrollment", _):
      [.init(isConditional: true, roles: [4])]
    case ("Revocation with Approval", 1):
      [.init(tokens: ["$(requester:manager)"])]
    case ("Revocation with Approval", _):
      [
        .init(tokens: ["$(requester:manager)"]),
        .init(uniqueName: "RequireApproval2", isEnabled: false, roles: [3]),
      ]
    case ("Device Enrollment", 1):
      [.init(isEnabled: false, roles: [0])]
    default: []
    }
  }
}
