package import AuditFetch
import AuditModel

extension HTTPResponseValue {
  /// A response in JSON; headers are given by name in lower case.
  package static func json(
    _ body: String, status: Int = 200, _ headers: [String: String] = [:]
  ) -> Self {
    let all = ["content-type": "application/json; charset=utf-8"].merging(headers) { $1 }
    return HTTPResponseValue(
      status: status,
      headers: all.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: $0.value) },
      body: Array(body.utf8))
  }
}
