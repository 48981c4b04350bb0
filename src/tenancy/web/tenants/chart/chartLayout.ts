/** A node of the chart: a tenant, or what stands for those that are not shown. */
export interface ChartBranch<T> {
  id: string;
  of: T;
  /** Absent: there is nothing below, or it is closed. */
  children?: readonly ChartBranch<T>[];
}

export interface Placed<T> {
  id: string;
  of: T;
  /** Of its upper left corner. */
  x: number;
  y: number;
  parent: Placed<T> | null;
  /** As the ARIA tree counts them, from 1. */
  level: number;
  position: number;
  size: number;
}

export const nodeWidth = 232;
export const nodeHeight = 52;
const column = nodeWidth + 56;
const row = nodeHeight + 12;

/**
 * Levels are columns, from left to right; every leaf has a row of its own, and a parent stands beside the middle of its children. In the
 * order in which they are read: each before what is below it.
 */
export function layOut<T>(branches: readonly ChartBranch<T>[]): Placed<T>[] {
  const placed: Placed<T>[] = [];
  let rows = 0;
  const place = (level: readonly ChartBranch<T>[], parent: Placed<T> | null, depth: number): number => {
    let [first, last] = [0, 0];
    for (const [index, branch] of level.entries()) {
      const node: Placed<T> = {
        id: branch.id,
        of: branch.of,
        x: depth * column,
        y: 0,
        parent,
        level: depth + 1,
        position: index + 1,
        size: level.length,
      };
      placed.push(node);
      node.y = branch.children?.length ? place(branch.children, node, depth + 1) : rows++ * row;
      if (index === 0) first = node.y;
      last = node.y;
    }
    return (first + last) / 2;
  };
  place(branches, null, 0);
  return placed;
}

export interface View {
  /** Where the chart's corner is on the screen, in pixels, and how large it is drawn. */
  x: number;
  y: number;
  scale: number;
}

export interface Area {
  width: number;
  height: number;
}

const [least, greatest] = [0.25, 2];

/** Larger or smaller, with the point under the pointer staying where it is. */
export function zoomed(view: View, factor: number, at: { x: number; y: number }): View {
  const scale = Math.min(greatest, Math.max(least, view.scale * factor));
  const by = scale / view.scale;
  return { x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by, scale };
}

/** All of it, if that can be read; else its beginning. */
export function fitted(nodes: readonly Placed<unknown>[], area: Area): View {
  const margin = 16;
  const width = Math.max(...nodes.map(({ x }) => x), 0) + nodeWidth;
  const height = nodes.reduce((most, { y }) => Math.max(most, y), 0) + nodeHeight;
  const scale = Math.min(
    1,
    Math.max(least, Math.min((area.width - 2 * margin) / width, (area.height - 2 * margin) / height)),
  );
  const rest = area.height - height * scale;
  return { x: margin, y: Math.max(margin, rest / 2), scale };
}

/** What is seen first: all of it where that is large enough to be read, else the first node with what is around it. */
export function opening(nodes: readonly Placed<unknown>[], area: Area): View {
  const all = fitted(nodes, area);
  const first = nodes[0];
  if (all.scale >= 0.6 || !first) return all;
  return { x: 16, y: Math.min(16, area.height / 2 - first.y - nodeHeight / 2), scale: 1 };
}

/** Moved no further than needed for the node to be seen whole; `centred`: to the middle. */
export function showing(view: View, node: Placed<unknown>, area: Area, centred = false): View {
  const [width, height] = [nodeWidth * view.scale, nodeHeight * view.scale];
  const [x, y] = [view.x + node.x * view.scale, view.y + node.y * view.scale];
  if (centred) return { ...view, x: view.x - x + (area.width - width) / 2, y: view.y - y + (area.height - height) / 2 };
  const into = (at: number, length: number, room: number) => Math.max(8, Math.min(at, room - length - 8)) - at;
  return { ...view, x: view.x + into(x, width, area.width), y: view.y + into(y, height, area.height) };
}

/** Whether any of the box from one node to another is on the screen. */
export function isSeen(view: View, area: Area, from: Placed<unknown>, to: Placed<unknown> = from): boolean {
  const left = view.x + Math.min(from.x, to.x) * view.scale;
  const right = view.x + (Math.max(from.x, to.x) + nodeWidth) * view.scale;
  const above = view.y + Math.min(from.y, to.y) * view.scale;
  const below = view.y + (Math.max(from.y, to.y) + nodeHeight) * view.scale;
  return right >= 0 && left <= area.width && below >= 0 && above <= area.height;
}
