/// Why a sandbox does not start.
package enum SandboxError: Error, Equatable {
  /// An option has a value that no server can have.
  case impossibleOption(name: String, value: String, rule: String)
  /// Only one of certificate and key is there, or they are not PEM, or they do not belong together.
  case unusableCertificate(reason: String)
  /// Nothing can listen on the port.
  case unusablePort(Int, reason: String)
}
