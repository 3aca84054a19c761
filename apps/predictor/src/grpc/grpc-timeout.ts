const MS_BY_UNIT: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 };

/** The value of a `grpc-timeout` header in ms, undefined where it is malformed. */
export function parseGrpcTimeout(value: string): number | undefined {
  const unit = MS_BY_UNIT[value.slice(-1)];
  return unit !== undefined && /^\d{1,8}.$/.test(value) ? Number(value.slice(0, -1)) * unit : undefined;
}

/** Eight digits are all the header takes. */
const MAX_DIGITS_VALUE = 99_999_999;

/** A `grpc-timeout` header for a duration; rounded up to seconds where milliseconds need too many digits. */
export function formatGrpcTimeout(timeoutMs: number): string {
  const wholeMs = Math.ceil(timeoutMs);
  return wholeMs <= MAX_DIGITS_VALUE ? `${wholeMs}m` : `${Math.min(Math.ceil(wholeMs / 1000), MAX_DIGITS_VALUE)}S`;
}
