/// Ports of services that administer machines or hold data, and which benchmark controls speak of them.
public enum SensitivePorts {
  public enum Kind: Sendable, Hashable {
    /// Remote administration of a machine.
    case administration
    /// Control of a cluster or of containers.
    case orchestration
    case database
    /// Files and messages: a way to data, if not a database.
    case storage
    case monitoring
  }

  public struct Service: Sendable, Hashable {
    public let port: UInt16
    /// IP protocol number.
    public let proto: UInt8
    public let name: String
    public let kind: Kind
    /// Where the port number comes from: the IANA service name registry's name, or the software's own documentation.
    public let source: String
    /// Of CIS Amazon Web Services Foundations Benchmark 3.0.0: the control for sources of `0.0.0.0/0`, then of `::/0`.
    public let controls: [String]
  }

  private static func tcp(_ port: UInt16, _ name: String, _ kind: Kind, _ source: String) -> Service {
    // The benchmark calls exactly these two "remote server administration ports".
    let controls = port == 22 || port == 3389 ? ["5.2", "5.3"] : []
    return Service(port: port, proto: IPProtocol.tcp, name: name, kind: kind, source: source, controls: controls)
  }

  /// Sorted by port.
  public static let services: [Service] = [
    tcp(21, "FTP", .storage, "IANA ftp"),
    tcp(22, "SSH", .administration, "IANA ssh"),
    tcp(23, "Telnet", .administration, "IANA telnet"),
    tcp(135, "Windows RPC endpoint mapper", .administration, "IANA epmap"),
    tcp(139, "NetBIOS session service", .storage, "IANA netbios-ssn"),
    tcp(445, "SMB", .storage, "IANA microsoft-ds"),
    tcp(873, "rsync", .storage, "IANA rsync"),
    tcp(1433, "Microsoft SQL Server", .database, "IANA ms-sql-s"),
    tcp(1521, "Oracle listener", .database, "Oracle Net listener default"),
    tcp(2049, "NFS", .storage, "IANA nfs"),
    tcp(2181, "ZooKeeper", .orchestration, "ZooKeeper clientPort default"),
    tcp(2375, "Docker API without TLS", .orchestration, "IANA docker"),
    tcp(2376, "Docker API", .orchestration, "IANA docker-s"),
    tcp(2379, "etcd client", .orchestration, "IANA etcd-client"),
    tcp(2380, "etcd peer", .orchestration, "IANA etcd-server"),
    tcp(3306, "MySQL", .database, "IANA mysql"),
    tcp(3389, "Remote Desktop", .administration, "IANA ms-wbt-server"),
    tcp(5432, "PostgreSQL", .database, "IANA postgresql"),
    tcp(5601, "Kibana", .monitoring, "Kibana server.port default"),
    tcp(5672, "AMQP", .storage, "IANA amqp"),
    tcp(5900, "VNC", .administration, "IANA rfb"),
    tcp(5984, "CouchDB", .database, "IANA couchdb"),
    tcp(5985, "WinRM over HTTP", .administration, "IANA wsman"),
    tcp(5986, "WinRM over HTTPS", .administration, "IANA wsmans"),
    tcp(6379, "Redis", .database, "IANA redis"),
    tcp(6443, "Kubernetes API server", .orchestration, "kube-apiserver --secure-port default"),
    tcp(7000, "Cassandra between nodes", .database, "Cassandra storage_port default"),
    tcp(8500, "Consul API", .orchestration, "Consul ports.http default"),
    tcp(9042, "Cassandra CQL", .database, "Cassandra native_transport_port default"),
    tcp(9090, "Prometheus", .monitoring, "Prometheus --web.listen-address default"),
    tcp(9092, "Kafka", .storage, "Kafka listeners default"),
    tcp(9200, "Elasticsearch", .database, "Elasticsearch http.port default"),
    tcp(9300, "Elasticsearch between nodes", .database, "Elasticsearch transport.port default"),
    tcp(10250, "kubelet", .orchestration, "kubelet --port default"),
    tcp(11211, "memcached", .database, "IANA memcache"),
    Service(
      port: 11211, proto: IPProtocol.udp, name: "memcached", kind: .database, source: "IANA memcache", controls: []),
    tcp(15672, "RabbitMQ management", .administration, "RabbitMQ management.tcp.port default"),
    tcp(27017, "MongoDB", .database, "MongoDB net.port default"),
  ]

  public static func services(proto: UInt8, port: UInt16) -> [Service] {
    services.filter { $0.proto == proto && $0.port == port }
  }

  /// The benchmark's control that an exposure of the service to the whole Internet of this version fails, if any.
  public static func control(_ service: Service, _ version: IPVersion) -> String? {
    service.controls.isEmpty ? nil : service.controls[version == .four ? 0 : 1]
  }

  /// The benchmark the control numbers belong to.
  public static let benchmark = "CIS Amazon Web Services Foundations Benchmark 3.0.0"
}
