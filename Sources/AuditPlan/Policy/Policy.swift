package import AuditModel
package import AuditReduce

/// What a report must fulfil: gates, the exceptions that somebody answers for, rules that gates can ask for, and the
/// controls behind them.
package struct Policy: Sendable, Equatable {
  /// The file as read, kept as evidence.
  package var bytes: [UInt8]
  /// The gates, in the file's order.
  package var gates: [Gate] = []
  /// The exceptions, in the file's order.
  package var exceptions: [PolicyException] = []
  /// The frameworks whose controls checks may name, in the file's order.
  package var frameworks: [PolicyFramework] = []
  /// The rules over rows, in the file's order.
  package var rules: [RowRule] = []
}

/// A breach that somebody answers for, until a day.
package struct PolicyException: Sendable, Equatable {
  /// The gate's id.
  package var gate: String
  /// The group of the gate's figure; `nil` for all of them.
  package var group: String?
  /// Who answers for it.
  package var owner: String
  /// Why it was granted.
  package var reason: String
  /// Where it was approved.
  package var ticket: String
  /// When it was granted.
  package var created: Instant
  /// When it ends.
  package var expires: Instant
  /// What the owner adds; `nil` for nothing.
  package var note: String?
  /// The day by which the cause is to be removed; `nil` where none was promised.
  package var remediationDate: CivilDate?

  /// Whether both answer for some breach at some time.
  package func overlaps(_ other: PolicyException) -> Bool {
    gate == other.gate
      && (group.map { Name($0) } == other.group.map { Name($0) } || group == nil
        || other.group == nil)
      && created < other.expires && other.created < expires
  }

  /// `until 2026-12-31T00:00:00.000Z by A. Auditor (TICKET-1): reason`, and what the owner adds.
  package var words: String {
    "until \(expires) by \(owner) (\(ticket)): \(reason)"
      + (remediationDate.map { "; remediation by \($0)" } ?? "") + (note.map { "; \($0)" } ?? "")
  }
}

extension PolicyException {
  /// How many have expired.
  package static let expired = figure("expired")
  /// How many are in force and expire within a week.
  package static let endsSoon = figure("endsSoon")
  /// How many no breach has needed.
  package static let unused = figure("unused")
  /// How many cover a breach that another one covers.
  package static let overlapping = figure("overlapping")
  /// How many cover a breach.
  package static let used = figure("used")
  /// What gates can ask of the exceptions themselves.
  package static let figures = [expired, endsSoon, unused, overlapping, used]

  private static func figure(_ name: String) -> ReportFigure {
    .single("exceptions", name, .count, isComparable: false)
  }
}

/// One question that a report must answer.
package struct Gate: Sendable, Equatable {
  /// How bad a breach is.
  package enum Severity: String, Sendable, CaseIterable {
    /// Worth knowing.
    case info
    /// A small breach.
    case low
    /// A breach of medium weight.
    case medium
    /// A serious breach.
    case high
    /// The most serious breach.
    case critical
  }

  /// What is asked.
  package enum Question: Sendable, Equatable {
    /// Completeness at least this good.
    case completeness(CompletenessDocument.Verdict)
    /// A figure within bounds, in one group or in every one.
    case figure(ReportFigure, group: String?, GateDocument.Side, min: Double?, max: Double?)
  }

  /// Whether it asks for something that is said about an earlier report.
  package var needsEarlierPack: Bool {
    if case .figure(let figure, _, _, _, _) = question { !figure.isComparable } else { false }
  }

  /// What can be asked for.
  package static var figures: [ReportFigure] { MetricCatalogue.figures + PolicyException.figures }

  /// Its name within the policy.
  package var id: String
  /// What it is called in the report.
  package var title: String
  /// How bad a breach is.
  package var severity: Severity
  /// What is asked.
  package var question: Question
  /// With fewer observations a group is not judged.
  package var minimumN: Int
  /// Whether the run answers 3 when the gate cannot be judged.
  package var isRequired: Bool
  /// The controls that it is evidence for.
  package var controls: [ControlReference] = []

  /// Whether it asks how the policy's exceptions are, which is known when all other gates are judged.
  package var isAboutExceptions: Bool {
    if case .figure(let figure, _, _, _, _) = question {
      PolicyException.figures.contains(figure)
    } else {
      false
    }
  }
}

/// A framework that a policy declares, and the file that lists its controls.
package struct PolicyFramework: Sendable, Equatable {
  /// The file as read, kept as evidence.
  package var bytes: [UInt8]
  /// What it says.
  package var content: ControlFramework
}
