import AuditModel
import SafeXML

/// What goes into each slot of a page.
struct ReportSections {
  let report: ReportDocument
  /// The slots of the template in page order, for the table of contents.
  let slots: [Slot]
  /// What the page lies beside.
  let files: PackFiles

  func write(_ slot: Slot, limit: Int, to writer: inout MarkupWriter) {
    let cover = report.cover
    switch slot {
    case .window: writer.text(WindowTitle(window: cover.window).text)
    case .scope: writer.element(.bdi, text: cover.scope)
    case .asOf: writer.time(cover.asOf)
    case .toolVersion: writer.text("kfaudit \(cover.toolVersion)")
    case .merkleRoot: write(digest: cover.merkleRoot, to: &writer)
    case .journalHead: write(digest: cover.journalHead, to: &writer)
    case .verdict: VerdictBanner(completeness: report.completeness).write(to: &writer)
    case .contents: writeContents(to: &writer)
    default:
      for section in sections(of: slot, limit: limit) {
        section.write(to: &writer, linksBack: slots.contains(.contents))
      }
    }
  }

  private func write(digest: String?, to writer: inout MarkupWriter) {
    if let digest { writer.digest(digest) } else { writer.text("none: see the packs") }
  }

  private func writeContents(to writer: inout MarkupWriter) {
    writer.element(.ol, .id("contents-list")) { writer in
      for section in slots.flatMap({ sections(of: $0, limit: 1) }) {
        writer.element(.li) {
          $0.element(.a, .anchor(section.id, section.idNumber), text: section.title)
        }
      }
    }
  }

  /// The sections of a slot.
  private func sections(of slot: Slot, limit: Int) -> [any ReportSection] {
    guard slot == .metrics else {
      var sections = [section(of: slot, limit: limit)].compactMap { $0 }
      if slot == .keyFigures, let servers = report.servers {
        sections.append(ServersSection(servers: servers, limit: limit, files: files))
      }
      return sections
    }
    return report.metrics.sections.enumerated().map { index, section in
      MetricSectionView(section: section, number: index + 1, limit: limit, files: files)
    }
  }

  /// The section of a slot; `nil` for other slots, and where the report has no such figures.
  private func section(of slot: Slot, limit: Int) -> (any ReportSection)? {
    let metrics = report.metrics
    switch slot {
    case .cover:
      return CoverSection(report: report)
    case .limitations:
      return report.limitations.isEmpty ? nil : LimitationsSection(limitations: report.limitations)
    case .keyFigures:
      return KeyFiguresSection(metrics: metrics)
    case .gates:
      return report.gates.isEmpty ? nil : GatesSection(gates: report.gates)
    case .trend:
      return metrics.trend.map {
        TrendSection(trend: $0, timeZone: report.cover.window.timeZone, files: files)
      }
    case .population:
      return PopulationSection(population: metrics.population, limit: limit, files: files)
    case .turnaround:
      return metrics.turnaround.map {
        TurnaroundSection(turnaround: $0, limit: limit, files: files)
      }
    case .approvalLatency:
      return metrics.approvalLatency.map {
        ApprovalLatencySection(latency: $0, limit: limit, files: files)
      }
    case .failureRates:
      return metrics.failureRates.map {
        FailureRatesSection(rates: $0, limit: limit, files: files)
      }
    case .rejectionRates:
      return metrics.failureRates.map {
        RejectionRatesSection(rates: $0.rejectionRates, limit: limit, files: files)
      }
    case .dataQuality:
      return DataQualitySection(normalisation: metrics.normalisation, report: report, files: files)
    case .method:
      return MethodSection(files: files)
    case .appendix:
      return report.excerpt.isEmpty
        ? nil : AppendixSection(report: report, limit: limit, files: files)
    case .window, .scope, .asOf, .toolVersion, .merkleRoot, .journalHead, .verdict, .contents,
      .metrics:
      return nil
    }
  }
}
