/// The instances of a sandbox, drawn from its seed alone.
package struct SandboxPopulation: Sendable {
  /// The rows, ascending by reference id and so by start.
  package var rows: [SandboxRow]

  private static let day: Int64 = 86_400_000

  /// The last instant of a population: what the server's clock says, or 20 days after the window.
  static func end(_ options: SandboxOptions) -> Int64 {
    options.now ?? options.to + 20 * day
  }

  /// Draws a population; the same options give the same rows, on every machine and on every day.
  package init(_ options: SandboxOptions) {
    let day = Self.day
    let end = Self.end(options)
    let outside = options.instances * 4 / 100
    let rhythm = StartRhythm(seed: options.seed, end: end)
    let starts =
      rhythm.starts(outside, from: options.from - 3 * day, to: options.from)
      + rhythm.starts(options.instances, from: options.from, to: options.to)
      + rhythm.starts(outside, from: options.to, to: options.to + 3 * day)
    var artist = RowGenerator(options, end: end)
    rows = starts.map { artist.row(start: $0) }
  }
}

/// Draws the rows of a population, one after the other.
struct RowGenerator {
  private let options: SandboxOptions
  private let end: Int64
  private let catalogue: WorkflowCatalogue
  private let users: UserDirectory
  private let strugglers: Set<String>
  private let subjects: SubjectGenerator
  private var followUps = FollowUps()
  private var referenceID: Int64 = 150_000
  private var count: UInt64 = 0

  /// Rows of a sandbox in which nothing is later than `end`.
  init(_ options: SandboxOptions, end: Int64) {
    self.options = options
    self.end = end
    catalogue = WorkflowCatalogue(seed: options.seed)
    users = UserDirectory(count: options.users, seed: options.seed)
    strugglers = Set(users.strugglers)
    subjects = SubjectGenerator(hostilePercent: options.hostilePercent)
  }

  /// The next row; starts are given in rising order.
  mutating func row(start: Int64) -> SandboxRow {
    count += 1
    var random = SeededRandom(seed: options.seed, stream: count << 1)
    let id = random.guid()
    referenceID += Self.distance(&random)
    let assignment = followUps.due(at: start) ?? fresh(start: start, &random)
    let workflow = catalogue.workflows[assignment.workflow]
    let run = WorkflowRun.draw(
      workflow, assignment, isStruggling: isStruggling(assignment), &random)
    let state = RowState.draw(workflow, run, start: start, end: end, &random)
    follow(assignment, state, workflow, &random)
    return SandboxRow(
      referenceID: referenceID, id: id, status: state.status, statusMessage: state.message,
      definition: SandboxRow.Definition(
        id: workflow.id, name: workflow.name, version: version(of: workflow, start: start),
        workflowType: workflow.kind.rawValue),
      step: state.step, userName: assignment.userName,
      title: random.happens(1 / 2000) ? nil : Self.title(workflow.kind, assignment), start: start,
      lastModified: random.happens(1 / 2000) ? nil : state.lastModified)
  }

  /// Ids skip where rows were deleted, and by thousands where the database lost an identity cache.
  private static func distance(_ random: inout SeededRandom) -> Int64 {
    if random.happens(1 / 1500) { return 1000 }
    return random.happens(0.03) ? 2 + Int64(random.index(below: 3)) : 1
  }

  private func fresh(start: Int64, _ random: inout SeededRandom) -> Assignment {
    var hostility = SeededRandom(seed: options.seed, stream: count << 1 | 1)
    let place = catalogue.draw(start: start, &random)
    let kind = catalogue.workflows[place].kind
    let isTimer = !kind.isStartedByPeople || random.happens(0.04)
    var assignment = Assignment(
      workflow: place, userName: isTimer ? UserDirectory.timer : users.draw(&random),
      subject: subjects.subject(&random, hostility: &hostility))
    if kind == .revocation, random.happens(0.6), let issued = followUps.certificate(&random) {
      assignment.subject = issued.subject
      if random.happens(0.5) { assignment.userName = issued.userName }
    }
    return assignment
  }

