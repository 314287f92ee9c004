import SimulationEstimation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Prints what a twin's estimate costs: CPU time for a sample of all channels, for one of position and speed, and for
// the five predictions, and its bytes.

/// A vehicle on a bend, measured 10 times a second with all sensors.
func sample(_ index: Int, full: Bool) -> VehicleSample {
  let t = Double(index) * 0.1
  var sample = VehicleSample(sequence: UInt64(index + 1), nanoseconds: Int64(index) * 100_000_000)
  let wobble = 0.05 * sin(7.3 * t)
  sample.local = .init(x: 100 * sin(0.15 * t) + wobble, y: 100 * (1 - cos(0.15 * t)) - wobble)
  sample.speed = 15 + wobble
  guard full else { return sample }
  sample.heading = Angle.wrapped(0.15 * t + 0.01 * wobble)
  sample.yawRate = 0.15 + 0.1 * wobble
  sample.steering = 0.028
  sample.acceleration = wobble
  sample.lateralAcceleration = 2.25 + wobble
  return sample
}

func microseconds(_ repetitions: Int, _ work: (Int) -> Void) -> Double {
  let before = clock()
  for index in 0..<repetitions { work(index) }
  return Double(clock() - before) / Double(CLOCKS_PER_SEC) / Double(repetitions) * 1e6
}

func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

let repetitions = 200_000
var farthest = 0.0
for full in [true, false] {
  let samples = (0..<repetitions).map { sample($0, full: full) }
  var vehicle = VirtualVehicle()
  let ingest = microseconds(repetitions) { _ = vehicle.ingest(samples[$0]) }
  let predictions = microseconds(repetitions) { _ in farthest = max(farthest, vehicle.predictions()[4].local.x) }
  print(
    "\(full ? "all channels" : "position and speed"): \(rounded(ingest)) µs a sample, \(rounded(predictions)) µs for five "
      + "predictions (\(vehicle.counts.applied) applied, \(Int(farthest)) m)")
}
print(
  "\(MemoryLayout<VirtualVehicle>.size) bytes a vehicle, \(MemoryLayout<Divergence>.size) of them its divergence; "
    + "\(MemoryLayout<DivergenceWindow>.size) bytes a window of divergence")
