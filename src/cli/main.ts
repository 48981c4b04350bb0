import { Command, CommanderError } from 'commander';
import { readConfig } from '../config.ts';
import { Refusal } from '../platform/refusals.ts';
import { startRefusalOf } from '../platform/storage.ts';
import { addAuditCommands } from './audit.ts';
import { Refused } from './connection.ts';
import { addDemoCommand } from './demo.ts';
import { addImportCommands } from './imports.ts';
import { addInstallationCommands } from './installation.ts';
import { addMultiTenancyCommands } from './multi-tenancy.ts';
import { makeOutput } from './output.ts';
import { addTenantCommands } from './tenants.ts';
import { addTermsCommands } from './terms.ts';
import { addWhyCommand } from './why.ts';

/** The command line: every command ends in the same domain functions and the same request records as the API (R4.6). */
const program = new Command('tenantry')
  .description('Service management for many independent clients in one installation')
  .option('--json', 'answer with JSON, for programs')
  .option('--as <user name>', 'act as this administrator instead of the first one')
  .showHelpAfterError('(add --help for the ways to call it)')
  .configureHelp({ showGlobalOptions: true });

const context = () => {
  const config = readConfig();
  const { json = false, as } = program.opts<{ json?: boolean; as?: string }>();
  return {
    config: { ...config, logLevel: 'error' as const },
    as,
    output: makeOutput(json, config.language, (text) => process.stdout.write(text)),
  };
};
export type Context = ReturnType<typeof context>;

addInstallationCommands(program, context);
addTenantCommands(program, context);
addMultiTenancyCommands(program, context);
addAuditCommands(program, context);
addWhyCommand(program, context);
addImportCommands(program, context);
addTermsCommands(program, context);
addDemoCommand(program, context);

try {
  await program.exitOverride().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode);
  const refusal = startRefusalOf(error);
  if (refusal) fail(refusal.message, { title: refusal.message });
  if (error instanceof Refused) fail(error.message, error.body);
  if (error instanceof Refusal) {
    const title = error.title(context().config.language);
    fail(title, { type: `urn:tenantry:${error.type}`, title, details: error.details });
  }
  throw error;
}

function fail(message: string, body: unknown): never {
  process.stderr.write(program.opts().json ? `${JSON.stringify(body, null, 2)}\n` : `${message}\n`);
  process.exit(1);
}
