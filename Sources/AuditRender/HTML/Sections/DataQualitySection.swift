import AuditModel
import SafeXML

/// How titles were read, and what is odd about the data.
struct DataQualitySection: ReportSection {
  let normalisation: NormalisationDocument
  let report: ReportDocument
  let files: PackFiles

  var id: StaticString { "data-quality" }
  var title: String { "Data quality" }

  private static let shownFields = 25

  func writeBody(to writer: inout MarkupWriter) {
    let titles = report.metrics.population.instances
    writer.paragraph(
      "Users, actions and subjects are read from the title of each instance by version "
        + "\(normalisation.rulesVersion) of the rules. \(Readable.count(normalisation.unrecognised)) of "
        + "\(Readable.count(titles, "title")) "
        + (normalisation.unrecognisedRate.map { "(\(Readable.percent($0))) " } ?? "")
        + "follow no rule; such instances have no user and no subject, and are in every other figure."
    )
    writer.element(.div, .className("pair")) { writer in
      Self.counted("titles-rules", "Titles by rule", "Rule", normalisation.rules.map { ($0, $1) })
        .write(to: &writer)
      let flags = normalisation.dataQuality.filter { $0.value > 0 }.map { ($0, $1) }
      if !flags.isEmpty {
        let caption = files.words("Instances by flag (data_quality in instances.csv)")
        Self.counted("flags", caption, "Flag", flags).write(to: &writer)
      }
    }
    writer.newline()
    writeUnrecognised(to: &writer)
    writeUnknownFields(to: &writer)
  }

  private func writeUnrecognised(to writer: inout MarkupWriter) {
    guard !normalisation.firstUnrecognised.isEmpty else { return }
    HTMLTable(
      id: "unrecognised", caption: "Titles that follow no rule, the first by reference id",
      columns: [
        Column("reference_id", "Reference id", .text, about: "The instance.") {
          .term(String($0.referenceId), label: String($0.referenceId))
        },
        Column("title", "Title", .text, about: "As received, cut to 200 characters.") {
          .text($0.title)
        },
      ], rows: normalisation.firstUnrecognised
    ).write(to: &writer)
  }

  private func writeUnknownFields(to writer: inout MarkupWriter) {
    guard !normalisation.unknownFields.isEmpty else { return }
    HTMLTable(
      id: "unknown-fields", caption: "Fields that this version does not know",
      columns: [
        Column("name", "Field", .text, about: "Its name as received.") { .text($0.name) },
        Column("instances", "Instances", .count, about: "How many carry it.") {
          .count($0.instances)
        },
      ], rows: normalisation.unknownFields, limit: Self.shownFields
    ).write(to: &writer)
  }

  private static func counted(
    _ id: StaticString, _ caption: String, _ title: String, _ counts: [(String, Int)]
  ) -> HTMLTable<(name: String, count: Int)> {
    HTMLTable(
      id: id, caption: caption,
      columns: [
        Column("name", title, .text, about: "") { .term($0.name, label: $0.name) },
        Column("instances", "Instances", .count, about: "") { .count($0.count) },
      ],
      rows: counts.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
        .map { (name: $0.0, count: $0.1) })
  }
}
