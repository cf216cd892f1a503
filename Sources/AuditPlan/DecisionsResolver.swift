import AuditModel

extension SettingSources {
  /// Reads the file named by `--approvals`; `nil` when there is none, or it cannot be used.
  func decisions(_ mistakes: inout PlanMistakes) -> DecisionFile? {
    guard let path = options.approvals else { return nil }
    do throws(NamedFileError) {
      let bytes = try environment.readFile(path, DecisionFile.sizeLimit).bytes
      let (file, found) = DecisionFileReader.read(bytes, path: path)
      for mistake in found { mistakes.add(Message(.brokenDecisions, mistake)) }
      return file
    } catch .tooLarge {
      mistakes.add(
        Message(.decisionsTooLarge, NamedValue.shown(path), "\(DecisionFile.sizeLimit >> 20)"))
    } catch {
      mistakes.file(path, namedBy: "--approvals", error)
    }
    return nil
  }
}
