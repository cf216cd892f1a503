import AuditEvidence
package import AuditFiles
import AuditModel
package import AuditPlan
import AuditReduce
import AuditRender
import AuditReport

/// Does again what made a pack: its raw pages are read, normalised, reduced and put together as its inputs say.
struct Reperformance {
  let pack: PublishedPack
  /// What its options.json says.
  let options: OptionsDocument
  /// What was asked, resolved anew from the pack's inputs.
  private(set) var plan: AuditPlan
  private let asOf: Instant
  private let workers: Int
  /// Puts tokens in the place of names; `nil` when they are shown.
  private var pseudonyms: Pseudonyms?

  /// Whether a file is one that a run keeps beside the pages and the journal, so that its work can be done again.
  static func isInput(_ path: String) -> Bool {
    [
      OptionsDocument.path, PreviousDocument.path, PackContents.configuration,
      PackContents.policy, PackContents.approvals, PackContents.template,
    ].contains { $0.isSame(as: path) } || path.begins(with: "\(PackContents.frameworks)/")
  }

  /// Reads the inputs of a pack; `change` may ask for something else than the pack holds, and `hasDefinitions` says
  /// whether there are definitions, `nil` as the pack was made.
  init(
    of pack: PublishedPack, workers: Int, hasDefinitions: Bool? = nil,
    change: (inout AuditOptions) -> Void = { _ in }
  ) throws {
    self.pack = pack
    self.workers = workers
    options = try pack.document(counted: OptionsDocument.self, at: OptionsDocument.path)
    guard let asOf = Instant(rfc3339: options.found.asOf) else {
      throw PackError.unreadable(path: OptionsDocument.path, reason: "its as-of instant is none.")
    }
    self.asOf = asOf
    var asked = Self.asked(options, in: pack)
    // Read before the plan is resolved: what the plan cannot read is a mistake of the user, and here it may be the disk.
    var inputs: [Name: [UInt8]] = [:]
    for (path, limit) in [
      (asked.config, FileLimit.note), (asked.policy, FileLimit.note),
      (asked.approvals, DecisionFile.sizeLimit),
    ] {
      guard let path else { continue }
      let inPack = String(decoding: path.utf8.dropFirst(pack.path.utf8.count + 1), as: UTF8.self)
      inputs[Name(path)] = try pack.read(inPack, limit: limit)
    }
    let ownPolicy = asked.policy.map { Name($0) }
    let frameworks = try Self.frameworks(options, in: pack)
    change(&asked)
    let replacesPolicy = asked.policy.map { Name($0) } != ownPolicy
    var environment = Self.environment(at: asOf, inputs)
    // Whatever paths the pack's own policy has, none leads out of the pack.
    if !replacesPolicy { environment.frameworks = frameworks }
    plan = try AuditPlan(
      resolving: asked, in: environment,
      hasDefinitions: hasDefinitions ?? (options.asked.controlDesign == true))
    plan.replacesPolicy = replacesPolicy
    // The pack's own policy may have had none.
    if replacesPolicy, plan.hasRules {
      plan.metrics = MetricKey.allCases.filter { $0.needsRules || plan.metrics.contains($0) }
    }
    // In the pack the file has a name of ours.
    plan.approvals?.name = options.asked.approvals?.file ?? ""
  }

  /// The files of the policy's frameworks, in its order.
  private static func frameworks(
    _ options: OptionsDocument, in pack: PublishedPack
  ) throws -> [[UInt8]] {
    var seen: Set<Name> = []
    return try (options.asked.frameworks ?? []).map { framework in
      let path = PackContents.framework(framework.id)
      guard ControlReference.isFramework(framework.id), pack.lists(path),
        seen.insert(Name(path)).inserted
      else {
        throw PackError.unreadable(
          path: OptionsDocument.path, reason: "it names a framework twice, or one without a file.")
      }
      return try pack.read(path, limit: NamedFile.sizeLimit)
    }
  }

  /// An environment of files alone, at an instant; the content of some is known.
  static func environment(
    at now: Instant, _ known: [Name: [UInt8]] = [:]
  ) -> RunEnvironment {
    RunEnvironment(variables: [:], now: now, homeFolder: nil) {
      (path, limit) throws(NamedFileError) in
      do throws(ArchiveError) {
        let content = known[Name(path)]
        let bytes = if let content { content } else { try StoredFile.read(path, limit: limit) }
        guard bytes.count <= limit else { throw .tooLarge(path: path, limit: limit) }
        return NamedFile(bytes: bytes)
      } catch {
        throw NamedFileError(error)
      }
    }
  }

  /// The same with tokens in the place of names.
  func pseudonymised(_ pseudonyms: Pseudonyms) -> Reperformance {
    var copy = self
    let pseudonymised = PseudonymisedCopy(pseudonyms)
    copy.pseudonyms = pseudonyms
    copy.plan.settings = pseudonymised.replacing(plan.settings)
    copy.plan.policy = plan.policy.map { pseudonymised.replacing($0) }
    copy.plan.preparedFor = nil
    copy.plan.approvals = plan.approvals.map { pseudonymised.replacing($0) }
    return copy
  }

  /// The template of the page: that of the pack, unless another was asked for.
  func template() throws -> ReportTemplate {
    let own = "\(pack.path)/\(PackContents.templates)"
    guard let folder = plan.templateFolder, folder.isSame(as: own) else {
      return try ReportTemplate(named: plan.templateFolder)
    }
    return try ReportTemplate(named: folder) { _ in
      try pack.read(PackContents.template, limit: FileLimit.page)
    }
  }

