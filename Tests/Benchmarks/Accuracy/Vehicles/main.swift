import AccuracyReport
import SimulationEstimation

print(MemoryLayout<VirtualVehicle>.size)
