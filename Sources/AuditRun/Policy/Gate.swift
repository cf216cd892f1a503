import AuditModel
import AuditReduce

/// One question that a report must answer.
struct Gate: Sendable, Equatable {
  /// How bad a breach is.
  enum Severity: String, Sendable, CaseIterable {
    case info
    case low
    case medium
    case high
    case critical
  }

  /// What is held against the bounds.
  enum Side: String, Sendable, CaseIterable {
    /// The figure itself.
    case point
    /// The lower end of its 95 % interval: a breach of a maximum is then beyond doubt.
    case low
    /// The upper end of its 95 % interval: a maximum is then kept beyond doubt.
    case high
  }

  /// What is asked.
  enum Question: Sendable, Equatable {
    /// Completeness at least this good.
    case completeness(CompletenessDocument.Verdict)
    /// A figure within bounds, in one group or in every one.
    case figure(ReportFigure, group: String?, Side, min: Double?, max: Double?)
  }

  /// What can be asked for.
  static let figures = MetricCatalogue.figures + PolicyException.figures

  var id: String
  var title: String
  var severity: Severity
  var question: Question
  /// With fewer observations a group is not judged.
  var minimumN: Int
  /// Whether the run answers 3 when the gate cannot be judged.
  var isRequired: Bool

  /// Whether it asks how the policy's exceptions are, which is known when all other gates are judged.
  var isAboutExceptions: Bool {
    if case .figure(let figure, _, _, _, _) = question {
      PolicyException.figures.contains(figure)
    } else {
      false
    }
  }
}
