import AuditEvidence
import AuditFetch
import AuditModel
import AuditPlan
import AuditTransport
import Foundation
import TestSupport
import Testing

@testable import AuditPacks
@testable import AuditRun

@Suite("Signed packs")
struct SignedPackTests {
  private func signed(
    _ change: (inout MainJob, TestKeys) async throws -> Void
  ) async throws -> PackCase {
    try await .saved { job in
      let keys = try await TestKeys.forPacks(in: job.folder)
      // The certificates are valid from now on.
      job.now = .now
      job.options.format = "json,csv"
      try await change(&job, keys)
    }
  }

  private func withCertificate() async throws -> PackCase {
    try await signed { job, _ in
      job.options.signKey = job.folder("signer.key")
      job.options.signCertificate = job.folder("signer.pem")
    }
  }

  private func verify(
    _ pack: PackCase, ca: String? = nil, allowed: String? = nil
  ) async throws -> Verification {
    try await PackVerifier(
      pack: pack.path,
      settings: PackCase.settings(
        digestsOnly: false, caFile: ca.map { pack.job.folder($0) },
        allowedSigners: allowed.map { pack.job.folder($0) })
    ).run()
  }

  @Test(
    "A certificate's signature is verified by openssl as VERIFY.txt says, and by us with and without anchors"
  )
  func certificate() async throws {
    let pack = try await withCertificate()
    try await TestProcess(
      shell: "openssl cms -verify -binary -inform PEM -in SHA256SUMS.p7s -content SHA256SUMS "
        + "-CAfile ../../ca.pem -purpose any", in: pack.path
    ).succeed()
    let alone = try await verify(pack)
    #expect(alone.isIntact && alone.table.contains("who that is, is not established"))
    let trusted = try await verify(pack, ca: "ca.pem")
    #expect(trusted.isIntact && trusted.table.contains("established by CN=ca"))
    #expect(try await !verify(pack, ca: "other.pem").isIntact)
    let manifest = try PublishedPack(at: pack.path).manifest
    #expect(manifest.signer?.certificatesSha256.count == 1)
    #expect(manifest.signer?.subject == "CN=signer,O=Test")
  }

  @Test("An OpenSSH key's signature is verified by ssh-keygen and by us")
  func openSSH() async throws {
    let pack = try await signed { job, _ in job.options.signKey = job.folder("id") }
    try await TestProcess(
      shell:
        "ssh-keygen -Y verify -f ../../allowed -I any -n kfaudit -s SHA256SUMS.sig < SHA256SUMS",
      in: pack.path
    ).succeed()
    #expect(try await verify(pack, allowed: "allowed").isIntact)
    #expect(try await !verify(pack, ca: "ca.pem").isIntact)
  }

  @Test("F155: digests changed along with a file do not carry the old signature")
  func forged() async throws {
    let pack = try await withCertificate()
    try pack.replace("\"instances\" : 120", with: "\"instances\" : 121", in: "report.json")
    try pack.forgeDigests()
    let found = try await pack.verify(digestsOnly: true)
    #expect(found.discrepancies.map(\.code) == ["signature"], "\(found.table)")
  }

