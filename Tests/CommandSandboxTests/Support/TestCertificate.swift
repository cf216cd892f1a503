import Foundation

/// A certificate for 127.0.0.1 and its key, made by openssl.
enum TestCertificate {
  static func make() async throws -> (certificate: [UInt8], key: [UInt8]) {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("sandbox-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let certificate = folder.appendingPathComponent("certificate.pem")
    let key = folder.appendingPathComponent("key.pem")
    let openssl = Process()
    openssl.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    openssl.standardError = FileHandle.nullDevice
    openssl.arguments = [
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
      "-days", "2", "-subj", "/CN=sandbox", "-addext", "subjectAltName=IP:127.0.0.1",
      "-keyout", key.path, "-out", certificate.path,
    ]
    try openssl.run()
    openssl.waitUntilExit()
    return (Array(try Data(contentsOf: certificate)), Array(try Data(contentsOf: key)))
  }
}
