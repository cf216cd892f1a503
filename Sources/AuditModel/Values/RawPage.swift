/// One response body as received, with what the request and the response say about it.
public struct RawPage: Sendable {
  /// A header worth keeping.
  public struct Header: Sendable, Hashable {
    /// Its name in lower case.
    public var name: String
    /// Its value.
    public var value: String

    /// Makes a header.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Path and query exactly as sent, or the file's name for a saved page.
  public var request: String
  /// The status code; `nil` for a saved page.
  public var status: Int?
  /// The headers that matter, by name.
  public var headers: [Header]
  /// The body, after the transport's content coding was undone.
  public var body: [UInt8]

  /// Makes a page.
  public init(request: String, status: Int?, headers: [Header], body: [UInt8]) {
    self.request = request
    self.status = status
    self.headers = headers
    self.body = body
  }
}
