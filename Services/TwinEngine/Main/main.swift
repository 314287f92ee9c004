import ServiceRuntime
import TwinEngineService

await ServiceRuntime.run(TwinEngineAssembly.self)
