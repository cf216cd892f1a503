import NIOHTTP1

/// An answer of the sandbox.
struct Answer {
  var status: HTTPResponseStatus
  var headers = HTTPHeaders()
  var body: [UInt8] = []

  /// An answer in JSON.
  static func json(_ status: HTTPResponseStatus, _ body: [UInt8]) -> Answer {
    Answer(
      status: status, headers: ["Content-Type": "application/json; charset=utf-8"], body: body)
  }

  /// An answer in JSON with an object of texts, in the order given.
  static func json(_ status: HTTPResponseStatus, _ fields: [(String, String)]) -> Answer {
    var body: [UInt8] = []
    for (name, value) in fields {
      body.append(UInt8(ascii: body.isEmpty ? "{" : ","))
      JSONText.append(name, to: &body)
      body.append(UInt8(ascii: ":"))
      JSONText.append(value, to: &body)
    }
    return json(status, body + [UInt8(ascii: "}")])
  }
}
