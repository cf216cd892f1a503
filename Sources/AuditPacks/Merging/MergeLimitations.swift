import AuditModel
import AuditPlan
import AuditReduce
import AuditReport

/// What a report over several packs cannot show.
struct MergeLimitations {
  let servers: [MergedServer]
  let report: ReportDocument
  let plan: AuditPlan
  let rulesDiffer: Bool

  var all: [String] {
    ReportAssembly.generalLimitations(beside: report.metrics) + ofMerging
      + report.metrics.results.compactMap(\.limitation) + omissions
  }

  private var ofMerging: [String] {
    let duplicates = servers.flatMap(\.packs).reduce(0) { $0 + $1.document.duplicates }
    var sentences = [
      "Each instance counts as the newest pack that holds it has it, and one that is still open there for as long as it "
        + "was watched until then. \(DisplayFormat.count(duplicates, "row")) of older packs "
        + "\(duplicates == 1 ? "was" : "were") left out as duplicates."
    ]
    if servers.count > 1 {
      sentences.append(
        "Users are told apart by name and definitions by id: the same name on two servers is one user here, and the same "
          + "id one definition. Figures and lists that name instances by reference id stand with each server alone."
      )
    }
    if rulesDiffer {
      sentences.append(
        "The packs' policies have different rules over rows: rules are counted in each pack's own report."
      )
    }
    if servers.contains(where: { $0.name == nil }) {
      sentences.append(
        "Saved pages do not say which server they are from: all of them are taken for one server's."
      )
    }
    return sentences
  }

  /// The metrics that the report does not have, and why; those that need an earlier pack have no meaning over several.
  private var omissions: [String] {
    ReportAssembly.omissions(
      plan.absentMetrics(otherwise: [
        (
          "Not computed unless --metrics names them, since they keep every instance in memory",
          \.keepsInstances
        ),
        ("Not computed, because nobody asked for it", { _ in true }),
      ]).map { ($0.reason, $0.metrics.filter { !$0.needsEarlierPack }) })
  }
}
