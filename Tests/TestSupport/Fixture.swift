package import AuditModel
import AuditReduce

/// A report of an invented October: typed values only, so that a change of the page shows in the golden files alone.
package struct Fixture {
  /// Turns a harmless text into the one that stands in the report.
  private let text: @Sendable (String) -> String
  private let verdict: CompletenessDocument.Verdict

  package init(
    text: @escaping @Sendable (String) -> String = { $0 },
    verdict: CompletenessDocument.Verdict = .unproved
  ) {
    self.text = text
    self.verdict = verdict
  }

  package var report: ReportDocument {
    let report = ReportDocument(
      cover: cover, completeness: completeness, metrics: metrics, gates: [],
      limitations: [
        text("The feed has no approval timestamps; who approved is not in it."),
        text("Instances that Command has purged are not in it and cannot be counted."),
        text(
          "A title is what the server wrote when the workflow started; renamed users appear twice."),
      ])
    return report
  }

  private var cover: CoverDocument {
    let from = Instant(milliseconds: 1_790_805_600_000)
    let window = Window(from: from, to: from.advanced(byMilliseconds: 31 * 86_400_000), zone: .utc)
    var described = WindowDocument(window)
    described.timeZone = "Europe/Berlin"
    described.localFrom = "2026-10-01T00:00:00+02:00"
    described.localTo = "2026-11-01T00:00:00+01:00"
    described.to = "2026-10-31T23:00:00.000Z"
    var cover = CoverDocument(
      scope: text("Every workflow instance that started from 1 to 31 October 2026."),
      preparedFor: text("Internal Audit"),
      source: SourceDocument(
        kind: .server, server: text("https://command.corp.example/KeyfactorAPI"),
        productVersion: text("25.1.0.0"), principal: text("CORP\\svc_kfaudit"),
        tlsPeer: "9f2c41d07be6a8350c1d94b1f5a70c6e8d3b52f9046e17ac38d05b7f61e2c894"),
      toolVersion: "1.0.0",
      query: text(
        "/KeyfactorAPI/Workflow/Instances?QueryString=StartDate%20-ge%20%222026-09-29T20%3A00%3A00Z%22"
          + "&ReturnLimit=500&PageReturned=1&SortField=ReferenceId&SortAscending=0"),
      window: described, asOf: "2026-11-02T07:30:12.000Z",
      asOfSource: "the server’s Date at the end of the read",
      merkleRoot: "4be1d6a0f7c2935e80b1746dd3a9c5f2e6084b7a1c9d3f50627e8ab4c1d09f35",
      journalHead: "c07f5e19ab3d8264f1e09c7d5ba23468e9f10d7c6b5a43210fedcba987654321")
    cover.pack = PackDocument(
      inputs: [
        .init(
          name: "policy",
          sha256: "1b7e0fd2c89a4563e1f0b7c6d5a49382716f5e4d3c2b1a09f8e7d6c5b4a39281")
      ],
      responses: .init(first: "2026-11-02T07:29:48.000Z", last: "2026-11-02T07:30:12.000Z"),
      previous: .init(
        path: text("2026-09-01_2026-10-01_Europe-Berlin"),
        manifestSha256: "5e0c1a7bd934f8261e5b0c9d7a3f48261b5e0d9c8a7f36254b1e0f9d8c7a6b54"),
      signer: .init(kind: "cms", name: text("CN=audit-signer,O=Example Corporation")))
    return cover
  }

  private var completeness: CompletenessDocument {
    CompletenessDocument(
      verdict: verdict, announcedTotal: 5266, rows: 5266, distinct: 5266, reads: 1, requests: 12,
      gaps: [], volatile: [],
      reasons: verdict == .unproved ? [text("one read: nothing shows that no row was missed.")] : []
    )
  }

  private var metrics: MetricsDocument {
    MetricsDocument([
      population, normalisation, turnaround,
      ApprovalLatencyDocument(
        definitions: ["5d1f8f6e-4c5b-4a53-9d4f-0d8b5f0c7a11"], byWorkflowType: [turnaround[0]]),
      FixtureRates(text: text).failures, FixtureTrend().trend, FixtureSection(text: text).section,
    ])
  }
}

extension Fixture {
  private func counts(_ numbers: [Int]) -> PopulationDocument.StatusCounts {
    var counts = PopulationDocument.StatusCounts()
    for (status, number) in zip(Status.allCases, numbers) { counts[status] = number }
    return counts
  }

