package import AuditModel
import Crypto

/// assessment-results.json: what became of the policy checks, for programs that load OSCAL.
///
/// A check that passed or failed is a finding. One that could not be evaluated is an observation and nothing else: nothing is
/// satisfied because nobody could look.
package struct AssessmentResults {
  /// Where it lies in a pack.
  package static let path = "assessment-results.json"

  /// The report, its checks evaluated.
  let report: ReportDocument
  /// The SHA-256 of the policy file; `nil` where the policy is not shown.
  private let policy: String?
  /// Whether the policy is another one than the pack's.
  private let replacesPolicy: Bool
  /// The files with figures and rows that lie beside it.
  let files: [EvidenceFile]

  /// Renders the checks of a report.
  ///
  /// - Parameters:
  ///   - report: The report, with the checks evaluated.
  ///   - policy: The SHA-256 of the policy file, lower-case hexadecimal.
  ///   - replacesPolicy: Whether it is another policy than the pack's, which has no place in it.
  ///   - digest: The SHA-256 of a file of the report by its path; `nil` where it is not made.
  /// - Returns: The file.
  /// - Throws: a ``RenderError``, which it has no reason to.
  package static func render(
    _ report: ReportDocument, policy: String?, replacesPolicy: Bool = false,
    digest: (String) -> String?
  ) throws -> Artifact {
    let files = EvidenceFile.withFigures.compactMap { file in
      digest(file.path).map { file.with(sha256: $0) }
    }
    // Whoever knows most of a policy could find out the rest from its digest.
    let isCopy = report.cover.twinOf != nil
    let results = AssessmentResults(
      report: report, policy: isCopy ? nil : policy, replacesPolicy: replacesPolicy, files: files)
    let (metadata, result, resources) = (results.metadata, results.result, results.resources)
    func bytes(uuid: String) throws -> [UInt8] {
      let content: JSONObject = [
        "uuid": uuid, "metadata": metadata, "import-ap": results.plan, "results": [result],
        "back-matter": ["resources": resources] as JSONObject,
      ]
      return try JSONFile.bytes(of: ["assessment-results": content] as JSONObject, named: path)
    }
    // As OSCAL asks, another content has another identifier.
    return Artifact(
      path: path, mediaType: "application/json",
      bytes: try bytes(uuid: NamedUUID.of(bytes(uuid: ""))))
  }

  /// The UUID of a part, the same whenever the same rows are reported as of the same instant.
  func uuid(_ part: String...) -> String {
    let cover = report.cover
    let facts = [
      cover.merkleRoot ?? "", cover.window.from, cover.window.to, cover.asOf,
      cover.source.server ?? cover.source.kind.rawValue,
    ]
    return NamedUUID.of(Array((facts + part).joined(separator: "\n").utf8))
  }

  private var plan: JSONObject {
    [
      "href": "#\(uuid("policy"))",
      "remarks":
        "There is no OSCAL assessment plan. The reference leads to the policy, which has the checks.",
    ]
  }

  private var resources: [JSONObject] {
    [policyResource] + (files + packFiles).map { $0.resource(uuid($0.path)) }
  }

  private var period: String { WindowTitle(window: report.cover.window).text }

  private var metadata: JSONObject {
    [
      "title": OSCAL.markup("Policy checks of certificate workflows, \(period)"),
      "last-modified": report.cover.asOf, "version": report.cover.asOf,
      // The newest version that the validators of our tests know.
      "oscal-version": "1.2.1",
      "props": [OSCAL.property("tool", "kfaudit \(report.cover.toolVersion)")],
    ]
  }

  private var result: JSONObject {
    let waived = report.gates.filter { $0.result == .excepted }
    let props =
      [
        OSCAL.property("period-from", report.cover.window.from),
        OSCAL.property("period-to", report.cover.window.to),
      ] + (report.cover.twinOf.map { [OSCAL.property("pseudonymised-copy-of", $0)] } ?? [])
    return [
      "uuid": uuid("result"), "title": OSCAL.markup("Certificate workflows, \(period)"),
      "description": OSCAL.markup(
        ([report.cover.scope, completeness, outcome] + copy).joined(separator: " ")),
      "start": report.cover.asOf, "props": props, "reviewed-controls": reviewedControls,
      "observations": [population] + report.gates.map(observation),
      "risks": waived.isEmpty ? nil : waived.flatMap(risks), "findings": findings,
      "remarks": remarks,
    ]
  }

  private var copy: [String] {
    report.cover.twinOf == nil
      ? [] : ["This is a pseudonymised copy: tokens are in the place of names."]
  }

  private var completeness: String {
    let verdict = report.completeness.verdict
    return "Completeness of the population: \(verdict.label.lowercased()). \(verdict.meaning)"
  }

  /// How many checks ended how: `Policy checks: 5 passed, 1 failed, 0 waived, 1 not evaluated.`.
  private var outcome: String {
    let results: [GateDocument.Result] = [.passed, .failed, .excepted, .notJudged]
    let counts = results.map { result in
      "\(report.gates.count { $0.result == result }) \(result.label)"
    }
    return "Policy checks: \(counts.joined(separator: ", "))."
  }

  /// What the reader must know of the data before using a finding, a line each.
  private var remarks: String? {
    let isProved = [.proved, .provedWithChanges].contains(report.completeness.verdict)
    let warning =
      isProved
      ? []
      : [
        "The population is not proved to be complete: findings hold for the records that were read."
      ]
    let lines = warning + report.completeness.reasons + report.limitations
    return lines.isEmpty ? nil : lines.map { "- \(OSCAL.markup($0))" }.joined(separator: "\n")
  }

  private var population: JSONObject {
    let (cover, completeness) = (report.cover, report.completeness)
    let population = report.metrics.population
    let facts: [(String, String?)] = [
      ("completeness", completeness.verdict.rawValue),
      ("source", cover.source.kind.rawValue), ("server", cover.source.server),
      ("product-version", cover.source.productVersion), ("principal", cover.source.principal),
      ("as-of-source", cover.asOfSource),
      ("instances", "\(population.instances)"),
      ("announced-total", completeness.announcedTotal.map { "\($0)" }),
      ("rows", "\(completeness.rows)"), ("distinct", "\(completeness.distinct)"),
      ("reads", "\(completeness.reads)"), ("requests", "\(completeness.requests)"),
      ("missing-ids", "\(completeness.missingIds)"),
      ("merkle-root", cover.merkleRoot), ("journal-head", cover.journalHead),
    ]
    let props =
      facts.compactMap { name, value in value.map { OSCAL.property(name, $0) } }
      + Status.allCases.map { status in
        OSCAL.property("instances-by-status", "\(population.byStatus[status])", class: status.name)
      }
    return [
      "uuid": uuid("population"), "title": "Population of workflow instances",
      "description": OSCAL.markup(self.completeness), "props": props, "methods": ["EXAMINE"],
      "relevant-evidence": evidence(files + packFiles), "collected": cover.asOf,
    ]
  }

  /// The files that only a pack has; a pseudonymised copy has none of them.
  private var packFiles: [EvidenceFile] {
    report.cover.twinOf == nil ? EvidenceFile.ofPack : []
  }

  private var policyResource: JSONObject {
    if replacesPolicy {
      return [
        "uuid": uuid("policy"), "title": "policy",
        "description":
          "The policy that render was told to use: what each check asks, and the waivers.",
        "props": policy.map { [OSCAL.property("sha-256", $0)] },
      ]
    }
    return EvidenceFile(
      path: "evidence/inputs/policy.yaml", mediaType: "application/yaml",
      description: report.cover.twinOf == nil
        ? "The policy: what each check asks, and the waivers."
        : "The policy is in the original pack, of which this is a pseudonymised copy.",
      sha256: policy
    ).resource(uuid("policy"))
  }

  /// References to files; `nil` where there are none.
  func evidence(_ files: [EvidenceFile]) -> [JSONObject]? {
    files.isEmpty
      ? nil : files.map { ["href": "#\(uuid($0.path))", "description": $0.description] }
  }
}

