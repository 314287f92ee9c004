import PredictionService
import ServiceRuntime

await ServiceRuntime.run(PredictionAssembly.self)
