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
