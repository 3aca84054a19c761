import type { ContenderKind } from './contender.ts';
import { fastifyFloor } from './fastify-floor.ts';
import { pythonPeers } from './python-peers.ts';
import { predictor, predictorAgain } from './predictor.ts';
import { rawSession, rawSessionBatched } from './raw-session.ts';
import { rustPeer } from './rust-peer.ts';

/** Ratios are to the first `web-single`; its second is the control. */
export const contenderKinds: readonly ContenderKind[] = [
  rawSession,
  rawSessionBatched,
  fastifyFloor,
  rustPeer,
  predictor,
  predictorAgain,
  ...pythonPeers,
];
