import AuditRender

extension TableFile {
  /// All of its content, which tests can afford.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write { bytes += $0 }
    return bytes
  }
}
