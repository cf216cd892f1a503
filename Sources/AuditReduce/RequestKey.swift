/// What a request is known by among those of the same run: 64 bits of SipHash under the seed of the process.
///
/// Two that differ are taken for one once in 2⁶⁴ comparisons, and only those within minutes of each other are compared.
/// Requesters choose the texts, but not the seed, so that they cannot make two look like one. No output depends on it.
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
