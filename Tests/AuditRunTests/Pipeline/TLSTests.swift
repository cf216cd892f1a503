import AuditModel
import AuditPlan
import CommandSandbox
import Foundation
import TestSupport
import Testing

@testable import AuditRun

@Suite("The main job over TLS")
struct TLSTests {
  /// An authority and a server that it certifies.
  private struct Certificates {
    let folder: TemporaryFolder

    init(host: String) async throws {
      folder = try TemporaryFolder()
      try await keys.authority("ca")
      try await keys.issue("server", host: host)
    }

    private var keys: TestKeys { TestKeys(in: folder.path) }

    /// The SHA-256 of the server's certificate, as openssl has it.
    func fingerprint() async throws -> String {
      let command = "openssl x509 -in server.pem -outform DER | openssl dgst -sha256 -r"
      return String(
        try await TestProcess(shell: command, in: folder.path).succeed().output.prefix(64))
    }

    func sandbox() throws -> SandboxOptions {
      var options = SandboxOptions()
      options.instances = 50
      options.now = 1_793_600_000_000
      options.certificatePEM = try folder.read("server.pem")
      options.keyPEM = try folder.read("server.key")
      return options
    }
  }

  private func job(_ sandbox: Sandbox, trusting file: String?) throws -> MainJob {
    var job = try MainJob()
    job.ask(sandbox)
    job.options.caFile = file
    return job
  }

  @Test("F56: a server certified by a CA of one's own is trusted with --ca-file, and only then")
  func ownCA() async throws {
    let certificates = try await Certificates(host: "IP:127.0.0.1")
    let sandbox = try await Sandbox.start(certificates.sandbox())
    let trusting = try job(sandbox, trusting: certificates.folder("ca.pem"))
    #expect(try await trusting.run().verdict == .proved)
    let shown = try await certificates.fingerprint()
    #expect(
      String(decoding: try trusting.report("cover"), as: UTF8.self).contains(
        #""tlsPeer":"\#(shown)""#))
    let doubting = try job(sandbox, trusting: nil)
    let failure = try await doubting.failure()
    #expect(failure.exitStatus == .unreachable)
    #expect(try doubting.folder.names(in: "archive") == [".kfaudit.lock"])
    #expect(failure.description.contains("--ca-file"))
    try await sandbox.stop()
  }

  @Test("F12: a CA file that only looks like one is named, before anything is asked")
  func brokenCA() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n", to: "broken.pem")
    var job = try MainJob()
    job.ask(server: "https://kf.invalid")
    job.options.caFile = folder("broken.pem")
    let failure = try await job.failure()
    #expect(failure.exitStatus == .configuration)
    #expect(failure.description.contains(folder("broken.pem")))
    #expect(try job.folder.names(in: "archive") == [".kfaudit.lock"])
  }

  @Test("F56: a certificate for another host is refused")
  func otherHost() async throws {
    let certificates = try await Certificates(host: "DNS:elsewhere.example")
    let sandbox = try await Sandbox.start(certificates.sandbox())
    let trusting = try job(sandbox, trusting: certificates.folder("ca.pem"))
    let failure = try await trusting.failure()
    #expect(failure.exitStatus == .unreachable)
    #expect(try trusting.folder.names(in: "archive") == [".kfaudit.lock"])
    #expect(failure.description.contains("another host"))
    try await sandbox.stop()
  }
}
