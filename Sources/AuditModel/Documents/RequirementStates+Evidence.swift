extension RequirementStates {
  /// Times, retention and reviews.
  var ofOperation: [Requirement] {
    [
      each(timeliness),
      each(
        Requirement(
          .r10, .partly, in: "evidence-sheet",
          "The data is as of \(report.cover.asOf.prefix(10)). When a certificate ends, and how long the data is kept, is "
            + "not recorded.")),
      review,
      each(
        Requirement(
          .r12, isProved ? .partly : .notInData, in: "population",
          isProved
            ? "kfaudit sample --rule br-8.7 draws it\(origin.map { " from \($0)" } ?? ""), and anyone can draw it again. "
              + "Certificates issued by other ways, and the audit itself, are not in the data."
            : "Completeness is not proved, so that a sample could miss any certificate.")),
    ]
  }

  /// What has the evidence of a report that does not have its own.
  private var origin: String? {
    isMerged ? "each of the packs" : isCopy ? "the original of this copy" : nil
  }

  private var timeliness: Requirement {
    let revocation = "Revocation"
    let isLimited = ServiceLevelResult.all(in: report.metrics).contains {
      $0.workflowType.isSame(as: revocation) && $0.evaluated > 0
    }
    let isTimed =
      report.metrics.turnaround?.contains {
        $0.workflowType?.isSame(as: revocation) == true && $0.figures.terminal > 0
      } ?? false
    return Requirement(
      .r9, isLimited || isTimed ? .partly : .notInData,
      in: isLimited ? "service-levels" : isTimed ? "time-to-finish" : "limitations",
      isLimited || isTimed
        ? "Times of revocations run from the start of the workflow, \(isLimited ? "with" : "without") a limit. When the "
          + "problem was reported, and why a certificate was revoked, is not in the data."
        : "The report has no time of a finished revocation.")
  }

  /// One step from an earlier pack to this one shows no rhythm: it can be a second read of the same month.
  private var review: Requirement {
    let packs = (report.servers ?? []).map(\.packs.count).max() ?? 0
    return Requirement(
      .r11, packs > 1 ? .partly : .notInData, in: packs > 1 ? "cover" : "verify",
      packs > 1
        ? "The dates of the packs show how often the server was read; that a person reviewed them is not in the packs."
        : "One pack shows no rhythm, whatever it follows: kfaudit history shows the days between the packs of an archive. "
          + "That a person reviewed them is for the sign-off.")
  }

  /// What makes the report itself reliable.
  var ofEvidence: [Requirement] {
    [
      Requirement(
        .r13, .partly, in: "evidence-sheet", "Not shown: \(missing.enumeration)."),
      Requirement(
        .r14,
        isProved && origin == nil && lost == nil && population.instances > 0 ? .shown : .partly,
        in: lost != nil && has("changes") ? "changes" : "cover",
        kept
          + (isProved
            ? " Completeness is proved for what the account may see."
            : " Nothing shows that these are all.") + (lost ?? "")),
      Requirement(
        .r15, .partly, in: "verify", protection + (lost ?? "")),
      each(
        Requirement(
          .r16, .partly,
          in: placeOfUsers,
          "Requesters have a kind: timer, domain, principal or client. A named account counts as automation only where the "
            + "configuration lists it.\(unknownUsers)")),
    ]
  }

  private var kept: String {
    if report.completeness.verdict == .incomplete { return "Only a part was read, and is kept." }
    if population.instances == 0 { return "No instance started in this period." }
    let keeper =
      isMerged
      ? "The packs that were merged keep"
      : isCopy ? "The original of this copy keeps" : "The pack keeps"
    return "\(keeper) every instance that was read, and every response as received."
  }

  /// How this differs from the earlier pack, after other sentences; `nil` where nothing is known to differ.
  private var lost: String? {
    if let changes = ChangesResult(in: report.metrics), changes.gone + changes.altered > 0 {
      let gone = Counted(changes.gone, "instance")
      let altered = Counted(changes.altered, "finished instance")
      return " \(gone.start) of the earlier pack \(gone.verb) gone, and \(altered.phrase) "
        + "\(altered.verb) different now."
    }
    let isGone = report.completeness.findings.contains {
      $0.has(.disappeared)
    }
    return isGone ? " Instances of the earlier pack are gone." : nil
  }

  /// What an examiner of the information would ask for in vain.
  private var missing: [String] {
    if isMerged { return ["query, run and signer, which each of the packs has"] }
    if isCopy { return ["server, account and signer, which only the original of this copy has"] }
    return [
      isProved ? nil : "that nothing is missing",
      report.cover.source.server == nil ? "which server it is from" : nil,
      report.cover.source.principal == nil ? "which account read it" : nil,
      report.cover.query == nil ? "the query" : nil,
      "which user of the machine ran kfaudit",
      pack?.signer == nil ? "who made the pack, which is not signed" : nil,
    ].compactMap(\.self)
  }

  private var protection: String {
    if isMerged {
      return "Digests show a change to this report; verify each pack for its own evidence."
    }
    if isCopy {
      return "This is a pseudonymised copy: the original has the responses and their digests."
    }
    if report.completeness.verdict == .incomplete { return "Nothing is sealed: a part is missing." }
    return
      "Digests, hash chain and fingerprint show a change. "
      + (pack?.signer == nil
        ? "The pack is not signed: as a whole it could be made again."
        : "The pack is signed: check with kfaudit verify whether the signer is established.")
      + (isProved ? "" : " Completeness is not proved.")
      + " Where the pack is kept is not recorded."
  }
}
