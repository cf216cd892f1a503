extension MessageEntry {
  /// Messages about responses and their rows.
  static let rows: [MessageEntry] = [
    MessageEntry(
      .notAPage, .exits(.brokenProtocol),
      "‹problem› (‹place›). A page must be a JSON array of workflow instances. Check that the address or the folder contains the responses of GET /Workflow/Instances.",
      cause: "Another address, another version, or a file that is not a response.",
      remedy: "Check the address of the API, or the folder of --pages."),
    MessageEntry(
      .brokenRow, .exits(.brokenData),
      "‹problem› (‹place›). The row breaks the contract of the API, so no figure can be computed. Keep the response and send this message to your Keyfactor administrator.",
      cause: "A field is missing, occurs twice, or has another type than documented.",
      remedy: "Look the instance up; keep the response."),
    MessageEntry(
      .sharedGUID, .exits(.brokenData),
      "two instances share the GUID ‹id›: reference ids ‹first› and ‹second›. Every figure counts instances by these ids; send this message to your Keyfactor administrator.",
      cause: "The data of the server contradicts itself.",
      remedy: "Look both instances up in the portal."),
    MessageEntry(
      .sharedReferenceID, .exits(.brokenData),
      "two instances share the reference id ‹id›: ‹first› and ‹second›. Every figure counts instances by these ids; send this message to your Keyfactor administrator.",
      cause: "The data of the server contradicts itself, or the files are of several servers.",
      remedy: "Look both instances up in the portal."),
    MessageEntry(
      .noPages, .exits(.missingInput),
      "the folder ‹path› contains no saved response. Save the responses of GET /Workflow/Instances there as *.json or *.json.gz.‹note›",
      cause: "The folder is empty, or the files have other names.",
      remedy: "Check the folder and the names."),
    MessageEntry(
      .pagesNotAFolder, .exits(.missingInput),
      "‹path› is not a folder. Use the folder that contains the saved responses.",
      cause: "The option --pages takes a folder.",
      remedy: "Use the folder."),
    MessageEntry(
      .pageNotAFile, .exits(.missingInput),
      "‹path› is not a plain file, and a link or device may change after it was read. Put the file itself there.",
      cause: "The name is of a folder, a symbolic link or a device.",
      remedy: "Copy the file."),
    MessageEntry(
      .pageNameNotUTF8, .exits(.missingInput),
      "the folder ‹folder› contains the response ‹name›, whose name is not UTF-8. Rename it.",
      cause: "No file of a pack can have such a name.",
      remedy: "Rename the file."),
    MessageEntry(
      .cannotDecompress, .exits(.brokenData),
      "the response ‹path› could not be decompressed: ‹reason›",
      cause: "The file is cut, not gzip, or expands to more than the limit.",
      remedy: "Save the response again."),
    MessageEntry(
      .pageReplaced, .exits(.inputOutput),
      "the response ‹path› was replaced after it was read. Find out who can write to the archive, then run again.",
      cause: "Something else wrote to the folder during the run.",
      remedy: "Check the permissions of the folder."),
    MessageEntry(
      .cannotLinkPage, .exits(.outputRefused),
      "the response ‹path› could not be hard-linked into the pack: ‹fault›. Remove --link-pages, or put the archive on the file system of the responses.",
      cause: "Hard links work within one file system only.",
      remedy: "Remove --link-pages."),
    MessageEntry(
      .brokenDecisions, .exits(.brokenData),
      "--approvals: ‹problem›",
      cause:
        "The file of decisions is not a CSV of one of the two shapes, or a value in it is not valid.",
      remedy: #"Correct the line; see the article "Who approved"."#),
    MessageEntry(
      .decisionsTooLarge, .exits(.brokenData),
      "--approvals: the file ‹path› is larger than ‹limit› MiB, the most that is read. Remove the decisions of other periods.",
      cause: "The file contains more than the decisions of the period.",
      remedy: "Export the decisions of the period only."),
    MessageEntry(
      .decisionsContradict, .exits(.brokenData),
      "--approvals: ‹path›: id and reference_id are not those of one instance in ‹count›: ‹lines›. Correct them, or remove one of the two columns.",
      cause: "The file gives the GUID of one instance beside the reference ID of another.",
      remedy: "Correct the lines, or remove one of the two columns."),
  ]
}
