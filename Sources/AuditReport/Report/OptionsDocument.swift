import AuditEvidence
import AuditFetch
package import AuditModel
package import AuditPlan
private import AuditReduce

/// evidence/inputs/options.json: what was asked, and what was found out at run time, so that a pack can be re-performed.
package struct OptionsDocument: Codable {
  /// What was asked: with the same rows, the same of these gives the same report.
  package struct Asked: Codable, Equatable {
    /// The window that was asked for; `nil` for that of saved pages.
    @ExplicitNull package var window: WindowDocument?
    /// The zone of days, an IANA name.
    package var timeZone: String
    /// The formats, sorted.
    package var formats: [String]
    /// The metrics, in the order of the report.
    package var metrics: [String]
    /// The instant of `--as-of`, RFC 3339.
    @ExplicitNull package var asOf: String?
    /// What a server's integer statuses mean.
    package var statusMap: [String: String]  // text: numbers
    /// What the configuration has for metrics.
    var settings: SettingsDocument
    /// `proved` or `counted`.
    package var assurance: String
    /// Whether CSV files begin with a byte order mark.
    package var excel: Bool
    /// Whether an unproved population is no failure.
    package var acceptUnproved: Bool
    /// Whom the report is for.
    @ExplicitNull package var preparedFor: String?
    @ExplicitNull var policySha256: String?
    /// Whether the definitions were to be read; absent where not.
    package var controlDesign: Bool?
    /// The decisions from elsewhere; left out where there are none.
    package var approvals: Approvals?
    /// The frameworks of the policy, in its order; left out where there are none.
    package var frameworks: [Framework]?
  }

  /// A file of decisions.
  package struct Approvals: Codable, Equatable {
    /// Its name, without folders.
    package var file: String
    /// The digest of its content.
    package var sha256: String
  }

  /// A framework's file, which the pack keeps under its id.
  package struct Framework: Codable, Equatable {
    /// The framework's id.
    package var id: String
    /// The digest of its content.
    package var sha256: String
  }

  /// What the run found out.
  package struct Found: Codable {
    /// The window of the report.
    package let window: WindowDocument
    /// The as-of instant, RFC 3339.
    package let asOf: String
    /// Where that instant comes from.
    package let asOfSource: String
    /// How the pages were obtained; its members are members of this one.
    package let acquisition: Acquisition

    private enum CodingKeys: CodingKey { case window, asOf, asOfSource }

    init(_ acquisition: Acquisition, window: Window, asOf: AsOf) {
      self.window = WindowDocument(window)
      self.asOf = asOf.instant.description
      asOfSource = asOf.source
      self.acquisition = acquisition
    }

    /// Reads the members of both parts from one object.
    package init(from decoder: any Decoder) throws {
      let members = try decoder.container(keyedBy: CodingKeys.self)
      window = try members.decode(WindowDocument.self, forKey: .window)
      asOf = try members.decode(String.self, forKey: .asOf)
      asOfSource = try members.decode(String.self, forKey: .asOfSource)
      acquisition = try Acquisition(from: decoder)
    }

    /// Writes the members of both parts into one object.
    package func encode(to encoder: any Encoder) throws {
      try acquisition.encode(to: encoder)
      try encoder.encode(members: [
        "window": window, "asOf": asOf, "asOfSource": asOfSource,
        "olderRefused": acquisition.olderRefused,
      ])
    }
  }

  /// Its path within a pack.
  package static let path = "evidence/inputs/options.json"

  /// The version of this document's shape.
  package var schemaVersion = 1
  /// The version of kfaudit that wrote it.
  package var toolVersion: String
  /// What was asked.
  package var asked: Asked
  /// What was found out.
  package var found: Found
}

extension OptionsDocument: CountedDocument {
  /// The counts that no arithmetic may overflow with.
  package var boundedCounts: [(member: String, count: Int)] {
    [
      ("announcedTotal", found.acquisition.announcedTotal ?? 0),
      ("rows", found.acquisition.rows ?? 0),
      ("reads", found.acquisition.reads), ("requests", found.acquisition.requests),
      ("openBefore", found.acquisition.openBefore),
    ] + (found.acquisition.changes ?? []).flatMap { $0.versions.map { ("read", $0.read) } }
  }
}

