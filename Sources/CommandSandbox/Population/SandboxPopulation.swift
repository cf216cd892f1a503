/// The instances of a sandbox, drawn from its seed, by rising reference id.
public struct SandboxPopulation: Sendable {
  /// The rows, by reference id and by start.
  public let rows: [SandboxRow]

  /// Draws a population.
  public init(_ options: SandboxOptions) {
    var draw = PopulationDraw(options)
    rows = draw.rows()
  }
}

/// The drawing of a population.
private struct PopulationDraw {
  private let options: SandboxOptions
  private var random: SeededRandom
  private let definitions: [SandboxDefinition]
  private let users: [String]
  private let userShares: [Double]
  private var referenceID: Int64 = 150_000

  private static let day: Int64 = 86_400_000

  init(_ options: SandboxOptions) {
    self.options = options
    random = SeededRandom(seed: options.seed)
    definitions = Self.definitions(&random)
    users = Self.users(options.users, &random)
    var total = 0.0
    userShares = users.indices.map { rank in
      total += 1 / Double(rank + 1)
      return total
    }
  }

  mutating func rows() -> [SandboxRow] {
    let outside = max(options.instances / 25, 2)
    let starts =
      starts(outside, from: options.from - 3 * Self.day, to: options.from)
      + starts(options.instances, from: options.from, to: options.to)
      + starts(outside, from: options.to, to: options.to + 3 * Self.day)
    return starts.map { row(start: $0) }
  }

  /// Starts in order, more of them in working hours.
  private mutating func starts(_ count: Int, from: Int64, to: Int64) -> [Int64] {
    (0..<count).map { _ -> Int64 in
      var start = from
      for _ in 0..<6 {
        start = from + Int64(random.unit() * Double(to - from))
        let hour = start / 3_600_000 % 24
        let weekday = (start / Self.day + 3) % 7
        let isBusy = weekday < 5 && 7..<18 ~= hour
        if random.unit() < (isBusy ? 1 : 0.15) { break }
      }
      return start
    }.sorted()
  }

