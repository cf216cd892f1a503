/// One response body as received, with what the request and the response say about it.
package struct RawPage: Sendable {
  /// A header worth keeping.
  package struct Header: Sendable, Hashable {
    /// Its name in lower case.
    package var name: String
    /// Its value.
    package var value: String

    /// Makes a header.
    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Path and query exactly as sent, or the file's name for a saved page.
  package var request: String
  /// The status code; `nil` for a saved page.
  package var status: Int?
  /// The headers that matter, by name.
  package var headers: [Header]
  /// The body, after the transport's content coding was undone.
  package var body: [UInt8]

  /// Makes a page.
  package init(request: String, status: Int?, headers: [Header], body: [UInt8]) {
    self.request = request
    self.status = status
    self.headers = headers
    self.body = body
  }
}
