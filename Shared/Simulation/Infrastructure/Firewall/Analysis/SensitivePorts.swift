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
    tcp(111, "portmapper", .storage, "IANA sunrpc"),
    tcp(135, "Windows RPC endpoint mapper", .administration, "IANA epmap"),
    tcp(139, "NetBIOS session service", .storage, "IANA netbios-ssn"),
    tcp(389, "LDAP", .storage, "IANA ldap"),
    tcp(445, "SMB", .storage, "IANA microsoft-ds"),
    tcp(512, "rexec", .administration, "IANA exec"),
    tcp(513, "rlogin", .administration, "IANA login"),
    tcp(514, "rsh", .administration, "IANA shell"),
    tcp(873, "rsync", .storage, "IANA rsync"),
    tcp(1099, "Java RMI registry", .administration, "IANA rmiregistry"),
    tcp(1433, "Microsoft SQL Server", .database, "IANA ms-sql-s"),
    tcp(1521, "Oracle listener", .database, "Oracle Net listener default"),
    tcp(2049, "NFS", .storage, "IANA nfs"),
    tcp(2181, "ZooKeeper", .orchestration, "ZooKeeper clientPort default"),
    tcp(2375, "Docker API without TLS", .orchestration, "IANA docker"),
    tcp(2376, "Docker API", .orchestration, "IANA docker-s"),
    tcp(2377, "Docker swarm management", .orchestration, "Docker documentation, swarm mode: open protocols and ports"),
    tcp(2379, "etcd client", .orchestration, "IANA etcd-client"),
    tcp(2380, "etcd peer", .orchestration, "IANA etcd-server"),
    tcp(3306, "MySQL", .database, "IANA mysql"),
    tcp(3389, "Remote Desktop", .administration, "IANA ms-wbt-server"),
    tcp(4369, "Erlang port mapper", .orchestration, "IANA epmd"),
    tcp(4505, "Salt publisher", .administration, "Salt publish_port default"),
    tcp(4506, "Salt requests", .administration, "Salt ret_port default"),
    tcp(4646, "Nomad API", .orchestration, "Nomad ports.http default"),
    tcp(5432, "PostgreSQL", .database, "IANA postgresql"),
    tcp(5439, "Amazon Redshift", .database, "Amazon Redshift port default"),
    tcp(5601, "Kibana", .monitoring, "Kibana server.port default"),
    tcp(5672, "AMQP", .storage, "IANA amqp"),
    tcp(5900, "VNC", .administration, "IANA rfb"),
    tcp(5984, "CouchDB", .database, "IANA couchdb"),
    tcp(5985, "WinRM over HTTP", .administration, "IANA wsman"),
    tcp(5986, "WinRM over HTTPS", .administration, "IANA wsmans"),
    tcp(6066, "Spark REST submission", .orchestration, "Spark spark.master.rest.port default"),
    tcp(6379, "Redis", .database, "IANA redis"),
    tcp(6443, "Kubernetes API server", .orchestration, "kube-apiserver --secure-port default"),
    tcp(7000, "Cassandra between nodes", .database, "Cassandra storage_port default"),
    tcp(7077, "Spark master", .orchestration, "Spark SPARK_MASTER_PORT default"),
    tcp(7473, "Neo4j over HTTPS", .database, "Neo4j server.https.listen_address default"),
    tcp(7474, "Neo4j over HTTP", .database, "Neo4j server.http.listen_address default"),
    tcp(7687, "Neo4j Bolt", .database, "Neo4j server.bolt.listen_address default"),
    tcp(8020, "HDFS NameNode", .storage, "Hadoop hdfs-site, fs.defaultFS default"),
    tcp(8032, "YARN resource manager", .orchestration, "Hadoop yarn-default.xml, yarn.resourcemanager.address"),
    tcp(8086, "InfluxDB", .database, "InfluxDB http-bind-address default"),
    tcp(
      8088, "YARN resource manager, web", .orchestration, "Hadoop yarn-default.xml, yarn.resourcemanager.webapp.address"
    ),
    tcp(8123, "ClickHouse over HTTP", .database, "ClickHouse http_port default"),
    tcp(8161, "ActiveMQ console", .administration, "ActiveMQ jetty.xml default"),
    tcp(8200, "Vault API", .storage, "Vault listener.tcp.address default"),
    tcp(8201, "Vault between nodes", .storage, "Vault listener.tcp.cluster_address default"),
    tcp(8265, "Ray dashboard and jobs", .orchestration, "Ray --dashboard-port default"),
    tcp(8500, "Consul API", .orchestration, "Consul ports.http default"),
    tcp(8529, "ArangoDB", .database, "ArangoDB server.endpoint default"),
    tcp(8888, "Jupyter", .administration, "Jupyter Server ServerApp.port default"),
    tcp(8983, "Solr", .database, "Solr SOLR_PORT default"),
    tcp(9042, "Cassandra CQL", .database, "Cassandra native_transport_port default"),
    tcp(9090, "Prometheus", .monitoring, "Prometheus --web.listen-address default"),
    tcp(9092, "Kafka", .storage, "Kafka listeners default"),
    tcp(9200, "Elasticsearch", .database, "Elasticsearch http.port default"),
    tcp(9300, "Elasticsearch between nodes", .database, "Elasticsearch transport.port default"),
    tcp(9870, "HDFS NameNode, web", .storage, "Hadoop hdfs-default.xml, dfs.namenode.http-address"),
    tcp(10250, "kubelet", .orchestration, "kubelet --port default"),
    tcp(10255, "kubelet, read only", .orchestration, "kubelet --read-only-port"),
    tcp(11211, "memcached", .database, "IANA memcache"),
    Service(
      port: 11211, proto: IPProtocol.udp, name: "memcached", kind: .database, source: "IANA memcache", controls: []),
    tcp(15672, "RabbitMQ management", .administration, "RabbitMQ management.tcp.port default"),
    tcp(19530, "Milvus", .database, "Milvus proxy.port default"),
    tcp(26257, "CockroachDB", .database, "CockroachDB --listen-addr default"),
    tcp(27017, "MongoDB", .database, "MongoDB net.port default"),
    tcp(50000, "Jenkins agents", .orchestration, "Jenkins JENKINS_SLAVE_AGENT_PORT default of its image"),
    tcp(50070, "HDFS NameNode, web, Hadoop 2", .storage, "Hadoop 2 hdfs-default.xml, dfs.namenode.http-address"),
    tcp(61616, "ActiveMQ", .storage, "ActiveMQ activemq.xml default"),
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
