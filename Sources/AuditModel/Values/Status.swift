/// The status of a workflow instance, in the vendor's words; each has a number from 0 on.
public enum Status: Int, Sendable, Hashable, CaseIterable {
  /// Ended because another instance took over.
  case canceledForRestart
  /// Ended; a certificate need not have been issued.
  case complete
  /// Ended with an error.
  case failed
  /// Ended because an approval was refused.
  case rejected
  /// A step is being worked on.
  case running
  /// It waits, as for an approval.
  case suspended
  /// A status that no published name covers; an integer without a `statusMap` is one too.
  case unknown

  /// The vendor's spelling, and `unknown`.
  public var name: String {
    switch self {
    case .canceledForRestart: "CanceledForRestart"
    case .complete: "Complete"
    case .failed: "Failed"
    case .rejected: "Rejected"
    case .running: "Running"
    case .suspended: "Suspended"
    case .unknown: "unknown"
    }
  }

  /// The status with this name, in any ASCII case.
  public init?(name: String) {
    let sought = name.utf8.lowercasedASCII
    let status = Self.allCases.first { $0 != .unknown && $0.name.utf8.lowercasedASCII == sought }
    guard let status else { return nil }
    self = status
  }

  /// Complete, Failed and Rejected: the workflow is over. (Θ in the definitions.)
  public var isTerminal: Bool { self == .complete || self == .failed || self == .rejected }

  /// Running and Suspended: the workflow continues. (Ω in the definitions.)
  public var isOpen: Bool { self == .running || self == .suspended }

  /// CanceledForRestart: another instance took over.
  public var isSuperseded: Bool { self == .canceledForRestart }

  /// How long an instance with this status took; `nil` where it continues, and without both times.
  public func milliseconds(from start: Instant?, to lastModified: Instant?) -> Int64? {
    guard isTerminal || isSuperseded, let start, let lastModified else { return nil }
    return lastModified.milliseconds - start.milliseconds
  }
}

/// What became of an instance: the status is where the workflow ended, the status message what happened.
public enum Outcome: String, Sendable, CaseIterable {
  /// Complete, and by the message a certificate was issued.
  case issued
  /// Complete, and by the message it was revoked.
  case revoked
  /// Complete, while the CA still holds the request for a decision.
  case pendingAtCA
  /// The workflow ended with an error.
  case failed
  /// An approval was refused.
  case rejected
  /// Running or suspended.
  case open
  /// Another instance took over after a restart.
  case superseded
  /// Complete with a message that is neither issued, revoked nor pending.
  case complete
  /// The status is not known.
  case unknown
}

/// Why a Failed instance failed, read from its status message.
public enum FailureClass: Sendable, Hashable {
  /// The caller lacks a permission.
  case accessDenied
  /// The credentials for the CA are wrong, or it is not running.
  case caUnavailable
  /// The handler before the action failed.
  case preProcess
  /// The handler after the action failed.
  case postProcess
  /// The step Keyfactor-Enroll failed.
  case enrollStep
  /// The step Keyfactor-Revoke failed.
  case revokeStep
  /// A step that is not built in; its name is kept.
  case customStep(Name)
  /// A rule of the configuration knows the message, under this name.
  case configured(Name)
  /// No rule knows the message; it is always shown.
  case unclassified

  /// The names of those that are built in.
  public static let builtInNames =
    [
      FailureClass.accessDenied, .caUnavailable, .preProcess, .postProcess, .enrollStep,
      .revokeStep,
      .customStep(Name("")), .unclassified,
    ].map(\.name)

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
    case .configured(let name): name.string
    case .unclassified: "unclassified"
    }
  }
}
