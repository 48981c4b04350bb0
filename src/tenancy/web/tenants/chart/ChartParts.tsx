import { IconChevronRight } from '@tabler/icons-react';
import { useText } from '../../../../web/text.ts';
import { nodeHeight, nodeWidth } from './chartLayout.ts';
import type { ChartItem, ChartNode } from './chartNodes.ts';
import css from './TenantChart.module.css';

interface ChartNodeBoxProps {
  node: ChartNode;
  current: boolean;
  choose: () => void;
  toggle: (open: boolean) => void;
}

export function ChartNodeBox({ node, current, choose, toggle }: ChartNodeBoxProps) {
  const { of } = node;
  const tenant = of.kind === 'tenant' ? of.tenant : null;
  const open = of.kind === 'tenant' && of.open;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys of all its nodes
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, and tells which node is the current one
    <div
      role="treeitem"
      id={`chart-${node.id}`}
      aria-level={node.level}
      aria-posinset={node.position}
      aria-setsize={node.size}
      aria-expanded={tenant?.subtenants ? open : undefined}
      aria-selected={current}
      className={css.node}
      data-current={current || undefined}
      data-inactive={(tenant && tenant.status !== 'active') || undefined}
      style={{ left: node.x, top: node.y, width: nodeWidth, height: nodeHeight }}
      title={tenant?.name}
      onClick={choose}
    >
      <NodeText of={of} />
      {tenant && tenant.subtenants > 0 && (
        // The arrow keys of the tree do the same.
        <span
          className={css.handle}
          data-open={open || undefined}
          aria-hidden
          onClick={(event) => {
            event.stopPropagation();
            toggle(!open);
          }}
        >
          {tenant.subtenants}
          <IconChevronRight size={16} />
        </span>
      )}
    </div>
  );
}

function NodeText({ of }: { of: ChartItem }) {
  const text = useText();
  if (of.kind !== 'tenant') {
    const words = { more: 'tenants.more-below', failed: 'tenants.branch-failed', loading: 'ui.loading' } as const;
    return <span className={css.text}>{text(words[of.kind])}</span>;
  }
  const { tenant } = of;
  const asides = [
    tenant.key,
    tenant.provider && text('tenant.provider'),
    tenant.status !== 'active' && text(`tenant.status.${tenant.status}`),
  ];
  return (
    <span className={css.text}>
      <span className={css.name}>{tenant.name}</span>
      <span className={css.aside}>{asides.filter(Boolean).join(' · ')}</span>
    </span>
  );
}

interface ChartEdgesProps {
  nodes: readonly ChartNode[];
  isSeen: (from: ChartNode, to: ChartNode) => boolean;
}

/** From each parent to its children, as far as any of the line is on the screen. */
export function ChartEdges({ nodes, isSeen }: ChartEdgesProps) {
  return (
    <svg className={css.edges} aria-hidden width={1} height={1}>
      {nodes.map((node) => {
        const { parent } = node;
        if (!parent || !isSeen(parent as ChartNode, node)) return null;
        const [x, y] = [parent.x + nodeWidth, parent.y + nodeHeight / 2];
        const turn = (x + node.x) / 2;
        return (
          <path
            key={node.id}
            d={`M${x},${y} C${turn},${y} ${turn},${node.y + nodeHeight / 2} ${node.x},${node.y + nodeHeight / 2}`}
          />
        );
      })}
    </svg>
  );
}
