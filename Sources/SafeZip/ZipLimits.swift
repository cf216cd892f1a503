/// How much an archive may hold: it is refused before anything of it is decompressed.
package struct ZipLimits: Sendable {
  /// How many entries, folders among them: as many as an archive without Zip64 can list.
  package var entries = 65_535
  /// The size of the list of entries, in bytes.
  package var directory = 16 << 20
  /// The size of one file, in bytes.
  package var file = 8 << 30
  /// The size of all files, in bytes.
  package var total = 64 << 30
  /// How many bytes all files may have for each byte of the archive, beyond ``allowance``: packs were measured at 5 to 6.
  package var ratio = 250
  /// How many bytes all files may have in any case.
  package var allowance = 16 << 20

  /// The limits of kfaudit.
  package init() {}

  /// The most bytes that all files of an archive of a size may have.
  func total(ofArchive size: Int) -> Int {
    let (product, overflow) = size.multipliedReportingOverflow(by: ratio)
    return overflow ? total : min(total, product + allowance)
  }
}
