import Testing

@testable import CommandSandbox

@Suite("The population")
struct SandboxPopulationTests {
  private static let day: Int64 = 86_400_000

  private static func rows(_ change: (inout SandboxOptions) -> Void = { _ in }) -> [SandboxRow] {
    var options = SandboxOptions()
    change(&options)
    return SandboxPopulation(options).rows
  }

  private static let ordinary = rows()

  @Test("Is the same for the same seed, and another for another")
  func isDeterministic() {
    #expect(Self.rows() == Self.ordinary)
    #expect(Self.rows { $0.seed = 2 } != Self.ordinary)
  }

  @Test("Stays as it was first drawn")
  func staysAsDrawn() {
    let row = Self.ordinary[100]
    #expect(
      "\(row.referenceID) \(row.start) \(row.status) \(row.userName)"
        == "150107 1790675346482 complete PARTNER\\ali")
  }

  @Test("Depends on nothing that only changes how it is told")
  func dependsOnLittle() {
    let told = Self.rows { options in
      options.profile = .v10
      options.keyCase = .camel
      options.dateStyle = .zoneless
      options.pageLimit = 100
      options.gzip = true
    }
    #expect(told == Self.ordinary)
  }

  @Test("Has as many rows in the window as asked for, and some around it", arguments: [0, 1, 500])
  func fillsWindow(instances: Int) {
    let options = SandboxOptions()
    let rows = Self.rows { $0.instances = instances }
    let inside = rows.filter { options.from..<options.to ~= $0.start }
    #expect(inside.count == instances)
    #expect(rows.count == instances + 2 * (instances * 4 / 100))
    #expect(rows.allSatisfy { $0.start >= options.from - 3 * Self.day })
    #expect(rows.allSatisfy { $0.start < options.to + 3 * Self.day })
  }

  @Test("Numbers rows in the order of their starts, with gaps")
  func numbersRows() {
    let pairs = zip(Self.ordinary, Self.ordinary.dropFirst())
    #expect(pairs.allSatisfy { $0.referenceID < $1.referenceID && $0.start <= $1.start })
    #expect(pairs.contains { $1.referenceID - $0.referenceID >= 1000 })
    #expect(Self.ordinary.first?.referenceID ?? 0 > 150_000)
    #expect(Set(Self.ordinary.map(\.id)).count == Self.ordinary.count)
  }

  @Test("Has nothing later than the server's clock, and leaves open what is not over")
  func endsNow() {
    let now = SandboxOptions().from + 10 * Self.day
    let rows = Self.rows { $0.now = now }
    #expect(rows.allSatisfy { $0.start < now && $0.lastModified ?? 0 <= now })
    #expect(rows.allSatisfy { $0.lastModified ?? $0.start >= $0.start })
    let open = rows.count { $0.status == .suspended }
    #expect(open > Self.ordinary.count { $0.status == .suspended })
    #expect(Self.rows { $0.now = $0.from - 4 * Self.day }.isEmpty)
  }

  @Test("Has every status, type and documented message")
  func hasEverything() {
    #expect(Set(Self.ordinary.map(\.status)) == Set(SandboxRow.Status.allCases))
    #expect(
      Set(Self.ordinary.map(\.definition.workflowType))
        == ["Enrollment", "Revocation", "CertificateEnteredCollection", "Expiration"])
    let beginnings = [
      "Access is denied", "Awaiting 1 more approval(s) from approval roles.",
      "Awaiting 2 more approval(s)", "Either the credentials are invalid, or the CA on ca0",
      "Issued", "Issued. The private key was successfully retained.", "Post-process Failed: ",
      "Pre-process failed: ", "Revoked", "Step 'Keyfactor-Enroll' failed: ",
      "Step ‘Keyfactor-Enroll’ failed: ", "Step ‘Keyfactor-Revoke’ failed:",
      "Step 'Call ITSM' failed: ", "Step Check Inventory failed: ",
      "Taken Under Submission. The certificate template requires manager approval, and is marked",
      "Workflow rejected by user with Id ",
    ]
    let messages = Set(Self.ordinary.compactMap(\.statusMessage))
    for beginning in beginnings {
      #expect(messages.contains { $0.hasPrefix(beginning) }, "\(beginning)")
    }
  }

  @Test("Gives a status the message and step that belong to it")
  func isConsistent() {
    for row in Self.ordinary {
      switch row.status {
      case .suspended:
        #expect(row.step.uniqueName == "RequireApproval1")
        #expect(row.statusMessage?.hasPrefix("Awaiting ") == true)
      case .rejected: #expect(row.step.uniqueName == "RequireApproval1")
      case .complete: #expect(row.step.uniqueName == "EndNOOP")
      case .failed: #expect(row.statusMessage != nil)
      case .running: #expect(row.statusMessage == nil)
      case .canceledForRestart: break
      }
      if let title = row.title, row.definition.workflowType == "Enrollment" {
        #expect(title.hasPrefix("\(row.userName) is enrolling for a certificate with CN="))
      }
    }
  }

  @Test("Has users of every kind, a few of whom do most of the work")
  func hasUsers() {
    let counts = Dictionary(grouping: Self.ordinary, by: \.userName).mapValues(\.count)
    let most = counts.filter { $0.key != "Timer Service" }.values.sorted(by: >)
    #expect(counts["KEYEXAMPLE\\jsmith"] == most.first)
    #expect(most.prefix(10).reduce(0, +) * 2 > most.reduce(0, +))
    #expect(counts["Timer Service"] ?? 0 > 0)
    #expect(counts.keys.contains { $0.hasPrefix("PARTNER\\") })
    #expect(counts.keys.contains { $0.contains("@") })
    #expect(counts.keys.contains { !$0.contains("\\") && !$0.contains("@") })
    #expect(Set(counts.keys.map { $0.lowercased() }).count < counts.count)
    #expect(
      Set(Self.rows { $0.users = 0 }.map(\.userName)) == ["Timer Service"])
  }

  @Test("Has users whose requests fail again and again")
  func hasBursts() {
    let failed = Self.ordinary.filter { $0.status == .failed && $0.title != nil }
    let most = Dictionary(grouping: failed) { $0.title ?? "" }.values.map(\.count).max() ?? 0
    #expect(most >= 3)
  }

  @Test("Starts in office hours mostly")
  func keepsOfficeHours() {
    let office = Self.ordinary.count { StartRhythm.isOfficeTime($0.start) }
    #expect(office * 10 > Self.ordinary.count * 6)
    #expect(office < Self.ordinary.count)
  }

  @Test("Has few rows without a title or a last change")
  func hasNulls() {
    let rows = Self.rows { $0.instances = 20_000 }
    #expect(1...40 ~= rows.count { $0.title == nil })
    #expect(1...40 ~= rows.count { $0.lastModified == nil })
  }

  @Test("Changes common names alone when some are hostile")
  func staysTheSameButForNames() {
    let hostile = Self.rows { $0.hostilePercent = 20 }
    let changed = zip(Self.ordinary, hostile).count { $0.title != $1.title }
    #expect(Self.ordinary.count / 10..<Self.ordinary.count / 3 ~= changed)
    for (left, right) in zip(Self.ordinary, hostile) {
      #expect(left.status == right.status && left.lastModified == right.lastModified)
      #expect(left.userName == right.userName && left.referenceID == right.referenceID)
    }
    let titles = hostile.compactMap(\.title).joined()
    for needle in ["=HYPERLINK(", "<script>", "\u{1B}[2J", "\u{202E}", "\0", "'quoted"] {
      #expect(titles.utf8.contains(needle.utf8))
    }
    #expect(titles.unicodeScalars.contains(SandboxRow.loneSurrogate))
  }
}