  @Test(
    "A signature that was taken away, changed by a bit, or replaced by another signer's is found")
  func exchanged() async throws {
    let pack = try await withCertificate()
    let sound = try pack.read("SHA256SUMS.p7s")
    try await pack.run("rm SHA256SUMS.p7s")
    #expect(
      try await pack.verify(digestsOnly: true).discrepancies.map(\.path).contains("SHA256SUMS.p7s"))
    var flipped = sound
    flipped[sound.count / 2] ^= 1
    try pack.write(flipped, to: "SHA256SUMS.p7s")
    #expect(try await pack.verify(digestsOnly: true).discrepancies.map(\.code) == ["signature"])
    try await TestKeys(in: pack.job.folder.path).issue("stranger")
    try await pack.run(
      "openssl cms -sign -binary -md sha256 -in SHA256SUMS -signer ../../stranger.pem "
        + "-inkey ../../stranger.key -outform PEM -out SHA256SUMS.p7s")
    #expect(try await pack.verify(digestsOnly: true).discrepancies.map(\.code) == ["signature"])
    try pack.write(sound, to: "SHA256SUMS.p7s")
    #expect(try await verify(pack, ca: "ca.pem").isIntact)
  }

  @Test("A command signs what it reads, and sees no credentials")
  func command() async throws {
    let pack = try await signed { job, _ in
      job.variables = ["KEYFACTOR_PASSWORD": "s3cret", "PATH": "/usr/bin:/bin"]
      let folder = job.folder.path
      job.options.signCommand =
        "cd \(folder); test -z \"$KEYFACTOR_PASSWORD\" && openssl cms -sign -binary -md sha256 -signer signer.pem "
        + "-inkey signer.key -outform DER"
    }
    #expect(try await verify(pack, ca: "ca.pem").isIntact)
  }

  @Test(
    "F159: a command that fails or prints nothing useful ends the run before anything is published",
    arguments: ["exit 3", "true", "echo no signature", "kill -9 $$"])
  func failingCommand(command: String) async throws {
    var job = try await PackCase.saved().job
    try FileManager.default.removeItem(atPath: job.folder("archive"))
    job.options.signCommand = command
    let error = try await job.failure()
    #expect(error.exitStatus == .inputOutput)
    #expect(try job.folder.names(in: "archive") == [".kfaudit.lock"])
  }

  @Test("A pack that is to be signed is not the one that is already published unsigned")
  func signedLater() async throws {
    var job = try await PackCase.saved().job
    _ = try await TestKeys.forPacks(in: job.folder)
    job.options.signKey = job.folder("id")
    let signed = try await job.run()
    #expect(!signed.wasAlreadyPublished && signed.pack.hasSuffix(".r2"))
    #expect(try await job.run().wasAlreadyPublished)
  }

  /// A pack time-stamped by an authority that `openssl` plays.
  private func stamped(
    answer: @escaping @Sendable (_ folder: String) async throws -> [UInt8]
  ) async throws -> PackCase {
    try await signed { job, keys in
      try await keys.issue(
        "tsa",
        extensions: [
          "keyUsage=critical,digitalSignature", "extendedKeyUsage=critical,timeStamping",
        ])
      try job.folder.write(
        "[tsa]\ndefault_tsa=a\n[a]\nserial=serial\nsigner_digest=sha256\ndefault_policy=1.2.3\n"
          + "digests=sha256\ness_cert_id_alg=sha256\n", to: "tsa.cnf")
      try job.folder.write("01\n", to: "serial")
      let folder = job.folder.path
      job.network = Network(
        transports: TimestampTransportFactory { (request) throws(TransportError) in
          do {
            try Data(request).write(to: URL(filePath: "\(folder)/request"))
            return try await answer(folder)
          } catch {
            throw .unreachable(place: "tsa.example:80", reason: "\(error)")
          }
        }, clock: Network.real.clock)
      job.options.signKey = job.folder("signer.key")
      job.options.signCertificate = job.folder("signer.pem")
      job.options.timestampURL = "http://tsa.example/"
    }
  }

  @Sendable private static func reply(_ folder: String) async throws -> [UInt8] {
    let command =
      "openssl ts -reply -config tsa.cnf -queryfile request -signer tsa.pem -inkey tsa.key -out reply"
    try await TestProcess(shell: command, in: folder).succeed()
    return try Array(Data(contentsOf: URL(filePath: "\(folder)/reply")))
  }

  @Test("A time-stamp is verified by openssl and by us, and cannot be taken away")
  func timestamp() async throws {
    let pack = try await stamped(answer: Self.reply)
    try await TestProcess(
      shell: "openssl ts -verify -data SHA256SUMS.p7s -in SHA256SUMS.tsr -CAfile ../../ca.pem "
        + "-untrusted ../../tsa.pem", in: pack.path
    ).succeed()
    #expect(try await verify(pack, ca: "ca.pem").isIntact)
    try await pack.run("rm SHA256SUMS.tsr")
    #expect(
      try await pack.verify(digestsOnly: true).discrepancies.map(\.path).contains("SHA256SUMS.tsr"))
  }

  @Test(
    "F160: without an answer that can be used the pack is published, and says that it has no time-stamp"
  )
  func noTimestamp() async throws {
    let answers: [@Sendable (String) async throws -> [UInt8]] = [
      { _ in throw CancellationError() }, { _ in [0x30, 0] },
      { folder in
        // The answer to another request: its nonce and its imprint are wrong.
        let other = "echo x > x; openssl ts -query -data x -sha256 -cert -out request"
        try await TestProcess(shell: other, in: folder).succeed()
        return try await Self.reply(folder)
      },
    ]
    for answer in answers {
      let pack = try await stamped(answer: answer)
      #expect(try PublishedPack(at: pack.path).manifest.timestampAuthority == nil)
      #expect(try await verify(pack, ca: "ca.pem").isIntact)
      #expect(try !pack.files().contains("SHA256SUMS.tsr"))
    }
  }
}
