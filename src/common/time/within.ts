/**
 * Waits for the work, but no longer than `limitMs`; what comes of it later is unheard.
 * @param late what is answered, or thrown, when the time is over
 */
export async function within<T, L>(limitMs: number, work: Promise<T>, late: () => L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<'over'>((resolve) => {
    timer = setTimeout(() => resolve('over'), limitMs);
  });
  // A failure that comes too late is nobody's.
  work.catch(() => undefined);
  try {
    const first = await Promise.race([work.then((value) => ({ value })), over]);
    return first === 'over' ? late() : first.value;
  } finally {
    clearTimeout(timer);
  }
}
