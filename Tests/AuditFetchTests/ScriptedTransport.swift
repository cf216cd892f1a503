import AuditModel
import Synchronization
import TestSupport

@testable import AuditFetch

/// Answers requests from a list, and remembers them.
final class ScriptedTransport: HTTPTransport {
  private let answers: Mutex<[Result<HTTPResponseValue, TransportError>]>
  private let received: Mutex<[HTTPRequestValue]> = Mutex([])

  init(_ answers: [HTTPResponseValue]) {
    self.answers = Mutex(answers.map { .success($0) })
  }

  var requests: [HTTPRequestValue] { received.withLock { $0 } }

  func send(_ request: HTTPRequestValue) async throws(TransportError) -> HTTPResponseValue {
    received.withLock { $0.append(request) }
    let answer = answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    guard let answer else {
      throw .unreachable(place: "script", reason: "an unexpected request")
    }
    return try answer.get()
  }
}

extension HTTPResponseValue {
  static func token(_ token: String, lifetime: Double?) -> Self {
    let expiry = lifetime.map { ",\"expires_in\":\($0)" } ?? ""
    return .json("{\"access_token\":\"\(token)\",\"token_type\":\"Bearer\"\(expiry)}")
  }
}
