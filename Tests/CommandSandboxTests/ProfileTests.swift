import CommandSandbox
import Foundation
import NIOHTTP1
import TestSupport
import Testing

@Suite("The sandbox's profiles")
struct ProfileTests {
  private static let wanted = [("QueryString", "ReferenceId -gt 0"), ("ReturnLimit", "7")]

  @Test("Takes parameters in any case, with or without a prefix, and ignores others")
  func takesNames() async throws {
    try await withSandbox { _, client in
      for name in ["ReturnLimit", "returnlimit", "pq.returnLimit", "PQ.RETURNLIMIT"] {
        let response = try await client.instances([(name, "7"), ("Colour", "red")])
        #expect(try response.rows().count == 7)
      }
    }
  }

  @Test("Version 10 ignores bare names, and says no version")
  func playsVersion10() async throws {
    try await withSandbox {
      $0.profile = .v10
    } _: { _, client in
      let bare = try await client.instances([
        ("ReturnLimit", "7"), ("SortField", "Colour"), ("QueryString", "ReferenceId -lt 0"),
      ])
      #expect(try bare.rows().count == 50)
      #expect(bare.total == 324)
      #expect(bare.headers["X-Keyfactor-Product-Version"].isEmpty)
      let prefixed = try await client.instances([
        ("pq.returnLimit", "7"), ("pq.queryString", "ReferenceId -lt 0"),
      ])
      #expect(prefixed.total == 0)
    }
  }

  @Test("Version 11 says so")
  func playsVersion11() async throws {
    try await withSandbox {
      $0.profile = .v11
    } _: { _, client in
      let response = try await client.instances(Self.wanted)
      #expect(response.headers["X-Keyfactor-Product-Version"] == ["11.3.0"])
      #expect(try response.rows().count == 7)
    }
  }

  @Test("Compresses for clients that accept it, and only for them")
  func compresses() async throws {
    let plain = try await withSandbox { _, client in
      try await client.instances([("SortField", "ReferenceId")])
    }
    try await withSandbox {
      $0.gzip = true
    } _: { _, client in
      var accepting = client
      accepting.headers.add(name: "Accept-Encoding", value: "deflate, gzip")
      let compressed = try await accepting.instances([("SortField", "ReferenceId")])
      #expect(compressed.headers["Content-Encoding"] == ["gzip"])
      #expect(compressed.body == plain.body)
      var refusing = client
      refusing.headers.add(name: "Accept-Encoding", value: "deflate, gzip;q=0")
      let other = try await refusing.instances([("SortField", "ReferenceId")])
      #expect(other.headers["Content-Encoding"].isEmpty)
      #expect(other.body == plain.body)
    }
  }

  @Test("Speaks TLS with a certificate")
  func speaksTLS() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let keys = TestKeys(in: folder.path)
    try await keys.authority("ca")
    try await keys.issue("server", host: "IP:127.0.0.1")
    let read = { (name: String) in Array(try Data(contentsOf: folder.appending(path: name))) }
    let authority = try read("ca.pem")
    let (certificate, key) = (try read("server.pem"), try read("server.key"))
    try await withSandbox {
      $0.certificatePEM = certificate
      $0.keyPEM = key
    } _: { sandbox, client in
      #expect(sandbox.baseURL.hasPrefix("https://"))
      var trusting = client
      trusting.trusted = authority
      let response = try await trusting.instances()
      #expect(response.total == 324)
      await #expect(throws: (any Error).self) { try await client.instances() }
    }
    try FileManager.default.removeItem(at: folder)
  }
}
