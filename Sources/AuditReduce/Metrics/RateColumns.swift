import AuditModel

extension GroupRateDocument {
  /// The columns of tables of rates: who or what, how many of how many, and the rate with its interval.
  enum Columns {
    typealias RateColumn = Column<GroupRateDocument>

    static let user = RateColumn(
      "user", "User", .text, about: "The initiating user, as spelled in the smallest reference id."
    ) { if case .user(let user) = $0.group { .text(user) } else { .missing(.none) } }

    static let definitionId = RateColumn(
      "definition_id", "Definition ID", .text, about: "The GUID of the workflow definition."
    ) { if case .definition(let id, _) = $0.group { .text(id) } else { .missing(.none) } }

    static let definitionName = RateColumn(
      "definition_name", "Definition", .text, about: "The display name of the workflow definition."
    ) { if case .definition(_, let name) = $0.group { .text(name) } else { .missing(.none) } }

    static let step = RateColumn(
      "step", "Step ID", .text, about: "The unique name of the step."
    ) {
      switch $0.group {
      case .step(let uniqueName, _): .text(uniqueName)
      case .failureClass(_, let step): .text(step)
      case .user, .definition: .missing(.none)
      }
    }

    static let stepName = RateColumn(
      "step_name", "Step", .text, about: "The display name of the step."
    ) {
      switch $0.group {
      case .step(_, let name): .text(name)
      case .failureClass(_, let step): .text(step)
      case .user, .definition: .missing(.none)
      }
    }

    static let failureClass = RateColumn(
      "failure_class", "Category", .text,
      about: "Why the instances failed, read from their status message."
    ) {
      if case .failureClass(let name, _) = $0.group {
        .term(name, label: label(ofClass: name))
      } else {
        .missing(.none)
      }
    }

    static let group = RateColumn(
      "group", "Grouped by", .text, about: "What the row is about: user, definition, step or class."
    ) {
      switch $0.group {
      case .user: .term("user", label: "User")
      case .definition: .term("definition", label: "Definition")
      case .step: .term("step", label: "Step")
      case .failureClass: .term("class", label: "Failure category")
      }
    }

    /// How many of how many, the rate and its interval.
    static func figures(of event: GroupRateDocument.Event) -> [Column<GroupRateDocument>] {
      let word = event == .failed ? "Failed" : "Rejected"
      return [
        RateColumn(
          event.rawValue, word, .count, about: "Instances that ended as \(word): k."
        ) { .count($0.count) },
        RateColumn(
          "terminal", "Finished", .count,
          about: "Instances that ended as Complete, Failed or Rejected: n. For steps and failure "
            + "classes, all of the window."
        ) { .count($0.terminal) },
      ] + RateColumn.rate("Rate", about: "k/n; empty when n is 0.") { $0.rate } + [
        .small { $0.rate }
      ]
    }

    /// How far a group lies from all groups together.
    static let outliers: [Column<GroupRateDocument>] = [
      RateColumn(
        "tail", "Tail", .ratio,
        about:
          "min(P(X ≤ k), P(X ≥ k)) under the overall rate; empty where n is not the group's own."
      ) { .ratio($0.outlier?.tail) },
      RateColumn(
        "flag", "Beyond chance", .text,
        about: "beyond95 when the tail is below 0.025, beyond998 when it is below 0.001."
      ) {
        switch $0.outlier?.flag {
        case .beyond95: .term("beyond95", label: "95%")
        case .beyond998: .term("beyond998", label: "99.8%")
        case nil: .missing(.none)
        }
      },
    ]

    /// A failure class as people read it.
    static func label(ofClass name: String) -> String {
      switch name {
      case "accessDenied": "Access denied"
      case "caUnavailable": "CA unavailable"
      case "preProcess": "Pre-processing"
      case "postProcess": "Post-processing"
      case "enrollStep": "Enrollment step"
      case "revokeStep": "Revocation step"
      case "customStep": "Custom step"
      case "unclassified": "Unclassified"
      default: name
      }
    }
  }
}
