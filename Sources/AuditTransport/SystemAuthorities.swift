import FoundationEssentials
import NIOSSL

/// The authorities that a machine trusts, whose place differs from distribution to distribution; slim images have none.
struct SystemAuthorities {
  /// Where a machine may keep them: one file of all, or a folder whose files are named by the hash of their subject.
  static let places = [
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/certs",
  ]

  /// What stands before the places.
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
          && parts[1].allSatisfy { 0x30...0x39 ~= $0 }
      }
    } catch {
      return false
    }
  }
}