  private func isStruggling(_ assignment: Assignment) -> Bool {
    assignment.failures > 0 || strugglers.contains(assignment.userName)
  }

  private mutating func follow(
    _ assignment: Assignment, _ state: RowState, _ workflow: Workflow, _ random: inout SeededRandom
  ) {
    var again = assignment
    again.failures += 1
    switch state.status {
    case .failed where random.happens(isStruggling(assignment) ? 0.8 : 0.3):
      let pause = Int64(random.logNormal(median: 900, deviation: 0.9) * 1000)
      followUps.add(again, notBefore: state.lastModified + pause)
    case .canceledForRestart:
      again.failures = assignment.failures
      followUps.add(again, notBefore: state.lastModified)
    case .complete where workflow.kind == .enrollment: followUps.remember(assignment)
    default: break
    }
  }

  /// New versions come at even distances in the window.
  private func version(of workflow: Workflow, start: Int64) -> Int {
    let place = Double(start - options.from) / Double(max(options.to - options.from, 1))
    return min(max(Int(place * Double(workflow.versions)), 0), workflow.versions - 1) + 1
  }

  private static func title(_ kind: Workflow.Kind, _ assignment: Assignment) -> String {
    let (user, subject) = (assignment.userName, assignment.subject.text)
    return switch kind {
    case .enrollment: "\(user) is enrolling for a certificate with \(subject)."
    case .revocation: "\(user) is revoking certificate with \(subject)."
    case .enteredCollection: "Certificate with \(subject) entered collection Expiring Soon."
    case .expiration: "Certificate with \(subject) is expiring and will be renewed."
    }
  }
}

/// Requests that people make again after a failure or a restart, and certificates they may revoke.
struct FollowUps {
  private static let patience: Int64 = 6 * 3_600_000
  private static let memory = 300

  private var waiting: [(notBefore: Int64, assignment: Assignment)] = []
  private var issued: [Assignment] = []

  /// Asks for a row about the same thing at some later start.
  mutating func add(_ assignment: Assignment, notBefore: Int64) {
    waiting.append((notBefore, assignment))
  }

  /// What is due at a start, the longest waiting first; what waited too long is forgotten.
  mutating func due(at start: Int64) -> Assignment? {
    waiting.removeAll { start - $0.notBefore > Self.patience }
    guard let place = waiting.firstIndex(where: { $0.notBefore <= start }) else { return nil }
    return waiting.remove(at: place).assignment
  }

  /// Remembers a certificate that was issued.
  mutating func remember(_ assignment: Assignment) {
    issued.append(assignment)
    if issued.count > Self.memory { issued.removeFirst() }
  }

  /// A certificate issued not long ago.
  func certificate(_ random: inout SeededRandom) -> Assignment? { random.pick(issued) }
}

/// When instances start: in office hours mostly, on working days, seen in UTC.
struct StartRhythm {
  private static let hour: Int64 = 3_600_000

  let seed: UInt64
  /// Nothing starts later.
  let end: Int64

  /// That many instants of a half-open range, ascending; none where the range is in the future.
  func starts(_ count: Int, from: Int64, to: Int64) -> [Int64] {
    let to = min(to, end)
    guard count > 0, from < to else { return [] }
    var random = SeededRandom(seed: seed, stream: UInt64(bitPattern: from))
    let hours = Array(stride(from: from, to: to, by: Int(Self.hour)))
    let shares = CumulativeShares(hours.map(Self.share))
    return (0..<count).compactMap { _ -> Int64? in
      guard let index = shares.draw(&random) else { return nil }
      return random.whole(hours[index]..<min(hours[index] + Self.hour, to))
    }.sorted()
  }

  /// Whether people are at work.
  static func isOfficeTime(_ instant: Int64) -> Bool { share(of: instant) >= 0.5 }

  private static func share(of instant: Int64) -> Double {
    let time = CivilTime(milliseconds: instant)
    let isWeekend = time.weekday >= 5
    return switch time.hour {
    case 12: isWeekend ? 0.08 : 0.6
    case 8..<17: isWeekend ? 0.1 : 1
    case 6..<20: isWeekend ? 0.06 : 0.3
    default: 0.05
    }
  }
}
