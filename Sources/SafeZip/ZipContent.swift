/// Bytes that are read for an archive: the archive itself, or a file that is put into one.
package protocol ZipContent: AnyObject {
  /// How many there are.
  var size: Int { get }

  /// Some of them from an offset on; fewer at the end, none behind it.
  func read(_ count: Int, at offset: Int) throws -> [UInt8]

  /// Gives back what reading needs; it may be read again.
  func close()
}

/// Where an archive is written.
package protocol ZipTarget: AnyObject {
  /// Puts bytes at an offset, over what is there.
  func write(_ bytes: [UInt8], at offset: Int) throws
}
