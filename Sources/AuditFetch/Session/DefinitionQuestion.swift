package import AuditModel

/// A version of a workflow definition that the server is asked for.
package struct DefinitionQuestion: Sendable, Hashable {
  /// The definition's GUID.
  package let id: InstanceID
  /// The version's number.
  package let version: Int64

  /// Makes a question; `nil` for a definition that has no address at the server.
  package init?(_ definition: VersionedDefinition) {
    guard let id = (definition.id?.string).flatMap({ InstanceID($0) }),
      let version = definition.version, DefinitionRecord.versions.contains(version)
    else { return nil }
    self.id = id
    self.version = version
  }

  /// Path and query of the request: every documented parameter but `exportable`, which would take the roles away.
  func target(path: String) -> String {
    "\(path)/Workflow/Definitions/\(id)?definitionVersion=\(version)"
  }
}

/// What the server answered to one request for a definition.
struct DefinitionResponse: Sendable {
  /// What it is.
  enum Kind: Sendable, Equatable {
    /// A body in JSON.
    case body
    /// The account may not read definitions.
    case refused
    /// The credentials are refused.
    case unauthorised
    /// Something else, in a few words of ours without a full stop.
    case other(String)
  }

  /// The response as received; its body may hold secrets, and is never kept.
  let page: RawPage
  /// What it is.
  let kind: Kind

  init(page: RawPage, _ response: HTTPResponseValue) {
    self.page = page
    kind =
      switch (response.status, response.mediaType) {
      case (200, "application/json"?), (200, "text/json"?): .body
      case (200, "text/html"?): .other("the server sent HTML instead of JSON")
      case (200, _): .other("the server sent something else than JSON")
      case (401, _): .unauthorised
      case (403, _): .refused
      case (404, _): .other("the server answered 404: it has no such version")
      case (let status, _): .other("the server answered \(status)")
      }
  }

  /// Whether another token may help.
  var isUnauthorised: Bool { kind == .unauthorised }

  /// Whether the server says that it understands version 2 of the definitions' API; `nil` when it does not say.
  var supportsSecondVersion: Bool? {
    let listed = page.headers.filter { $0.name == "api-supported-versions" }
      .flatMap { $0.value.parts(at: ",") }.map { Array($0.utf8.filter { $0 != 0x20 }) }
    if listed.isEmpty { return nil }
    return listed.contains { $0 == Array("2".utf8) || $0 == Array("2.0".utf8) }
  }
}

/// A version of a definition that was asked for, and every answer.
package struct FetchedDefinition: Sendable {
  /// What was asked.
  package let question: DefinitionQuestion
  /// The version of the API that answered last.
  package let apiVersion: Int
  /// The answers in their order, the last one the one that counts; their bodies must not be kept.
  package let answers: [RawPage]
  /// What was read of the last one.
  package let outcome: DefinitionRecord.Outcome
}
