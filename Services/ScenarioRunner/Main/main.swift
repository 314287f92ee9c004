import ScenarioRunnerService
import ServiceRuntime

await ServiceRuntime.run(ScenarioRunnerAssembly.self)
