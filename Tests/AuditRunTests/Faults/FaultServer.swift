import AuditModel
import Synchronization
import TestServer
import TestSupport

@testable import AuditFetch

/// A model server on a real socket, which breaks the rules of HTTP or TCP where a test wants it to.
final class FaultServer: Sendable {
  /// At which requests for pages, counted from 0, something is done instead of answering.
  enum Schedule: Sendable {
    case never
    case at(Int, RawServer.Answer)
    case from(Int, RawServer.Answer)
    /// Every so many answers the connection is closed without having said so.
    case closingEvery(Int)

    fileprivate func answer(
      _ bytes: @autoclosure () -> [UInt8], at page: Int
    ) -> RawServer.Answer {
      switch self {
      case .at(page, let fault): fault
      case .from(let number, let fault) where page >= number: fault
      case .closingEvery(let number) where page % number == number - 1:
        .bytes(bytes(), then: .close)
      default: .bytes(bytes())
      }
    }
  }

  private let model: ModelServer
  private let schedule: Schedule
  private let pages = Mutex(0)

  private init(_ model: ModelServer, _ schedule: Schedule) {
    self.model = model
    self.schedule = schedule
  }

  /// Runs a test against a server on loopback; it is told the server's port.
  static func with<Result>(
    _ model: ModelServer, _ schedule: Schedule,
    _ test: (_ port: Int) async throws -> Result
  ) async throws -> Result {
    let server = FaultServer(model, schedule)
    return try await RawServer.with(server.answer) { try await test($0.port) }
  }

  private func answer(to head: String) -> RawServer.Answer {
    let words = head.split(separator: " ")
    let target = words.count > 1 ? String(words[1]) : "/"
    guard target.contains("ReturnLimit=10&") else { return .bytes(response(to: target)) }
    let page = pages.withLock { pages in
      defer { pages += 1 }
      return pages
    }
    return schedule.answer(response(to: target), at: page)
  }

  private func response(to target: String) -> [UInt8] {
    do {
      let response = try model.answer(
        to: HTTPRequestValue(method: .get, url: "http://model" + target, headers: []))
      let head =
        ["HTTP/1.1 \(response.status) X"] + response.headers.map { "\($0.name): \($0.value)" }
        + ["Content-Length: \(response.body.count)"]
      return Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + response.body
    } catch {
      return Array("HTTP/1.1 599 \(error)\r\nContent-Length: 0\r\n\r\n".utf8)
    }
  }
}
