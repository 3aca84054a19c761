import { experimental } from '@grpc/grpc-js';
import { WatchedSubchannel } from './watched-subchannel.ts';

export const WATCHED_ROUND_ROBIN = 'web_single_watched_round_robin';

class WatchedRoundRobinConfig implements experimental.TypedLoadBalancingConfig {
  getLoadBalancerName(): string {
    return WATCHED_ROUND_ROBIN;
  }

  toJsonObject(): object {
    return { [WATCHED_ROUND_ROBIN]: {} };
  }

  static createFromJson(): WatchedRoundRobinConfig {
    return new WatchedRoundRobinConfig();
  }
}

/** `round_robin` over connections whose health is watched. */
class WatchedRoundRobin implements experimental.LoadBalancer {
  readonly #child: experimental.ChildLoadBalancerHandler;

  constructor(helper: experimental.ChannelControlHelper) {
    const watching = experimental.createChildChannelControlHelper(helper, {
      createSubchannel: (address, options) => new WatchedSubchannel(helper.createSubchannel(address, options)),
    });
    this.#child = new experimental.ChildLoadBalancerHandler(watching);
  }

  updateAddressList(
    ...[endpoints, , options, note]: Parameters<experimental.LoadBalancer['updateAddressList']>
  ): boolean {
    const roundRobin = experimental.parseLoadBalancingConfig({ round_robin: {} });
    return this.#child.updateAddressList(endpoints, roundRobin, options, note);
  }

  exitIdle(): void {
    this.#child.exitIdle();
  }

  resetBackoff(): void {
    this.#child.resetBackoff();
  }

  destroy(): void {
    this.#child.destroy();
  }

  getTypeName(): string {
    return WATCHED_ROUND_ROBIN;
  }
}

/** Once is enough, more often does no harm. */
export function registerWatchedRoundRobin(): void {
  experimental.registerLoadBalancerType(WATCHED_ROUND_ROBIN, WatchedRoundRobin, WatchedRoundRobinConfig);
}
