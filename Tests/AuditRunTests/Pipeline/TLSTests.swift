import AuditModel
import AuditPlan
import CommandSandbox
import Foundation
import Testing

@testable import AuditRun

@Suite("The main job over TLS")
struct TLSTests {
  /// Certificates made by openssl for one test.
  private struct Certificates {
    let folder: TemporaryFolder

    init(host: String) throws {
      folder = try TemporaryFolder()
      try openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=Test-CA "
          + "-keyout ca.key -out ca.pem -addext basicConstraints=critical,CA:TRUE")
      try openssl(
        "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=server -keyout server.key "
          + "-out server.csr")
      try folder.write("subjectAltName=\(host)\n", to: "san.cnf")
      try openssl(
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile san.cnf "
          + "-out server.pem")
    }

    private func openssl(_ arguments: String) throws {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = ["openssl"] + arguments.split(separator: " ").map(String.init)
      process.currentDirectoryURL = URL(filePath: folder.path)
      process.standardError = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      try #require(process.terminationStatus == 0)
    }

    /// The SHA-256 of the server's certificate, as openssl has it.
    func fingerprint() throws -> String {
      try openssl("x509 -in server.pem -outform DER -out server.der")
      try openssl("dgst -sha256 -r -out fingerprint server.der")
      return String(decoding: try folder.read("fingerprint").prefix(64), as: UTF8.self)
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
    let certificates = try Certificates(host: "IP:127.0.0.1")
    let sandbox = try await Sandbox.start(certificates.sandbox())
    let trusting = try job(sandbox, trusting: certificates.folder("ca.pem"))
    #expect(try await trusting.run().verdict == .proved)
    let shown = try certificates.fingerprint()
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
    let certificates = try Certificates(host: "DNS:elsewhere.example")
    let sandbox = try await Sandbox.start(certificates.sandbox())
    let trusting = try job(sandbox, trusting: certificates.folder("ca.pem"))
    let failure = try await trusting.failure()
    #expect(failure.exitStatus == .unreachable)
    #expect(try trusting.folder.names(in: "archive") == [".kfaudit.lock"])
    #expect(failure.description.contains("another host"))
    try await sandbox.stop()
  }
}
