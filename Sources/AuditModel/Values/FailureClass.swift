/// Why a Failed instance failed, read from its status message.
public enum FailureClass: Sendable, Hashable {
  case accessDenied
  case caUnavailable
  case preProcess
  case postProcess
  case enrollStep
  case revokeStep
  /// A step that is not built in; its name is kept.
  case customStep(Name)
  case unclassified

  /// The name in reports, without the step.
  public var name: String {
    switch self {
    case .accessDenied: "accessDenied"
    case .caUnavailable: "caUnavailable"
    case .preProcess: "preProcess"
    case .postProcess: "postProcess"
    case .enrollStep: "enrollStep"
    case .revokeStep: "revokeStep"
    case .customStep: "customStep"
    case .unclassified: "unclassified"
    }
  }
}
