import SimulationFirewall

/// Ports by the names of services.
///
/// Source: IANA Service Name and Transport Protocol Port Number Registry; names that people use instead stand beside them,
/// and ports that the software's own documentation has where the registry has none (see ``SensitivePorts``).
enum ServiceNames {
  struct Service: Sendable, Hashable {
    var ports: String
    /// nil for both TCP and UDP.
    var proto: String?
  }

  static func service(_ name: String) -> Service? {
    let name = name.lowercased()
    return table[name] ?? table[name.replacing("_", with: "-")]
  }

  /// Ports of a text: numbers and ranges as they are, names by the table; nil for a name that nobody knows.
  static func ports(_ text: String) -> String? {
    if PortSet(text) != nil { return text }
    var parts: [String] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      if PortSet(String(part)) != nil {
        parts.append(String(part))
      } else if let service = service(String(part)) {
        parts.append(service.ports)
      } else {
        return nil
      }
    }
    return parts.joined(separator: ",")
  }

  private static let table: [String: Service] = {
    var table: [String: Service] = [:]
    for (names, ports, proto) in entries {
      for name in names.split(separator: " ") { table[String(name)] = Service(ports: ports, proto: proto) }
    }
    return table
  }()

  private static let entries: [(names: String, ports: String, proto: String?)] = [
    ("ftp", "21", "tcp"), ("ssh sftp openssh", "22", "tcp"), ("telnet", "23", "tcp"), ("smtp mail", "25", "tcp"),
    ("domain dns", "53", nil), ("dhcp bootps", "67", "udp"), ("tftp", "69", "udp"),
    ("http www web apache nginx-http", "80", "tcp"), ("kerberos", "88", nil), ("pop3", "110", "tcp"),
    ("auth ident", "113", "tcp"), ("ntp", "123", "udp"), ("epmap", "135", "tcp"), ("netbios-ssn", "139", "tcp"),
    ("imap imap2", "143", "tcp"), ("snmp", "161", "udp"), ("ldap", "389", "tcp"),
    ("https apache-secure nginx-https", "443", "tcp"), ("nginx-full apache-full", "80,443", "tcp"),
    ("smb microsoft-ds cifs", "445", "tcp"), ("samba", "139,445", "tcp"), ("smtps submissions", "465", "tcp"),
    ("syslog", "514", "udp"), ("submission", "587", "tcp"), ("ldaps", "636", "tcp"), ("rsync", "873", "tcp"),
    ("imaps", "993", "tcp"), ("pop3s", "995", "tcp"), ("ms-sql-s mssql sqlserver", "1433", "tcp"),
    ("oracle", "1521", "tcp"), ("nfs", "2049", "tcp"), ("zookeeper", "2181", "tcp"), ("docker", "2375", "tcp"),
    ("docker-s", "2376", "tcp"), ("etcd etcd-client", "2379", "tcp"), ("etcd-server", "2380", "tcp"),
    ("mysql mariadb", "3306", "tcp"), ("rdp ms-wbt-server", "3389", "tcp"),
    ("postgresql postgres pg pgsql", "5432", "tcp"), ("kibana", "5601", "tcp"), ("amqp rabbitmq", "5672", "tcp"),
    ("vnc rfb vnc-server", "5900", "tcp"), ("couchdb", "5984", "tcp"), ("winrm wsman", "5985,5986", "tcp"),
    ("redis", "6379", "tcp"), ("kube-api kube-apiserver kubernetes-api", "6443", "tcp"), ("http-alt", "8080", "tcp"),
    ("consul", "8500", "tcp"), ("cassandra cql", "9042", "tcp"), ("prometheus", "9090", "tcp"),
    ("kafka", "9092", "tcp"), ("elasticsearch opensearch", "9200", "tcp"), ("kubelet kubelet-api", "10250", "tcp"),
    ("memcached memcache", "11211", "tcp"), ("mongodb mongo", "27017", "tcp"), ("wireguard", "51820", "udp"),
    ("openvpn", "1194", "udp"), ("ipsec-nat-t", "4500", "udp"), ("isakmp", "500", "udp"),
  ]
}
