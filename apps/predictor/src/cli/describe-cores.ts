/** Cores that may be used, and what shares them: this process, and engine processes where there are any. */
export function describeCores(cores: number, engineProcesses: number): string {
  if (engineProcesses === 0) return `${cores} may be used`;
  const beside =
    engineProcesses === 1 ? '1 engine process of one thread' : `${engineProcesses} engine processes of one thread each`;
  return `${cores} may be used; ${beside} beside this one`;
}
