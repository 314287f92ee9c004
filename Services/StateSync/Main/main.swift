import ServiceRuntime
import StateSyncService

await ServiceRuntime.run(StateSyncAssembly.self)
