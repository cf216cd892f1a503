package import AuditModel

/// `rules`: the instances that fulfil each rule of the policy, in the policy's order.
package struct RulesDocument: Sendable, Equatable {
  /// The instances that fulfil one rule.
  struct Rule: Sendable, Equatable {
    var id: String
    var title: String
    /// Instances that fulfil it: k.
    var instances: Int
    /// All instances: n.
    var all: Int
    /// The smallest reference ids of those that fulfil it.
    var ids: [Int64]

    /// k/n.
    var rate: RateDocument { WilsonInterval.rate(instances, of: all) }
  }

  var rules: [Rule]

  /// The document over several servers: one reference id stands for an instance on each of them.
  package var overSeveralServers: RulesDocument {
    var document = self
    for index in document.rules.indices { document.rules[index].ids = [] }
    return document
  }
}

extension RulesDocument: Encodable {
  private enum Key: String, CodingKey { case id, title, instances, rate, ids }

  /// Writes a list of rules.
  package func encode(to encoder: any Encoder) throws {
    var list = encoder.unkeyedContainer()
    for rule in rules {
      var members = list.nestedContainer(keyedBy: Key.self)
      try members.encode(rule.id, forKey: .id)
      try members.encode(rule.title, forKey: .title)
      try members.encode(rule.instances, forKey: .instances)
      try members.encode(CountedRate(k: rule.instances, n: rule.all), forKey: .rate)
      try members.encode(rule.ids, forKey: .ids)
    }
  }
}

extension RulesDocument: MetricResult {
  /// Its key in report.json.
  package var key: String { RulesMetric.key.rawValue }

  /// The values of the figure of all rules, and of each by its name.
  package func values(of figure: ReportFigure) -> [ReportedFigure] {
    let isOfAll = RulesMetric.figures.contains(figure)
    return rules.filter { isOfAll || figure.name.isSame(as: "\(key).\($0.id)") }.map { rule in
      ReportedFigure(
        figure, group: isOfAll ? rule.id : nil, value: Double(rule.instances), n: rule.all)
    }
  }

  /// tables/rules.csv: a row a rule.
  package var tables: [MetricTable] {
    [
      MetricTable(
        .init(key: nil, file: "rules"), title: "Instances that fulfil the rules of the policy",
        columns: Self.columns, rows: rules)
    ]
  }

  /// Each rule with its count, and below it the instances that are listed.
  package func pages(in report: ReportDocument) -> [MetricPage] {
    let found = rules.count { $0.instances > 0 }
    let sentence: Sentence =
      found == 0
      ? "No instance fulfils a rule of the policy."
      : """
      \(DisplayFormat.count(found)) of \(Counted(rules.count, "rule").phrase) of the policy \
      \(Counted(found, "").choose("is", "are")) fulfilled by at least one instance.
      """
    return [
      MetricPage(
        slot: "patterns", id: "rules", title: "Rules of the policy",
        blocks: [.sentence(sentence)] + tables.map { .table(PageTable("rules-table", $0)) }
          + rules.filter { !$0.ids.isEmpty }.map { .details($0.summary, [.sentence($0.listing)]) }
          + [
            .note(
              "The policy says what a rule looks for; whether it is a fault, only a policy check can say. At most "
                + "\(FollowUp.listedIDs) reference IDs of a rule are listed. Source: tables/rules.csv."
            )
          ])
    ]
  }

  private static let columns: [Column<Rule>] = [
    Column("id", "Rule ID", .text, about: "Its name in the policy.") { .text($0.id) },
    Column("title", "Rule", .text, about: "What the policy calls it.") { .text($0.title) },
    Column("instances", "Instances", .count, about: "Instances that fulfil it: k.") {
      .count($0.instances)
    },
    Column("n", "Of", .count, about: "All instances of the period: n.") { .count($0.all) },
    Column("share", "Share (95% interval)", .ratio, about: "k/n; empty when n is 0.") {
      .rate($0.rate)
    },
    Column("low", "Share, lower limit", .ratio, about: "The lower Wilson 95 % limit of share.") {
      .ratio($0.rate.low)
    }.asDetail,
    Column("high", "Share, upper limit", .ratio, about: "The upper Wilson 95 % limit of share.") {
      .ratio($0.rate.high)
    }.asDetail,
  ]
}

extension RulesDocument.Rule {
  /// How many of its instances are listed.
  fileprivate var summary: String {
    let all = Counted(instances, "instance").phrase
    return ids.count < instances
      ? "\(id): the first \(DisplayFormat.count(ids.count)) of \(all), by reference ID"
      : "\(id): \(all), by reference ID"
  }

  /// Their reference ids.
  fileprivate var listing: Sentence {
    "\(ids.map { String($0) }.joined(separator: ", "))."
  }
}
