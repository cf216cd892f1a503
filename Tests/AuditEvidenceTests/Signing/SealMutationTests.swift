import AuditEvidence
import AuditModel
import Foundation
import TestSupport
import Testing

@Suite("F153: a signature's file with any one bit flipped", .slow)
struct SealMutationTests {
  /// How many bits of each byte are flipped: one, another in each byte, unless `KFAUDIT_SEAL_BITS` says up to 8.
  private static let bits =
    ProcessInfo.processInfo.environment["KFAUDIT_SEAL_BITS"].flatMap(Int.init) ?? 1

  /// The places at which a flipped bit is not found.
  private func unnoticed(
    in file: [UInt8], _ isSound: @Sendable ([UInt8]) async -> Bool
  ) async -> [Int] {
    var unnoticed: [Int] = []
    for position in file.indices {
      // Other tests wait for servers on the same few threads.
      await Task.yield()
      for bit in 0..<Self.bits {
        var changed = file
        changed[position] ^= 1 << ((position + bit) % 8)
        if await isSound(changed) { unnoticed.append(position) }
      }
    }
    return unnoticed
  }

  @Test(
    "Every change of a signature is found, though nobody is trusted",
    arguments: ["EC:P-256", "RSA:2048", "OpenSSH"])
  func signature(kind: String) async throws {
    let keys = try await KeyFolder()
    if kind == "OpenSSH" {
      try await keys.openSSH("signer")
    } else {
      try await keys.issue("signer", key: kind)
      // One certificate that goes along is enough.
      if kind == "EC:P-256" { try await keys.must("cat ca.pem >>signer.pem") }
    }
    let seal = try keys.seal("signer")
    let file = try #require(seal.signature)
    let verifier = SealVerifier(trust: nil, time: .now(KeyFolder.now))
    #expect(await verifier.verdict(of: seal).faults.isEmpty)
    let unnoticed = await unnoticed(in: file) { changed in
      var seal = seal
      seal.signature = changed
      return await verifier.verdict(of: seal).faults.isEmpty
    }
    #expect(unnoticed.isEmpty)
  }

  @Test(
    "Every change of a time-stamp is found, though nobody is trusted",
    arguments: ["EC:P-256", "RSA:2048"])
  func timestamp(kind: String) async throws {
    let keys = try await KeyFolder()
    try await keys.issue("tsa", key: kind, extensions: KeyFolder.timeStamping)
    var seal = Seal(checksums: KeyFolder.checksums, signer: nil, signature: nil, timestamp: nil)
    let file = try await keys.timestamp(
      of: seal, by: "tsa", sending: kind == "EC:P-256" ? "ca.pem" : nil)
    seal.timestamp = file
    let verifier = SealVerifier(trust: nil, time: .now(KeyFolder.now))
    #expect(await verifier.verdict(of: seal).faults.isEmpty)
    let sealed = seal
    let unnoticed = await unnoticed(in: file) { changed in
      var seal = sealed
      seal.timestamp = changed
      return await verifier.verdict(of: seal).faults.isEmpty
    }
    #expect(unnoticed.isEmpty)
  }

  @Test(
    "A byte more that turns one name of an algorithm into another with the same signature is found")
  func algorithmName() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer", key: "RSA:2048")
    let seal = try keys.seal("signer")
    // sha256WithRSAEncryption, 1.2.840.113549.1.1.11, becomes rsaEncryption, 1.2.840.113549.1.1.1, which openssl writes.
    try await keys.must("openssl cms -cmsout -in SHA256SUMS.p7s -inform PEM -outform DER -out der")
    var der = try keys.read("der")
    let name: [UInt8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11]
    let place = try #require(der.indices.last { der[$0...].starts(with: name) })
    der[place + 8] = 1
    try keys.write(der, to: "der")
    try await keys.must("openssl cms -cmsout -in der -inform DER -outform PEM -out SHA256SUMS.p7s")
    let verify = "openssl cms -verify -binary -inform PEM -in SHA256SUMS.p7s -content SHA256SUMS "
    #expect(try await keys.run(verify + "-CAfile ca.pem -purpose any").status == 0)
    var changed = seal
    changed.signature = try keys.read("SHA256SUMS.p7s")
    let faults = try await keys.verdict(of: changed).faults
    #expect(faults.count == 1 && faults[0].contains("was changed"), "\(faults)")
  }

  @Test("What surrounds a signature or is put into it is found")
  func surroundings() async throws {
    let keys = try await KeyFolder()
    try await keys.issue("signer")
    let seal = try keys.seal("signer")
    try await keys.must(
      "cp SHA256SUMS.p7s good && openssl cms -cmsout -in good -inform PEM -outform DER -out der")
    let verifier = SealVerifier(trust: nil, time: .now(KeyFolder.now))
    for command in [
      "cp der changed", "cp good changed && echo >>changed", "echo | cat - good >changed",
      "sed 's/$/\\r/' good >changed", "cat good good >changed", "sed 's/CMS/PKCS7/' good >changed",
      "tr -d '\\n' <good | sed 's/-----BEGIN CMS-----/&\\n/;s/-----END/\\n&/;s/$/\\n/' >changed",
      ": >changed", "head -c -1 good >changed",
    ] {
      try await keys.must(command)
      var changed = seal
      changed.signature = try keys.read("changed")
      #expect(await !verifier.verdict(of: changed).faults.isEmpty, "\(command)")
    }
  }
}
