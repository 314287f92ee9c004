/// A state that can be added and scaled, so that an integrator can advance it.
public protocol StateVector: Sendable {
  static func + (left: Self, right: Self) -> Self
  static func * (factor: Double, state: Self) -> Self

  /// False as soon as one component is infinite or NaN, which ends a run as diverged.
  var isFinite: Bool { get }
}

/// The physics of something that moves: how fast its state changes, and nothing else.
///
/// A model holds no clock, no randomness and no state of its own.
public protocol DynamicModel: Sendable {
  associatedtype State: StateVector
  associatedtype Input: Sendable
  associatedtype Parameters: Sendable

  /// The time derivative of `state`, in the state's units per second.
  static func rate(of state: State, under input: Input, with parameters: Parameters) -> State
}

/// A state of positions and velocities, which the semi-implicit Euler method advances one after the other.
public protocol PartitionedState: StateVector {
  /// This state with its velocities taken from `other`.
  func withVelocities(of other: Self) -> Self
}

/// A method that advances the state of a model by one step.
public enum Integrator {
  /// The classical Runge-Kutta method of order 4: local error O(h⁵), exact where the solution is a polynomial in time of
  /// degree 4 or less.
  @inlinable
  public static func rungeKutta4<Model: DynamicModel>(
    _ model: Model.Type, from state: Model.State, under input: Model.Input, with parameters: Model.Parameters,
    for seconds: Double
  ) -> Model.State {
    let half = 0.5 * seconds
    let k1 = Model.rate(of: state, under: input, with: parameters)
    let k2 = Model.rate(of: state + half * k1, under: input, with: parameters)
    let k3 = Model.rate(of: state + half * k2, under: input, with: parameters)
    let k4 = Model.rate(of: state + seconds * k3, under: input, with: parameters)
    return state + (seconds / 6) * (k1 + 2 * k2 + 2 * k3 + k4)
  }

  /// The semi-implicit (symplectic) Euler method, local error O(h²): velocities first, then positions with the new
  /// velocities. One evaluation fewer than half of Runge-Kutta's, for traffic in bulk.
  @inlinable
  public static func semiImplicitEuler<Model: DynamicModel>(
    _ model: Model.Type, from state: Model.State, under input: Model.Input, with parameters: Model.Parameters,
    for seconds: Double
  ) -> Model.State where Model.State: PartitionedState {
    let accelerated = state.withVelocities(of: state + seconds * Model.rate(of: state, under: input, with: parameters))
    let moved = state + seconds * Model.rate(of: accelerated, under: input, with: parameters)
    return moved.withVelocities(of: accelerated)
  }
}
