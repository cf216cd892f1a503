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
}
