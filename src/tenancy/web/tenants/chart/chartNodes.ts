import type { TenantSummary } from '../../../tenants/tenants.api.ts';
import { type TenantLevel, top } from '../useTenantLevels.ts';
import type { ChartBranch, Placed } from './chartLayout.ts';

/** A tenant; or, below a branch: what is still loading, could not be loaded, or is too much to be drawn. */
export type ChartItem =
  | { kind: 'tenant'; tenant: TenantSummary; open: boolean }
  | { kind: 'more' | 'failed' | 'loading'; below: string };
export type ChartNode = Placed<ChartItem>;

export interface Known {
  levels: ReadonlyMap<string, TenantLevel | undefined>;
  failed: ReadonlySet<string>;
  opened: ReadonlySet<string>;
  /** Tenants that were searched for and are not on the first page of their branch, with their line. */
  found: readonly TenantSummary[];
}

export function branchesOf(known: Known, parent = top): ChartBranch<ChartItem>[] {
  const { levels, failed, opened, found } = known;
  const standIn = (kind: 'more' | 'failed' | 'loading') => ({ id: `${kind}:${parent}`, of: { kind, below: parent } });
  if (failed.has(parent)) return [standIn('failed')];
  const level = levels.get(parent);
  if (!level) return [standIn('loading')];
  const shown = new Set(level.items.map(({ slug }) => slug));
  const others = found.filter((one) => (one.parent?.slug ?? top) === parent && !shown.has(one.slug));
  const branches = [...level.items, ...others].map((tenant): ChartBranch<ChartItem> => {
    const open = tenant.subtenants > 0 && opened.has(tenant.slug);
    const of = { kind: 'tenant' as const, tenant, open };
    return open ? { id: tenant.slug, of, children: branchesOf(known, tenant.slug) } : { id: tenant.slug, of };
  });
  return level.next ? [...branches, standIn('more')] : branches;
}

/** What a key does at a node: to another one, or opening and closing this one. Undefined: no key of the chart. */
export function keyAt(
  key: string,
  nodes: readonly ChartNode[],
  current: ChartNode,
): { to: ChartNode } | { open: boolean } | null | undefined {
  const at = nodes.indexOf(current);
  const to = (node: ChartNode | null | undefined) => (node ? { to: node } : null);
  const isOpen = current.of.kind === 'tenant' && current.of.open;
  const opens = current.of.kind === 'tenant' && current.of.tenant.subtenants > 0;
  switch (key) {
    case 'ArrowDown':
      return to(nodes[at + 1]);
    case 'ArrowUp':
      return to(nodes[at - 1]);
    case 'Home':
      return to(nodes[0]);
    case 'End':
      return to(nodes.at(-1));
    case 'ArrowRight':
      if (isOpen) return to(nodes[at + 1]);
      return opens ? { open: true } : null;
    case 'ArrowLeft':
      return isOpen ? { open: false } : to(current.parent);
    default:
      return key.length === 1 && /\p{L}|\p{N}/u.test(key) ? to(nextBeginning(key, nodes, at)) : undefined;
  }
}

function nextBeginning(letter: string, nodes: readonly ChartNode[], at: number): ChartNode | undefined {
  const wanted = letter.toLocaleLowerCase();
  const begins = ({ of }: ChartNode) => of.kind === 'tenant' && of.tenant.name.toLocaleLowerCase().startsWith(wanted);
  return nodes.slice(at + 1).find(begins) ?? nodes.find(begins);
}
