package import AuditModel

/// The pages of a read, kept somewhere from where they can be read again, in order.
package protocol StoredPages: Sendable {
  /// How many.
  var count: Int { get }

  /// The name of a page for errors and for the journal.
  func name(at index: Int) -> String

  /// The body of a page, as received.
  func body(at index: Int) throws -> [UInt8]
}

extension StoredPages {
  /// The rows of a page.
  package func rows(at index: Int) throws -> PageRows {
    try PageReader.read(body(at: index), page: name(at: index))
  }
}
