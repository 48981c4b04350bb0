import { ActionIcon, Group } from '@mantine/core';
import { IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { FailureState } from '../../../../ui/FailureState.tsx';
import { type Pickable, PickRecord } from '../../../../ui/form/PickRecord.tsx';
import { call } from '../../../../web/client.ts';
import { WaitingPage } from '../../../../web/shells/OtherPages.tsx';
import { useText } from '../../../../web/text.ts';
import { getTenant, type TenantSummary } from '../../../tenants/tenants.api.ts';
import { findTenants } from '../../choices.ts';
import { placeOf } from '../tenantPath.ts';
import { top, useTenantLevels } from '../useTenantLevels.ts';
import { ChartEdges, ChartNodeBox } from './ChartParts.tsx';
import { fitted, isSeen, layOut, opening, showing } from './chartLayout.ts';
import { branchesOf, type ChartNode, keyAt } from './chartNodes.ts';
import css from './TenantChart.module.css';
import { useChartView } from './useChartView.ts';

/** The hierarchy drawn: search-first, loaded as it is opened, and only what is on the screen is made. */
export function TenantChart() {
  const text = useText();
  const state = useTenantLevels();
  const first = state.levels.get(top);
  if (state.error) return <FailureState error={state.error} retry={() => state.retry(top)} />;
  if (!first) return <WaitingPage />;
  if (!first.items.length) return <EmptyState title={text('tenants.none')} />;
  return <Chart state={state} />;
}

function Chart({ state }: { state: ReturnType<typeof useTenantLevels> }) {
  const text = useText();
  const frame = useRef<HTMLDivElement>(null);
  const { view, setView, area, zoom, hasDragged, pointers } = useChartView(frame);
  const [found, setFound] = useState<readonly TenantSummary[]>([]);
  const nodes = useMemo(() => layOut(branchesOf({ ...state, found })), [state, found]);
  const [currentId, setCurrent] = useState<string | null>(null);
  const current = standing(nodes, currentId);
  const choose = useChoose(state);
  const [wanted, setWanted] = useState<string | null>(null);
  const fit = () => setView(fitted(nodes, area));

  const begun = useRef(false);
  const settled = area.height > 0 && !nodes.some(({ of }) => of.kind === 'loading');
  useEffect(() => {
    if (begun.current || !settled) return;
    begun.current = true;
    setView(opening(nodes, area));
  }, [settled, nodes, area, setView]);

  // What was searched for is brought to the middle as soon as its line is there.
  useEffect(() => {
    const node = wanted && nodes.find(({ id }) => id === wanted);
    if (!node) return;
    setWanted(null);
    setCurrent(node.id);
    setView((seen) => showing({ ...seen, scale: Math.max(seen.scale, 0.75) }, node, area, true));
    frame.current?.focus();
  }, [wanted, nodes, area, setView]);

  const search = async (picked: Pickable | null) => {
    if (!picked) return;
    const tenant = await call(getTenant, { params: { slug: picked.value } });
    const line = await Promise.all(tenant.line.map(({ slug }) => call(getTenant, { params: { slug } })));
    setFound([tenant, ...line]);
    state.open(tenant.line.map(({ slug }) => slug));
    setWanted(tenant.slug);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const acts: Record<string, () => void> = {
      Enter: () => choose(current),
      ' ': () => choose(current),
      '+': () => zoom(1.25),
      '-': () => zoom(0.8),
      '0': fit,
    };
    const act = acts[event.key];
    const moved = act ? null : keyAt(event.key, nodes, current);
    if (!act && moved === undefined) return;
    event.preventDefault();
    act?.();
    if (moved && 'open' in moved) state.toggle(current.id, moved.open);
    if (!moved || !('to' in moved)) return;
    setCurrent(moved.to.id);
    setView((seen) => showing(seen, moved.to, area));
  };

  const shown = nodes.filter((node) => node === current || isSeen(view, area, node));
  return (
    <>
      <ChartBar search={search} zoom={zoom} fit={fit} />
      <div
        ref={frame}
        role="tree"
        aria-label={text('chart.label')}
        aria-activedescendant={`chart-${current.id}`}
        aria-describedby="chart-hint"
        tabIndex={0}
        className={css.frame}
        onKeyDown={onKeyDown}
        {...pointers}
      >
        <div
          role="presentation"
          className={css.sheet}
          style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})` }}
        >
          <ChartEdges nodes={nodes} isSeen={(from, to) => isSeen(view, area, from, to)} />
          {shown.map((node) => (
            <ChartNodeBox
              key={node.id}
              node={node}
              current={node === current}
              choose={() => !hasDragged() && choose(node)}
              toggle={(open) => {
                if (hasDragged()) return;
                setCurrent(node.id);
                state.toggle(node.id, open);
              }}
            />
          ))}
        </div>
      </div>
      <p id="chart-hint" className={css.hint}>
        {text('chart.hint')}
      </p>
    </>
  );
}

/** The current node; where it stood for what was loading, the first of that, and where it is gone, what it was below. */
function standing(nodes: readonly ChartNode[], id: string | null): ChartNode {
  const below = id?.slice(id.indexOf(':') + 1);
  const found = nodes.find((one) => one.id === id) ?? nodes.find(({ parent }) => parent && parent.id === below);
  return found ?? nodes.find((one) => one.id === below) ?? (nodes[0] as ChartNode);
}

interface ChartBarProps {
  search: (picked: Pickable | null) => Promise<void>;
  zoom: (factor: number) => void;
  fit: () => void;
}

function ChartBar({ search, zoom, fit }: ChartBarProps) {
  const text = useText();
  const button = (label: string, icon: typeof IconPlus, act: () => void) => {
    const Icon = icon;
    return (
      <ActionIcon variant="default" size="lg" aria-label={label} title={label} onClick={act}>
        <Icon size={18} aria-hidden />
      </ActionIcon>
    );
  };
  return (
    <div className={css.bar}>
      <div className={css.find}>
        <PickRecord
          label={text('chart.find')}
          kind="tenants"
          find={(words) => findTenants(words)}
          value={null}
          change={(picked) => void search(picked)}
        />
      </div>
      <Group gap={4}>
        {button(text('chart.zoom-in'), IconPlus, () => zoom(1.25))}
        {button(text('chart.zoom-out'), IconMinus, () => zoom(0.8))}
        {button(text('chart.fit'), IconMaximize, fit)}
      </Group>
    </div>
  );
}

/** A tenant's page; all of what is too much to be drawn; another try where something could not be loaded. */
function useChoose({ retry }: ReturnType<typeof useTenantLevels>) {
  const navigate = useNavigate();
  return ({ of }: ChartNode) => {
    if (of.kind === 'failed') retry(of.below);
    else if (of.kind === 'tenant') void navigate(placeOf(of.tenant.slug) as never);
    else if (of.kind === 'more') void navigate(placeOf(of.below) as never);
  };
}
