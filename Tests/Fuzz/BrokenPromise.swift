/// What should have been true of an input, and is not.
struct BrokenPromise: Error, CustomStringConvertible {
  var description: String

  /// - Throws: itself, unless the promise was kept.
  static func unless(_ isKept: Bool, _ promise: @autoclosure () -> String) throws(BrokenPromise) {
    if !isKept { throw BrokenPromise(description: promise()) }
  }
}
