import ResultsService
import ServiceRuntime

await ServiceRuntime.run(ResultsAssembly.self)
