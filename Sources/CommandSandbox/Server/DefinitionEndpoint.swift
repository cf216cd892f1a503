import NIOHTTP1

/// `GET /Workflow/Definitions/{id}`.
struct DefinitionEndpoint: Sendable {
  private static let places = ["/keyfactorapi", "/keyfactor/api"].map {
    $0 + "/workflow/definitions/"
  }

  let options: SandboxOptions
  let catalogue: WorkflowCatalogue
  let authenticator: Authenticator

  /// The id in a path in lower case; `nil` for a path that is not the endpoint's.
  static func id(in path: String) -> String? {
    places.first { path.hasPrefix($0) }.map { String(path.dropFirst($0.count)) }
  }

  func answer(_ request: Request, id: String) -> Answer {
    var answer = content(request, id: id)
    // Only the newest of the releases knows version 2.
    answer.headers.add(
      name: "Api-Supported-Versions", value: options.profile == .v25 ? "1.0, 2" : "1.0")
    return answer
  }

  private func content(_ request: Request, id: String) -> Answer {
    guard request.method == .GET else {
      return Answer(status: .methodNotAllowed, headers: ["Allow": "GET"])
    }
    guard authenticator.principal(of: request) != nil else { return authenticator.refusal }
    guard let sent = request.headers.first(name: InstanceEndpoint.requestedWith), !sent.isEmpty
    else { return RequestError.missingHeader(InstanceEndpoint.requestedWith).answer }
    if !options.showsDefinitions {
      return .json(
        .forbidden,
        [
          ("ErrorCode", "0xA0120001"),
          ("Message", "The permission /workflows/definitions/read/ is required."),
        ])
    }
    guard let apiVersion = apiVersion(of: request) else {
      return .json(
        .badRequest,
        [("ErrorCode", "0xA0110008"), ("Message", "The requested API version is not supported.")])
    }
    guard let workflow = catalogue.workflows.first(where: { $0.id == id }),
      let version = version(request, of: workflow)
    else { return Answer(status: .notFound) }
    return .json(
      .ok, DefinitionEncoder(options).encode(workflow, version: version, apiVersion: apiVersion))
  }

  /// The version of the API that is asked for; `nil` for one that the release does not know.
  private func apiVersion(of request: Request) -> Int? {
    switch request.headers.first(name: "x-keyfactor-api-version") ?? "1" {
    case "1", "1.0": 1
    case "2", "2.0": options.profile == .v25 ? 2 : nil
    default: nil
    }
  }

  /// The version of the definition that is asked for, or the latest; `nil` for one that there is not.
  private func version(_ request: Request, of workflow: Workflow) -> Int? {
    guard let text = request.parameters["definitionVersion"] else { return workflow.versions }
    return Int(text).flatMap { 1...workflow.versions ~= $0 ? $0 : nil }
  }
}
