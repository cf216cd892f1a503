import AuditModel

/// The cells of objects that many instances share, as they were written.
///
/// An object is found again by its identity, at the one place of a table that is its own until another is written there.
struct SharedCells: Sendable {
  private struct Entry: Sendable {
    /// Kept alive with its cells, so that no other object comes to have its identity.
    var object: any AnyObject & Sendable
    var cells: [UInt8]
  }

  private static let places = 2048
  private var entries = [Entry?](repeating: nil, count: places)

  /// Appends the cells of an object, for which there must be room; they are written when they are not at hand.
  @inline(__always)
  mutating func append(
    _ object: any AnyObject & Sendable, to output: inout OutputSpan<UInt8>,
    write: (inout OutputSpan<UInt8>) -> Void
  ) {
    let identity = UInt(bitPattern: ObjectIdentifier(object))
    // The lowest bits are those of an object's alignment.
    let place = Int(truncatingIfNeeded: (identity >> 4) ^ (identity >> 15)) & (Self.places - 1)
    if let known = entries[place], known.object === object {
      output.append(known.cells.span)
    } else {
      let start = output.count
      write(&output)
      entries[place] = Entry(
        object: object, cells: [UInt8](copying: output.span.extracting(start...)))
    }
  }
}
