import type { Case } from '../harness/bench.ts';
import { firstPage } from './browser.ts';
import { fairness } from './fairness.ts';
import { flat } from './flat.ts';
import { besideTheFloor } from './floor.ts';
import { importTexts } from './imports.ts';
import { memory, start } from './process.ts';
import { filters, lists } from './reaches.ts';
import { addTenant, moveSubtree } from './tenants.ts';
import { walls } from './walls.ts';
import { switcher, work } from './work.ts';

/** In the order of the table. What changes the installation much comes after what only reads it, and memory last. */
export const cases: readonly Case[] = [
  besideTheFloor,
  flat,
  lists,
  filters,
  walls,
  switcher,
  work,
  addTenant,
  moveSubtree,
  firstPage,
  start,
  fairness,
  importTexts,
  memory,
];
