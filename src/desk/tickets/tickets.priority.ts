import type { Static } from 'typebox';
import type { Level, Priority } from '../desk.fields.ts';

/** The most urgent first; the database keeps the place, from 1. */
export const priorities = ['critical', 'high', 'moderate', 'low'] as const;

/**
 * | impact ＼ urgency | high     | medium   | low      |
 * |---|---|---|---|
 * | high              | critical | high     | moderate |
 * | medium            | high     | moderate | low      |
 * | low               | moderate | low      | low      |
 */
const matrix = {
  high: { high: 1, medium: 2, low: 3 },
  medium: { high: 2, medium: 3, low: 4 },
  low: { high: 3, medium: 4, low: 4 },
} as const;

/** As the database keeps it. */
export function priorityOf(impact: Static<typeof Level>, urgency: Static<typeof Level>): number {
  return matrix[impact][urgency];
}

export function priorityName(priority: number): Static<typeof Priority> {
  return priorities[priority - 1] as Static<typeof Priority>;
}
