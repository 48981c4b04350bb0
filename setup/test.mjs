import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { runNode } from './child.mjs';
import { chromium, ensureSystemPackages, postgres15 } from './debian.mjs';
import { root } from './place.mjs';
import { say } from './say.mjs';
import { ensureWeb } from './web.mjs';

const vitest = 'node_modules/vitest/vitest.mjs';

/**
 * Without arguments everything: the tests on the embedded PostgreSQL 18 and on Debian's 15, then the journeys in Chromium.
 * With arguments (filters, options of vitest) one quick run on 18, for work in progress.
 */
export async function perform(node, args) {
  if (args.length) return runNode(node, [vitest, 'run', ...args]);
  ensureSystemPackages();
  const reports = mkdtempSync(join(tmpdir(), 'tenantry-report-'));
  try {
    const results = [
      await runTests(node, 'PostgreSQL 18', {}, join(reports, '18.json')),
      await runTests(node, 'PostgreSQL 15', { TEST_POSTGRES: '15' }, join(reports, '15.json'), postgres15),
      await runJourneys(node, join(reports, 'journeys.json')),
    ];
    return summarize(results);
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

async function runTests(node, name, env, report, needed) {
  if (needed && !needed.path()) return { name: `the tests on ${name}`, missing: needed.remedy };
  say(`\n== Tests on ${name}`);
  const args = [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const status = await runNode(node, args, { env });
  const { numPassedTests = 0, numFailedTests = 0, testResults = [] } = readReport(report);
  // A file that does not load has no failed test in it, and is a failure.
  const broken = testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some(isFailed)).length;
  const failures = testResults.flatMap(failuresOf);
  return counted(name, numPassedTests, numFailedTests + broken, status, failures);
}

async function runJourneys(node, report) {
  if (!readdirSync(join(root, 'e2e')).some((name) => name.endsWith('.spec.ts'))) return counted('journeys', 0, 0, 0);
  if (!chromium.path()) return { name: 'journeys', missing: chromium.remedy };
  say('\n== Journeys in Chromium');
  ensureWeb(node);
  const env = { CHROMIUM: chromium.path(), PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const status = await runNode(node, ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'], { env });
  const { stats = {}, suites = [] } = readReport(report);
  const { expected = 0, flaky = 0, unexpected = 0 } = stats;
  return { ...counted('journeys', expected + flaky, unexpected, status), again: suites.flatMap(triedAgain) };
}

/** Named again at the end: the output of a long run is read from there. */
function failuresOf({ name, status, message, assertionResults }) {
  const file = relative(root, name);
  const failed = assertionResults.filter(isFailed);
  if (status === 'failed' && !failed.length) return [`${file}: ${message}`];
  return failed.map((test) => `${file}: ${test.fullName}\n${(test.failureMessages ?? []).join('\n').slice(0, 2000)}`);
}

function isFailed({ status }) {
  return status === 'failed';
}

function readReport(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}

/** Journeys that passed only when they were tried again. */
function triedAgain({ specs = [], suites = [] }) {
  const own = specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky')).map(({ title }) => title);
  return [...own, ...suites.flatMap(triedAgain)];
}

/** A run that ends badly without a failed test (a leak, a crash, no report) counts as one failure. */
function counted(name, passed, failed, status, failures = []) {
  return { name, passed, failed: status !== 0 && failed === 0 ? 1 : failed, failures };
}

function summarize(results) {
  for (const { name, failures = [] } of results) {
    for (const failure of failures) say(`\nFAILED on ${name}: ${failure}`);
  }
  say('');
  for (const { name, missing, passed, failed, again = [] } of results) {
    say(missing ? `NOT RUN: ${name} (${missing})` : `${name}: ${passed} passed, ${failed} failed`);
    for (const title of again) say(`  passed only when it was tried again: ${title}`);
  }
  const skipped = results.filter(({ missing }) => missing);
  // Where a machine decides, what did not run has not passed.
  const failures = process.env.CI ? skipped.length : 0;
  const passed = results.reduce((sum, result) => sum + (result.passed ?? 0), 0);
  const failed = results.reduce((sum, result) => sum + (result.failed ?? 0), failures);
  say(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