  /// Does it, and writes the rows' files; what the plan asks for besides is made of the result.
  func perform(into files: any ReportFiles) async throws -> PackContents {
    let pseudonymised = pseudonyms.map(PseudonymisedCopy.init)
    let previous = try previous().map { pseudonymised?.replacing($0) ?? $0 }
    var acquisition =
      pseudonymised?.replacing(options.found.acquisition) ?? options.found.acquisition
    acquisition.conversation = pack.manifest.conversation
    var reduction = reduction(into: files, earlier: try previous?.earlier())
    reduction.design = try design().map { pseudonymised?.replacing($0) ?? $0 }
    let outcome = try await reduction.reduce(
      pages,
      older: (
        try acquisition.openPages.map { try PackPages(pack, $0) }, acquisition.olderRefused
      ),
      asOf: AsOf(instant: asOf, source: options.found.asOfSource))
    return PackContents(
      of: outcome, acquisition, in: try surroundings(), comparedWith: previous, plan: plan)
  }

  /// What the pack's manifest and journal have that its pages and inputs do not give.
  private func surroundings() throws -> PackContents.Surroundings {
    var journal = JournalFacts(head: pack.manifest.journalHead)
    for header in Journal.reading(try pack.read(Journal.path)).entries.flatMap(\.headers) {
      journal.note(header.name, header.value)
    }
    var surroundings = PackContents.Surroundings(
      journal: journal, previous: pack.manifest.previous)
    // The report says of a restart too, so that nobody can add one to a manifest alone.
    if options.found.acquisition.notices.contains(where: { $0.has(.chainRestarted) }) {
      surroundings.chainRestart = pack.manifest.chainRestart
    }
    surroundings.signer = pack.manifest.signer
    surroundings.timestampAuthority = pack.manifest.timestampAuthority
    surroundings.original = pseudonyms == nil ? nil : pack.manifestDigest
    surroundings.saysLeaf = pseudonyms != nil || pack.manifest.leaf != nil
    return surroundings
  }

  private func reduction(into files: any ReportFiles, earlier: EarlierPack? = nil) -> Reduction {
    var reduction = Reduction(
      plan: plan, files: files, now: asOf, workers: workers, earlier: earlier,
      pseudonyms: pseudonyms)
    reduction.leaf = pack.manifest.leafKind
    return reduction
  }

  /// The leaves of the Merkle tree over the pack's rows, in order.
  func leaves() async throws -> [Leaf] {
    try await reduction(into: DigestedFiles()).leaves(of: pages, asOf: asOf)
  }

  /// The bytes of a row as the pack's pages have it; `nil` where none has the hash of its leaf.
  func received(_ leaf: Leaf) throws -> [UInt8]? {
    let pages = try pages
    for index in 0..<pages.count {
      try Task.checkCancellation()
      let body = try pages.body(at: index)
      for row in try PageScan.rows(of: body, page: pages.name(at: index))
      where row.referenceID == leaf.row.referenceID {
        if MerkleTree.leafHash(of: body.span.extracting(row.range)) == leaf.hash {
          return Array(body[row.range])
        }
      }
    }
    return nil
  }

  /// The line of instances.ndjson that the pack's settings make of a row as received.
  func line(of row: [UInt8]) throws(PageError) -> [UInt8] {
    let rows = try PageReader.read(Array("[".utf8) + row + "]".utf8, page: pack.name)
    var normaliser = Normaliser(settings: plan.normalising(asOf: asOf))
    let batch = normaliser.normalise(rows)
    var lines = InstancesNDJSON()
    for index in batch.instances.indices { lines.append(index, of: batch) }
    // Without the last newline.
    return Array(lines.bytes.dropLast())
  }

  /// What the server said of the definitions; `nil` where it was not asked.
  func design() throws -> ControlDesign? {
    try options.found.acquisition.definitions.map { answers in
      ControlDesign(
        apiVersion: answers.apiVersion, refused: answers.refused,
        records: try pack.definitions())
    }
  }

  private var pages: PackPages {
    get throws { try PackPages(pack, options.found.acquisition.pages) }
  }

  private func previous() throws -> PreviousDocument? {
    pack.lists(PreviousDocument.path)
      ? try pack.document(counted: PreviousDocument.self, at: PreviousDocument.path) : nil
  }

  /// What was said when the pack was made, as far as its inputs carry it.
  private static func asked(_ document: OptionsDocument, in pack: PublishedPack) -> AuditOptions {
    var options = AuditOptions()
    options.pages = "\(pack.path)/\(PageFolder.inPack)"
    options.from = document.asked.window?.from
    options.to = document.asked.window?.to
    options.timeZone = document.asked.timeZone
    options.format = document.asked.formats.joined(separator: ",")
    options.metrics = document.asked.metrics.joined(separator: ",")
    options.asOf = document.asked.asOf
    options.assurance = document.asked.assurance
    options.excel = document.asked.excel
    options.acceptUnproved = document.asked.acceptUnproved
    let file = { (path: String) in pack.lists(path) ? "\(pack.path)/\(path)" : nil }
    options.config = file(PackContents.configuration)
    options.policy = file(PackContents.policy)
    options.approvals = file(PackContents.approvals)
    let hasTemplate = pack.lists(PackContents.template)
    options.template = hasTemplate ? "\(pack.path)/\(PackContents.templates)" : nil
    return options
  }
}

extension NamedFileError {
  /// Why a file could not be read, in the words for files that the user names.
  package init(_ error: ArchiveError) {
    self =
      switch error {
      case .missing: .missing
      case .notAFile: .notAFile
      case .tooLarge: .tooLarge
      case .cannotRead(_, let fault): .unreadable(fault.description)
      default: .unreadable(error.description)
      }
  }
}
