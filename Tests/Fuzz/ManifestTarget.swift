import AuditEvidence
import AuditModel

/// Manifests: one that is read is written in one form, which reads the same and is written to the same bytes.
enum ManifestTarget {
  static func run(_ bytes: [UInt8]) throws {
    let manifest: ManifestDocument
    do {
      manifest = try JSONDocument.read(counted: ManifestDocument.self, from: bytes)
    } catch {
      return
    }
    let written = try manifest.encoded()
    let again = try JSONDocument.read(counted: ManifestDocument.self, from: written)
    try BrokenPromise.unless(again == manifest, "it reads differently")
    try BrokenPromise.unless(try again.encoded() == written, "it is written differently")
    let published = try PublishedManifest(decoding: bytes)
    try BrokenPromise.unless(
      published.merkleRoot == manifest.merkleRoot && published.signer == manifest.signer,
      "a later run reads it differently")
  }
}
