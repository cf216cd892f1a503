import AuditFetch
import AuditModel
import FoundationEssentials
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

/// The authorities that a machine trusts, whose place differs from distribution to distribution; slim images have none.
struct SystemAuthorities {
  /// Where a machine may keep them: one file of all, or a folder whose files are named by the hash of their subject.
  static let places = [
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/certs",
  ]

  /// What comes before the places.
  var root = ""

  /// What is to be trusted; `nil` when none of the places holds a certificate.
  ///
  /// The library looks for some of them itself, takes what exists, and fails with an error that says nothing when that is
  /// empty or unreadable.
  var trustRoots: NIOSSLTrustRoots? {
    guard let place = Self.places.first(where: holdsCertificates) else { return nil }
    // The library's own choice, which adds the folder to the file.
    return root.isEmpty && place == Self.places[0] ? .default : .file(root + place)
  }

  private func holdsCertificates(_ place: String) -> Bool {
    do {
      return try !NIOSSLCertificate.fromPEMFile(root + place).isEmpty
    } catch {
      // Not there, not readable or no certificates: as good as not there, which is said once all places were tried.
      return holdsHashedFiles(place)
    }
  }

  /// Whether a folder holds a name such as `7f44456a.0`.
  private func holdsHashedFiles(_ place: String) -> Bool {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: root + place).contains { name in
        let parts = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 2 && parts[0].count == 8 && !parts[1].isEmpty
          && parts[1].allSatisfy(\.isASCIIDigit)
      }
    } catch {
      return false
    }
  }
}
