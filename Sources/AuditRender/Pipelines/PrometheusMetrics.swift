package import AuditModel
import Crypto

/// metrics.prom: the run's outcome for the textfile collector of node_exporter.
package enum PrometheusMetrics {
  private struct Family {
    var name: String
    var help: String
    var samples: [(labels: [(String, String)], value: Double)]
  }

  /// How many workflow types have series of their own, those with the most instances: each series costs whoever collects
  /// them memory for good.
  private static let shownTypes = 100

  /// Renders a report; the time of the last success is its as-of instant.
  package static func render(_ report: ReportDocument) -> Artifact {
    var text = ""
    for family in families(of: report) where !family.samples.isEmpty {
      text += "# HELP \(family.name) \(family.help)\n# TYPE \(family.name) gauge\n"
      for sample in family.samples {
        let labels = sample.labels.map { name, value in
          "\(name)=\"\(value.backslashing { $0 == "\\" || $0 == "\"" })\""
        }.joined(separator: ",")
        text += "\(family.name)\(labels.isEmpty ? "" : "{\(labels)}") \(number(sample.value))\n"
      }
    }
    return Artifact(
      path: "metrics.prom", mediaType: "text/plain; version=0.0.4", bytes: Array(text.utf8))
  }

  private static func families(of report: ReportDocument) -> [Family] {
    let population = report.metrics.population
    let asOf = Instant(rfc3339: report.cover.asOf).map { Double($0.milliseconds) / 1000 }
    let verdicts = CompletenessDocument.Verdict.allCases
    let results: [GateDocument.Result] = [.passed, .failed, .excepted, .notJudged]
    return [
      Family(
        name: "kfaudit_last_success_timestamp_seconds",
        help: "As-of instant of the last published pack.",
        samples: asOf.map { [([], $0)] } ?? []),
      Family(
        name: "kfaudit_instances", help: "Workflow instances in the window, by status.",
        samples: Status.allCases.map { ([("status", $0.name)], Double(population.byStatus[$0])) }),
      Family(
        name: "kfaudit_completeness", help: "1 for the verdict on completeness, 0 for the others.",
        samples: verdicts.map {
          ([("verdict", $0.rawValue)], $0 == report.completeness.verdict ? 1 : 0)
        }),
      Family(
        name: "kfaudit_turnaround_seconds",
        help: "Kaplan-Meier percentiles of the time from start to end, by workflow type.",
        samples: (report.metrics.turnaround ?? []).prefix(shownTypes).flatMap(turnaround)),
      Family(
        name: "kfaudit_gate", help: "1 for how a gate was judged, 0 for the other ways.",
        samples: report.gates.flatMap { gate in
          results.map { result in
            (
              [("gate", label(gate.id)), ("result", result.rawValue)], gate.result == result ? 1 : 0
            )
          }
        }),
    ]
  }

  private static func turnaround(
    _ type: TurnaroundDocument
  ) -> [(labels: [(String, String)], value: Double)] {
    let curve = type.figures.kaplanMeier
    return [("50", curve.p50), ("75", curve.p75), ("90", curve.p90), ("95", curve.p95)]
      .compactMap { percentile, value in
        value.map { value in
          (
            [("workflow_type", type.workflowType.map(label) ?? ""), ("percentile", percentile)],
            Double(value) / 1000
          )
        }
      }
  }

  /// Names are cut here, in code points.
  private static let longestName = 200

  /// A name as a label's value, which no other name has.
  ///
  /// A name that is cut, or that holds what no label should, ends with half of its SHA-256 digest, and so does one that looks
  /// as if it did. So does the empty name: to Prometheus an empty label is a missing one.
  private static func label(_ name: String) -> String {
    let clean = TerminalText.sanitized(name, limit: longestName)
    if clean.isSame(as: name), !name.isEmpty, !endsWithDigest(name) { return name }
    let digest = SHA256.hash(data: Array(name.utf8)).prefix(digestLength / 2)
    return "\(clean.isEmpty ? "empty" : clean) #\(Hexadecimal.text(of: digest))"
  }

  private static let digestLength = 32

  private static func endsWithDigest(_ name: String) -> Bool {
    let end = name.utf8.suffix(digestLength + 2)
    return end.starts(with: " #".utf8)
      && end.dropFirst(2).allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() ? String(Int64(value)) : String(value)
  }
}
