import Testing

/// Keys and certificates that openssl and ssh-keygen make in the folder of a job.
struct KeyMaker {
  let folder: TemporaryFolder

  /// Makes `ca.pem`, `other.pem` and by the first `signer.pem`, each with its key.
  init(in folder: TemporaryFolder) throws {
    self.folder = folder
    for name in ["ca", "other"] {
      try run(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=\(name) "
          + "-keyout \(name).key -out \(name).pem -addext keyUsage=critical,keyCertSign,cRLSign")
    }
    try certify("signer", "keyUsage=digitalSignature")
    try run("ssh-keygen -q -t ed25519 -N '' -C '' -f id && echo \"* $(cat id.pub)\" > allowed")
  }

  /// Goes on in a folder in which keys were made.
  init(again folder: TemporaryFolder) {
    self.folder = folder
  }

  /// Makes `name.pem` with `name.key`.
  func certify(_ name: String, _ extensions: String...) throws {
    try folder.write(extensions.joined(separator: "\n"), to: "\(name).ext")
    try run(
      "openssl req -newkey rsa:2048 -nodes -subj /CN=\(name) -keyout \(name).key -out \(name).csr && "
        + "openssl x509 -req -in \(name).csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 10 "
        + "-extfile \(name).ext -out \(name).pem")
  }

  func run(_ command: String) throws {
    try #require(try Shell.run(command, in: folder.path) == 0, "\(command)")
  }
}
