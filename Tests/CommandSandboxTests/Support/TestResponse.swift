import Foundation
import NIOHTTP1

/// An answer as the test client received it.
struct TestResponse: Sendable {
  var status = HTTPResponseStatus.ok
  var headers = HTTPHeaders()
  var body: [UInt8] = []

  var text: String { String(decoding: body, as: UTF8.self) }

  var total: Int? { headers.first(name: "X-Total-Count").flatMap { Int($0) } }

  /// The rows of a page.
  func rows() throws -> [[String: Any]] {
    try JSONSerialization.jsonObject(with: Data(body)) as? [[String: Any]] ?? []
  }

  /// The reference ids of a page.
  func referenceIDs() throws -> [Int64] {
    try rows().compactMap { ($0["ReferenceId"] ?? $0["referenceId"]) as? Int64 }
  }

  /// The fields of an object of texts.
  func fields() throws -> [String: String] {
    let object = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] ?? [:]
    return object.mapValues { "\($0)" }
  }
}
