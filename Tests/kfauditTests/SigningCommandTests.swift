import Foundation
import TestSupport
import Testing

@Suite("Signing from the command line")
struct SigningCommandTests {
  @Test(
    "F158: a key that is missing, open to others, encrypted or not the certificate's ends the run before it begins",
    arguments: [
      ("no-such.key", "signer.pem", 66, "no-such.key"), ("open.key", "signer.pem", 78, "mode 0644"),
      ("encrypted.key", "signer.pem", 78, "encrypted"),
      ("other.key", "signer.pem", 78, "does not belong"),
      ("signer.key", "", 78, "--sign-cert"), ("signer.key", "no-such.pem", 66, "no-such.pem"),
    ])
  func keys(key: String, certificate: String, status: Int, words: String) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer {
      do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) }
    }
    try await TestProcess(
      shell: """
        set -e
        umask 077
        openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=signer -keyout signer.key -out signer.pem
        openssl genpkey -algorithm RSA -out other.key
        openssl pkey -in signer.key -aes128 -passout pass:secret -out encrypted.key
        cp signer.key open.key && chmod 644 open.key
        """, in: folder.path
    ).succeed()
    let path = { (name: String) in folder.appendingPathComponent(name).path }
    let answer = try await BuiltProgram().run(
      ["run", "--sandbox", "--out", path("archive"), "--sign-key", path(key)]
        + (certificate.isEmpty ? [] : ["--sign-cert", path(certificate)]))
    #expect(answer.status == Int32(status))
    #expect(answer.errors.contains(words), "\(answer.errors)")
    #expect(answer.output.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: path("archive")))
  }
}
