import Foundation

/// Keys and certificates that openssl and ssh-keygen make in a folder.
package struct TestKeys: Sendable {
  /// Where they are.
  package let folder: String

  package init(in folder: String) {
    self.folder = folder
  }

  /// Makes a self-signed authority `name.pem` with `name.key`.
  package func authority(_ name: String) async throws {
    try await must(
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 "
        + "-subj /O=Test/CN=\(name) -keyout \(name).key -out \(name).pem "
        + "-addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign")
  }

  /// Makes `name.pem` with `name.key`; the kind of key is `EC:P-256` or `RSA:2048`, say.
  package func issue(
    _ name: String, key: String = "EC:P-256", extensions: [String] = ["keyUsage=digitalSignature"],
    by issuer: String = "ca", days: Int = 1
  ) async throws {
    let parts = key.split(separator: ":")
    let option = parts[0] == "EC" ? "ec_paramgen_curve" : "rsa_keygen_bits"
    try await must(
      "openssl genpkey -algorithm \(parts[0]) -pkeyopt \(option):\(parts[1]) -out \(name).key")
    try await certify(name, extensions: extensions, by: issuer, days: days)
  }

  /// Makes `name.pem` for a server, with `name.key`.
  package func issue(_ name: String, host: String, days: Int = 2) async throws {
    try await issue(name, extensions: ["subjectAltName=\(host)"], days: days)
  }

  /// Makes `name.pem` for the key `name.key`; `days` is negative for a certificate that has expired.
  package func certify(
    _ name: String, extensions: [String], by issuer: String = "ca", days: Int = 1
  ) async throws {
    try Data((extensions.joined(separator: "\n") + "\n").utf8).write(
      to: URL(filePath: "\(folder)/\(name).ext"))
    try await must(
      "openssl req -new -key \(name).key -subj /O=Test/CN=\(name) -out \(name).csr && "
        + "openssl x509 -req -in \(name).csr -CA \(issuer).pem -CAkey \(issuer).key -CAcreateserial "
        + "-days \(days) -extfile \(name).ext -out \(name).pem")
  }

  /// Makes the OpenSSH key `name` with `name.pub`.
  package func openSSH(_ name: String, options: String = "-t ed25519 -N ''") async throws {
    try await must("ssh-keygen -q \(options) -C comment -f \(name)")
  }

  /// Runs a command in the folder, which must succeed.
  package func must(_ command: String) async throws {
    try await TestProcess(shell: command, in: folder).succeed()
  }
}
