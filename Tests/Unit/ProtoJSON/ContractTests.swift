import ProtoJSON
import Testing
import TwinProto

/// The shapes of the public contract, through the messages that carry them.
@Suite struct ContractTests {
  let schema: ProtoJSONSchema
  let brief = ProtoJSONTranscoder.DecodingOptions(emitsDefaults: false)

  init() throws { schema = try ProtoJSONSchema(fileDescriptorSet: TwinDescriptors.fileDescriptorSet) }

  /// A request as clients send it, and the same as members in the order of the fields.
  struct Request: CustomTestStringConvertible, Sendable {
    var message: String
    var options = ProtoJSONTranscoder.EncodingOptions()
    var document: String
    /// nil when it comes back as it went in.
    var expected: String?

    var testDescription: String { message }
  }

  static let requests = [
    Request(
      message: "twin.engine.v1.CreateTwinRequest",
      document: #"{"physical_vehicle_id":"AV-001","model_type":"sedan","parameters":{"fuel":"diesel","mass_kg":1800}}"#),
    Request(
      message: "twin.statesync.v1.PushTelemetryRequest", options: .init(bodyField: "samples"),
      document: """
        {"sequence":1,"time":"2026-01-31T12:00:00.100Z","lat":52.5,"lon":13.4,"altitude_m":34,"speed_mps":0,\
        "heading_deg":90,"yaw_rate_rps":0.01,"steering_rad":-0.02,"acceleration_mps2":1.5,"throttle":0.3,"brake":0,\
        "gear":3,"sensors":[{"sensor_id":"front_radar","kind":"radar","health":"degraded"}]}
        """,
      expected: """
        {"samples":[{"sequence":1,"time":"2026-01-31T12:00:00.100Z","lat":52.5,"lon":13.4,"altitude_m":34,\
        "speed_mps":0,"heading_deg":90,"yaw_rate_rps":0.01,"steering_rad":-0.02,"acceleration_mps2":1.5,\
        "throttle":0.3,"brake":0,"gear":3,"sensors":[{"sensor_id":"front_radar","kind":"radar","health":"degraded"}]}]}
        """),
    Request(
      message: "twin.scenario.v1.CreateScenarioRequest", options: .init(foldField: "parameters"),
      document: #"{"type":"emergency_braking","vehicle_id":"twin-001","initial_speed":60}"#,
      expected: #"{"type":"emergency_braking","vehicle_id":"twin-001","parameters":{"initial_speed":60}}"#),
    Request(
      message: "twin.scenario.v1.CreateScenarioRequest", options: .init(foldField: "parameters"),
      document: """
        {"type":"open_loop","model":"single_track","inputs":[{"t_s":0,"steering_rate_rps":0.2},{"t_s":0.1}],"seed":7,\
        "weather":"rain"}
        """,
      expected: """
        {"type":"open_loop","parameters":{"inputs":[{"steering_rate_rps":0.2,"t_s":0},{"t_s":0.1}],\
        "model":"single_track"},"weather":"rain","seed":7}
        """),
    Request(
      message: "twin.scenario.v1.RunSimulationRequest",
      document: """
        {"seed":18446744073709551615,"weather":{"rain_mm_per_h":5},"repetitions":10,"sweep":{"method":"latin_hypercube",\
        "parameters":{"initial_speed":{"max":90,"min":30}},"samples":20},"backend":"x"}
        """,
      expected: """
        {"seed":"18446744073709551615","weather":{"rain_mm_per_h":5},"repetitions":10,\
        "sweep":{"method":"latin_hypercube","parameters":{"initial_speed":{"min":30,"max":90}},"samples":20},"backend":"x"}
        """),
    Request(
      message: "twin.engine.v1.CalibrateTwinRequest",
      document: #"{"kind":"car_following","samples":[{"t_s":0.1,"leader_speed_mps":20,"speed_mps":19,"gap_m":30.5}]}"#),
    Request(
      message: "twin.engine.v1.CalibrateTwinRequest",
      document: #"{"kind":"fuel","observations":[{"cycle":"ftp","fuel_mpg":31.2}]}"#),
    Request(
      message: "twin.statesync.v1.PublishEventsRequest", options: .init(bodyField: "events", foldField: "extensions"),
      document: """
        {"specversion":"1.0","id":"1","source":"/av-001","type":"twin.vehicle.hard_brake","data":{"a":-8},\
        "traceparent":"00-1"}
        """,
      expected: """
        {"events":[{"id":"1","source":"/av-001","specversion":"1.0","type":"twin.vehicle.hard_brake","data":{"a":-8},\
        "extensions":{"traceparent":"00-1"}}]}
        """),
    Request(
      message: "twin.scenario.v1.CreateChangeSimulationRequest", options: .init(bodyField: "change_request"),
      document: """
        {"type":"config_change","target":"postgresql-primary","environment":"production",\
        "change":{"max_connections":500,"shared_buffers":"2GB"},"duration_hours":24,"load_scenario":"peak_traffic",\
        "security_scan":true}
        """,
      expected: """
        {"change_request":{"type":"config_change","target":"postgresql-primary","environment":"production",\
        "change":{"max_connections":500,"shared_buffers":"2GB"},"duration_hours":24,"load_scenario":"peak_traffic",\
        "security_scan":true}}
        """),
    Request(
      message: "twin.prediction.v1.CheckChangeRequest",
      document: """
        {"change_request":{"type":"load_balancing","target":"lb","change":{}},"duration_hours":24,"risk_level":"high"}
        """),
    Request(
      message: "twin.statesync.v1.CreateEnvironmentRequest",
      document: #"{"id":"production-eu","kind":"production","sources":[{"name":"db","kind":"postgres"}]}"#),
    Request(
      message: "twin.statesync.v1.SyncEnvironmentRequest",
      document: """
        {"environment_id":"production","source":"inline",\
        "targets":{"postgresql-primary":{"kind":"postgresql","state":{"ram_gb":32,"shared_buffers":"1GB"}}}}
        """),
    Request(
      message: "twin.prediction.v1.PredictPerformanceRequest",
      document: #"{"model":"mmc","inputs":{"arrival_rate_per_s":6.4,"servers":8}}"#),
  ]

  @Test(arguments: requests) func reads(request: Request) throws {
    let transcoder = try schema.transcoder(for: request.message)
    let wire = try transcoder.encode(request.document, request.options)
    #expect(try transcoder.text(wire, brief) == request.expected ?? request.document)
  }

  @Test func aStateHasTheContractsShape() throws {
    let transcoder = try schema.transcoder(for: "twin.common.v1.VehicleState")
    let document = """
      {"vehicle_id":"twin-001","time":"2026-01-31T12:00:00Z","position":{"lat":52.5,"lon":13.4,"x_m":1,"y_m":2},\
      "heading_deg":90,"speed_mps":13.9,"acceleration_mps2":0,"yaw_rate_rps":0,"sync":{"lag_ms":12.5,"last_sequence":42,\
      "status":"in_sync","source":"","samples":0},"divergence":{"position_m":0.4,"diverged":false,"channels":[]},\
      "predicted":[{"t_s":0.5,"x_m":7.9,"y_m":2,"speed_mps":13.9,"heading_deg":90,"std_m":0.8}],"revision":7,"impaired_sensors":[]}
      """
    #expect(try transcoder.text(transcoder.encode(document)) == document)
  }

  @Test func aCheckHasTheContractsShape() throws {
    let transcoder = try schema.transcoder(for: "twin.prediction.v1.CheckChangeResponse")
    let document = """
      {"status":"success","simulation_id":"change-000001","predicted_impact":{"risk_score":62.5,"risk_level":"high",\
      "recommendation":"require_approval","issues":[{"code":"OOM_RISK","severity":"high","message":"m",\
      "evidence":{"model":"postgresql_memory","equation":"a + b","inputs":{"ram_gb":32},"value":40,"unit":"GB",\
      "source":""},"field":"","remedy":""}],"before":{"x":1},"after":{"x":2},"cost":{"monthly_before_usd":700.8,\
      "monthly_after_usd":700.8,"monthly_delta_usd":0,"price_date":"2026-01-01","price_source":""}},"confidence":0.8,\
      "calibrated":false,"regime":"r","prediction_interval":{"low":50,"high":70,"level":0.9},"prediction_intervals":{},\
      "environment":"production","model_versions":{}}
      """
    #expect(try transcoder.text(transcoder.encode(document)) == document)
    #expect(
      try transcoder.text(transcoder.encode(#"{"status":"failed","error":"no such target"}"#), brief)
        == #"{"status":"failed","error":"no such target"}"#)
  }

  @Test func aResultHasTheContractsShape() throws {
    let transcoder = try schema.transcoder(for: "twin.common.v1.RunOutcome")
    let result = try transcoder.text(
      transcoder.encode(
        #"{"id":"run-1","status":"completed","verdict":"pass","behaviour":{},"risk":{},"optimisation":{}}"#)
    )
    for member in [
      #""status":"completed""#, #""verdict":"pass""#, #""criteria":[]"#, #""metrics":{}"#, #""behaviour":{"#,
      #""risk":{"#,
      #""optimisation":{}"#, #""seed":0"#, #""model_versions":{}"#, #""real_time_factor":0"#, #""state_hash":"""#,
    ] { #expect(result.contains(member)) }
  }

  @Test func errorsNameTheSample() throws {
    let transcoder = try schema.transcoder(for: "twin.statesync.v1.PushTelemetryRequest")
    #expect(
      transcoder.violations(#"{"samples":[{},{},{"speed_mpz":1,"lat":"x"}]}"#)
        == ["samples[2].speed_mpz: no such field", "samples[2].lat: must be a number"])
  }

  /// Each message of the contracts can be written and read, and no enum's word carries the enum's own name.
  @Test func everyMessageHasAForm() throws {
    #expect(schema.messageNames.count > 200)
    for name in schema.messageNames {
      let transcoder = try schema.transcoder(for: name)
      let text = try transcoder.text([])
      guard !name.hasPrefix("google.protobuf.") else { continue }
      #expect(try transcoder.encode(text).isEmpty, "\(name)")
      #expect(transcoder.fieldNames.allSatisfy { $0 == $0.lowercased() }, "\(name)")
    }
  }
}
