package import AuditFetch
package import AuditModel

extension AuditPlan {
  /// What is to be fetched, from this plan's server; `now` is this machine's time.
  package func fetch(of window: Window, from connection: Connection, now: Instant) -> FetchPlan {
    var fetch = FetchPlan(connection: connection, window: window, pageSize: pageSize)
    fetch.assurance = assurance
    fetch.concurrency = concurrency
    fetch.deadlineSeconds = deadlineSeconds
    // The sandbox keeps the time that it is told to keep.
    let isSandbox = sourceKind == SourceKind.sandbox.rawValue
    fetch.hostTime = isSandbox ? nil : now
    fetch.allowsOpenWindow = allowOpenWindow || isSandbox
    let integers = statusMap.filter { [.running, .suspended].contains($0.value) }.keys.sorted()
    fetch.openStatuses += integers.map(String.init)
    return fetch
  }
}
