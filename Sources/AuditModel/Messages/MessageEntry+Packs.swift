extension MessageEntry {
  /// Messages about published packs and policy checks.
  static let packs: [MessageEntry] = [
    MessageEntry(
      .missingPack, .exits(.missingInput),
      "the pack ‹path› cannot be opened: ‹fault›. Use the folder of a pack, such as archive/latest.",
      cause: "The path is wrong, or this user may not read it.",
      remedy: "Check the path."),
    MessageEntry(
      .notAPack, .exits(.brokenData),
      "‹path› is not a pack: it has no manifest.json. Use the folder of a pack, such as archive/latest.",
      cause: "The path leads to another folder, such as the archive.",
      remedy: "Use a folder inside the archive."),
    MessageEntry(
      .emptyArchive, .exits(.brokenData),
      "‹path› contains no pack, so there is no chain. Check that it is the folder that kfaudit run publishes in.",
      cause: "It is another folder, or its packs were removed.",
      remedy: "Check the path; restore removed packs."),
    MessageEntry(
      .unreadableDocument, .exits(.brokenData),
      "‹path› cannot be read: ‹reason› Run kfaudit verify on the pack; a pack of a newer version needs that version.",
      cause: "The file was changed, or a newer version made it.",
      remedy: "Run kfaudit verify."),
    MessageEntry(
      .damagedEvidence, .exits(.brokenData),
      "the evidence of ‹pack› was changed after it was published, so nothing is computed from it: ‹discrepancies› Run kfaudit verify on the pack.",
      cause: "Files of the pack were changed, or are missing.",
      remedy: "Restore the pack from a copy."),
    MessageEntry(
      .damagedPredecessor, .exits(.brokenData),
      "the previous pack ‹pack› fails verification, so nothing is published after it: ‹discrepancies› Restore it from a backup, or use --force to publish anyway (the report records it).",
      cause: "Files of the previous pack were changed, or are missing.",
      remedy: "Restore it from a backup."),
    MessageEntry(
      .unknownInstance, .exits(.usage),
      "the pack has no instance '‹id›'. Use a reference id or a GUID of instances.csv.",
      cause: "The id is misspelt, or of another period.",
      remedy: "Look it up in instances.csv."),
    MessageEntry(
      .ambiguousRow, .exits(.brokenData),
      "the instance ‹id› cannot be proved: the server wrote its row exactly as a line of instances.ndjson, so a proof could be of either. Show its response instead.",
      cause: "The two kinds of leaves of the tree cannot be told apart for this row.",
      remedy: "Hand over the file of the response."),
    MessageEntry(
      .notAProof, .exits(.brokenData),
      "‹path› is not a proof of kfaudit: ‹reason› Use a file that kfaudit proof wrote.",
      cause: "The file was changed, or is another file.",
      remedy: "Ask for the file again."),
    MessageEntry(
      .noPacksToMerge, .exits(.usage),
      "no pack is set. Use the folders of the packs to merge.",
      cause: "All paths were passed over, since they are not packs.",
      remedy: "Check the paths."),
    MessageEntry(
      .incompletePack, .exits(.brokenData),
      "the pack ‹pack› is incomplete, so figures over it would lack instances that are known to be missing. Run kfaudit run for its period again, and merge that pack.",
      cause: "The pack was kept with --keep-partial.",
      remedy: "Run the period again."),
    MessageEntry(
      .differingPacks, .exits(.usage),
      "the packs ‹first› and ‹second› were made with different ‹setting›, so one report cannot follow both. Set ‹remedy›.",
      cause: "One report has one time zone and one configuration.",
      remedy: "Set it for the merged report."),
    MessageEntry(
      .formatNeedsRows, .exits(.usage),
      "--format: ‹format› needs the rows, which stay in the packs. Use one of ‹known›.",
      cause: "A merged report contains figures, not rows.",
      remedy: "Use another format."),
    MessageEntry(
      .metricNeedsEarlierPack, .exits(.usage),
      "--metrics: ‹metric› compares a pack with an earlier one, which has no meaning over several. Run kfaudit diff on two of them.",
      cause: "The metric needs exactly one earlier pack.",
      remedy: "Use kfaudit diff."),
    MessageEntry(
      .metricNeedsDefinitions, .exits(.usage),
      "--metrics: ‹metric› needs the workflow definitions, and none of the packs has them. Remove it, or merge packs of kfaudit run --control-design.",
      cause: "The packs were made without --control-design.",
      remedy: "Run with --control-design, then merge."),
    MessageEntry(
      .missingArchive, .exits(.missingInput),
      "the archive ‹path› cannot be opened: ‹fault›. Use the folder that kfaudit run publishes in.",
      cause: "The folder does not exist, or may not be read.",
      remedy: "Use the value of --out of kfaudit run."),
    MessageEntry(
      .archiveWithoutPacks, .exits(.brokenData),
      "‹path› contains no pack. Use the folder that kfaudit run publishes in, its --out.",
      cause: "The folder is not an archive, or nothing has been published in it yet.",
      remedy: "Use the value of --out of kfaudit run."),
    MessageEntry(
      .packNotArchive, .exits(.brokenData),
      "‹path› is a pack, not an archive of packs. Use the folder that it is in.",
      cause: "The command needs the folder that contains the packs.",
      remedy: "Use the parent folder."),
    MessageEntry(
      .policyCheckNotPassed, .continues,
      "policy check ‹id› ‹result›: ‹reason›; measured: ‹measured›.",
      cause: "A figure is beyond its bound.",
      remedy: #"See the section "Policy checks" of the report."#),
    MessageEntry(
      .requiredCheckNotEvaluated, .continues,
      "a required policy check could not be evaluated: ‹checks›. The exit status is at least 3.",
      cause: "The report lacks the figure, or it rests on too few instances.",
      remedy: "Lower minimumN, or remove required if that is expected."),
    MessageEntry(
      .otherVersion, .continues,
      "the pack was made by version ‹made›, these files by ‹current›. Run kfaudit verify to find out whether the figures are equal.",
      cause: "Versions may compute or write something differently.",
      remedy: "Run kfaudit verify."),
    MessageEntry(
      .earlierPackNotice, .continues,
      "‹text›",
      cause: "The earlier pack is missing, unreadable or damaged, or a new chain begins.",
      remedy: "Read the notice in the report."),
    MessageEntry(
      .policyCheckNotEvaluated, .continues,
      "policy check ‹id› was not evaluated: ‹reason›.‹note›",
      cause: "The report lacks the figure, or it rests on too few instances.",
      remedy:
        "Nothing on a first run; otherwise see kfaudit explain with the name of the figure, or lower minimumN."
    ),
    MessageEntry(
      .historyFault, .continues,
      "the files of ‹pack› do not fit: ‹reason›",
      cause: "The pack was changed after it was published, or cannot be read.",
      remedy: "Run kfaudit verify on the pack; take it from a copy."),
    MessageEntry(
      .historyChainBroken, .continues,
      "the chain is broken at ‹pack›: ‹reason›",
      cause: "The pack before was replaced or removed, or the pack was made elsewhere.",
      remedy: "Run kfaudit verify --chain on the archive."),
    MessageEntry(
      .historyMoreFaults, .continues,
      "‹count› more faults of packs are on the page of the history.",
      cause: "Many packs are damaged, or the chain is broken in many places.",
      remedy: "Open the page: it lists each of them."),
  ]
}
