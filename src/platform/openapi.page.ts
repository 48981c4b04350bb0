import type { OpenApi, Operation } from './openapi.ts';
import { allRefusals } from './refusals.ts';

interface JsonSchema {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  [constraint: string]: unknown;
}

/** The document as one page without a script: closed sections, which the browser's own search opens. */
export function referencePage(document: OpenApi): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const tags = [...new Set(operations.map(({ operation }) => operation.tags[0] as string))];
  const sections = tags.map((tag) => {
    const inside = operations.filter(({ operation }) => operation.tags[0] === tag);
    return `<section id="${tag}"><h2>${tag}</h2>${inside.map(({ path, method, operation }) => describe(method, path, operation)).join('')}</section>`;
  });
  const refusals = [...allRefusals()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([type, { status, en }]) => `<tr><td><code>urn:tenantry:${escaped(type)}</code><td>${status}<td>${escaped(en)}`,
    );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tenantry API</title><style>${style}</style>
<header><h1>Tenantry API</h1>${paragraphs(document.info.description)}
<p>As a document for programs: <a href="openapi.json">openapi.json</a> (OpenAPI 3.1).</p></header>
<nav aria-label="Sections">${[...tags, 'refusals'].map((tag) => `<a href="#${tag}">${tag}</a>`).join(' ')}</nav>
<main>${sections.join('\n')}
<section id="refusals"><h2>refusals</h2><table><thead><tr><th>type<th>status<th>title</thead><tbody>${refusals.join('\n')}</tbody></table></section></main></html>
`;
}

function describe(method: string, path: string, operation: Operation): string {
  const own = operation.parameters.filter((parameter) => 'name' in parameter);
  const headers = operation.parameters.flatMap((parameter) =>
    '$ref' in parameter ? [parameter.$ref.split('/').at(-1) as string] : [],
  );
  const body = operation.requestBody?.content['application/json'].schema as JsonSchema | undefined;
  const [status, success] = Object.entries(operation.responses)[0] as [
    string,
    { content?: Record<string, { schema?: JsonSchema }> },
  ];
  const answer = success.content?.['application/json']?.schema;
  return `<details id="${operation.operationId}"><summary><b>${method}</b> <code>${escaped(path)}</code> ${escaped(operation.summary)}</summary>
${paragraphs(operation.description)}
${own.length ? `<h3>Parameters</h3><ul>${own.map(({ name, in: place, required, schema }) => `<li><code>${escaped(name)}</code> (${place}${required ? ', required' : ''}): ${typeOf(schema as JsonSchema)}`).join('')}</ul>` : ''}
${headers.length ? `<p>Headers: ${headers.map((name) => `<code>${headerNames[name]}</code>`).join(', ')}</p>` : ''}
${body ? `<h3>Body</h3>${typeOf(body)}` : ''}<h3>Answer ${status}</h3>${answer ? typeOf(answer) : '<p>Nothing in the body.</p>'}</details>`;
}

const headerNames: Record<string, string> = {
  Membership: 'Tenantry-Membership',
  Request: 'Tenantry-Request: 1',
  IfMatch: 'If-Match',
  IdempotencyKey: 'Idempotency-Key',
};

function typeOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return `<code>${escaped(JSON.stringify(schema.const))}</code>`;
  if (schema.enum) return schema.enum.map((value) => `<code>${escaped(JSON.stringify(value))}</code>`).join(' · ');
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.items) return `list of ${typeOf(schema.items)}${limits(schema)}`;
  if (schema.properties) {
    const fields = Object.entries(schema.properties).map(
      ([name, of]) =>
        `<li><code>${escaped(name)}</code>${schema.required?.includes(name) ? '' : ' (optional)'}: ${typeOf(of)}`,
    );
    return `<ul>${fields.join('')}</ul>`;
  }
  return `${[schema.type ?? 'anything'].flat().join(' or ')}${limits(schema)}`;
}

function limits(schema: JsonSchema): string {
  const shown = [
    'format',
    'minLength',
    'maxLength',
    'minimum',
    'maximum',
    'minItems',
    'maxItems',
    'pattern',
    'default',
  ];
  const found = shown
    .filter((name) => schema[name] !== undefined)
    .map((name) => `${name} ${escaped(String(schema[name]))}`);
  return found.length ? ` <small>(${found.join(', ')})</small>` : '';
}

function paragraphs(text: string): string {
  return text
    .split('\n\n')
    .map((part) => `<p>${escaped(part).replaceAll(/`([^`]+)`/g, '<code>$1</code>')}</p>`)
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const style = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
nav{position:sticky;top:0;background:Canvas;padding:.5rem 0;border-bottom:1px solid}nav a{margin-right:.75rem}
details{border:1px solid;border-radius:.5rem;margin:.5rem 0;padding:.25rem .75rem}summary{cursor:pointer;padding:.25rem}
summary b{display:inline-block;min-width:4.5em}code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}
h3{font-size:1rem;margin:.75rem 0 .25rem}ul{margin:.25rem 0;padding-left:1.25rem}td,th{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0}`;
