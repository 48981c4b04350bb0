/** Pages and what stands on them, as an explanation takes it. */
const pages: readonly (readonly [page: RegExp, subject: (key: string) => string])[] = [
  [/^\/workspace\/tickets\/([^/]+-\d+)$/, (key) => key],
  [/^\/(?:my-)?tickets\/([^/]+-\d+)$/, (key) => key],
  [/\/requests\/([^/]+-R\d+)$/, (key) => key],
  [/^\/administration\/people\/([0-9a-f-]{36})$/, (key) => `person:${key}`],
  [/^\/administration\/roles\/([0-9a-f-]{36})$/, (key) => `role:${key}`],
  [/^\/administration\/tenant-groups\/([0-9a-f-]{36})$/, (key) => `tenant-group:${key}`],
  [/^\/administration\/terms\/([0-9a-f-]{36})$/, (key) => `terms-statement:${key}`],
  [/^\/administration\/tenants\/([^/]+)$/, (key) => `tenant:${key}`],
  [/^\/catalog\/([^/]+)$/, (key) => `offering:${key}`],
  [/\/(tickets|requests|people|roles|tenants|tenant-groups|categories|locations)(?:\/new)?$/, (key) => key],
];

export function subjectOfPage(pathname: string): string | null {
  for (const [page, subject] of pages) {
    const key = page.exec(pathname)?.[1];
    if (key !== undefined) return subject(key);
  }
  return null;
}