extension OptionsDocument.Asked {
  /// What a plan asks.
  package init(_ plan: AuditPlan) {
    self.init(
      window: plan.window.map { WindowDocument($0) }, timeZone: plan.zone.identifier,
      formats: plan.formats.map(\.rawValue).sorted(), metrics: plan.metrics.map(\.rawValue),
      asOf: plan.asOf?.description,
      statusMap: Dictionary(
        uniqueKeysWithValues: plan.statusMap.map { (String($0.key), $0.value.name) }),
      settings: SettingsDocument(plan.settings),
      assurance: plan.assurance.rawValue, excel: plan.excel,
      acceptUnproved: plan.acceptUnproved, preparedFor: plan.preparedFor,
      policySha256: plan.policy.map { Digest.of($0.bytes).hexadecimal },
      controlDesign: plan.controlDesign ? true : nil,
      approvals: plan.approvals.map {
        .init(file: $0.name, sha256: Digest.of($0.bytes).hexadecimal)
      },
      frameworks: plan.policy.flatMap { policy in
        policy.frameworks.isEmpty
          ? nil
          : policy.frameworks.map {
            .init(id: $0.content.id, sha256: Digest.of($0.bytes).hexadecimal)
          }
      })
  }
}

/// What the configuration says about metrics, resolved, in evidence/inputs/options.json.
struct SettingsDocument: Codable, Equatable {
  /// Opening hours.
  struct Calendar: Codable, Equatable {
    /// An IANA name.
    var timeZone: String
    /// Open from and to, in minutes of the day, for each day of the week from Monday.
    var hours: [[[Int64]]]
    /// Days without opening hours, ISO 8601.
    var holidays: [String]
  }

  /// A phrase in titles, and what it means.
  struct Title: Codable, Equatable {
    var phrase: String
    var action: String
  }

  /// How messages of Failed instances begin, or what they contain, and the failure category that it means.
  struct Failure: Codable, Equatable {
    var name: String
    var contains: String?
    var startsWith: String?
  }

  /// The definitions with an approval step, by name.
  var approvalDefinitions: [String]
  /// The limits of each workflow type, in milliseconds.
  // text: names in a JSON object, which the YAML reader has found different
  var serviceLevels: [String: [Int64]]
  /// Grouping keys.
  var serviceUsers: [String]
  /// Within how many days a revocation by the requester is listed.
  var ownRevocationDays: Int64
  /// Within how many seconds an approval is listed as hasty.
  var hastyApprovalSeconds: Int64
  /// Within how many days after a rejection an issue is listed; like the next four `nil` in a pack of before.
  var refusedThenObtainedDays: Int64?
  /// How many quick ends in a row are listed.
  var batchEndsInstances: Int64?
  /// How many seconds may lie between two of them.
  var batchEndsGapSeconds: Int64?
  /// With how many users a common name is listed.
  var manyRequestersUsers: Int64?
  /// Within how many days they enrol it.
  var manyRequestersDays: Int64?
  /// The rules of titles; this and the next two `nil` without any.
  var titleRules: [Title]?
  /// The rules of messages.
  var failureClasses: [Failure]?
  /// Names for the ids of users who reject.
  var rejectedBy: [String: String]?  // text: numbers
  /// The opening hours; `nil` without any.
  @ExplicitNull var calendar: Calendar?

  /// What the configuration has.
  init(_ settings: MetricSettings) {
    approvalDefinitions = settings.approvalDefinitions.sorted().map(\.string)
    serviceLevels = Dictionary(
      uniqueKeysWithValues: settings.serviceLevels.map { ($0.key.string, $0.value) })
    serviceUsers = settings.serviceUsers.sorted().map(\.string)
    ownRevocationDays = settings.ownRevocationDays
    hastyApprovalSeconds = settings.hastyApprovalSeconds
    refusedThenObtainedDays = settings.refusedThenObtainedDays
    batchEndsInstances = settings.batchEndsInstances
    batchEndsGapSeconds = settings.batchEndsGapSeconds
    manyRequestersUsers = settings.manyRequestersUsers
    manyRequestersDays = settings.manyRequestersDays
    let wordings = settings.wordings
    titleRules =
      wordings.titles.isEmpty
      ? nil : wordings.titles.map { Title(phrase: $0.phrase.string, action: $0.action.rawValue) }
    failureClasses =
      wordings.failures.isEmpty
      ? nil
      : wordings.failures.map { rule in
        Failure(
          name: rule.name.string, contains: rule.isPrefix ? nil : rule.text.string,
          startsWith: rule.isPrefix ? rule.text.string : nil)
      }
    rejectedBy =
      settings.rejectedBy.isEmpty
      ? nil
      : Dictionary(
        uniqueKeysWithValues: settings.rejectedBy.map { (String($0.key), $0.value.string) })
    calendar = settings.calendar.map { calendar in
      Calendar(
        timeZone: calendar.zone.identifier,
        hours: calendar.hours.map { day in
          day.map { [$0.lowerBound / 60_000, $0.upperBound / 60_000] }
        },
        holidays: calendar.holidays.map(\.description))
    }
  }
}