/// A file that observations rest on.
struct EvidenceFile {
  /// Where it lies, seen from assessment-results.json.
  var path: String
  /// Its media type.
  var mediaType: String
  /// What is in it.
  var description: String
  /// Its SHA-256; `nil` for a file that contains the digest of assessment-results.json or comes later.
  var sha256: String?

  /// The files with figures and rows.
  fileprivate static let withFigures = [
    EvidenceFile(
      path: "report.json", mediaType: "application/json",
      description: "report.json: every figure, and what each check was evaluated from."),
    EvidenceFile(
      path: "instances.csv", mediaType: "text/csv",
      description: "instances.csv: every workflow instance, one a row."),
    EvidenceFile(
      path: "instances.ndjson", mediaType: "application/x-ndjson",
      description: "instances.ndjson: every workflow instance, one a line."),
  ]

  /// The files about the pack itself.
  fileprivate static let ofPack = [
    EvidenceFile(
      path: "manifest.json", mediaType: "application/json",
      description:
        "manifest.json: what was asked, what came back, and the digest of every file."
    ),
    EvidenceFile(
      path: "evidence/journal.jsonl", mediaType: "application/x-ndjson",
      description:
        "evidence/journal.jsonl: the request log, with the digest of each response."),
  ]

  /// The same with its digest.
  func with(sha256: String) -> EvidenceFile {
    var file = self
    file.sha256 = sha256
    return file
  }

  /// What observations refer to.
  func resource(_ uuid: String) -> JSONObject {
    let hashes = sha256.map { digest -> [JSONObject] in
      [["algorithm": "SHA-256", "value": digest]]
    }
    let link: JSONObject = ["href": path, "media-type": mediaType, "hashes": hashes]
    return [
      "uuid": uuid, "title": OSCAL.markup(path), "description": OSCAL.markup(description),
      "rlinks": [link],
    ]
  }
}

/// UUIDs of version 5 (RFC 9562): one name has the same one in every run and on every machine.
private enum NamedUUID {
  /// Drawn once, so that our names are like nobody else's: `a3c1e0de-5d0b-4d6a-9d0f-6b1f6f2f7e55`.
  private static let namespace: [UInt8] = [
    0xA3, 0xC1, 0xE0, 0xDE, 0x5D, 0x0B, 0x4D, 0x6A, 0x9D, 0x0F, 0x6B, 0x1F, 0x6F, 0x2F, 0x7E, 0x55,
  ]

  /// The UUID of a name.
  static func of(_ name: [UInt8]) -> String {
    // The version is defined with SHA-1; nothing here relies on its strength.
    var bytes = Array(Insecure.SHA1.hash(data: namespace + name).prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x50
    bytes[8] = bytes[8] & 0x3F | 0x80
    var rest = bytes[...]
    return [4, 2, 2, 2, 6].map { count in
      defer { rest = rest.dropFirst(count) }
      return Hexadecimal.text(of: rest.prefix(count))
    }.joined(separator: "-")
  }
}
