/// What goes wrong in a failed instance.
struct Mishap {
  /// Where it goes wrong.
  enum Place {
    /// Before anything was done.
    case beginning
    /// In the customer's own step.
    case custom
    /// In the step that enrols, revokes, renews or notifies, after approval.
    case work
  }

  var place: Place
  var message: String

  /// One of the documented kinds of failure, as often as they seem to occur.
  static func draw(
    _ workflow: Workflow, _ subject: SubjectArtist.Subject, _ random: inout SeededRandom
  ) -> Mishap {
    let step = workflow.work.name
    // The vendor's page has curly quotes, and no space after the colon of a failed revocation.
    let gap = workflow.kind == .revocation ? "" : " "
    return switch random.index(below: 100) {
    case ..<10: Mishap(place: .work, message: "Access is denied")
    case ..<24:
      Mishap(
        place: .work,
        message:
          "Either the credentials are invalid, or the CA on ca\(host(&random)) is not running")
    case ..<36:
      Mishap(place: .beginning, message: "Pre-process failed: \(reason(subject, &random))")
    case ..<44: Mishap(place: .work, message: "Post-process Failed: \(reason(subject, &random))")
    case ..<64:
      Mishap(place: .work, message: "Step '\(step)' failed:\(gap)\(reason(subject, &random))")
    case ..<76:
      Mishap(place: .work, message: "Step ‘\(step)’ failed:\(gap)\(reason(subject, &random))")
    case ..<94:
      Mishap(
        place: .custom,
        message: "Step \(quoted(workflow.custom.name, &random)) failed: 502 Bad Gateway")
    default: Mishap(place: .work, message: "The request timed out.")
    }
  }

  private static func host(_ random: inout SeededRandom) -> String {
    "0\(random.index(below: 3) + 1).keyexample.com"
  }

  private static func quoted(_ name: String, _ random: inout SeededRandom) -> String {
    random.pick(["'\(name)'", "‘\(name)’", name]) ?? name
  }

  private static func reason(
    _ subject: SubjectArtist.Subject, _ random: inout SeededRandom
  ) -> String {
    let ordinary = random.pick([
      "The RPC server is unavailable. (0x800706BA)", "Denied by Policy Module",
      "The template 'WebServer' was not found.", "The orchestrator did not answer.",
      "The certificate's key is too small (1024 < 2048).",
    ])
    // A requester's words come back in messages.
    return subject.isHostile ? "The subject \(subject.text) was refused." : ordinary ?? ""
  }
}
