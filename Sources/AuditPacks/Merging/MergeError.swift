package import AuditModel
import AuditPlan

/// Why packs cannot be merged.
package enum MergeError: AuditFailure, Equatable {
  /// No pack was named.
  case noPacks
  /// A pack lacks instances, or was kept unfinished.
  case incomplete(pack: String)
  /// Two packs were made with different settings.
  case differing(Setting, first: String, second: String)
  /// The folder for the report holds something.
  case outputNotEmpty(path: String)
  /// A format that needs the rows, which a report over several packs does not hold.
  case needsRows(format: String, known: [String])
  /// A metric that holds a pack against an earlier one.
  case needsEarlierPack(metric: String)

  /// What packs must agree on.
  package enum Setting: String, Sendable {
    /// `timeZone`: in which zone days are counted.
    case timeZone = "time zone"
    /// `statusMap`: what integer statuses mean.
    case statusMap = "status map"
    /// Whom the report is for.
    case preparedFor = "recipient"
    /// Everything that the configuration says about metrics.
    case metrics = "settings of metrics"
  }

  /// 65 for a pack that is not what it should be, 64 and 73 for what was asked.
  package var exitStatus: ExitStatus {
    switch self {
    case .incomplete: .brokenData
    case .noPacks, .differing, .needsRows, .needsEarlierPack: .usage
    case .outputNotEmpty: .outputRefused
    }
  }

  /// Which pack or option, what is wrong with it, and what to do.
  package var description: String {
    switch self {
    case .noPacks: "no pack was named; name the folders of the packs to merge."
    case .incomplete(let pack):
      "the pack \(TerminalText.sanitized(pack)) is incomplete: figures over it would lack instances that are known to be "
        + "missing. Run kfaudit run for its window once more, and merge that pack."
    case .differing(let setting, let first, let second):
      "the packs \(TerminalText.sanitized(first)) and \(TerminalText.sanitized(second)) were made with different "
        + "\(setting.rawValue)\(setting == .timeZone ? "s" : ""), so that one report cannot keep to both: give \(remedy(setting))."
    case .outputNotEmpty(let path):
      "--out: \(TerminalText.sanitized(path)) is there and is no empty folder; name one that is not there yet."
    case .needsRows(let format, let known):
      "--format: \(format) needs the rows, which stay in the packs; choose among \(known.joined(separator: ", "))."
    case .needsEarlierPack(let metric):
      "--metrics: \(metric) holds one pack against an earlier one, which has no meaning over several; run kfaudit diff on "
        + "two of them."
    }
  }

  private func remedy(_ setting: Setting) -> String {
    setting == .timeZone
      ? "the zone to use with --time-zone"
      : "the configuration to use with --config"
  }
}
