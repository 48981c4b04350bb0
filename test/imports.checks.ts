import { dirname, join } from 'node:path/posix';

/** Products that may not know each other share a floor. */
const floors: Record<string, number> = {
  platform: 0,
  tenancy: 1,
  identity: 2,
  catalog: 3,
  desk: 4,
  selfservice: 4,
  administration: 5,
};

/** What the browser may load from below: plain data and pure functions. */
const browserSafe = new Set(['src/identity/functions.ts', 'src/platform/endpoints.ts', 'src/platform/requests.ts']);

const emptyWords = /^(utils?|helpers?|common|misc|types|managers?|index)\.[a-z.]+$/i;

export interface Import {
  from: string;
  /** A path of ours, or the name of a package. */
  to: string;
  /** Not there when the importing file is loaded: a type, or asked for later. */
  late: boolean;
}

/** Reads import lines as they stand; code that hides an import from this reader hides it from people, too. */
export function importsOf(path: string, text: string): Import[] {
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)(\s+type\b)?[^'";]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g,
  );
  return [...found].map(([whole, type, from, bare]) => {
    const name = (from ?? bare) as string;
    const late = type !== undefined || /import\s*\(/.test(whole);
    return { from: path, to: name.startsWith('.') ? join(dirname(path), name) : name, late };
  });
}

/** Every fault in one sentence. `files` are path → text of everything below src. */
export function importFaults(files: ReadonlyMap<string, string>): string[] {
  const imports = [...files].flatMap(([path, text]) => importsOf(path, text));
  return [
    ...imports.flatMap((one) => directionFaults(one, files)),
    ...[...files].flatMap(([path, text]) => fileFaults(path, text)),
    ...cycles(imports),
  ];
}

function directionFaults({ from, to }: Import, files: ReadonlyMap<string, string>): string[] {
  if (!to.startsWith('src/')) return packageFaults(from, to);
  const fault = (why: string) => [`${from} imports ${to}: ${why}`];
  if (!files.has(to) && /\.tsx?$/.test(to)) return fault('there is no such file');
  const isTest = /\.test\.tsx?$/.test(from);
  if (isTest) return [];
  if (to.includes('.test.')) return fault('a test is imported by nothing');
  if (isUi(from)) return isUi(to) ? [] : fault('the design system knows nothing of ours');
  if (isWeb(from)) {
    const allowed = isUi(to) || isWeb(to) || to.endsWith('.api.ts') || to.endsWith('.fields.ts') || browserSafe.has(to);
    return allowed ? [] : fault('the browser gets pages, parts, and plain data only');
  }
  if (isWeb(to) || isUi(to)) return fault('the server does not load the browser’s files');
  const [above, below] = [areaOf(from), areaOf(to)];
  if (above === below || above === null) return queriesFault(from, to, fault);
  if (below === null) return fault('what puts everything together is imported by nothing');
  const [upper, lower] = [floors[above], floors[below]];
  if (upper === undefined || lower === undefined)
    return fault(`say in test/imports.checks.ts on which floor ${above} and ${below} are`);
  if (lower >= upper) return fault(`${above} does not stand on ${below}`);
  return queriesFault(from, to, fault);
}

/** A product's queries are its own; other products ask its features. */
function queriesFault(from: string, to: string, fault: (why: string) => string[]): string[] {
  const isQueries = to.endsWith('.queries.ts');
  return isQueries && areaOf(from) !== areaOf(to) ? fault('queries are the product’s own') : [];
}

function packageFaults(from: string, to: string): string[] {
  if ((to === 'pg' || to === 'pg-boss') && !from.startsWith('src/platform/') && !isSetup(from)) {
    return [`${from} imports ${to}: the database has one door`];
  }
  if (isWeb(from) || isUi(from)) return to.startsWith('node:') ? [`${from} imports ${to}: a browser has no ${to}`] : [];
  return [];
}

/** What sets an installation up or looks at it from outside works before there is a door. */
function isSetup(path: string): boolean {
  return /\.test\.ts$/.test(path) || ['src/installation.ts', 'src/generate.ts', 'src/cli/doctor.ts'].includes(path);
}

function fileFaults(path: string, text: string): string[] {
  const faults: string[] = [];
  const isTest = /\.test\.tsx?$/.test(path);
  const name = path.split('/').at(-1) as string;
  if (emptyWords.test(name)) faults.push(`${path} does not say what it holds`);
  if (/^export default\b/m.test(text.replaceAll(/\/\/ biome-ignore lint\/style\/noDefaultExport:.*\n.*/g, '')))
    faults.push(`${path} has a default export`);
  const code = text.replaceAll(/^\s*(\/\/|\*|\/\*).*$/gm, '').trim();
  if (code && !code.split('\n').some((line) => !/^\s*(export\s.*\bfrom\b.*|)$/.test(line)))
    faults.push(`${path} is a barrel`);
  if (path !== 'src/config.ts' && !isTest && /\bprocess\.env\b/.test(text))
    faults.push(`${path} reads the environment, which src/config.ts alone does`);
  const raw = /\bsql(<[^`]*>)?`|\bsql\.raw\b|\brawSql\b/.test(code);
  if (raw && !path.startsWith('src/platform/') && !path.endsWith('.queries.ts') && !isTest)
    faults.push(`${path} has raw SQL outside a .queries.ts`);
  if (/\bsql\.raw\s*\(/.test(code) && !path.startsWith('src/platform/') && !isTest)
    faults.push(`${path} puts text into SQL without a parameter`);
  return faults;
}

/** Circles of files that load each other; they may well use each other's types. */
function cycles(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to, late } of imports) if (!late) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const faults: string[] = [];
  const walk = (file: string, way: string[]): void => {
    const at = way.indexOf(file);
    if (at >= 0) faults.push(`a circle: ${[...way.slice(at), file].join(' → ')}`);
    if (at >= 0 || done.has(file)) return;
    for (const to of next.get(file) ?? []) walk(to, [...way, file]);
    done.add(file);
  };
  for (const file of next.keys()) walk(file, []);
  return faults;
}

function isUi(path: string): boolean {
  return path.startsWith('src/ui/');
}

function isWeb(path: string): boolean {
  return path.startsWith('src/web/') || /^src\/\w+\/(.+\/)?web\//.test(path);
}

/** The product of a file; null for what stands above all products. */
function areaOf(path: string): string | null {
  const area = path.split('/')[1] as string;
  return area.includes('.') || area === 'cli' ? null : area;
}
