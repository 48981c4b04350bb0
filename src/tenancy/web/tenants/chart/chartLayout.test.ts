import { expect, test } from 'vitest';
import {
  type ChartBranch,
  fitted,
  isSeen,
  layOut,
  nodeHeight,
  nodeWidth,
  type Placed,
  showing,
  zoomed,
} from './chartLayout.ts';

const branch = (id: string, children?: ChartBranch<string>[]): ChartBranch<string> => ({
  id,
  of: id,
  ...(children && { children }),
});
const forest = [
  branch('provider'),
  branch('a', [branch('a1'), branch('a2', [branch('a21')]), branch('a3')]),
  branch('b'),
];
const nodes = layOut(forest);
const node = (id: string) => nodes.find((one) => one.id === id) as Placed<string>;
const area = { width: 800, height: 400 };

test('nodes are read from top to bottom, each before what is below it, and counted as the ARIA tree counts', () => {
  expect(nodes.map(({ id }) => id)).toEqual(['provider', 'a', 'a1', 'a2', 'a21', 'a3', 'b']);
  expect(node('a2')).toMatchObject({ level: 2, position: 2, size: 3, parent: { id: 'a' } });
});

test('no two nodes of a level touch, and a parent stands beside the middle of its children', () => {
  for (const one of nodes)
    for (const other of nodes)
      if (one !== other && one.level === other.level) expect(Math.abs(one.y - other.y)).toBeGreaterThan(nodeHeight);
  expect(node('a').y).toBe((node('a1').y + node('a3').y) / 2);
  expect(node('a1').x).toBeGreaterThan(node('a').x + nodeWidth);
});

test('what is under the pointer stays there while it is zoomed, between a quarter and double', () => {
  const view = { x: 40, y: 30, scale: 1 };
  const at = { x: 240, y: 130 };
  const near = zoomed(view, 1.5, at);
  expect([(at.x - near.x) / near.scale, (at.y - near.y) / near.scale]).toEqual([200, 100]);
  expect(zoomed(view, 100, at).scale).toBe(2);
  expect(zoomed(view, 0.001, at).scale).toBe(0.25);
});

test('fitting shows all of it, and what is far away is not seen', () => {
  const whole = fitted(nodes, area);
  expect(nodes.every((one) => isSeen(whole, area, one))).toBe(true);
  const away = { ...whole, y: -5000 };
  expect(nodes.some((one) => isSeen(away, area, one))).toBe(false);
  // An edge crosses the screen although both of its ends are outside.
  const [high, low] = [
    { ...node('a'), y: -1000 },
    { ...node('a1'), y: 1000 },
  ];
  expect(isSeen(whole, area, high, low)).toBe(true);
});

test('a node is brought into sight by the shortest way, or to the middle', () => {
  const view = { x: 0, y: 0, scale: 1 };
  expect(showing(view, { ...node('provider'), x: 100, y: 100 }, area)).toEqual(view);
  const far = { ...node('provider'), x: 2000, y: 3000 };
  expect(isSeen(showing(view, far, area), area, far)).toBe(true);
  const middle = showing(view, far, area, true);
  expect([middle.x + far.x + nodeWidth / 2, middle.y + far.y + nodeHeight / 2]).toEqual([400, 200]);
});
