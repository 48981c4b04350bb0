/** Proposals for a tenant's key and address, made of its name (R2.1). The database says which are free. */

/** 2–8 letters or digits; of a name of several words its initials, otherwise its first letters. */
export function proposeKey(name: string, taken: ReadonlySet<string>): string {
  const words = latin(name)
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter(Boolean);
  const initials = words.map((word) => word[0]).join('');
  const base = (words.length >= 3 ? initials.slice(0, 5) : words.join('').slice(0, 4)) || 'ORG';
  return firstFree(base.length < 2 ? `${base}X` : base, 8, '', (key) => !taken.has(key));
}

/** Where a tenant is named, this names none. */
const nobody = 'none';

export function proposeSlug(name: string, taken: ReadonlySet<string>): string {
  const base = latin(name)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '');
  return firstFree(base || 'org', 63, '-', (slug) => slug !== nobody && !taken.has(slug));
}

/** What the candidates of a name begin with: all that is taken there has to be known before one is proposed. */
export function proposalPrefixes(name: string): { key: string; slug: string } {
  const none = new Set<string>();
  return { key: proposeKey(name, none).slice(0, 2), slug: proposeSlug(name, none) };
}

/** Letters without their accents; other scripts have none that a key could be made of. */
function latin(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/[øØ]/g, 'o')
    .replace(/[æÆ]/g, 'ae')
    .replace(/[łŁ]/g, 'l');
}

function firstFree(base: string, longest: number, separator: string, isFree: (candidate: string) => boolean): string {
  if (isFree(base)) return base;
  for (let number = 2; ; number++) {
    const ending = `${separator}${number}`;
    const candidate = base.slice(0, longest - ending.length) + ending;
    if (isFree(candidate)) return candidate;
  }
}