  private mutating func user() -> Int {
    let point = random.unit() * (userShares.last ?? 1)
    var low = 0
    var high = userShares.count - 1
    while low < high {
      let middle = (low + high) / 2
      if userShares[middle] < point { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func row(start: Int64) -> SandboxRow {
    // Ids skip now and then, as identity caches do.
    referenceID += random.unit() < 0.001 ? 1000 : random.unit() < 0.03 ? 2 : 1
    let definition = definitions[
      min(random.below(definitions.count), random.below(definitions.count))]
    let rank = user()
    let commonName = commonName()
    let duration = duration(of: definition)
    let end = options.now ?? options.to + 20 * Self.day
    let isOver = start + duration <= end
    let status = status(definition, isOver: isOver, failsOften: rank % 17 == 5)
    let message = message(of: status, definition)
    let step = step(of: status, definition)
    let lastModified =
      isOver ? start + duration : start + Int64(random.unit() * Double(max(0, end - start)))
    return SandboxRow(
      referenceID: referenceID, id: random.guid(), status: status, statusMessage: message,
      definition: definition, version: 1 + random.below(definition.versions), stepID: random.guid(),
      stepName: step.name, stepUniqueName: step.uniqueName, userName: users[rank],
      title: title(definition, users[rank], commonName), start: start, lastModified: lastModified,
      hasLoneSurrogate: options.hostilePercent > 0 && random.unit() < 0.002)
  }

  private mutating func duration(of definition: SandboxDefinition) -> Int64 {
    // Some approvals are never given.
    if definition.asksForApproval, random.unit() < 0.02 { return 400 * Self.day }
    let milliseconds = exponential(definition.logMedianSeconds + 1.1 * random.normal()) * 1000
    return Int64(min(milliseconds, 60 * Double(Self.day)))
  }

  private mutating func commonName() -> String {
    if random.below(100) < options.hostilePercent { return random.pick(HostileNames.all) }
    let number = random.below(9000) + 1000
    switch random.below(100) {
    case ..<70: return "host\(number).prod.example.com"
    case ..<90: return "svc-\(number).k8s.example.com"
    case ..<95: return "*.app\(number).example.com"
    case ..<98: return "büro-\(number).example.com"
    default: return "Acme Widgets, Inc. Gateway \(number)"
    }
  }

  private mutating func title(
    _ definition: SandboxDefinition, _ user: String, _ commonName: String
  ) -> String? {
    if random.unit() < 0.0005 { return nil }
    switch definition.workflowType {
    case "Enrollment": return "\(user) is enrolling for a certificate with CN=\(commonName)."
    case "Revocation": return "\(user) is revoking certificate with CN=\(commonName)."
    case "Expiration": return "Certificate with CN=\(commonName) is about to expire."
    default: return "Certificate with CN=\(commonName) entered collection Expiring Soon"
    }
  }

  private mutating func status(
    _ definition: SandboxDefinition, isOver: Bool, failsOften: Bool
  ) -> SandboxRow.Status {
    guard isOver else { return definition.asksForApproval ? .suspended : .running }
    let point = random.unit()
    if point < 0.02 { return .canceledForRestart }
    if point < 0.02 + (failsOften ? 0.22 : 0.05) { return .failed }
    if definition.asksForApproval, point > 0.9 { return .rejected }
    return .complete
  }

  private mutating func message(
    of status: SandboxRow.Status, _ definition: SandboxDefinition
  ) -> String? {
    switch status {
    case .running, .canceledForRestart: return nil
    case .suspended: return "Awaiting \(1 + random.below(2)) more approval(s) from approval roles."
    case .rejected: return "Workflow rejected by user with Id \(3 + random.below(5))."
    case .failed:
      return random.pick(Self.failures(isRevocation: definition.workflowType == "Revocation"))
    case .complete:
      if definition.workflowType == "Revocation" { return "Revoked" }
      return random.pick([
        "Issued", "Issued", "Issued. The private key was successfully retained.",
        "Issued. The private key was successfully retained.",
        "Taken Under Submission. The certificate template requires manager approval, and is marked as pending.",
      ])
    }
  }

  private mutating func step(
    of status: SandboxRow.Status, _ definition: SandboxDefinition
  ) -> (name: String, uniqueName: String) {
    let work =
      definition.workflowType == "Revocation"
      ? ("Keyfactor-Revoke", "Keyfactor-Revoke") : ("Keyfactor-Enroll", "Keyfactor-Enroll")
    switch status {
    case .suspended, .rejected: return ("Require Approval", "RequireApproval1")
    case .running: return work
    case .failed: return random.pick([work, work, ("Call ITSM", "RESTRequest_ITSM")])
    case .complete, .canceledForRestart: return ("End", "EndNOOP")
    }
  }

  private static func failures(isRevocation: Bool) -> [String] {
    let step = isRevocation ? "Keyfactor-Revoke" : "Keyfactor-Enroll"
    return [
      "Access is denied",
      "Either the credentials are invalid, or the CA on ca01.keyexample.com is not running",
      "Pre-process failed: The template WebServer was not found.",
      "Post-process Failed: The orchestrator did not answer.",
      "Step '\(step)' failed: The RPC server is unavailable. (0x800706BA)",
      "Step ‘\(step)’ failed:Denied by Policy Module",
      "Step 'Call ITSM' failed: 502 Bad Gateway",
      "The request timed out.",
    ]
  }

  private static func definitions(_ random: inout SeededRandom) -> [SandboxDefinition] {
    let kinds: [(name: String, type: String, versions: Int, approval: Bool, median: Double)] = [
      ("Global Enrollment", "Enrollment", 1, false, 1.2),
      ("Web Server Enrollment", "Enrollment", 3, true, 10.2),
      ("Global Revocation", "Revocation", 1, false, 1.0),
      ("Device Enrollment", "Enrollment", 2, false, 2.1),
      ("Code Signing Enrollment", "Enrollment", 2, true, 11.6),
      ("Revocation with Approval", "Revocation", 1, true, 9.1),
      ("Expiring Soon", "CertificateEnteredCollection", 1, false, 0.7),
      ("Expiration Renewal", "Expiration", 1, false, 1.6),
    ]
    return kinds.map {
      SandboxDefinition(
        id: random.guid(), name: $0.name, workflowType: $0.type, versions: $0.versions,
        asksForApproval: $0.approval, logMedianSeconds: $0.median)
    }
  }

  private static func users(_ count: Int, _ random: inout SeededRandom) -> [String] {
    let first = ["james", "mary", "wei", "josé", "zoë", "olga", "ravi", "fatima", "noah", "emma"]
    let last = ["smith", "jones", "garcia", "müller", "nowak", "kim", "patel", "okafor", "ivanova"]
    return (0..<max(count, 1)).map { index in
      if index == 0 { return "Timer Service" }
      let name = "\(random.pick(first).prefix(1))\(random.pick(last))\(index)"
      switch index % 12 {
      case 3: return "\(name)@example.com"
      case 7: return "alpha-rho-\(index)-client"
      case 11: return "PARTNER\\\(name)"
      default: return "KEYEXAMPLE\\\(name)"
      }
    }
  }
}

/// e to the power of x, by halving and its series: the same bits on every machine.
private func exponential(_ x: Double) -> Double {
  let part = x / 1024
  var result = 1 + part * (1 + part / 2 * (1 + part / 3 * (1 + part / 4)))
  for _ in 0..<10 { result *= result }
  return result
}
