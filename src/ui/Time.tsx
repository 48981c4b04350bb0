import { useIntl } from 'react-intl';

interface TimeProps {
  /** RFC 3339, in UTC. */
  at: string;
  /** `relative`: “3 hours ago”, with the instant as title; `brief`: “3h ago”, for columns; `absolute`: date and time. */
  show?: 'relative' | 'brief' | 'absolute' | 'date';
}

const steps: readonly [limit: number, seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, 1, 'second'],
  [3600, 60, 'minute'],
  [86_400, 3600, 'hour'],
  [86_400 * 14, 86_400, 'day'],
];

/** An instant in the reader's own zone and language. */
export function Time({ at, show = 'relative' }: TimeProps) {
  const intl = useIntl();
  const instant = new Date(at);
  const absolute = intl.formatDate(instant, { dateStyle: 'medium', timeStyle: 'short' });
  const full = intl.formatDate(instant, { dateStyle: 'full', timeStyle: 'long' });
  const date = intl.formatDate(instant, { dateStyle: 'medium' });
  const texts = {
    relative: relativeText(intl, instant, 'long') ?? date,
    brief: relativeText(intl, instant, 'narrow') ?? date,
    absolute,
    date,
  };
  return (
    <time dateTime={at} title={full}>
      {texts[show]}
    </time>
  );
}

/** Null when the instant is so far away that its date says more. */
function relativeText(intl: ReturnType<typeof useIntl>, instant: Date, style: 'long' | 'narrow'): string | null {
  const seconds = (instant.getTime() - Date.now()) / 1000;
  const step = steps.find(([limit]) => Math.abs(seconds) < limit);
  if (!step) return null;
  return intl.formatRelativeTime(Math.round(seconds / step[1]), step[2], { numeric: 'auto', style });
}
