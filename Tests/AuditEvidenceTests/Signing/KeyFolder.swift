import AuditEvidence
import AuditModel
import Foundation
import TestSupport
import Testing

/// A certification authority, keys and certificates, made by openssl and ssh-keygen in a folder of their own.
struct KeyFolder {
  /// What is signed: a SHA256SUMS of one line.
  static let checksums = Array(
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  report.html\n".utf8)

  private let folder: ShellFolder

  /// Makes `ca.pem`.
  init() async throws {
    folder = try ShellFolder()
    try write(Self.checksums, to: "SHA256SUMS")
    try await authority("ca")
  }

  private init(copying other: ShellFolder) async throws {
    folder = try ShellFolder()
    try await folder.must("cp -a '\(other.url.path)/.' .")
  }

  /// The same keys in a folder of their own.
  func copy() async throws -> KeyFolder { try await KeyFolder(copying: folder) }

  /// Keys of each kind, and an authority for time-stamps.
  static func ofAllKinds() async throws -> KeyFolder {
    let keys = try await KeyFolder()
    try await keys.issue("ec")
    try await keys.issue("rsa", key: "RSA:2048")
    try await keys.openSSH("ssh")
    try await keys.issue("tsa", extensions: timeStamping)
    try await keys.must("echo \"audit@example.com,second $(cat ssh.pub)\" >allowed")
    return keys
  }

  private var keys: TestKeys { TestKeys(in: folder.url.path) }

  /// Now: the certificates are made for it.
  static var now: Instant {
    Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }

  /// A day from now.
  static var tomorrow: Instant { now.advanced(byMilliseconds: 86_400_000) }

  func read(_ path: String) throws -> [UInt8] { try folder.read(path) }
  func write(_ bytes: [UInt8], to path: String) throws { try folder.write(bytes, to: path) }
  func path(_ name: String) -> String { folder.url.appending(path: name).path }
  func must(_ command: String) async throws { try await folder.must(command) }
  @discardableResult
  func run(_ command: String) async throws -> ShellFolder.Answer { try await folder.run(command) }

  func authority(_ name: String) async throws { try await keys.authority(name) }

  func issue(
    _ name: String, key: String = "EC:P-256", extensions: [String] = ["keyUsage=digitalSignature"],
    by issuer: String = "ca"
  ) async throws {
    try await keys.issue(name, key: key, extensions: extensions, by: issuer)
  }

  func certify(_ name: String, extensions: [String]) async throws {
    try await keys.certify(name, extensions: extensions)
  }

  func openSSH(_ name: String, options: String = "-t ed25519 -N ''") async throws {
    try await keys.openSSH(name, options: options)
  }

  /// Revokes `name.pem`, and makes `issuer-crl.pem`: the issuer's certificate and its list, due in an hour.
  func revoke(_ name: String, by issuer: String) async throws {
    try await must(
      "printf '[ca]\\ndefault_ca=a\\n[a]\\ndatabase=index\\ndefault_md=sha256\\n' >ca.cnf && : >index && "
        + "ca='openssl ca -config ca.cnf -cert \(issuer).pem -keyfile \(issuer).key' && "
        + "$ca -revoke \(name).pem && $ca -gencrl -crlhours 1 -out list && cat \(issuer).pem list >\(issuer)-crl.pem"
    )
  }

  /// A signer with `name.key` and `name.pem`, or with the OpenSSH key `name`.
  func signer(_ name: String) throws -> PackSigner {
    FileManager.default.fileExists(atPath: folder.url.appending(path: "\(name).key").path)
      ? try PackSigner(key: read("\(name).key"), certificate: read("\(name).pem"))
      : try PackSigner(key: read(name), certificate: nil)
  }

  /// The seal over ``checksums`` by a signer; the signature's file is written too.
  func seal(_ name: String) throws -> Seal {
    let signer = try signer(name)
    let signature = try signer.sign(Self.checksums)
    try write(signature, to: signer.signer.kind.fileName)
    return Seal(
      checksums: Self.checksums, signer: signer.signer, signature: signature, timestamp: nil)
  }

  /// What a verifier says who trusts the certificates of a file.
  func verdict(
    of seal: Seal, trusting file: String? = nil, allowing lines: String? = nil,
    at time: VerificationTime = .now(Self.now)
  ) async throws -> SealVerdict {
    let trust =
      file == nil && lines == nil
      ? nil
      : try TrustAnchors(
        certificates: file.map(read), allowedSigners: lines.map { Array($0.utf8) })
    return await SealVerifier(trust: trust, time: time).verdict(of: seal)
  }

  /// What the certificate of an authority under another says.
  static let authority = ["basicConstraints=critical,CA:TRUE", "keyUsage=keyCertSign"]

  /// What the certificate of a time-stamping authority says.
  static let timeStamping = [
    "keyUsage=critical,digitalSignature", "extendedKeyUsage=critical,timeStamping",
  ]

  /// What the authority `name.pem` answers to a request in a file.
  ///
  /// It sends along the certificates of a file that vouch for its own.
  func answer(_ request: String, by name: String, sending chain: String? = nil) async throws
    -> [UInt8]
  {
    try write(
      Array(
        """
        [tsa]
        default_tsa = authority
        [authority]
        serial = serial
        signer_digest = sha256
        default_policy = 1.2.3.4
        digests = sha256
        accuracy = secs:1
        ordering = yes
        tsa_name = yes
        ess_cert_id_alg = sha256

        """.utf8), to: "tsa.cnf")
    try await must("test -f serial || echo 01 >serial")
    let sending = chain.map { "-chain \($0)" } ?? ""
    try await must(
      "openssl ts -reply -config tsa.cnf -queryfile \(request) -signer \(name).pem "
        + "-inkey \(name).key \(sending) -out answer")
    return try read("answer")
  }

  /// The time-stamp of a seal by the authority `name.pem`.
  func timestamp(of seal: Seal, by name: String, sending chain: String? = nil) async throws
    -> [UInt8]
  {
    let request = TimestampRequest(for: seal.stamped, nonce: 7)
    try write(try request.encoded(), to: "request")
    return try request.accept(await answer("request", by: name, sending: chain))
  }
}
