extension MessageEntry {
  /// Messages about configuration, policy and template.
  static let settings: [MessageEntry] = [
    MessageEntry(
      .invalidYAML, .exits(.configuration),
      "‹place›: not valid YAML: ‹problem›. Check quotes, brackets and indentation, also in the line before.",
      cause: "The file does not follow the syntax of YAML.",
      remedy: "Correct the place, or validate the file in an editor with the schema."),
    MessageEntry(
      .yamlNotUTF8, .exits(.configuration),
      "‹place›: the file is not plain UTF-8: ‹reason›. Save it as UTF-8 without a byte order mark.",
      cause: "An editor saved the file in another encoding.",
      remedy: "Save it as UTF-8."),
    MessageEntry(
      .duplicateKey, .exits(.configuration),
      "‹place›: the key '‹key›' occurs twice. Keep one.",
      cause: "Which of the two counts would be a guess.",
      remedy: "Remove one."),
    MessageEntry(
      .aliasAsKey, .exits(.configuration),
      "‹place›: an alias (*name) is part of a key, or is used beside keys that are not plain text. Write plain keys.",
      cause: "Such keys can stand for more values than can be compared.",
      remedy: "Write the key out."),
    MessageEntry(
      .tooManyValues, .exits(.configuration),
      "‹place›: the file expands to more than ‹limit› values. Write fewer, or use fewer aliases (*name).",
      cause: "Aliases repeat what they refer to.",
      remedy: "Write fewer values."),
    MessageEntry(
      .unreadableYAML, .exits(.configuration),
      "‹place›: the file cannot be read as YAML. Save it with plain keys and values.",
      cause: "The file uses something that the parser does not support.",
      remedy: "Simplify the file."),
    MessageEntry(
      .notAMapping, .exits(.configuration),
      "‹place›: ‹kind› must be a mapping of keys to values, such as ‹example›.",
      cause: "The file has another form, or is another file.",
      remedy: "Begin with a key, as in the examples."),
    MessageEntry(
      .unknownKey, .exits(.configuration),
      "‹place›: there is no key '‹key›'. ‹advice›",
      cause: "The key is misspelt, or of another version.",
      remedy: "Use one of the keys that the message lists."),
    MessageEntry(
      .invalidList, .exits(.configuration),
      "‹place›: ‹key› must be a list, such as ‹example›.",
      cause: "The value has another form.",
      remedy: "Write it in brackets."),
    MessageEntry(
      .invalidMapping, .exits(.configuration),
      "‹place›: ‹key› must be a mapping, such as ‹example›.",
      cause: "The value has another form.",
      remedy: "Write the keys below it."),
    MessageEntry(
      .invalidSetting, .exits(.configuration),
      "‹place›: ‹key›: ‹value› is not valid. Use ‹form›.",
      cause: "The value is not of the kind that the setting takes.",
      remedy: "Use the form that the message shows."),
    MessageEntry(
      .unknownName, .exits(.configuration),
      "‹place›: ‹key›: '‹value›' is not known. ‹advice›",
      cause: "The name is misspelt, or of another version.",
      remedy: "Use one of the names that the message lists."),
    MessageEntry(
      .emptyFormats, .exits(.configuration),
      "‹place›: ‹key›: the list is empty. Set at least one format, such as [csv, html].",
      cause: "A report without a file is not a report.",
      remedy: "Set a format, or remove the key."),
    MessageEntry(
      .calendarWithoutHours, .exits(.configuration),
      #"‹place›: ‹key›: a calendar needs hours on at least one day, such as hours: {Monday: ["09:00-17:00"]}."#,
      cause: "No day has opening hours, so that every time would be outside them.",
      remedy: "Set hours."),
    MessageEntry(
      .overlappingHours, .exits(.configuration),
      "‹place›: ‹key›: the hours overlap. Write each hour once.",
      cause: "Two ranges of a day have a time in common.",
      remedy: "Join the ranges."),
    MessageEntry(
      .invalidStatusNumber, .exits(.configuration),
      "‹place›: ‹key›: '‹value›' is not an integer that occurs once. Use a mapping such as 3: Running.",
      cause: "The keys of statusMap are the integers of the server.",
      remedy: "Write each integer once."),
    MessageEntry(
      .invalidRule, .exits(.configuration),
      "‹place›: ‹key›: ‹problem›",
      cause: "A rule contradicts itself, another rule or a built-in one.",
      remedy: "Change or remove the rule."),
    MessageEntry(
      .repeatedCheckID, .exits(.configuration),
      "‹place›: id: another policy check has the id '‹id›'. Choose another.",
      cause: "Waivers and results refer to a policy check by its id.",
      remedy: "Choose another id."),
    MessageEntry(
      .checkNeedsOneQuestion, .exits(.configuration),
      "‹place›: a policy check needs either completeness or metric. Keep one of them.",
      cause: "Both keys are set, or neither.",
      remedy: "Set one of them."),
    MessageEntry(
      .unknownFigure, .exits(.configuration),
      "‹place›: metric: '‹name›' is not a figure. ‹advice›",
      cause: "The name is misspelt, or of another version.",
      remedy: "kfaudit explain lists the figures."),
    MessageEntry(
      .figureWithoutInterval, .exits(.configuration),
      "‹place›: on: ‹figure› has no confidence interval, so 'on' does not apply. Remove the line.",
      cause: "The key on compares an end of the confidence interval.",
      remedy: "Remove on."),
    MessageEntry(
      .checkNeedsBound, .exits(.configuration),
      "‹place›: a policy check of a metric needs a bound. Set max or min.",
      cause: "Without a bound nothing can fail.",
      remedy: "Set max or min."),
    MessageEntry(
      .waiverEndsEarly, .exits(.configuration),
      "‹place›: expires: '‹value›' is not after created. Set a later time.",
      cause: "The two times are swapped or equal.",
      remedy: "Correct one of them."),
    MessageEntry(
      .waiverOfWaivers, .exits(.configuration),
      "‹place›: gate: the policy check '‹gate›' is about the waivers themselves, so it cannot be waived. Remove this waiver.",
      cause: "A check of waivers that could be waived would check nothing.",
      remedy: "Remove the waiver."),
    MessageEntry(
      .waiverWithoutCheck, .exits(.configuration),
      "‹place›: gate: there is no policy check '‹gate›'. ‹advice›",
      cause: "The id is misspelt, or the check was removed.",
      remedy: "Use the id of a check, or remove the waiver."),
    MessageEntry(
      .missingKey, .exits(.configuration),
      "‹place›: ‹key› is missing. Add it.",
      cause: "A policy check, a waiver, a rule or a framework is not complete.",
      remedy: "Add the key."),
    MessageEntry(
      .repeatedName, .exits(.configuration),
      "‹place›: ‹kind› '‹name›' occurs twice. Keep one.",
      cause: "A check names a control twice, or two rules, frameworks or controls have one id.",
      remedy: "Remove one, or choose another id."),
    MessageEntry(
      .controlNotListed, .exits(.configuration),
      "‹place›: controls: the framework ‹framework› has no control '‹control›'. ‹advice›",
      cause: "The id is misspelt, or the framework's file does not list the control.",
      remedy: "Use an id of the file, or add the control to it."),
    MessageEntry(
      .operatorDoesNotFit, .exits(.configuration),
      "‹place›: ‹column›: '‹operator›' does not apply to this column. Use one of ‹operators›.",
      cause: "The values of the column are of another kind: a text, a number or a time.",
      remedy: "Use one of the operators that the message lists, or another column."),
    MessageEntry(
      .emptyCondition, .exits(.configuration),
      "‹place›: ‹key› is empty. Add at least one condition or value.",
      cause: "Every row would fulfil a rule without conditions, and none an empty list of values.",
      remedy: "Add a condition, or remove the rule."),
    MessageEntry(
      .conditionsTooDeep, .exits(.configuration),
      "‹place›: conditions are nested more than ‹limit› deep. Use fewer levels.",
      cause: "The mappings of all, any and not contain each other too often.",
      remedy: "Write the rule with fewer levels, or as two rules."),
    MessageEntry(
      .checkIDNotToken, .exits(.configuration),
      "‹place›: id: '‹id›' cannot be the id of a policy check with --format oscal. Use letters, digits, '.', '-' and '_', and begin with a letter or '_'.",
      cause: "OSCAL refers to a check by its id, and takes such identifiers only.",
      remedy: "Choose another id, or leave oscal out of the formats."),
    MessageEntry(
      .templateSyntax, .exits(.configuration),
      "‹place›: ‹problem›",
      cause: "The template is not well-formed XML, or HTML would read it differently.",
      remedy: "Correct the place; numeric entities only, and every element closed."),
    MessageEntry(
      .unknownSlot, .exits(.configuration),
      #"‹place›: there is no slot "‹name›". The nearest is "‹nearest›"."#,
      cause: "The name is misspelt, or of another version.",
      remedy: "Use a slot of the article about templates."),
    MessageEntry(
      .removedSlot, .exits(.configuration),
      #"‹place›: the slot "‹name›" was replaced by "‹successor›". Write <slot name="‹successor›"/> in its place, once for all slots that it replaces."#,
      cause: "The template was made for an earlier version.",
      remedy: "Use the successor."),
    MessageEntry(
      .unknownSlotAttribute, .exits(.configuration),
      #"‹place›: the slot "‹slot›" has no attribute "‹name›". ‹known›"#,
      cause: "The attribute is misspelt, or of another slot.",
      remedy: "Use an attribute of the slot."),
    MessageEntry(
      .invalidSlotAttribute, .exits(.configuration),
      #"‹place›: ‹name›="‹value›" of the slot "‹slot›" is not valid. Use a whole number from 1."#,
      cause: "Such an attribute is a number of rows.",
      remedy: "Use a whole number."),
    MessageEntry(
      .misplacedSlot, .exits(.configuration),
      #"‹place›: the slot "‹name›" is a whole section and cannot be in ‹parent›. Put it into main, section, div, header, footer, nav, aside or article."#,
      cause: "A section inside a paragraph or a heading is not valid HTML.",
      remedy: "Move the slot."),
    MessageEntry(
      .repeatedSlot, .exits(.configuration),
      #"‹place›: the slot "‹name›" is a whole section and occurs twice. Keep one."#,
      cause: "Anchors of a section must be unique on a page.",
      remedy: "Remove one."),
    MessageEntry(
      .missingSlot, .exits(.configuration),
      #"‹place›: the slot "‹name›" is missing: a report must say whether it is complete. Put <slot name="‹name›"/> into main."#,
      cause: "A report without its verdict would mislead.",
      remedy: "Add the slot."),
    MessageEntry(
      .missingContentPolicy, .exits(.configuration),
      #"‹place›: head must begin with <meta http-equiv="Content-Security-Policy" content="…"/>, whose content is filled in. Add it."#,
      cause: "The policy of the page keeps it from loading anything.",
      remedy: "Add the element as the first of head."),
  ]
}
