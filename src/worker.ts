import { once } from 'node:events';
import { servePages } from './pages.ts';
import { StartRefusal } from './platform/migrate.ts';
import { stopOnSignals } from './platform/signals.ts';
import { listen, openServing, type Serving } from './serving.ts';
import type { WorkerReport, WorkerTask } from './workers.ts';

// One of several processes that share a port (`--workers`). The primary has made the database ready, and replaces it if it ends.

const report = (what: WorkerReport) => new Promise((sent) => process.send?.(what, undefined, {}, sent));

async function start(task: WorkerTask): Promise<Serving> {
  const serving = await openServing(task.config, { ...task, work: true });
  try {
    if (task.pages) await servePages(serving.server);
    await listen(serving.server, task.config);
    return serving;
  } catch (error) {
    await serving.stop();
    throw error;
  }
}

try {
  const [task] = (await once(process, 'message')) as [WorkerTask];
  const starting = start(task);
  stopOnSignals(async () => (await starting).stop());
  await starting;
  await report({ listening: true });
} catch (error) {
  if (!(error instanceof StartRefusal)) throw error;
  await report({ refused: error.message });
  process.exit(1);
}
