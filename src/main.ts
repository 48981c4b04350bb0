import { readConfig } from './config.ts';
import { stopOnSignals } from './platform/signals.ts';
import { startRefusalOf } from './platform/storage.ts';
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
  const refusal = startRefusalOf(error);
  if (!refusal) throw error;
  process.stderr.write(`${refusal.message}\n`);
  process.exit(1);
}
