import SimulationKernel
import SimulationQueueing

/// How often the 90 % interval holds the mean of a window whose own load and service moments it was made from, as on a
/// recorded load test: 8 servers of 40 ms, Poisson arrivals.
func coverage(repetitions: Int) throws {
  for variability in [0.0, 1, 4] {
    for utilisation in [0.3, 0.6, 0.8, 0.9] {
      var covered = 0
      var errors = 0.0
      let seconds = utilisation < 0.8 ? 6.0 : 12
      for repetition in 0..<repetitions {
        let law = try DurationLaw(mean: 0.04, variability: variability)
        var arrivals = RunSeed(UInt64(repetition) + 100).stream(for: "arrivals")
        var services = RunSeed(UInt64(repetition) + 100).stream(for: "services")
        var free = Array(repeating: 0.0, count: 8)
        var (now, count, sum, service, squares) = (0.0, 0, 0.0, 0.0, 0.0)
        let gap = try DurationLaw(mean: 0.04 / (8 * utilisation), variability: 1)
        while true {
          now += gap.sample(&arrivals)
          guard now < seconds else { break }
          let duration = law.sample(&services)
          var first = 0
          for server in free.indices where free[server] < free[first] { first = server }
          free[first] = max(now, free[first]) + duration
          sum += free[first] - now
          (count, service, squares) = (count + 1, service + duration, squares + duration * duration)
        }
        let mean = service / Double(count)
        let measured = try DurationLaw(
          mean: mean, variability: variability == 0 ? 0 : squares / Double(count) / (mean * mean) - 1)
        let rate = Double(count) / seconds
        let window = try ObservationWindow(arrivalRate: rate, service: measured, servers: 8, arrivals: count)
        covered += window.responseInterval().contains(sum / Double(count)) ? 1 : 0
        if let system = try? MGC(
          arrivalRate: rate, meanService: mean, servers: 8, serviceVariability: measured.variability)
        {
          errors += abs(system.meanResponse / (sum / Double(count)) - 1)
        }
      }
      print(
        "cv2 \(variability), rho \(utilisation): 90 % interval held \(covered) of \(repetitions),",
        "mean error of Allen-Cunneen \((errors / Double(repetitions) * 10_000).rounded() / 100) %")
    }
  }
}
