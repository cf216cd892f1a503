internal import ArgumentParser
internal import AuditPlan
private import CommandSandbox

/// The options of the main job.
struct RunOptions: ParsableArguments {
  @OptionGroup(title: "Window") var window: SettingOptions<WindowSettings>
  @OptionGroup(title: "Source") var source: SettingOptions<SourceSettings>
  @OptionGroup(title: "Reading") var reading: SettingOptions<ReadingSettings>
  @OptionGroup(title: "Output") var output: SettingOptions<OutputSettings>
  @OptionGroup(title: "Signing") var signing: SettingOptions<SigningSettings>
  @OptionGroup(title: "Transport") var transport: SettingOptions<TransportSettings>
  @OptionGroup(title: "Console") var console: ConsoleOptions

  /// All of them.
  var options: AuditOptions {
    [
      window.options, source.options, reading.options, output.options, signing.options,
      transport.options,
    ].reduce(into: AuditOptions()) { $0.add($1) }
  }
}

/// Which instances: by when they started.
enum WindowSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.from, Settings.to, Settings.period, Settings.timeZone, Settings.asOf,
    Settings.allowOpenWindow,
  ]
}

/// Where instances come from.
enum SourceSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.server, Settings.pages, Settings.linkPages, Settings.sandbox,
    Settings.sandboxInstances.defaulting(to: "\(SandboxOptions().instances)"),
    Settings.sandboxSeed.defaulting(to: "\(SandboxOptions().seed)"),
    Settings.sandboxHostile.defaulting(to: "\(SandboxOptions().hostilePercent)"),
    Settings.pageSize, Settings.config,
  ]
}

/// How a server is read.
enum ReadingSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.assurance, Settings.concurrency, Settings.deadline, Settings.keepPartial,
    Settings.previous,
  ]
}

/// What is published, and where.
enum OutputSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.out, Settings.format, Settings.metrics, Settings.template, Settings.policy,
    Settings.excel, Settings.acceptUnproved, Settings.allowShared, Settings.restartChain,
    Settings.force,
  ]
}

/// Who signs the pack.
enum SigningSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.signKey, Settings.signCertificate, Settings.signCommand, Settings.timestampURL,
  ]
}

/// How a server is reached.
enum TransportSettings: SettingGroup {
  static let settings: [any AnySetting] = [
    Settings.caFile, Settings.clientCertificate, Settings.clientKey, Settings.proxy,
  ]
}
