/// Why a sandbox does not start.
package enum SandboxError: Error, Equatable {
  /// An option has a value that no server can have.
  case impossibleOption(name: String, value: String, rule: String)
  /// Only one of certificate and key is there, or they are not PEM, or they do not belong together.
  case unusableCertificate(reason: String)
  /// Nothing can listen on the port.
  case unusablePort(Int, reason: String)
}

extension SandboxError: CustomStringConvertible {
  /// What failed and what to do.
  package var description: String {
    switch self {
    case .impossibleOption(let name, let value, let rule):
      "the sandbox cannot start: \(name) is \(value), but \(rule). Change \(name)."
    case .unusableCertificate(let reason):
      """
      the sandbox cannot speak TLS with the certificate and key given: \(reason). \
      Give a certificate chain and its unencrypted key, both in PEM, or neither.
      """
    case .unusablePort(let port, let reason):
      "the sandbox cannot listen on 127.0.0.1:\(port): \(reason). Choose another --port, or leave it out for any."
    }
  }
}
