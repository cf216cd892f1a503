internal import ArgumentParser
internal import AuditPlan
private import CommandSandbox

/// The options of the main job; those that a first run needs come first.
struct RunOptions: ParsableArguments {
  @OptionGroup(title: "Common options") var common: SettingOptions<CommonSettings>
  @OptionGroup(title: "Period") var period: SettingOptions<PeriodSettings>
  @OptionGroup(title: "Source") var source: SettingOptions<SourceSettings>
  @OptionGroup(title: "Connection") var connection: SettingOptions<ConnectionSettings>
  @OptionGroup(title: "Reading") var reading: SettingOptions<ReadingSettings>
  @OptionGroup(title: "Report") var report: SettingOptions<ReportSettings>
  @OptionGroup(title: "Archive") var archive: SettingOptions<ArchiveSettings>
  @OptionGroup(title: "Signing") var signing: SettingOptions<SigningSettings>
  @OptionGroup(title: "Messages") var console: ConsoleOptions

  /// All of them.
  var options: AuditOptions {
    [
      common.options, period.options, source.options, connection.options, reading.options,
      report.options, archive.options, signing.options,
    ].reduce(into: AuditOptions()) { $0.add($1) }
  }
}

/// What a first run needs.
enum CommonSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.server, Settings.sandbox, Settings.period, Settings.timeZone, Settings.out,
  ]
}

/// Which instances: by when they started.
enum PeriodSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.from, Settings.to, Settings.asOf, Settings.allowOpenWindow,
  ]
}

/// Where instances come from, besides a server, and what is set in a file.
enum SourceSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.config, Settings.pages, Settings.linkPages,
    Settings.sandboxInstances.defaulting(to: "\(SandboxOptions().instances)"),
    Settings.sandboxSeed.defaulting(to: "\(SandboxOptions().seed)"),
    Settings.sandboxHostile.defaulting(to: "\(SandboxOptions().hostilePercent)"),
  ]
}

/// How a server is reached.
enum ConnectionSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.caFile, Settings.clientCertificate, Settings.clientKey, Settings.proxy,
  ]
}

/// How a server is read.
enum ReadingSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.assurance, Settings.pageSize, Settings.concurrency, Settings.deadline,
    Settings.keepPartial, Settings.controlDesign,
  ]
}

/// What is computed and written.
enum ReportSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.format, Settings.metrics, Settings.policy, Settings.approvals, Settings.template,
    Settings.excel,
    Settings.acceptUnproved,
  ]
}

/// What the archive may be, and which pack is followed.
enum ArchiveSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.bundle, Settings.previous, Settings.restartChain, Settings.force,
    Settings.allowShared,
  ]
}

/// Who signs the pack.
enum SigningSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.signKey, Settings.signCertificate, Settings.signCommand, Settings.timestampURL,
  ]
}
