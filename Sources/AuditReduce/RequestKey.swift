/// What a request is known by among those of the same run: 64 bits of SipHash under the seed of the process.
///
/// Two that differ have the same key once in 2⁶⁴, and matter only within minutes of each other. Requesters choose the
/// texts, but neither the seed nor the variables of the process, so that they cannot make two look like one. The key
/// itself is never written.
struct RequestKey: Sendable, Hashable {
  private let hash: Int

  /// Stands for no request.
  static let none = RequestKey(hash: 0)

  private init(hash: Int) {
    self.hash = hash
  }

  /// The key of some bytes.
  init(of bytes: [UInt8]) {
    var hasher = Hasher()
    // The buffer is read within the call and not kept.
    unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    self.init(hash: hasher.finalize())
  }
}
