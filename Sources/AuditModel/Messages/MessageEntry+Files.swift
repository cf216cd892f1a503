extension MessageEntry {
  /// Messages about the archive and its files.
  static let files: [MessageEntry] = [
    MessageEntry(
      .archiveNotAFolder, .exits(.outputRefused),
      "the archive ‹path› is not a folder (mode ‹mode›). Use --out with a folder.",
      cause: "The path leads to a file or a device.",
      remedy: "Use --out with a folder."),
    MessageEntry(
      .archiveIsLink, .exits(.outputRefused),
      "the archive ‹path› is a symbolic link (mode ‹mode›), which may lead elsewhere tomorrow. Use --out with the folder itself.",
      cause: "Whoever changes the link moves the archive unnoticed.",
      remedy: "Use the folder that the link leads to."),
    MessageEntry(
      .archiveWorldWritable, .exits(.outputRefused),
      "anyone can write to the archive ‹path› (mode ‹mode›), and so replace its packs. Run chmod o-w on it, choose another folder with --out, or pass --allow-shared if that is intended.",
      cause: "The permissions of the folder let all users replace packs.",
      remedy: "Run chmod o-w on it."),
    MessageEntry(
      .archiveGroupWritable, .exits(.outputRefused),
      "its group can write to the archive ‹path› (mode ‹mode›), and so replace its packs. Run chmod g-w on it, choose another folder with --out, or pass --allow-shared if that is intended.",
      cause: "The permissions of the folder let users of its group replace packs.",
      remedy: "Run chmod g-w on it."),
    MessageEntry(
      .archiveOfOther, .exits(.outputRefused),
      "the archive ‹path› belongs to user ‹owner›, who may not be able to read what this user adds. Run as that user, change its owner, or pass --allow-shared if that is intended.",
      cause: "The job runs as another user than before.",
      remedy: "Run as the owner of the archive."),
    MessageEntry(
      .archiveNotWritable, .exits(.outputRefused),
      "no write permission for the archive ‹path› (mode ‹mode›): ‹fault›. Change its mode or owner, or choose another folder with --out.",
      cause: "The permissions or the mount do not allow writing.",
      remedy: "Change the mode or owner."),
    MessageEntry(
      .noSpace, .exits(.inputOutput),
      "the file system of the archive ‹path› has ‹free› bytes free, and this run needs ‹wanted›. Free some space, or choose another folder with --out.",
      cause: "The disk is almost full.",
      remedy: "Free some space."),
    MessageEntry(
      .archiveLocked, .exits(.tryLater),
      "another run is writing to the archive ‹path› (‹holder›). Run again when it has ended.",
      cause: "Two runs overlap.",
      remedy: "Run again later; no lock is left over when a run dies."),
    MessageEntry(
      .cannotLock, .exits(.outputRefused),
      "the archive could not be locked with ‹path›: ‹fault›. ‹advice›",
      cause: "The file system does not support flock, or the lock is not this user's.",
      remedy: "Put the archive on a file system that supports flock."),
    MessageEntry(
      .unexpectedLock, .exits(.outputRefused),
      "the lock ‹path› must be a plain file of this user with one name, since kfaudit writes to it. Remove it while nothing is running, then run again.",
      cause: "The name may be a link to other data.",
      remedy: "Look at the file, then remove it."),
    MessageEntry(
      .outputInPack, .exits(.outputRefused),
      "‹path› is inside the pack ‹pack›, which must stay as it was published. Use a path outside.",
      cause: "A published pack must not change.",
      remedy: "Use a path outside the archive."),
    MessageEntry(
      .reservedName, .exits(.outputRefused),
      "‹path› has a name that the archive around it needs for itself. Use another name, or a folder outside.",
      cause: "Names of packs, latest and names with .kfaudit belong to the archive.",
      remedy: "Use another name."),
    MessageEntry(
      .cannotCreate, .exits(.outputRefused),
      "‹path› could not be created: ‹fault›. Choose another folder with --out, or check its permissions, then run again.",
      cause: "The folder does not exist, or this user may not write there.",
      remedy: "Check the folder and its permissions."),
    MessageEntry(
      .storageFault, .exits(.inputOutput),
      "‹path› could not be created: ‹fault›. Free some space, or check the disk, then run again.",
      cause: "The disk is full, a quota is reached, or the disk fails.",
      remedy: "Free some space, or check the disk."),
    MessageEntry(
      .cannotWrite, .exits(.inputOutput),
      "‹count› bytes could not be written to ‹path›: ‹fault›. Free some space, or check the disk and the limit on file sizes, then run again.",
      cause: "The disk is full, a quota or a limit on file sizes is reached, or the disk fails.",
      remedy: "Free some space; nothing unfinished has the name of a pack."),
    MessageEntry(
      .cannotSynchronise, .exits(.inputOutput),
      "could not flush ‹path› to the disk: ‹fault›. Data may be lost, and the next attempt may wrongly succeed: check the disk before you run again.",
      cause: "The disk or its connection fails. The system reports this once only.",
      remedy: "Check the disk first."),
    MessageEntry(
      .cannotRemove, .exits(.inputOutput),
      "what an earlier run left in the archive ‹path› could not be removed: ‹fault›. Remove the names that begin with .kfaudit-tmp-, then run again.",
      cause: "The leftovers are of another user, or the disk fails.",
      remedy: "Remove them."),
    MessageEntry(
      .cannotUseTemporary, .exits(.outputRefused),
      "temporary files cannot be created in ‹path›: ‹fault›. Set TMPDIR to a folder with free space that this user can write to, then run again.",
      cause: "The folder does not exist, or this user may not write there.",
      remedy: "Set TMPDIR."),
    MessageEntry(
      .unusableName, .exits(.outputRefused),
      "no file of a pack can be called ‹name›: a name cannot contain control characters, a backslash, or an empty part, . or .. Rename the file.",
      cause: "SHA256SUMS cannot contain such a name.",
      remedy: "Rename the file."),
    MessageEntry(
      .noRevisionLeft, .exits(.outputRefused),
      "‹path› is not a possible name of a pack. Move the pack of this period with the highest number out of the archive, then run again.",
      cause: "A folder has the name of a pack with the highest number that there is.",
      remedy: "Move that folder away."),
    MessageEntry(
      .missingPath, .exits(.missingInput),
      "‹path› does not exist. Check the spelling and the folder you are in.",
      cause: "The path is wrong, or relative to another folder.",
      remedy: "Check the path."),
    MessageEntry(
      .unlistableArchive, .exits(.missingInput),
      "the archive ‹path› cannot be listed: ‹fault›. Use the folder that packs were published in with --out.",
      cause: "The folder does not exist, or this user may not read it.",
      remedy: "Check the path and its permissions."),
    MessageEntry(
      .largeFile, .exits(.brokenData),
      "‹path› has more than ‹limit› bytes, the most that a file of its kind can have, so it was not read. Restore it from a copy.",
      cause: "The file was replaced, or is another file.",
      remedy: "Restore it from a copy."),
    MessageEntry(
      .cannotRead, .exits(.inputOutput),
      "‹path› could not be read: ‹fault›. Check its owner and mode, then run again.",
      cause: "This user may not read the file, or the disk fails.",
      remedy: "Check the permissions and the disk."),
    MessageEntry(
      .unreadablePack, .exits(.inputOutput),
      "‹path› could not be read, so the newest pack is not known: ‹fault›. Let this user read the packs of the archive, or begin a new chain with kfaudit run --restart-chain, which records it.",
      cause: "Packs of another user are in the archive, or the disk fails.",
      remedy: "Let this user read them."),
    MessageEntry(
      .unexpectedFile, .exits(.outputRefused),
      "‹path› is not used: ‹reason›. Remove it, or make it this user's own with mode 0600.",
      cause: "The file should be this user's alone.",
      remedy: "Remove it, then run again."),
    MessageEntry(
      .cannotStart, .exits(.inputOutput),
      "‹path› could not be started: ‹fault›. Check that it exists and can be run, then run again.",
      cause: "The program is missing, or this user may not run it.",
      remedy: "Install the program, or correct its mode."),
    MessageEntry(
      .workbookWithoutMemory, .exits(.inputOutput),
      "there is no memory for a workbook. Leave out --format xlsx.",
      cause: "The machine or its limit has no memory left.",
      remedy: "Leave out xlsx, or raise the limit."),
    MessageEntry(
      .workbookNotWritten, .exits(.inputOutput),
      "‹path› was not written: ‹reason›. Free some space, or leave out --format xlsx. Nothing was published.",
      cause: "The disk is full, or the figures exceed the limits of a workbook.",
      remedy: "Free some space, or leave out xlsx."),
    MessageEntry(
      .templateRefused, .exits(.outputRefused),
      "‹path› cannot be created: ‹fault›. Choose another folder.",
      cause: "The folder cannot be created, or this user may not write there.",
      remedy: "Choose another folder."),
    MessageEntry(
      .templateExists, .exits(.outputRefused),
      "‹path› exists already and may have been edited. Choose another folder, or move it away.",
      cause: "Nothing that may be somebody's work is replaced.",
      remedy: "Choose another folder."),
    MessageEntry(
      .mergeOutputNotEmpty, .exits(.outputRefused),
      "--out: ‹path› exists and is not an empty folder. Use a folder that does not exist yet.",
      cause: "A merged report is published as a whole.",
      remedy: "Use another folder."),
    MessageEntry(
      .unusableZip, .exits(.brokenData),
      "‹path› was not read: ‹reason› Pass the folder of a pack, or pack the folder again.",
      cause: "The file is not a zip archive, is damaged, or contains what a pack does not.",
      remedy: "Ask for the bundle once more, or bundle the pack's folder again."),
    MessageEntry(
      .bundleExists, .exits(.outputRefused),
      "‹path› exists already, and a bundle never replaces a file. Remove it, or use another name with --out.",
      cause: "The pack was bundled before.",
      remedy: "Remove the file, or name another one."),
    MessageEntry(
      .bundleInterrupted, .exits(.tryLater),
      "interrupted: the pack ‹pack› is published, but not its bundle. Run the same command again, or kfaudit bundle.",
      cause: "A signal, or the deadline, came while the bundle was written.",
      remedy: "Run kfaudit bundle on the pack."),
    MessageEntry(
      .namesNotSynchronised, .continues,
      "folders cannot be synchronised on the file system of ‹path›: after a power failure the newest pack may be missing.",
      cause: "The file system, often a network one, does not support it.",
      remedy: "Check the archive after a power failure; a local file system is safer."),
    MessageEntry(
      .notResuming, .continues,
      "not resuming the earlier interrupted run: ‹reason›. Starting from the beginning.",
      cause: "The options, the version or the account differ, or it is older than six hours.",
      remedy: "Nothing; repeat the same command to resume next time."),
    MessageEntry(
      .keptIncomplete, .continues,
      "the read is incomplete. What was read is kept, watermarked and without SHA256SUMS: ‹path›",
      cause: "The read failed, and --keep-partial is set.",
      remedy: "Do not use it as evidence; run again."),
    MessageEntry(
      .latestNotUpdated, .continues,
      "‹problem›",
      cause: "The pack is published, but the link latest could not be changed.",
      remedy: "Use the path that stdout contains; look at what is called latest."),
    MessageEntry(
      .passedOver, .continues,
      "not packs, passed over: ‹names›.",
      cause: "The archive contains other files.",
      remedy: "Nothing, unless a pack is among them."),
    MessageEntry(
      .bundleNotWritten, .continues,
      "the pack ‹pack› is published, but not its bundle; the next message has the reason.",
      cause: "The file cannot be written, or exists with another content.",
      remedy: "Run kfaudit bundle on the pack once the reason is gone."),
  ]
}
