/// What certificates are for: subjects, which begin with `CN=`.
struct SubjectArtist {
  let hostilePercent: Int

  /// A subject; hostile or not is drawn apart, so that the share of the hostile changes no other.
  func subject(_ random: inout SeededRandom, hostility: inout SeededRandom) -> Subject {
    let ordinary = Self.ordinary(&random)
    guard hostility.index(below: 100) < hostilePercent,
      let hostile = hostility.pick(HostileNames.all)
    else { return Subject(text: ordinary, isHostile: false) }
    return Subject(text: "CN=\(hostile)", isHostile: true)
  }

  /// A subject as it stands in titles.
  struct Subject {
    var text: String
    var isHostile: Bool
  }

  private static func ordinary(_ random: inout SeededRandom) -> String {
    let number = random.index(below: 900) + 100
    return switch random.index(below: 100) {
    case ..<45: "CN=appsrvr\(number).keyexample.com"
    case ..<65: "CN=svc-\(number).prod.keyexample.com"
    case ..<75: "CN=device-\(random.index(below: 9000) + 1000).iot.keyexample.com"
    case ..<82: "CN=*.app\(number).keyexample.com"
    case ..<87: "CN=vpn user \(number)"
    case ..<90: "CN=büro-\(number).keyexample.com"
    case ..<96: "CN=gw\(number).keyexample.com,OU=Network,O=Key Example Inc"
    case ..<98: "CN=Acme Widgets\\, Inc. Gateway \(number),O=Acme Widgets\\, Inc.,C=US"
    default: "CN=Build & Release <\(number)>"
    }
  }
}
