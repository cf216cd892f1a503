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

/// What certificates are for: subjects, which begin with `CN=`.
struct SubjectGenerator {
  let hostilePercent: Int

  /// A subject; hostile or not is drawn apart, so that the share of the hostile changes no other.
  func subject(_ random: inout SeededRandom, hostility: inout SeededRandom) -> Subject {
    let ordinary = Self.ordinary(&random)
    guard hostility.index(below: 100) < hostilePercent,
      let hostile = hostility.pick(HostileNames.all)
    else { return Subject(text: ordinary, isHostile: false) }
    return Subject(text: "CN=\(hostile)", isHostile: true)
  }

  /// A subject as it stands in titles.
  struct Subject {
    var text: String
    var isHostile: Bool
  }

  private static func ordinary(_ random: inout SeededRandom) -> String {
    let number = random.index(below: 900) + 100
    return switch random.index(below: 100) {
    case ..<45: "CN=appsrvr\(number).keyexample.com"
    case ..<65: "CN=svc-\(number).prod.keyexample.com"
    case ..<75: "CN=device-\(random.index(below: 9000) + 1000).iot.keyexample.com"
    case ..<82: "CN=*.app\(number).keyexample.com"
    case ..<87: "CN=vpn user \(number)"
    case ..<90: "CN=büro-\(number).keyexample.com"
    case ..<96: "CN=gw\(number).keyexample.com,OU=Network,O=Key Example Inc"
    case ..<98: "CN=Acme Widgets\\, Inc. Gateway \(number),O=Acme Widgets\\, Inc.,C=US"
    default: "CN=Build & Release <\(number)>"
    }
  }
}
