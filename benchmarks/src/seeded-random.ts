/** Park and Miller's generator: numbers in [0, 1), always the same ones for a seed. */
export function seededRandom(seed: number): () => number {
  let state = (seed * 7_919 + 1) % 2_147_483_647;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
