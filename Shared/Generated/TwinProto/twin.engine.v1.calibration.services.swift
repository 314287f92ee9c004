// Generated from twin/engine/v1/calibration.proto by proto/generator; `make generate` writes it anew.

public import RPCCore

/// The methods of `twin.engine.v1.CalibrationService`.
public enum CalibrationServiceMethods {
  public static let calibrateTwin = MethodDescriptor(
    service: "twin.engine.v1.CalibrationService", method: "CalibrateTwin", kind: .unary, isIdempotent: true)
  public static let getCalibration = MethodDescriptor(
    service: "twin.engine.v1.CalibrationService", method: "GetCalibration", kind: .unary, isIdempotent: true)
  public static let listCalibrations = MethodDescriptor(
    service: "twin.engine.v1.CalibrationService", method: "ListCalibrations", kind: .unary, isIdempotent: true)
  public static let revertCalibration = MethodDescriptor(
    service: "twin.engine.v1.CalibrationService", method: "RevertCalibration", kind: .unary, isIdempotent: true)
  public static let getDivergence = MethodDescriptor(
    service: "twin.engine.v1.CalibrationService", method: "GetDivergence", kind: .unary, isIdempotent: true)
  public static let getValidation = MethodDescriptor(
    service: "twin.engine.v1.CalibrationService", method: "GetValidation", kind: .unary, isIdempotent: true)
}

/// Fits and versions the parameters of twins.
///
/// A twin's parameters are its model type's defaults, replaced by the overrides it was created with, replaced by what was
/// calibrated. A version is a complete set: the parameters of its own fit, beside those of the other kinds that were in
/// use when it was made. So a dynamics, a car-following and a fuel calibration work together; a new fit of a kind
/// replaces the one before of that kind whole; and using version N again restores exactly what was in use right after N
/// was made, of all kinds. Version 0 is the empty set. Where two kinds fit the same parameter, the higher version counts.
public protocol CalibrationServiceHandler: RPCService {
  /// Fits a twin's parameters to its history or to a given log. The twin uses them afterwards. Safe to retry with the
  /// same request_id. CALIBRATION_INSUFFICIENT_DATA when the data can't tell any parameter; OVERLOADED with a delay while
  /// as many fits run as may run at once. A fit ends when its caller goes away.
  func calibrateTwin(_ request: CalibrateTwinRequest, _ call: ServerCall) async throws -> Calibration

  /// Reads a calibration.
  func getCalibration(_ request: GetCalibrationRequest, _ call: ServerCall) async throws -> Calibration

  /// Lists a twin's calibrations, newest first.
  func listCalibrations(_ request: ListCalibrationsRequest, _ call: ServerCall) async throws -> ListCalibrationsResponse

  /// Makes a twin use an older calibration, or none.
  func revertCalibration(_ request: RevertCalibrationRequest, _ call: ServerCall) async throws -> RevertCalibrationResponse

  /// Reads how far a twin's real and virtual vehicle are apart, per channel over a window.
  func getDivergence(_ request: GetDivergenceRequest, _ call: ServerCall) async throws -> DivergenceReport

  /// Reads the four validation metrics of a twin over a window.
  func getValidation(_ request: GetValidationRequest, _ call: ServerCall) async throws -> ValidationReport
}

extension CalibrationServiceHandler {
  public var methods: [RPCMethod] {
    [
      .unary(CalibrationServiceMethods.calibrateTwin) { request, call in
        try await self.calibrateTwin(request, call)
      },
      .unary(CalibrationServiceMethods.getCalibration) { request, call in
        try await self.getCalibration(request, call)
      },
      .unary(CalibrationServiceMethods.listCalibrations) { request, call in
        try await self.listCalibrations(request, call)
      },
      .unary(CalibrationServiceMethods.revertCalibration) { request, call in
        try await self.revertCalibration(request, call)
      },
      .unary(CalibrationServiceMethods.getDivergence) { request, call in
        try await self.getDivergence(request, call)
      },
      .unary(CalibrationServiceMethods.getValidation) { request, call in
        try await self.getValidation(request, call)
      },
    ]
  }
}

/// Fits and versions the parameters of twins.
///
/// A twin's parameters are its model type's defaults, replaced by the overrides it was created with, replaced by what was
/// calibrated. A version is a complete set: the parameters of its own fit, beside those of the other kinds that were in
/// use when it was made. So a dynamics, a car-following and a fuel calibration work together; a new fit of a kind
/// replaces the one before of that kind whole; and using version N again restores exactly what was in use right after N
/// was made, of all kinds. Version 0 is the empty set. Where two kinds fit the same parameter, the higher version counts.
public struct CalibrationServiceClient: Sendable {
  public let channel: any RPCChannel

  public init(_ channel: any RPCChannel) { self.channel = channel }

  /// Fits a twin's parameters to its history or to a given log. The twin uses them afterwards. Safe to retry with the
  /// same request_id. CALIBRATION_INSUFFICIENT_DATA when the data can't tell any parameter; OVERLOADED with a delay while
  /// as many fits run as may run at once. A fit ends when its caller goes away.
  public func calibrateTwin(_ request: CalibrateTwinRequest, options: CallOptions = CallOptions()) async throws
    -> Calibration
  {
    try await channel.unary(CalibrationServiceMethods.calibrateTwin, request, options: options)
  }

  /// Reads a calibration.
  public func getCalibration(_ request: GetCalibrationRequest, options: CallOptions = CallOptions()) async throws
    -> Calibration
  {
    try await channel.unary(CalibrationServiceMethods.getCalibration, request, options: options)
  }

  /// Lists a twin's calibrations, newest first.
  public func listCalibrations(_ request: ListCalibrationsRequest, options: CallOptions = CallOptions()) async throws
    -> ListCalibrationsResponse
  {
    try await channel.unary(CalibrationServiceMethods.listCalibrations, request, options: options)
  }

  /// Makes a twin use an older calibration, or none.
  public func revertCalibration(_ request: RevertCalibrationRequest, options: CallOptions = CallOptions()) async throws
    -> RevertCalibrationResponse
  {
    try await channel.unary(CalibrationServiceMethods.revertCalibration, request, options: options)
  }

  /// Reads how far a twin's real and virtual vehicle are apart, per channel over a window.
  public func getDivergence(_ request: GetDivergenceRequest, options: CallOptions = CallOptions()) async throws
    -> DivergenceReport
  {
    try await channel.unary(CalibrationServiceMethods.getDivergence, request, options: options)
  }

  /// Reads the four validation metrics of a twin over a window.
  public func getValidation(_ request: GetValidationRequest, options: CallOptions = CallOptions()) async throws
    -> ValidationReport
  {
    try await channel.unary(CalibrationServiceMethods.getValidation, request, options: options)
  }
}
