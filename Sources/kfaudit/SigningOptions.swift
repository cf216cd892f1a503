internal import ArgumentParser
import AuditPlan
internal import AuditRun

/// Who signs the pack.
struct SigningOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Sign with this key: P-256, P-384 or RSA in PEM, or OpenSSH Ed25519.",
      valueName: "file"),
    completion: .file())
  var signKey: String?

  @Option(
    help: ArgumentHelp(
      "The certificate of a PEM key, and those along its way, in PEM.",
      valueName: "file"),
    completion: .file())
  var signCert: String?

  @Option(
    help: ArgumentHelp(
      "Instead: a shell command that reads SHA256SUMS and prints the signature. It is tried before the run.",
      valueName: "command"))
  var signCommand: String?

  @Option(
    help: ArgumentHelp(
      "Time-stamp the pack at this RFC 3161 authority.",
      valueName: "url"))
  var timestampUrl: String?

  /// Says it in the plan's words.
  func write(to options: inout AuditOptions) {
    options.signKey = signKey
    options.signCertificate = signCert
    options.signCommand = signCommand
    options.timestampURL = timestampUrl
  }
}
