import NIOHTTP1

/// `GET /Workflow/Definitions/{id}`.
struct DefinitionEndpoint: Sendable {
  /// Where it is, before the id and below the API.
  static let place = "workflow/definitions/"

  let options: SandboxOptions
  let catalogue: WorkflowCatalogue
  let authenticator: Authenticator

  func answer(_ request: Request, id: String) -> Answer {
    var answer = authenticator.reading(request) { _ throws(RequestError) in
      try request.checkRequestedWith()
      return content(request, id: id)
    }
    // Only the newest of the releases knows version 2.
    answer.headers.add(
      name: "Api-Supported-Versions", value: options.profile == .v25 ? "1.0, 2" : "1.0")
    return answer
  }

  private func content(_ request: Request, id: String) -> Answer {
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
