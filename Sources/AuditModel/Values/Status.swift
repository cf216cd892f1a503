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

/// What is odd about an instance, as a set of flags.
public struct DataQuality: OptionSet, Sendable, Hashable {
  /// The flags as bits.
  public let rawValue: UInt16

  /// Makes a set from its bits.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// A status that no published name covers.
  public static let unknownStatus = DataQuality(rawValue: 1 << 0)
  /// A start or a last modification that is missing or impossible.
  public static let badDate = DataQuality(rawValue: 1 << 1)
  /// Last modified before it started, or started after the as-of instant.
  public static let negativeDuration = DataQuality(rawValue: 1 << 2)
  /// A date more than five minutes after the as-of instant.
  public static let futureDate = DataQuality(rawValue: 1 << 3)
  /// The title has one action, the workflow type another.
  public static let titleTypeMismatch = DataQuality(rawValue: 1 << 4)
  /// Half of a surrogate pair, replaced by U+FFFD.
  public static let loneSurrogate = DataQuality(rawValue: 1 << 5)
  /// No title.
  public static let nullTitle = DataQuality(rawValue: 1 << 6)
  /// A field that this version does not know.
  public static let unknownField = DataQuality(rawValue: 1 << 7)
  /// Returned by the server although it started outside the window; in no figure but this count.
  public static let outOfWindow = DataQuality(rawValue: 1 << 8)

  /// Every flag with its name in reports and what it means, in the order in which they are written.
  public static let named: [(flag: DataQuality, name: String, label: String)] = [
    (.unknownStatus, "unknownStatus", "unknown status"),
    (.badDate, "badDate", "missing or impossible date"),
    (.negativeDuration, "negativeDuration", "ended before it started"),
    (.futureDate, "futureDate", "date in the future"),
    (.titleTypeMismatch, "titleTypeMismatch", "title and workflow type disagree"),
    (.loneSurrogate, "loneSurrogate", "broken character in a text"),
    (.nullTitle, "nullTitle", "no title"),
    (.unknownField, "unknownField", "unknown field"),
    (.outOfWindow, "outOfWindow", "started outside the period"),
  ]

  /// What a flag means, by its name in reports; another version may know more of them.
  public static func label(of name: String) -> String {
    named.first { $0.name.isSame(as: name) }?.label ?? name
  }

  /// The flags that keep an instance out of every time statistic.
  public static let unusableTimes: DataQuality = [.badDate, .negativeDuration, .futureDate]

  /// The names of the flags that are set.
  public var names: [String] {
    Self.named.compactMap { contains($0.flag) ? $0.name : nil }
  }
}
