extension RequirementStates {
  /// Times, retention and reviews.
  var ofOperation: [Requirement] {
    [timeliness] + [
      Requirement(
        "R10", "Records outlive their certificate",
        "CA/B Forum BR 5.4.3, 5.5.2", .partly, in: "evidence-sheet",
        "Each row has its dates as of \(report.cover.asOf.prefix(10)). When a certificate ends, and how long the rows are "
          + "kept, is not in the data."),
      review,
      Requirement(
        "R12", "A random sample is audited each quarter",
        "CA/B Forum BR 8.7", isProved ? .partly : .notInData, in: "population",
        isProved
          ? "kfaudit sample --rule br-8.7 draws it, and anyone can draw it again. Certificates issued by other ways, and "
            + "the audit itself, are not in the data."
          : "Completeness is not proved, so that a sample could miss any certificate."),
    ]
  }

  private var timeliness: Requirement {
    let isLimited = ServiceLevelResult.all(in: report.metrics).contains { $0.evaluated > 0 }
    let isTimed = report.metrics.turnaround?.isEmpty == false
    return Requirement(
      "R9", "Revocation follows a report in time",
      "CA/B Forum BR 4.9.1.1, 4.9.5", isLimited || isTimed ? .partly : .notInData,
      in: isLimited ? "service-levels" : isTimed ? "time-to-finish" : "limitations",
      isLimited || isTimed
        ? "Times run from the start of the workflow\(isLimited ? ", against limits" : ", without a limit"). When the "
          + "problem was reported, and why a certificate was revoked, is not in the data."
        : "The report has no times from start to end.")
  }

  private var review: Requirement {
    let packs = (report.servers ?? []).map(\.packs.count).max() ?? 0
    let isLinked = pack?.previous != nil || packs > 1
    return Requirement(
      "R11", "Logs are reviewed at least monthly", "CA/B Forum NSR 1.7, 3 e",
      isLinked ? .partly : .notInData,
      in: packs > 1 ? "cover" : isLinked && has("changes") ? "changes" : "verify",
      packs > 1
        ? "The periods of the packs show how often records were read; that a person reviewed them is not in the packs."
        : isLinked
          ? "The pack has the digest of the one before, so that verify --chain finds a break. That a person reviewed it "
            + "is for the sign-off."
          : "\(isMerged ? "Each server has one pack" : "The pack follows no other"), and one pack shows no rhythm: "
            + "kfaudit history shows it over an archive."
    )
  }

  /// What makes the report itself reliable.
  var ofEvidence: [Requirement] {
    [
      Requirement(
        "R13", "Source, query, run and totals are known",
        "AICPA AT-C 205.36", missing.isEmpty ? .shown : .partly, in: "evidence-sheet",
        missing.isEmpty
          ? "Source, parameters, run, counts, gaps and signer are on the evidence sheet."
          : "Not shown: \(missing.enumeration)."),
      Requirement(
        "R14", "The population is complete and kept",
        "AICPA AT-C 205.36", isProved && isWhole ? .shown : .partly, in: "cover",
        "\(keeper) every row, and every response as received."
          + (isProved
            ? " Completeness is proved for what the account may see."
            : " Nothing shows that these are all.")),
      Requirement(
        "R15", "Records are whole and protected",
        "ETSI EN 319 401, 7.10", isProved && pack?.signer != nil ? .shown : .partly, in: "verify",
        protection),
      Requirement(
        "R16", "Automation is told apart from people", "audit practice",
        titlesWithoutUser == 0 ? .shown : .partly, in: placeOfUsers,
        "Each row has the kind of its user: timer, domain, principal or client. A named account counts as automation "
          + "only where the configuration lists it.\(unread)"),
    ]
  }

  /// Whether the report is beside all that it is made of.
  private var isWhole: Bool { !isMerged && report.cover.twinOf == nil }

  private var keeper: String {
    if isMerged { return "The packs that were merged keep" }
    return isWhole ? "The pack keeps" : "The original of this copy keeps"
  }

  /// What an examiner of the information would ask for in vain.
  private var missing: [String] {
    if isMerged { return ["query and signer, which each of the packs has"] }
    if !isWhole { return ["server, account and signer, which only the original of this copy has"] }
    return [
      isProved ? nil : "that nothing is missing",
      report.cover.source.server == nil ? "which server it is from" : nil,
      report.cover.source.principal == nil ? "which account read it" : nil,
      report.cover.query == nil ? "the query" : nil,
      pack?.signer == nil ? "who made the pack, which is not signed" : nil,
    ].compactMap(\.self)
  }

  private var protection: String {
    if isMerged {
      return "Digests show a change to this report; verify each pack for its own evidence."
    }
    if !isWhole {
      return "This is a pseudonymised copy: the original has the responses and their digests."
    }
    if report.completeness.verdict == .incomplete { return "Nothing is sealed: a part is missing." }
    return
      "Digests, hash chain and fingerprint show a change. "
      + (pack?.signer == nil
        ? "The pack is not signed: as a whole it could be made again."
        : "The pack is signed: kfaudit verify says whether the signer is established.")
      + (isProved ? "" : " Completeness is not proved.")
      + " Where it is kept is not in it."
  }
}
