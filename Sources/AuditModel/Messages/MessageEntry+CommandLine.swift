extension MessageEntry {
  /// Messages about the command line and the environment.
  static let commandLine: [MessageEntry] = [
    MessageEntry(
      .unusableArguments, .exits(.usage),
      "‹problem›",
      cause:
        "An option, a value or a command is misspelt, missing, or not known to this version. Values are not repeated, since one may be a secret.",
      remedy: "Compare the command line with kfaudit help, or with --help of the command."),
    MessageEntry(
      .credentialOption, .exits(.usage),
      "‹option› is not an option: arguments are visible to every user of this machine. Set KEYFACTOR_USERNAME and KEYFACTOR_PASSWORD, or KEYFACTOR_AUTH_CLIENT_ID and KEYFACTOR_AUTH_CLIENT_SECRET, or KEYFACTOR_AUTH_ACCESS_TOKEN, or use a profile file (KEYFACTOR_AUTH_CONFIG_FILE).",
      cause: "The option looks as if its value were a password, a token or a user.",
      remedy:
        "Put credentials into environment variables or into a profile file; change a secret that was typed here."
    ),
    MessageEntry(
      .unknownCommand, .exits(.usage),
      "‹name› is not a command. ‹advice›",
      cause: "A word where a command belongs is not one.",
      remedy: "Use one of the commands that kfaudit help lists."),
    MessageEntry(
      .argumentNotUTF8, .exits(.usage),
      "‹option›: the value (‹count› bytes) is not UTF-8. Write it in UTF-8, and rename a file whose name is not.",
      cause:
        "The bytes of an argument are not text, which happens with file names of an old encoding.",
      remedy: "Rename the file, or write the value in UTF-8."),
    MessageEntry(
      .argumentIsContent, .exits(.usage),
      "‹option›: the value looks like the content of a file ‹value›. Use the path of the file. If a path looks like this, write ./ before it.",
      cause: "A key, a certificate or a configuration was pasted where its path belongs.",
      remedy: "Store it in a file and pass the path; replace a key that was typed here."),
    MessageEntry(
      .optionsConflict, .exits(.usage),
      "‹options› cannot be used together. ‹advice›",
      cause: "Two options ask for things that exclude each other.",
      remedy: "Remove one of them."),
    MessageEntry(
      .optionIncomplete, .exits(.usage),
      "‹option› needs ‹other›, which is not set. ‹advice›",
      cause: "The option has a meaning only beside the other one.",
      remedy: "Add the other option, or remove this one."),
    MessageEntry(
      .emptyPath, .exits(.usage),
      "‹option›: the path is empty. Set it to the path of a folder.",
      cause: "The value is empty, often because a variable of a script is.",
      remedy: "Check the variable that the path comes from."),
    MessageEntry(
      .emptyList, .exits(.usage),
      "‹option›: the list is empty. Remove the option, or set at least one name.",
      cause: "The list has no name in it.",
      remedy: "Remove the option to use the default."),
    MessageEntry(
      .missingFile, .exits(.missingInput),
      "‹option›: the file ‹path› does not exist. Check the path.",
      cause: "The path is wrong, or relative to another folder.",
      remedy: "Check the path, and the folder that the job runs in."),
    MessageEntry(
      .notARegularFile, .exits(.missingInput),
      "‹option›: ‹path› is not a regular file. Use the path of a file.",
      cause: "The path leads to a folder, a device or a pipe.",
      remedy: "Use the path of a file."),
    MessageEntry(
      .unreadableFile, .exits(.missingInput),
      "‹option›: the file ‹path› cannot be read: ‹reason›. Check its permissions.",
      cause: "This user may not read the file, or the disk fails.",
      remedy: "Let this user read the file."),
    MessageEntry(
      .fileTooLarge, .exits(.configuration),
      "‹option›: ‹path› is larger than the limit, 1 MiB. Check that it is the right file.",
      cause:
        "Configurations, policies, keys and certificates are small; this is probably another file.",
      remedy: "Check the path."),
    MessageEntry(
      .variableNotUTF8, .exits(.configuration),
      "‹variable›: the value is not UTF-8. Set it in UTF-8.",
      cause: "The bytes of the variable are not text.",
      remedy: "Set the variable in UTF-8."),
    MessageEntry(
      .secretOfOther, .exits(.configuration),
      "‹path› contains a secret but belongs to another user. Use a copy that this user owns.",
      cause: "Whoever owns the file could replace the secret.",
      remedy: "Copy the file, and set mode 0600 on the copy."),
    MessageEntry(
      .secretReadable, .exits(.configuration),
      "‹path› contains a secret and has mode 0‹mode›, so others can read it. Run chmod 600 on it.",
      cause: "The permissions of the file let other users of this machine read the secret.",
      remedy: "Run chmod 600 on it; replace the secret if others have had access."),
    MessageEntry(
      .pseudonymKeyTooShort, .exits(.configuration),
      "--pseudonymise ‹path›: the key has ‹count› bytes, and needs at least ‹least›. Make one with openssl rand -hex 32.",
      cause: "Tokens of a short key could be reversed by trying keys.",
      remedy: "Make a longer key; the same key gives the same tokens."),
    MessageEntry(
      .noPeriodInPages, .exits(.usage),
      "no period is set, and no row of the saved responses contains a start time. Use --from and --to, or --period.",
      cause:
        "The period of saved responses is read from their rows, and there is none to read it from.",
      remedy: "Set the period."),
    MessageEntry(
      .noServerToCheck, .exits(.usage),
      "--pages: saved responses have no server to check. Use --server.",
      cause: "kfaudit check tests a server.",
      remedy: "Use --server or --sandbox; kfaudit run --pages reads saved responses."),
    MessageEntry(
      .noTemplateFolder, .exits(.usage),
      "kfaudit template write needs one folder, after report or brief if you choose a template. Example: kfaudit template write house-style.",
      cause: "No folder is set, or more than one.",
      remedy: "Set one folder."),
    MessageEntry(
      .nothingToVerify, .exits(.usage),
      "kfaudit verify needs one of: a pack, an archive (--chain), or a proof (--proof). Set one of them.",
      cause: "Nothing is set, or things that exclude each other.",
      remedy: "Set a pack, --chain or --proof; a pack and --proof go together."),
    MessageEntry(
      .proofNeedsRoot, .exits(.usage),
      "--proof needs a root to compare with. Add --root, or the pack.",
      cause:
        "A proof shows that a row belongs to a root; which root counts must come from elsewhere.",
      remedy: "Add --root with the digits from the footer of the report, or the pack."),
    MessageEntry(
      .nothingToExplain, .exits(.usage),
      "'‹name›' is not known to kfaudit explain. ‹advice›",
      cause:
        "The name is neither a message code, a metric, a figure, a notice, a verdict nor an exit status.",
      remedy: "kfaudit explain without a name lists all of them."),
    MessageEntry(
      .unreadableClock, .exits(.usage),
      "the clock of this machine cannot be read as a date. Set it, or use --from and --to.",
      cause: "The clock is outside the years 1970 to 2099.",
      remedy: "Set the clock."),
    MessageEntry(
      .invalidInstance, .exits(.usage),
      "‹option›: '‹value›' is not a valid GUID. Copy the id of an instance from instances.csv.",
      cause: "The value is not 32 hexadecimal digits in the form of a GUID.",
      remedy: "Use a value of the column id."),
    MessageEntry(
      .openFilesLimit, .exits(.inputOutput),
      "this process may open ‹limit› files (RLIMIT_NOFILE), and needs ‹needed›. Run ulimit -n ‹needed›, then run again.",
      cause: "The limit RLIMIT_NOFILE is too low.",
      remedy: "Raise the limit, or LimitNOFILE of the unit."),
    MessageEntry(
      .threadLimit, .exits(.inputOutput),
      "this process may start ‹limit› more threads, and needs ‹needed›. Raise the limit (ulimit -u, or pids.max or TasksMax of its container or unit), then run again.",
      cause: "Another limit would stop the program in the middle.",
      remedy: "Raise the limit of the user, the container or the unit."),
    MessageEntry(
      .closedOutput, .exits(.inputOutput),
      "stdout cannot be written: ‹reason› The work is done; the line would have been: ‹line›",
      cause: "The program that reads stdout has ended, or the disk is full.",
      remedy: "Use the line that the message quotes."),
    MessageEntry(
      .interruptedRead, .signal,
      "interrupted by signal ‹signal›: nothing is published. What was read is kept; run the same command within six hours to resume.",
      cause: "Somebody, a shutdown or a time limit ended the run.",
      remedy: "Run the same command again."),
    MessageEntry(
      .interruptedRun, .signal,
      "interrupted by signal ‹signal›: nothing is published.",
      cause: "Somebody, a shutdown or a time limit ended the run.",
      remedy: "Run the same command again."),
    MessageEntry(
      .interrupted, .signal,
      "interrupted by signal ‹signal›: nothing is written.",
      cause: "Somebody, a shutdown or a time limit ended the command.",
      remedy: "Run the same command again."),
  ]
}
