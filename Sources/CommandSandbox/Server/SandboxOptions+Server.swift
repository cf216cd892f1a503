import NIOSSL

extension SandboxOptions {
  /// Refuses values that no server can have.
  func check() throws(SandboxError) {
    try require(instances >= 0, "instances", instances, "there cannot be fewer than none")
    try require(from < to, "from", from, "it must lie before to, \(to)")
    try require(users >= 0, "users", users, "there cannot be fewer than none")
    try require(
      0...100 ~= hostilePercent, "hostilePercent", hostilePercent, "it is a share of a hundred")
    try require(0...65_535 ~= port, "port", port, "ports go from 0 to 65535")
    if let pageLimit {
      try require(pageLimit > 0, "pageLimit", pageLimit, "an answer needs room for a row")
    }
    try require(
      latencyMilliseconds >= 0, "latencyMilliseconds", latencyMilliseconds,
      "no answer precedes its request")
  }

  private func require(
    _ holds: Bool, _ name: String, _ value: some BinaryInteger, _ rule: String
  ) throws(SandboxError) {
    guard holds else { throw .impossibleOption(name: name, value: "\(value)", rule: rule) }
  }

  /// What TLS needs; `nil` for plain HTTP.
  func tlsContext() throws(SandboxError) -> NIOSSLContext? {
    guard certificatePEM != nil || keyPEM != nil else { return nil }
    guard let certificatePEM, let keyPEM else {
      throw .unusableCertificate(reason: "one of the two is missing")
    }
    do {
      return try NIOSSLContext(
        configuration: .makeServerConfiguration(
          certificateChain: NIOSSLCertificate.fromPEMBytes(certificatePEM).map { .certificate($0) },
          privateKey: .privateKey(NIOSSLPrivateKey(bytes: keyPEM, format: .pem))))
    } catch {
      throw .unusableCertificate(reason: "\(error)")
    }
  }
}
