/** What one replica was measured to do at its knee. */
export interface ReplicaMeasurement {
  readonly ratePerSecond: number;
  /** CPU that it used there, in cores, all its processes together. */
  readonly cpuCores: number;
  /** Most memory its processes held, in bytes. */
  readonly peakRssBytes: number;
  readonly p99GoalMs: number;
  readonly rowsPerRequest: number;
}

export interface ReplicaPlan {
  readonly replicas: number;
  readonly cpuRequestMillicores: number;
  /** Whole cores: the server sizes its threads by it, and a fraction would throttle it in the middle of a request. */
  readonly cpuLimitCores: number;
  readonly memoryRequestMebibytes: number;
  readonly memoryLimitMebibytes: number;
  /** Of the CPU request, in percent: what the autoscaler holds. */
  readonly cpuUtilizationPercent: number;
  /** Rows waiting per replica from which on the autoscaler adds one. */
  readonly queueRows: number;
}

/** Share of its knee that a replica is planned to carry: the rest takes bursts while another one starts. */
const PLANNED_SHARE = 0.7;
const MEMORY_REQUEST_FACTOR = 1.25;
const MEMORY_LIMIT_FACTOR = 2;
/** Rows in the queue that cost a quarter of the goal are a reason for another replica. */
const QUEUE_SHARE_OF_GOAL = 0.25;
const MEBIBYTE = 2 ** 20;

/**
 * Replicas for a peak rate, and what each asks of its node. At least two; enough to carry the peak at the planned share, and to
 * carry it at the knee with one replica lost. The arithmetic is spelt out in docs/guides/scaling.md.
 */
export function planReplicas(measured: ReplicaMeasurement, peakRatePerSecond: number): ReplicaPlan {
  const { ratePerSecond, cpuCores, peakRssBytes, p99GoalMs, rowsPerRequest } = measured;
  const planned = Math.ceil(peakRatePerSecond / (PLANNED_SHARE * ratePerSecond));
  const withOneLost = Math.ceil(peakRatePerSecond / ratePerSecond) + 1;
  const rowsPerMs = (ratePerSecond * rowsPerRequest) / 1000;
  return {
    replicas: Math.max(2, planned, withOneLost),
    cpuRequestMillicores: roundUp(cpuCores * 1000, 50),
    cpuLimitCores: Math.max(1, Math.ceil(cpuCores)),
    memoryRequestMebibytes: roundUp((peakRssBytes / MEBIBYTE) * MEMORY_REQUEST_FACTOR, 16),
    memoryLimitMebibytes: roundUp((peakRssBytes / MEBIBYTE) * MEMORY_LIMIT_FACTOR, 16),
    cpuUtilizationPercent: Math.round(PLANNED_SHARE * 100),
    queueRows: Math.max(1, Math.round(rowsPerMs * p99GoalMs * QUEUE_SHARE_OF_GOAL)),
  };
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
