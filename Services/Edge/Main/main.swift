import EdgeService
import ServiceRuntime

await ServiceRuntime.run(EdgeAssembly.self)
