/// Where a workflow instance stands, in the vendor's words; each has a number from 0 on.
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
    let sought = Self.folded(name)
    guard
      let status = Self.allCases.first(where: { $0 != .unknown && Self.folded($0.name) == sought })
    else { return nil }
    self = status
  }

  private static func folded(_ name: String) -> [UInt8] {
    name.utf8.map { $0 &- UInt8(ascii: "A") < 26 ? $0 | 0x20 : $0 }
  }

  /// Complete, Failed and Rejected: the workflow is over. (Θ in the definitions.)
  public var isTerminal: Bool { self == .complete || self == .failed || self == .rejected }

  /// Running and Suspended: the workflow goes on. (Ω in the definitions.)
  public var isOpen: Bool { self == .running || self == .suspended }

  /// CanceledForRestart: another instance took over.
  public var isSuperseded: Bool { self == .canceledForRestart }

  /// How long an instance with this status took; `nil` where it goes on, and without both times.
  public func milliseconds(from start: Instant?, to lastModified: Instant?) -> Int64? {
    guard isTerminal || isSuperseded, let start, let lastModified else { return nil }
    return lastModified.milliseconds - start.milliseconds
  }
}
