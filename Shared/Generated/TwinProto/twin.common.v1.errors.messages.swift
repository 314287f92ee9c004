// Generated from twin/common/v1/errors.proto by proto/generator; `make generate` writes it anew.

/// The stable reasons of errors. An error status carries a google.rpc.ErrorInfo with domain "twin.dev" and the value's
/// name without its prefix as reason (ERROR_REASON_TWIN_NOT_FOUND is "TWIN_NOT_FOUND"); the edge shows it as the
/// problem document's `code`. Facts for people and logs are in ErrorInfo.metadata. Values are only ever added.
public enum ErrorReason: Sendable, Hashable, CaseIterable {
  /// Never sent.
  case unspecified
  /// One or more fields are wrong; google.rpc.BadRequest names each. INVALID_ARGUMENT.
  case invalidArgument
  /// A fault of the service. INTERNAL.
  case `internal`
  /// The service can't reach its database now; retry. UNAVAILABLE.
  case storeUnavailable
  /// A peer service can't be reached now; retry. UNAVAILABLE.
  case upstreamUnavailable
  /// A named bound is reached; google.rpc.RetryInfo says when to come back. RESOURCE_EXHAUSTED.
  case overloaded
  /// The same request_id came with another content. ALREADY_EXISTS.
  case requestIDReused
  /// page_token isn't one this list gave. INVALID_ARGUMENT.
  case pageTokenInvalid
  /// No valid credential. UNAUTHENTICATED.
  case unauthenticated
  /// The credential doesn't allow the call. PERMISSION_DENIED.
  case permissionDenied
  /// The caller's rate limit is reached. RESOURCE_EXHAUSTED.
  case rateLimited
  /// No twin has the id. NOT_FOUND.
  case twinNotFound
  /// The physical vehicle has a twin already. ALREADY_EXISTS.
  case twinAlreadyExists
  /// The twin has received no sample yet. FAILED_PRECONDITION.
  case twinNoState
  /// Another replica is home of the twin now; metadata names its address. UNAVAILABLE.
  case twinMoved
  /// No model type has the name. INVALID_ARGUMENT for a create, NOT_FOUND for a get.
  case modelTypeNotFound
  /// The model or scenario has no parameter of the name. INVALID_ARGUMENT.
  case parameterUnknown
  /// A parameter is outside its range. INVALID_ARGUMENT.
  case parameterOutOfRange
  /// The twin has no calibration of the version. NOT_FOUND.
  case calibrationNotFound
  /// Too few or too uniform samples to fit. FAILED_PRECONDITION.
  case calibrationInsufficientData
  /// No upload job has the id. NOT_FOUND.
  case uploadNotFound
  /// The range or cursor lies before what is retained. OUT_OF_RANGE.
  case historyExpired
  /// No scenario has the id. NOT_FOUND.
  case scenarioNotFound
  /// The library has no scenario of the type. INVALID_ARGUMENT for a create, NOT_FOUND for a get.
  case scenarioTypeNotFound
  /// No simulation (or scenario) has the id. NOT_FOUND.
  case simulationNotFound
  /// The simulation runs already, or is deleted. FAILED_PRECONDITION.
  case simulationNotRunnable
  /// No suite or suite run has the name. NOT_FOUND.
  case suiteNotFound
  /// No dataset or file of one has the name. NOT_FOUND.
  case datasetNotFound
  /// The simulation queue is at its bound. RESOURCE_EXHAUSTED.
  case queueFull
  /// No run or result has the id. NOT_FOUND.
  case runNotFound
  /// The simulation hasn't finished a run yet. FAILED_PRECONDITION.
  case resultNotReady
  /// The run kept no trace. NOT_FOUND.
  case traceNotFound
  /// No comparison has the id. NOT_FOUND.
  case comparisonNotFound
  /// No environment has the id. NOT_FOUND.
  case environmentNotFound
  /// An environment has the id already. ALREADY_EXISTS.
  case environmentAlreadyExists
  /// The environment has no target of the name. NOT_FOUND.
  case targetNotFound
  /// The mirrored system can't be read now. UNAVAILABLE.
  case sourceUnavailable
  /// No analytic model has the name. INVALID_ARGUMENT.
  case modelNotFound
  /// The model refuses to answer outside the regime it holds in. FAILED_PRECONDITION.
  case notExtrapolable
  /// No approval has the id. NOT_FOUND.
  case approvalNotFound
  /// The approval is decided or expired already. FAILED_PRECONDITION.
  case approvalDecided
  /// No alert has the id. NOT_FOUND.
  case alertNotFound
  /// The target is known, but not what a model needs of it; each missing key is named. FAILED_PRECONDITION.
  case factsMissing
  /// A number that this version of the contract doesn't name.
  case unrecognized(Int32)

