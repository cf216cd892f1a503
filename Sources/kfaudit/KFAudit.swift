import ArgumentParser

@main
struct KFAudit: ParsableCommand {
  func run() {}
}
