import type { MantineColorsTuple } from '@mantine/core';

// Even steps of lightness in OKLCH, so that the same shade of every colour reads equally well: shade 7 on white and
// shade 3 on the dark surfaces both pass 7:1.

/** Ink with water in it: the colour of the house, in a hue that no status uses. */
export const petrol: MantineColorsTuple = [
  '#eef8f9',
  '#d9eef1',
  '#b6dfe3',
  '#89c7ce',
  '#5eadb6',
  '#348f98',
  '#16757e',
  '#006068',
  '#004c53',
  '#00383e',
];
export const red: MantineColorsTuple = [
  '#fff1ee',
  '#ffdfda',
  '#ffc2ba',
  '#fe9c91',
  '#ec766b',
  '#ce5249',
  '#af3932',
  '#932823',
  '#781b18',
  '#5b0f0e',
];
export const green: MantineColorsTuple = [
  '#eff9f1',
  '#dcf0df',
  '#bde1c3',
  '#95ca9f',
  '#6fb07d',
  '#4a925c',
  '#327845',
  '#226335',
  '#164f28',
  '#0b3a1b',
];
export const amber: MantineColorsTuple = [
  '#fcf5eb',
  '#f7e7d2',
  '#eed1aa',
  '#ddb378',
  '#c69449',
  '#a97416',
  '#8e5c00',
  '#764900',
  '#5f3900',
  '#482800',
];
export const blue: MantineColorsTuple = [
  '#eef7ff',
  '#daecff',
  '#b9dafd',
  '#8ebff3',
  '#67a3e0',
  '#4284c5',
  '#2a6ba7',
  '#1a568d',
  '#0f4473',
  '#063257',
];
export const plum: MantineColorsTuple = [
  '#fbf3fb',
  '#f4e3f5',
  '#e9caea',
  '#d6a9d8',
  '#bf88c1',
  '#a168a4',
  '#865089',
  '#6f3f72',
  '#59305c',
  '#432145',
];
/** Paper rather than steel: the neutrals are warm in the light. */
export const gray: MantineColorsTuple = [
  '#fbf8f4',
  '#f3f0ec',
  '#e7e5e0',
  '#d7d5d0',
  '#c0bdb9',
  '#94928d',
  '#6b6964',
  '#54524e',
  '#373531',
  '#201e1a',
];
/** And the darkness has some petrol in it. */
export const dark: MantineColorsTuple = [
  '#d9e6e7',
  '#bac7c8',
  '#a1aeaf',
  '#778384',
  '#3f4a4b',
  '#2c3637',
  '#202a2b',
  '#162021',
  '#0e1819',
  '#071011',
];
