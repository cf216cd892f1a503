import AuditModel

/// An OSCAL Assessment Results document as far as one is written, under the names of the standard.
///
/// A list is missing or has an element: OSCAL knows no empty ones.
enum OSCAL {
  /// The whole file.
  struct Document: Encodable {
    var `assessment-results`: AssessmentResults
  }

  /// What was assessed by which plan, and what came of it.
  struct AssessmentResults: Encodable {
    var uuid: String
    var metadata: Metadata
    var `import-ap`: Plan
    var results: [Result]
    var `back-matter`: BackMatter
  }

  /// What the document is.
  struct Metadata: Encodable {
    var title: String
    var `last-modified`: String
    var version: String
    /// The newest version that the validators of our tests know.
    let `oscal-version` = "1.2.1"
    var props: [Property]
  }

  /// Where the assessment plan is.
  struct Plan: Encodable {
    var href: String
    var remarks: String
  }

  /// A value with a name.
  struct Property: Encodable {
    /// OSCAL's own names have none; these are ours.
    let ns = "urn:kfaudit:oscal"
    var name: String
    var value: String
    var `class`: String?
  }

  /// One assessment.
  struct Result: Encodable {
    var uuid: String
    var title: String
    var description: String
    var start: String
    var props: [Property]
    var `reviewed-controls`: ReviewedControls
    var observations: [Observation]
    var risks: [Risk]?
    var findings: [Finding]?
    var remarks: String?
  }

  /// Which controls were looked at.
  struct ReviewedControls: Encodable {
    var description: String
    var `control-selections`: [ControlSelection]
  }

  /// The controls of a framework.
  struct ControlSelection: Encodable {
    var description: String
    var `include-controls`: [Control]
    var remarks: String?
  }

  /// A control by its id.
  struct Control: Encodable {
    var `control-id`: String
  }

  /// What was seen.
  struct Observation: Encodable {
    var uuid: String
    var title: String
    var description: String
    var props: [Property]
    var methods: [String]
    var `relevant-evidence`: [Evidence]?
    var collected: String
    var remarks: String?
  }

  /// What an observation rests on.
  struct Evidence: Encodable {
    var href: String
    var description: String
  }

  /// An observation that something rests on.
  struct RelatedObservation: Encodable {
    var `observation-uuid`: String
  }

  /// A risk that a finding has.
  struct RelatedRisk: Encodable {
    var `risk-uuid`: String
  }

  /// What follows from observations.
  struct Finding: Encodable {
    var uuid: String
    var title: String
    var description: String
    var props: [Property]
    var target: Target
    var `related-observations`: [RelatedObservation]
    var `related-risks`: [RelatedRisk]?
  }

  /// What a finding is about.
  struct Target: Encodable {
    let type = "objective-id"
    var `target-id`: String
    var status: Status
  }

  /// Whether what a finding is about is met.
  struct Status: Encodable {
    var state: String
    var reason: String
    var remarks: String?

    /// Of a check that passed.
    static let satisfied = Status(state: "satisfied", reason: "pass")
    /// Of a check that failed, waived or not.
    static let notSatisfied = Status(state: "not-satisfied", reason: "fail")
  }

  /// A breach that somebody answers for.
  struct Risk: Encodable {
    var uuid: String
    var title: String
    var description: String
    var statement: String
    var props: [Property]
    let status = "deviation-approved"
    var deadline: String?
    var `related-observations`: [RelatedObservation]
  }

  /// What other parts refer to.
  struct BackMatter: Encodable {
    var resources: [Resource]
  }

  /// A file, beside the document or elsewhere.
  struct Resource: Encodable {
    var uuid: String
    var title: String
    var description: String
    var props: [Property]?
    var rlinks: [Link]?
  }

  /// Where it is.
  struct Link: Encodable {
    var href: String
    var `media-type`: String
    var hashes: [Hash]?
  }

  /// Its digest.
  struct Hash: Encodable {
    let algorithm = "SHA-256"
    var value: String
  }
}

extension OSCAL {
  /// Text of our own or of somebody else's where OSCAL has Markdown, on one line; what could begin markup is escaped.
  static func markup(_ text: String) -> String {
    let line = Self.line(text, limit: longestText).backslashing { scalar in
      switch scalar {
      case "\\", "`", "*", "_", "{", "[", "]", "<", ">", "&", "~", "^": true
      default: false
      }
    }
    return escapingBlock(line)
  }

  /// So much of a sentence is kept, in code points: all but the longest list of waivers.
  private static let longestText = 4000

  /// The line with a backslash where it would begin a heading, a rule or an item of a list, numbered or not.
  private static func escapingBlock(_ line: String) -> String {
    var bytes = Array(line.utf8)
    let digits = bytes.prefix(while: \.isASCIIDigit).count
    let mark = bytes.dropFirst(digits)
    let isBlock =
      digits == 0
      ? mark.first.map { "#+-".utf8.contains($0) } == true
      : mark.first.map { ".)".utf8.contains($0) } == true
        && mark.dropFirst().first.map { $0 == UInt8(ascii: " ") } != false
    if isBlock { bytes.insert(UInt8(ascii: "\\"), at: digits) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A text on one line without white space around it; OSCAL has no empty values.
  fileprivate static func line(_ text: String, limit: Int) -> String {
    let isBlank = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
    let scalars = TerminalText.sanitized(text, limit: limit).unicodeScalars.drop(while: isBlank)
    let end = scalars.lastIndex { !isBlank($0) }
    return end.map { String(String.UnicodeScalarView(scalars[...$0])) } ?? "(empty)"
  }
}

extension OSCAL.Property {
  /// A value on one line without white space around it, which is all that OSCAL takes.
  ///
  /// It is whole, however long: an id that is cut is another id, and a group's value is at its end.
  init(_ name: String, _ value: String, class group: String? = nil) {
    self.name = name
    self.value = OSCAL.line(value, limit: .max)
    self.class = group
  }
}