  /// The cases that have a name.
  public static var allCases: [ErrorReason] {
    [
      .unspecified,
      .invalidArgument,
      .`internal`,
      .storeUnavailable,
      .upstreamUnavailable,
      .overloaded,
      .requestIDReused,
      .pageTokenInvalid,
      .unauthenticated,
      .permissionDenied,
      .rateLimited,
      .twinNotFound,
      .twinAlreadyExists,
      .twinNoState,
      .twinMoved,
      .modelTypeNotFound,
      .parameterUnknown,
      .parameterOutOfRange,
      .calibrationNotFound,
      .calibrationInsufficientData,
      .uploadNotFound,
      .historyExpired,
      .scenarioNotFound,
      .scenarioTypeNotFound,
      .simulationNotFound,
      .simulationNotRunnable,
      .suiteNotFound,
      .datasetNotFound,
      .queueFull,
      .runNotFound,
      .resultNotReady,
      .traceNotFound,
      .comparisonNotFound,
      .environmentNotFound,
      .environmentAlreadyExists,
      .targetNotFound,
      .sourceUnavailable,
      .modelNotFound,
      .notExtrapolable,
      .approvalNotFound,
      .approvalDecided,
      .alertNotFound,
      .factsMissing,
    ]
  }

  public init(rawValue: Int32) {
    switch rawValue {
    case 0: self = .unspecified
    case 1: self = .invalidArgument
    case 2: self = .`internal`
    case 3: self = .storeUnavailable
    case 4: self = .upstreamUnavailable
    case 5: self = .overloaded
    case 6: self = .requestIDReused
    case 7: self = .pageTokenInvalid
    case 8: self = .unauthenticated
    case 9: self = .permissionDenied
    case 10: self = .rateLimited
    case 20: self = .twinNotFound
    case 21: self = .twinAlreadyExists
    case 22: self = .twinNoState
    case 23: self = .twinMoved
    case 24: self = .modelTypeNotFound
    case 25: self = .parameterUnknown
    case 26: self = .parameterOutOfRange
    case 27: self = .calibrationNotFound
    case 28: self = .calibrationInsufficientData
    case 40: self = .uploadNotFound
    case 41: self = .historyExpired
    case 60: self = .scenarioNotFound
    case 61: self = .scenarioTypeNotFound
    case 62: self = .simulationNotFound
    case 63: self = .simulationNotRunnable
    case 64: self = .suiteNotFound
    case 65: self = .datasetNotFound
    case 66: self = .queueFull
    case 80: self = .runNotFound
    case 81: self = .resultNotReady
    case 82: self = .traceNotFound
    case 83: self = .comparisonNotFound
    case 100: self = .environmentNotFound
    case 101: self = .environmentAlreadyExists
    case 102: self = .targetNotFound
    case 103: self = .sourceUnavailable
    case 120: self = .modelNotFound
    case 121: self = .notExtrapolable
    case 122: self = .approvalNotFound
    case 123: self = .approvalDecided
    case 124: self = .alertNotFound
    case 125: self = .factsMissing
    default: self = .unrecognized(rawValue)
    }
  }

  public var rawValue: Int32 {
    switch self {
    case .unspecified: 0
    case .invalidArgument: 1
    case .`internal`: 2
    case .storeUnavailable: 3
    case .upstreamUnavailable: 4
    case .overloaded: 5
    case .requestIDReused: 6
    case .pageTokenInvalid: 7
    case .unauthenticated: 8
    case .permissionDenied: 9
    case .rateLimited: 10
    case .twinNotFound: 20
    case .twinAlreadyExists: 21
    case .twinNoState: 22
    case .twinMoved: 23
    case .modelTypeNotFound: 24
    case .parameterUnknown: 25
    case .parameterOutOfRange: 26
    case .calibrationNotFound: 27
    case .calibrationInsufficientData: 28
    case .uploadNotFound: 40
    case .historyExpired: 41
    case .scenarioNotFound: 60
    case .scenarioTypeNotFound: 61
    case .simulationNotFound: 62
    case .simulationNotRunnable: 63
    case .suiteNotFound: 64
    case .datasetNotFound: 65
    case .queueFull: 66
    case .runNotFound: 80
    case .resultNotReady: 81
    case .traceNotFound: 82
    case .comparisonNotFound: 83
    case .environmentNotFound: 100
    case .environmentAlreadyExists: 101
    case .targetNotFound: 102
    case .sourceUnavailable: 103
    case .modelNotFound: 120
    case .notExtrapolable: 121
    case .approvalNotFound: 122
    case .approvalDecided: 123
    case .alertNotFound: 124
    case .factsMissing: 125
    case .unrecognized(let rawValue): rawValue
    }
  }
}
