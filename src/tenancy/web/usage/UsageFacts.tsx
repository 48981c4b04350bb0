import { Facts } from '../../../ui/Section.tsx';
import { useText } from '../../../web/text.ts';
import type { Limits, Usage } from '../../usage/usage.api.ts';

/** What an organization has had of late against what it may have: the same figures for the provider and for its own people. */
export function UsageFacts({ limits, usage }: { limits: Limits; usage: Usage }) {
  const text = useText();
  const against = (used: number, limit: number) =>
    limit ? text('usage.of', { used, limit }) : text('usage.unlimited', { used });
  return (
    <Facts
      facts={[
        [text('usage.calls-per-minute'), against(usage.calls, limits.callsPerMinute)],
        [text('usage.busiest-minute'), usage.busiestMinute],
        [text('usage.calls-in-hour'), usage.callsInHour],
        [text('usage.refused-in-hour'), usage.refusedInHour],
        [text('usage.calls-at-once'), limits.callsAtOnce || text('usage.no-limit')],
        [text('usage.queued'), against(usage.queued, limits.queuedRequests)],
      ]}
    />
  );
}
