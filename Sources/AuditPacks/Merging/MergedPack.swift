import AuditEvidence
import AuditFiles
import AuditModel
import AuditPlan
import AuditReport

/// What is known of a pack before its rows are read; the pack itself is opened when its turn comes.
struct MergedPack: Sendable {
  /// Its folder, without symbolic links.
  let path: String
  let name: String
  let manifest: Digest
  /// How its pages were obtained.
  let acquisition: Acquisition
  /// What is known about its completeness.
  let completeness: CompletenessDocument
  /// The window on the start of instances; of saved pages that were taken without one, the days of their rows.
  let window: Range<Instant>
  let asOf: Instant
  /// Its decisions from elsewhere; `nil` without any.
  let approvals: DecisionFile?

  /// Describes an opened pack.
  init(_ work: Reperformance) throws {
    let pack = work.pack
    let found = work.options.found
    guard let asOf = Instant(rfc3339: found.asOf), let window = found.window.range else {
      throw PackError.unreadable(
        path: "\(pack.path)/\(OptionsDocument.path)",
        reason: "its window or its as-of instant cannot be read.")
    }
    guard pack.manifest.completeness.verdict != .incomplete else {
      throw MergeError.incomplete(pack: pack.name)
    }
    path = pack.path
    name = pack.name
    manifest = pack.manifestDigest
    acquisition = found.acquisition
    completeness = pack.manifest.completeness
    self.window = window
    self.asOf = asOf
    approvals = work.plan.approvals
  }

  /// The server that it was read from; `nil` for saved pages.
  var server: String? { acquisition.source.server }

  /// Whether the server was asked for what was open from before the window, and answered.
  var knowsOlder: Bool { acquisition.openPages != nil && acquisition.olderRefused == nil }

  /// Whether its rows count rather than another's; whatever order the packs were named in.
  func isNewer(than other: MergedPack) -> Bool {
    (asOf, window.upperBound, other.manifest.hexadecimal)
      > (other.asOf, other.window.upperBound, manifest.hexadecimal)
  }

  /// Whether it comes before another in a list: by window, then by name.
  func precedes(_ other: MergedPack) -> Bool {
    (window.lowerBound, window.upperBound, name, manifest.hexadecimal)
      < (other.window.lowerBound, other.window.upperBound, other.name, other.manifest.hexadecimal)
  }
}
