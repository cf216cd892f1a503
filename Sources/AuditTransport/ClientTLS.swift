import AuditFetch
import AuditModel
import NIOSSL

/// The client's side of TLS: certificates always verified, hosts always compared, nothing below TLS 1.2.
enum ClientTLS {
  /// Makes a configuration; what is wrong with the files shows here, before the first request.
  static func configuration(
    _ connection: Connection, authorities: SystemAuthorities
  ) throws(FetchError) -> TLSConfiguration {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv12
    tls.trustRoots = authorities.trustRoots ?? .certificates([])
    if let trusted = connection.trustedCertificates {
      tls.additionalTrustRoots = [
        .certificates(
          try read(
            "\(connection.trustedCertificatesOrigin) contains a certificate that cannot be read"
          ) {
            try NIOSSLCertificate.fromPEMBytes(trusted)
          })
      ]
    }
    if let chain = connection.clientCertificate, let key = connection.clientKey {
      tls.certificateChain = try read("--client-cert contains a certificate that cannot be read") {
        try NIOSSLCertificate.fromPEMBytes(chain).map { .certificate($0) }
      }
      tls.privateKey = try read("--client-key is not an unencrypted key in PEM") {
        .privateKey(try NIOSSLPrivateKey(bytes: key, format: .pem))
      }
      // IIS asks for the certificate only once it knows the path, by one more handshake within TLS 1.2.
      tls.renegotiationSupport = .once
      var pair = tls
      // Whom to trust has no say in whether the two belong together.
      pair.trustRoots = .certificates([])
      let configuration = pair
      _ = try read("the key of --client-key does not belong to the certificate of --client-cert") {
        try NIOSSLContext(configuration: configuration)
      }
    }
    return tls
  }

  /// Says what failed in the words of whoever gave the file; the library says only that something did.
  private static func read<Value>(
    _ flaw: String, _ body: () throws -> Value
  ) throws(FetchError) -> Value {
    do {
      return try body()
    } catch {
      throw .unusableCertificates(flaw)
    }
  }
}

extension TLSConfiguration {
  /// Whether any server's certificate could pass.
  var trustsSomebody: Bool {
    guard case .certificates(let roots) = trustRoots, roots.isEmpty else { return true }
    return !additionalTrustRoots.isEmpty
  }
}
