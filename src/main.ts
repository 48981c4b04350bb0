import { readConfig } from './config.ts';
import { StartRefusal } from './platform/migrate.ts';
import { stopOnSignals } from './platform/signals.ts';
import { startProgram } from './program.ts';

try {
  const pages = !process.argv.includes('--without-pages');
  const starting = startProgram(
    readConfig(undefined, process.argv.slice(2)),
    (line) => process.stdout.write(`${line}\n`),
    { pages },
  );
  // Also while it starts: a database that is being made must not be left alone.
  stopOnSignals(async () => (await starting).stop());
  await starting;
} catch (error) {
  if (!(error instanceof StartRefusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
