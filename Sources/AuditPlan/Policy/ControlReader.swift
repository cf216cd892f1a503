import AuditModel
import Yams

/// Reads the controls that policy checks are evidence for.
enum ControlReader {
  /// `controls` of a check, a list of `framework/control`.
  static func controls(
    of check: PolicyNode, _ mistakes: inout PlanMistakes
  ) -> [ControlReference] {
    guard let entry = check.list("controls", &mistakes) else { return [] }
    var seen: Set<ControlReference> = []
    return entry.list(&mistakes).compactMap { node in
      guard let reference = node.text.flatMap(ControlReference.init) else {
        mistakes.add(entry.invalid(node, "framework/control, such as nist-800-53/AC-5"))
        return nil
      }
      if !seen.insert(reference).inserted {
        mistakes.add(
          Message(.repeatedName, entry.document.place(of: node), "the control", "\(reference)"))
      }
      return reference
    }
  }

  /// Looks for controls that a declared framework does not list: each is probably misspelt.
  static func check(
    _ checks: [PolicyNode], against frameworks: [ControlFramework], _ mistakes: inout PlanMistakes
  ) {
    let declared = Set(frameworks.map { Name($0.id) })
    let listed = Set(
      frameworks.flatMap { framework in
        framework.controls.map { ControlReference(framework: framework.id, control: $0.id) }
      })
    for check in checks {
      for node in check.node("controls")?.sequence.map(Array.init) ?? [] {
        guard let reference = node.text.flatMap(ControlReference.init),
          declared.contains(Name(reference.framework)), !listed.contains(reference)
        else { continue }
        let controls = frameworks.filter { $0.id == reference.framework }.flatMap(\.controls)
        let nearest = Nearest.best(for: reference.control, among: controls.map(\.id))
        mistakes.add(
          Message(
            .controlNotListed, check.place(of: node), reference.framework,
            NamedValue.shown(reference.control),
            nearest.map { "Did you mean \(reference.framework)/\($0)?" }
              ?? "Use a control of the file, or add this one to it."))
      }
    }
  }
}
