import type { Case } from '../harness/bench.ts';
import { besideTheFloor } from './floor.ts';

/** In the order of the table. What changes the installation comes after what only reads it. */
export const cases: readonly Case[] = [besideTheFloor];
