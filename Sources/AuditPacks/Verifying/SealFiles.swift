import AuditEvidence
import AuditFiles

/// The files that stand beside SHA256SUMS, which it cannot list: what the manifest says of them.
enum SealFiles {
  /// Their names.
  static func names(_ manifest: ManifestDocument) -> [String] {
    [
      manifest.signer?.kind.fileName,
      manifest.timestampAuthority == nil ? nil : Seal.timestampFileName,
    ].compactMap { $0 }
  }

  /// The seal of a pack; a file that is missing is missing from it.
  static func seal(of pack: PublishedPack) throws -> Seal {
    let read = { (name: String, limit: Int) throws -> [UInt8]? in
      guard try pack.files.kind(of: name) == .file else { return nil }
      return try pack.read(name, limit: limit)
    }
    return Seal(
      checksums: try read(Checksums.name, FileLimit.manifest) ?? [], signer: pack.manifest.signer,
      signature: try pack.manifest.signer.flatMap { try read($0.kind.fileName, FileLimit.note) },
      timestamp: try pack.manifest.timestampAuthority.flatMap { _ in
        try read(Seal.timestampFileName, FileLimit.note)
      })
  }
}
