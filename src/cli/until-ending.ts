/** Waits until the process is asked to end, and keeps it alive until then. */
export async function untilEnding(ending: AbortSignal): Promise<void> {
  if (ending.aborted) return;
  const alive = setInterval(() => {}, 1 << 30);
  await new Promise<void>((resolve) =>
    ending.addEventListener('abort', () => resolve(), { once: true }),
  );
  clearInterval(alive);
}
