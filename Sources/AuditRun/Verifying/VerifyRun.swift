import AuditEvidence
public import AuditModel

/// Verifies a pack, or every pack of an archive and the chain that they make.
public struct VerifyRun: Sendable {
  private let settings: VerifySettings

  /// What is said of it.
  public struct Answer: Sendable {
    /// One verification a pack; with a chain the last one is the chain's.
    public var verifications: [Verification]
    /// Which names of an archive are not packs, a sentence.
    public fileprivate(set) var notice: String?

    /// Takes what was found.
    public init(verifications: [Verification]) {
      self.verifications = verifications
    }

    /// What the program answers.
    public var exitStatus: ExitStatus {
      verifications.allSatisfy(\.isIntact) ? .complete : .brokenData
    }

    /// As tables to read.
    public var table: String { verifications.map(\.table).joined(separator: "\n\n") }

    /// For machines: an object for one pack, an array for a chain.
    public func json() throws -> String {
      let texts = try verifications.map { try $0.json() }
      return texts.count == 1 ? texts[0] : "[\n\(texts.joined(separator: ",\n"))\n]"
    }
  }

  /// Makes a run.
  public init(_ settings: VerifySettings) {
    self.settings = settings
  }

  /// Verifies one pack.
  public func pack(_ path: String) async throws -> Answer {
    Answer(verifications: [try await verifier(path).run()])
  }

  /// Verifies every pack of an archive, in the order of the chain, and the chain.
  public func chain(_ archive: String) async throws -> Answer {
    let links = try ArchiveLinks(of: archive)
    if let closed = links.closed.first { throw closed.reason }
    guard !links.links.isEmpty || !links.unreadable.isEmpty else {
      throw PackError.noPacks(archive: archive)
    }
    let chain = PackChain(links.links, after: settings.removed)
    var verifications: [Verification] = []
    for link in chain.order {
      verifications.append(try await verifier("\(archive)/\(link.name)").run())
    }
    var whole = Verification(pack: archive)
    let restarts = chain.restarts.map(\.name).joined(separator: ", ")
    whole.add(
      "chain",
      "\(chain.order.count) packs, each naming the digest of the one before"
        + (restarts.isEmpty ? "" : ", but for recorded restarts at \(restarts)"),
      (chain.discrepancies + links.unreadable).sorted { $0.path.precedes($1.path) })
    var answer = Answer(verifications: verifications + [whole])
    answer.notice = links.notice
    return answer
  }

  private func verifier(_ path: String) -> PackVerifier {
    PackVerifier(pack: path, settings: settings)
  }
}
