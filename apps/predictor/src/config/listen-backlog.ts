/**
 * Connections that wait to be accepted, as far as the kernel allows (`net.core.somaxconn`). With Node's 511 a burst of callers finds
 * the queue full, and TCP asks again after 1, 3 and 7 seconds only: probes among them.
 */
export const LISTEN_BACKLOG = 4096;
