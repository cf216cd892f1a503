import Foundation
import NIOSSL
import TestSupport
import Testing

/// A certification authority and certificates of its own, in a folder that goes when they go.
final class TestCertificates: Sendable {
  let folder: URL

  /// Makes `ca.pem`.
  init() async throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try await keys.authority("ca")
  }

  deinit {
    do {
      try FileManager.default.removeItem(at: folder)
    } catch {
      Issue.record(error)
    }
  }

  private var keys: TestKeys { TestKeys(in: folder.path) }

  /// Makes `name.pem` and `name.key`; `days` is negative for a certificate that has expired.
  func issue(_ name: String, for host: String = "IP:127.0.0.1", days: Int = 2) async throws {
    try await keys.issue(name, host: host, days: days)
  }

  /// Encrypts a key with a passphrase.
  func encrypt(_ name: String) async throws {
    try await keys.must(
      "openssl pkcs8 -topk8 -in \(name).key -out \(name)-encrypted.key -passout pass:secret")
  }

  func read(_ file: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: file)))
  }

  /// A server's side of TLS with a certificate that was issued.
  func server(_ name: String) throws -> TLSConfiguration {
    TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMBytes(read("\(name).pem"))
        .map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(bytes: read("\(name).key"), format: .pem)))
  }
}
