internal import ArgumentParser
import AuditPlan
internal import AuditRun

/// How a server is reached.
struct TransportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Certificates to trust besides the system's, in PEM. (default: KEYFACTOR_CA_CERT)",
      valueName: "file"),
    completion: .file())
  var caFile: String?

  @Option(
    help: ArgumentHelp(
      "The client's certificate chain, in PEM.",
      valueName: "file"),
    completion: .file())
  var clientCert: String?

  @Option(
    help: ArgumentHelp(
      "The key of the client's certificate, in PEM.",
      valueName: "file"),
    completion: .file())
  var clientKey: String?

  @Option(
    help: ArgumentHelp(
      "http://host:port. (default: HTTPS_PROXY; NO_PROXY is honoured)",
      valueName: "url"))
  var proxy: String?

  /// Says it in the plan's words.
  func write(to options: inout AuditOptions) {
    options.caFile = caFile
    options.clientCertificate = clientCert
    options.clientKey = clientKey
    options.proxy = proxy
  }
}
