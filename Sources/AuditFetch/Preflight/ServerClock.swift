import AuditModel

/// The server's clock beside this machine's: what is settled is decided by the server's.
struct ServerClock: Sendable {
  /// Late commits settle within this time: a window that ended less long ago may still be filling.
  static let settleMinutes: Int64 = 15
  /// From here on the difference is worth a warning.
  private static let notableSeconds: Int64 = 300
  private static let largestSeconds: Int64 = 86_400

  /// What the server said; `nil` when its answers carry no date.
  let server: Instant?
  /// This machine's time; `nil` when the two are not to be compared.
  let host: Instant?

  /// Checks the two clocks, and that a window has settled.
  func check(_ plan: FetchPlan) throws(FetchError) -> ConversationDocument.Check {
    if let server, let host, abs(server.milliseconds(since: host)) > Self.largestSeconds * 1000 {
      throw .clocksDiffer(server: server, host: host)
    }
    if !plan.allowsOpenWindow, let now = server ?? host {
      let settled = now.advanced(byMilliseconds: -Self.settleMinutes * 60_000)
      guard plan.window.to <= settled else {
        throw .openWindow(end: plan.window.to, server: now, isServersClock: server != nil)
      }
    }
    return report
  }

  private var report: ConversationDocument.Check {
    guard let server else { return .noted("clock", "the server's answers carry no Date") }
    guard let host else { return .passed("clock", "the server's is \(server)") }
    let seconds = server.milliseconds(since: host) / 1000
    let difference =
      seconds == 0
      ? "the same as this machine's"
      : "\(abs(seconds)) s \(seconds > 0 ? "ahead of" : "behind") this machine's"
    return .passed(
      "clock", "the server's is \(server), \(difference)",
      if: abs(seconds) < Self.notableSeconds)
  }
}
