import Foundation
import NIOSSL
import Testing

/// A certification authority and certificates of its own, made by openssl in a folder that goes when they go.
final class TestCertificates: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try openssl(
      "req -x509 \(Self.newKey) -days 2 -subj /CN=Test-CA -keyout ca.key -out ca.pem "
        + "-addext basicConstraints=critical,CA:TRUE")
  }

  deinit {
    do {
      try FileManager.default.removeItem(at: folder)
    } catch {
      Issue.record(error)
    }
  }

  private static let newKey = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"

  /// Makes `name.pem` and `name.key`; `days` is negative for a certificate that has expired.
  func issue(_ name: String, for host: String = "IP:127.0.0.1", days: Int = 2) throws {
    try openssl("req \(Self.newKey) -subj /CN=\(name) -keyout \(name).key -out \(name).csr")
    try Data("subjectAltName=\(host)\n".utf8).write(to: folder.appending(path: "san"))
    try openssl(
      "x509 -req -in \(name).csr -CA ca.pem -CAkey ca.key -CAcreateserial -days \(days) "
        + "-extfile san -out \(name).pem")
  }

  /// Encrypts a key with a passphrase.
  func encrypt(_ name: String) throws {
    try openssl("pkcs8 -topk8 -in \(name).key -out \(name)-encrypted.key -passout pass:secret")
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

  private func openssl(_ arguments: String) throws {
    let words = ["openssl"] + arguments.split(separator: " ").map(String.init)
    _ = try TestCommand.output(words, in: folder)
  }
}
