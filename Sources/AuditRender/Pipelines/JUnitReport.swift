package import AuditModel
import SafeXML

/// junit.xml: a test case for each gate, for pipelines that show such files.
///
/// Elements and attributes are those of the schema that Jenkins and Surefire read; the time of a case is 0, since a gate takes
/// none, and a suite has no timestamp: the same report gives the same bytes.
package enum JUnitReport {
  /// Renders the gates of a report.
  package static func render(_ report: ReportDocument) -> Artifact {
    let gates = report.gates
    let counts: [MarkupAttribute] = [
      .tests(gates.count), .failures(gates.count { $0.result == .failed }), .errors(0),
      .skipped(gates.count { $0.result == .notJudged }), .time(0),
    ]
    var writer = MarkupWriter()
    writer.declaration()
    writer.element(.testsuites, [.name("kfaudit")] + counts.filter { !$0.isSkipped }) { writer in
      writer.newline()
      writer.element(.testsuite, [.name("policy")] + counts) { writer in
        writer.newline()
        for gate in gates { write(gate, to: &writer) }
      }
      writer.newline()
    }
    writer.newline()
    return Artifact(path: "junit.xml", mediaType: "application/xml", bytes: writer.bytes)
  }

  private static func write(_ gate: GateDocument, to writer: inout MarkupWriter) {
    writer.element(
      .testcase, .name(gate.title), .suite("policy.\(gate.id)"), .time(0)
    ) { writer in
      switch gate.result {
      case .passed: break
      case .failed:
        writer.element(
          .failure, .message(gate.reason), .type(gate.severity), text: gate.observed)
      case .notJudged: writer.element(.skipped, .message(gate.reason)) { _ in }
      case .excepted: break
      }
      writer.element(.systemOut, text: "\(gate.result.label): \(gate.reason). \(gate.observed)")
    }
    writer.newline()
  }
}

extension MarkupAttribute {
  /// The root of the schema counts everything but what was skipped.
  fileprivate var isSkipped: Bool {
    if case .skipped = self { true } else { false }
  }
}
