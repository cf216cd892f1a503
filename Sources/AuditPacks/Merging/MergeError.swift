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
  /// A metric about definitions, which no pack has.
  case needsDefinitions(metric: String)

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

  /// Which pack or option, what is wrong with it, and what to do.
  package var message: Message {
    switch self {
    case .noPacks: Message(.noPacksToMerge)
    case .incomplete(let pack): Message(.incompletePack, TerminalText.sanitized(pack))
    case .differing(let setting, let first, let second):
      Message(
        .differingPacks, TerminalText.sanitized(first), TerminalText.sanitized(second),
        "\(setting.rawValue)\(setting == .timeZone ? "s" : "")", remedy(setting))
    case .outputNotEmpty(let path): Message(.mergeOutputNotEmpty, TerminalText.sanitized(path))
    case .needsRows(let format, let known):
      Message(.formatNeedsRows, format, known.joined(separator: ", "))
    case .needsEarlierPack(let metric): Message(.metricNeedsEarlierPack, metric)
    case .needsDefinitions(let metric): Message(.metricNeedsDefinitions, metric)
    }
  }

  private func remedy(_ setting: Setting) -> String {
    setting == .timeZone
      ? "the zone with --time-zone"
      : "the configuration with --config"
  }
}
