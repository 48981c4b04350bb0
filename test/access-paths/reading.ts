import type { Explained, PlanNode } from '../explaining.ts';

/** A place in a plan where more of a growing table is read than there is to answer. */
export interface Walk {
  table: string;
  how: string;
}

/** So many rows a page, a bounded count and a look at each of many tenants may read. */
const bound = 1_500;

/**
 * Where a table that grows is read from one end to the other, or where an index finds many rows without being asked for
 * their tenant: a condition on the tenant is then a filter, which reads the neighbours' rows to throw them away.
 */
export function walksOf({ plan }: Pick<Explained, 'plan'>, growing: ReadonlySet<string>): Walk[] {
  return nodesOf(plan).flatMap((node) => {
    const table = tableOf(node);
    if (!table || !growing.has(table) || !number(node, 'Actual Loops')) return [];
    const isWalk = node['Node Type'] === 'Seq Scan' || (rowsOf(node) > bound && !isByOwner(node));
    return isWalk ? [{ table, how: `${howOf(node)} (${rowsOf(node)} rows)` }] : [];
  });
}

export function tablesOf({ plan }: Explained): string[] {
  return nodesOf(plan).flatMap((node) => tableOf(node) ?? []);
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

function tableOf(node: PlanNode): string | null {
  return node['Relation Name'] ? `${node.Schema}.${node['Relation Name']}` : null;
}

/** Those that are answered, and those that are read for nothing. */
function rowsOf(node: PlanNode): number {
  const each = ['Actual Rows', 'Rows Removed by Filter', 'Rows Removed by Index Recheck'].map((name) =>
    number(node, name),
  );
  return Math.round(number(node, 'Actual Loops') * each.reduce((sum, rows) => sum + rows, 0));
}

function isByOwner(node: PlanNode): boolean {
  const asked = `${node['Index Cond'] ?? ''} ${node['Recheck Cond'] ?? ''}`;
  return asked.includes(`(${node.Alias}.owner_id =`) || asked.includes('(owner_id =');
}

function howOf(node: PlanNode): string {
  const index = node['Index Name'] ? [`by ${node['Index Name']}`] : [];
  const conditions = ['Index Cond', 'Recheck Cond', 'Filter'].filter((name) => node[name]);
  return [node['Node Type'], ...index, ...conditions.map((name) => `${name}: ${String(node[name]).slice(0, 90)}`)].join(
    ', ',
  );
}

function number(node: PlanNode, name: string): number {
  return Number(node[name] ?? 0);
}
