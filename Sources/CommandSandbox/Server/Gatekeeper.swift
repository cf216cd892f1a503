import FoundationEssentials
import NIOHTTP1

/// Who may call the API.
struct Gatekeeper: Sendable {
  let options: SandboxOptions
  let tokens: TokenBook

  /// Who asks, as the product names them; `nil` without valid credentials.
  func principal(of request: Request) -> String? {
    let header = request.headers.first(name: "Authorization") ?? ""
    let parts = header.split(separator: " ", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    switch parts[0].lowercased() {
    case "basic" where options.authentication != .oauth:
      let pair = Data("\(options.userName):\(options.password)".utf8).base64EncodedString()
      return parts[1] == pair ? options.userName : nil
    case "bearer" where options.authentication != .basic:
      return tokens.isValid(String(parts[1]), uptime: request.uptime) ? options.clientID : nil
    default: return nil
    }
  }

  /// The answer to a request without valid credentials: an empty body, as web servers give.
  var refusal: Answer {
    var answer = Answer(status: .unauthorized)
    if options.authentication != .oauth {
      answer.headers.add(name: "WWW-Authenticate", value: #"Basic realm="Keyfactor Command""#)
    }
    if options.authentication != .basic {
      answer.headers.add(name: "WWW-Authenticate", value: #"Bearer realm="Keyfactor Command""#)
    }
    return answer
  }
}
