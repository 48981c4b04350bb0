/** What rules give to tenants, each with its word in `crossings.kind.…`. Public is possible for those that are optional. */
export const assignableKinds = {
  'identity.people': { public: false },
  'catalog.requests': { public: false },
  'desk.tickets': { public: false },
  'desk.categories': { public: true },
  'desk.locations': { public: true },
  'identity.assignment_groups': { public: true },
  'identity.roles': { public: true },
} as const;
export type AssignableKind = keyof typeof assignableKinds;

/** A rule taken apart, for people to read. */
export interface RuleText {
  what: 'record' | 'location' | 'domain' | 'kind' | 'requester';
  kind: string;
  subject: string;
  tenant: string;
}

export function ruleTextOf(rule: string): RuleText {
  const place = rule.slice(0, rule.lastIndexOf('='));
  const tenant = rule.slice(rule.lastIndexOf('=') + 1);
  const [what, first = '', ...rest] = place.split('/') as [RuleText['what'], string, ...string[]];
  const ofKind = what === 'record' || what === 'kind';
  return { what, kind: ofKind ? first : '', subject: ofKind ? rest.join('/') : first, tenant };
}

/**
 * Rules for single records from lines `kind,record,tenant` (also with semicolons or tabs), as a spreadsheet copies them. The
 * kind is the table's name or one of `words`; a first line that names no kind is a header.
 * @returns the rules, and the numbers of the lines that are none.
 */
export function recordRulesOf(
  text: string,
  words: ReadonlyMap<string, AssignableKind>,
): { rules: string[]; faults: number[] } {
  const rules: string[] = [];
  const faults: number[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (!line.trim()) continue;
    const cells = line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    const kind = words.get((cells[0] ?? '').toLowerCase());
    const [record = '', tenant = ''] = [cells[1], cells[2]?.toLowerCase()];
    if (kind && record && /^[a-z0-9-]{1,63}$/.test(tenant) && cells.length === 3)
      rules.push(`record/${kind}/${record}=${tenant}`);
    else if (kind || index > 0) faults.push(index + 1);
  }
  return { rules, faults };
}
