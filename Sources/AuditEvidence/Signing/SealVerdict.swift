/// What was found of a pack's signature and time-stamp.
public struct SealVerdict: Sendable, Equatable {
  /// The signature.
  public var signature: SignatureVerdict
  /// The time-stamp.
  public var timestamp: TimestampVerdict

  /// Whether nothing is wrong: an unsigned pack is sound too, and must be called unsigned.
  public var isSound: Bool { faults.isEmpty }

  /// What is wrong, in sentences.
  public var faults: [String] {
    var faults: [String] = []
    if case .invalid(let reasons) = signature { faults += reasons }
    if case .invalid(let reasons) = timestamp { faults += reasons }
    return faults
  }
}
