internal import ArgumentParser
private import AuditModel
import AuditPlan
internal import AuditRun

/// The options of the main job.
struct RunOptions: ParsableArguments {
  @OptionGroup(title: "Window") var window: WindowOptions
  @OptionGroup(title: "Source") var source: SourceOptions
  @OptionGroup(title: "Reading") var reading: ReadOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Signing") var signing: SigningOptions
  @OptionGroup(title: "Transport") var transport: TransportOptions
  @OptionGroup(title: "Console") var console: ConsoleOptions

  /// What was said.
  var options: AuditOptions {
    var options = AuditOptions()
    window.write(to: &options)
    source.write(to: &options)
    reading.write(to: &options)
    output.write(to: &options)
    signing.write(to: &options)
    transport.write(to: &options)
    return options
  }
}
