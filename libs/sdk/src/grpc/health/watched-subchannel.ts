import { connectivityState, experimental } from '@grpc/grpc-js';
import { watchHealth } from './watch-health.ts';

const { BaseSubchannelWrapper } = experimental;
type Subchannel = experimental.SubchannelInterface;
type Listener = experimental.ConnectivityStateListener;

/** Connections last known to serve: a new list of addresses does not make their calls wait for the next answer. */
const serving = new WeakSet<object>();

/**
 * A connection that is ready only once its server has said that it serves, and unhealthy while it says that it does not:
 * the rule of gRPC for client-side health checks, which grpc-js leaves to its balancers.
 */
export class WatchedSubchannel extends BaseSubchannelWrapper {
  readonly #listeners = new Set<Listener>();
  #told: connectivityState;
  #isKnown = false;
  #endWatch = (): void => {};

  constructor(child: Subchannel) {
    super(child);
    child.addConnectivityStateListener(this.#onChildState);
    this.#follow(child.getConnectivityState());
    this.#told = this.getConnectivityState();
  }

  override getConnectivityState(): connectivityState {
    const state = this.child.getConnectivityState();
    return state === connectivityState.READY && !this.#isKnown ? connectivityState.CONNECTING : state;
  }

  override addConnectivityStateListener(listener: Listener): void {
    this.#listeners.add(listener);
  }

  override removeConnectivityStateListener(listener: Listener): void {
    this.#listeners.delete(listener);
  }

  protected override destroy(): void {
    this.#endWatch();
    this.child.removeConnectivityStateListener(this.#onChildState);
    super.destroy();
  }

  readonly #onChildState: Listener = (...[, , next, keepaliveMs, message]) => {
    this.#follow(next);
    this.#tell(keepaliveMs, message);
  };

  /** Watches while connected. */
  #follow(state: connectivityState): void {
    const connection = this.child.getRealSubchannel();
    this.#endWatch();
    this.#endWatch = () => {};
    if (state !== connectivityState.READY) {
      serving.delete(connection);
      this.#isKnown = false;
      return;
    }
    this.#isKnown = serving.has(connection);
    this.#endWatch = watchHealth(this.child.getChannel(), (isServing) => this.#onHealth(isServing));
  }

  #onHealth(isServing: boolean): void {
    const connection = this.child.getRealSubchannel();
    if (isServing) serving.add(connection);
    else serving.delete(connection);
    this.#isKnown = true;
    this.setHealthy(isServing);
    this.#tell(-1);
  }

  #tell(keepaliveMs: number, message?: string): void {
    const [previous, next] = [this.#told, this.getConnectivityState()];
    this.#told = next;
    if (previous === next) return;
    for (const listener of [...this.#listeners]) listener(this, previous, next, keepaliveMs, message);
  }
}