  private var population: PopulationDocument {
    let enrolment = counts([64, 3702, 171, 88, 21, 46, 0])
    let revocation = counts([3, 942, 34, 5, 2, 0, 0])
    let other = counts([0, 2, 0, 0, 0, 0, 1])
    func definition(
      _ id: String, _ name: String?, _ version: Int64?, _ type: String?,
      _ byStatus: PopulationDocument.StatusCounts
    ) -> PopulationDocument.ByDefinition {
      PopulationDocument.ByDefinition(
        definitionId: id, definitionName: name.map(text), definitionVersion: version,
        workflowType: type.map(text), instances: byStatus.total, byStatus: byStatus)
    }
    var population = PopulationDocument(
      instances: enrolment.total + revocation.total + other.total,
      byStatus: counts([67, 4646, 205, 93, 23, 46, 1]),
      byWorkflowType: [
        .init(workflowType: text("Enrollment"), instances: enrolment.total, byStatus: enrolment),
        .init(workflowType: text("Revocation"), instances: revocation.total, byStatus: revocation),
        .init(workflowType: nil, instances: other.total, byStatus: other),
      ],
      byDefinition: [
        definition(
          "5d1f8f6e-4c5b-4a53-9d4f-0d8b5f0c7a11", "Web server enrolment with approval", 7,
          "Enrollment", counts([60, 2100, 120, 88, 20, 46, 0])),
        definition(
          "0b6c2c52-8f0e-4f0a-8f43-1f6f1d7a9c02", "Device enrolment", 3, "Enrollment",
          counts([4, 1602, 51, 0, 1, 0, 0])),
        definition(
          "a31e0d94-11f7-4a0e-9d55-7c2a6b3e4f03", "Global revocation", 1, "Revocation", revocation),
        definition("f0000000-0000-4000-8000-000000000004", nil, nil, nil, other),
      ])
    let outcomes: [(Int, [Outcome: Int])] = [
      (0, [.issued: 3683, .pendingAtCA: 19]), (1, [.revoked: 942]), (2, [.complete: 2]),
    ]
    for (type, counts) in outcomes {
      for (outcome, count) in counts {
        population.byOutcome[outcome] += count
        population.byWorkflowType[type].byOutcome[outcome] = count
      }
    }
    population.pendingAtCA = [1_000_411, 1_000_702, 1_001_015, 1_001_377]
    return population
  }

  private var normalisation: NormalisationDocument {
    var document = NormalisationDocument(
      rulesVersion: 1, rules: ["enroll": 4088, "revoke": 986, "unrecognised": 7], unrecognised: 7,
      unrecognisedRate: 7.0 / 5081,
      firstUnrecognised: [
        .init(referenceId: 1_001_204, title: text("Key rotation for CN=vault01.corp.example.")),
        .init(referenceId: 1_001_377, title: text("CORP\\jdoe renews a certificate")),
        .init(referenceId: 1_002_950, title: nil),
      ],
      dataQuality: ["nullTitle": 1, "unknownStatus": 1, "titleTypeMismatch": 2, "badDate": 0],
      unknownFields: [.init(name: text("InitiatorIp"), instances: 5081)])
    document.withoutUser = 7
    return document
  }

  private var turnaround: [TurnaroundDocument] {
    let small = TurnaroundDocument.Figures(
      terminal: 2, open: 0, superseded: 0,
      completedOnly: PercentilesDocument(
        n: 2, p50: 712, p75: 801.5, p90: 854.9, p95: nil, p99: nil, max: 890),
      kaplanMeier: estimate(2, 0, [534, 890, 890, 890], [nil, nil, nil, nil]))
    let enrolment = TurnaroundDocument.Figures(
      terminal: 3961, open: 67, superseded: 64,
      completedOnly: PercentilesDocument(
        n: 3961, p50: 11_533_000, p75: 31_204_500, p90: 78_011_250.5, p95: 141_302_000,
        p99: 402_114_300, max: 1_203_001_412),
      kaplanMeier: estimate(
        3961, 131, [11_902_000, 33_100_000, 84_640_000, 160_204_000],
        [1_203_000, 3_100_000, 9_640_000, nil]))
    let revocation = TurnaroundDocument.Figures(
      terminal: 981, open: 2, superseded: 3,
      completedOnly: PercentilesDocument(
        n: 981, p50: 4210, p75: 9480, p90: 44_020, p95: 725_000, p99: 5_402_000, max: 90_120_500),
      kaplanMeier: estimate(981, 5, [4214, 9490, 44_200, 733_000], [210, 480, 5020, 72_500]))
    return [
      TurnaroundDocument(
        workflowType: text("Enrollment"), figures: enrolment,
        byDefinition: [
          .init(
            definitionId: "5d1f8f6e-4c5b-4a53-9d4f-0d8b5f0c7a11",
            definitionName: text("Web server enrolment with approval"), figures: enrolment),
          .init(
            definitionId: "0b6c2c52-8f0e-4f0a-8f43-1f6f1d7a9c02",
            definitionName: text("Device enrolment"), figures: revocation),
        ]),
      TurnaroundDocument(
        workflowType: text("Revocation"), figures: revocation,
        byDefinition: [
          .init(
            definitionId: "a31e0d94-11f7-4a0e-9d55-7c2a6b3e4f03",
            definitionName: text("Global revocation"), figures: revocation)
        ]),
      TurnaroundDocument(
        workflowType: nil, figures: small,
        byDefinition: [
          .init(
            definitionId: "f0000000-0000-4000-8000-000000000004", definitionName: nil,
            figures: small)
        ]),
    ]
  }

  private func estimate(
    _ events: Int, _ censored: Int, _ quantiles: [Double], _ spreads: [Double?]
  ) -> KaplanMeierDocument {
    let limits = zip(quantiles, spreads).map { quantile, spread in
      KaplanMeierDocument.Limits(
        low: quantile - (spread ?? quantile / 10), high: spread.map { quantile + $0 })
    }
    return KaplanMeierDocument(
      n: events + censored, events: events, censored: censored, p50: quantiles[0],
      p75: quantiles[1], p90: quantiles[2], p95: censored == 0 ? nil : quantiles[3],
      limits: .init(p50: limits[0], p75: limits[1], p90: limits[2], p95: limits[3]),
      curve: [
        .init(
          time: quantiles[0], survival: 0.5, lower: 0.48, upper: 0.52, atRisk: events + censored)
      ])
  }
}
