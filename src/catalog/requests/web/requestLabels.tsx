import { Status, type Tone } from '../../../ui/Status.tsx';
import { useText } from '../../../web/text.ts';
import type { RequestSummary, ServiceRequest } from '../requests.api.ts';

const phaseTones: Record<RequestSummary['phase'], Tone> = {
  draft: 'neutral',
  submitted: 'info',
  approval: 'waiting',
  fulfillment: 'accent',
  completed: 'good',
  rejected: 'bad',
  cancelled: 'neutral',
};

const taskTones: Record<ServiceRequest['tasks'][number]['state'], Tone> = {
  waiting: 'neutral',
  running: 'accent',
  done: 'good',
  failed: 'bad',
};

export const requestPhases = Object.keys(phaseTones) as RequestSummary['phase'][];

/** Where a request stands; a part that failed says so, whatever the phase. */
export function RequestPhase({ phase, stuck }: Pick<RequestSummary, 'phase' | 'stuck'>) {
  const text = useText();
  if (stuck) return <Status tone="bad">{text('request.phase.stuck')}</Status>;
  const state = phase === 'approval' ? 'request.waits-for-approval' : (`request.phase.${phase}` as const);
  return <Status tone={phaseTones[phase]}>{text(state)}</Status>;
}

export function TaskState({ state }: Pick<ServiceRequest['tasks'][number], 'state'>) {
  const text = useText();
  return <Status tone={taskTones[state]}>{text(`request.task.${state}`)}</Status>;
}
