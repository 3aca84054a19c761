/** What part of the predictions each replica answers while `work` runs, by their own metrics. */
export async function sharesOf(replicas, work) {
  const count = () => Promise.all(replicas.map((replica) => replica.answered()));
  const before = await count();
  const result = await work();
  const answered = (await count()).map((after, index) => after - before[index]);
  const sum = answered.reduce((total, part) => total + part, 0);
  return { result, shares: answered.map((part) => part / sum) };
}

export const inPercent = (shares) => shares.map((share) => `${(share * 100).toFixed(1)} %`).join(', ');
