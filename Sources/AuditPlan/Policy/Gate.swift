package import AuditModel
import AuditReduce

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
