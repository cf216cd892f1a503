/// The steps that a version of a sandbox's definition has.
struct WorkflowDesign: Sendable {
  /// A step that asks for approval.
  struct Approval: Sendable {
    var uniqueName: String
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
    case ("Web Server Enrollment", 1): [.init(uniqueName: "RequireApproval1", roles: [0])]
    case ("Web Server Enrollment", 2): [.init(uniqueName: "RequireApproval1", roles: [0, 1])]
    case ("Web Server Enrollment", _):
      [.init(uniqueName: "RequireApproval1", roles: [0, 1], needed: 2)]
    case ("Code Signing Enrollment", 1):
      [
        .init(uniqueName: "RequireApproval1", roles: [2]),
        .init(uniqueName: "RequireApproval2", roles: [3]),
      ]
    case ("Code Signing Enrollment", _):
      [.init(uniqueName: "RequireApproval1", roles: [2], needed: 2)]
    case ("Partner Enrollment", 1): [.init(uniqueName: "RequireApproval1", roles: [0, 4])]
    case ("Partner Enrollment", _):
      [.init(uniqueName: "RequireApproval1", isConditional: true, roles: [4])]
    case ("Revocation with Approval", 1):
      [.init(uniqueName: "RequireApproval1", tokens: ["$(requester:manager)"])]
    case ("Revocation with Approval", _):
      [
        .init(uniqueName: "RequireApproval1", tokens: ["$(requester:manager)"]),
        .init(uniqueName: "RequireApproval2", isEnabled: false, roles: [3]),
      ]
    case ("Device Enrollment", 1):
      [.init(uniqueName: "RequireApproval1", isEnabled: false, roles: [0])]
    default: []
    }
  }
}
