/**
 * Stops when asked to: by Ctrl-C, by a service manager, or because whoever started this program is gone. The first time
 * gracefully, the second time at once. Ctrl-C reaches this process from the terminal and again from npm, so what comes
 * within a second of the first is the same wish.
 */
export function stopOnSignals(stop: () => Promise<void>): void {
  let asked = 0;
  const ask = () => {
    if (asked) {
      if (Date.now() - asked > 1000) process.exit(130);
      return;
    }
    asked = Date.now();
    stop().then(
      () => process.exit(0),
      (error) => {
        process.stderr.write(`The program did not stop cleanly: ${(error as Error).message}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  if (process.channel) process.on('disconnect', ask);
}
