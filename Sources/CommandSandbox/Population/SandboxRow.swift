/// One workflow instance of the sandbox: the fields of the vendor's page, and its initiating user.
package struct SandboxRow: Sendable, Equatable {
  /// The six documented statuses.
  package enum Status: String, CaseIterable, Sendable {
    /// Superseded by a restart.
    case canceledForRestart = "CanceledForRestart"
    /// All steps done.
    case complete = "Complete"
    /// A step failed.
    case failed = "Failed"
    /// Denied by an approver, or stopped.
    case rejected = "Rejected"
    /// Executing.
    case running = "Running"
    /// Waiting for an approval.
    case suspended = "Suspended"

    /// The integer of a server that writes integers: the place in the vendor's list, from 0.
    ///
    /// The real numbers are not public.
    package var number: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// The definition an instance was started from.
  package struct Definition: Sendable, Equatable {
    /// Its GUID, the same for all versions.
    package var id: String
    /// Its display name.
    package var name: String
    /// The version, from 1.
    package var version: Int
    /// `Enrollment`, `Revocation`, `CertificateEnteredCollection` or `Expiration`.
    package var workflowType: String
  }

  /// The step an instance is in, or was in last.
  package struct Step: Sendable, Equatable {
    /// Its GUID.
    package var id: String
    /// Its display name.
    package var name: String
    /// Its name within the definition.
    package var uniqueName: String
  }

  /// In a row's text, stands for half a surrogate pair, which JSON can write and a `String` cannot
  /// hold; the answer has `\uD800` in its place.
  package static let loneSurrogate: Unicode.Scalar = "\u{E000}"

  /// Rises with `start`, with gaps.
  package var referenceID: Int64
  /// The instance's GUID.
  package var id: String
  /// How far it has come.
  package var status: Status
  /// What happened, in the product's words.
  package var statusMessage: String?
  /// What it was started from.
  package var definition: Definition
  /// Where it is.
  package var step: Step
  /// Who started it.
  ///
  /// Queries may name it; answers show it only inside the title.
  package var userName: String
  /// What it is about, in the product's words.
  package var title: String?
  /// When it started, in milliseconds since 1970.
  package var start: Int64
  /// When it last changed, in milliseconds since 1970.
  package var lastModified: Int64?
}
