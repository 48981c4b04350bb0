import type { Phase } from '../../../ui/Phases.tsx';
import { Time } from '../../../ui/Time.tsx';
import type { Say } from '../../../web/text.ts';
import type { ServiceRequest } from '../requests.api.ts';

const way = ['draft', 'submitted', 'approval', 'fulfillment', 'completed'] as const;
type Step = (typeof way)[number];

/** The way of a request (R4.3). One that was rejected or cancelled ends where that happened. */
export function phasesOf(request: ServiceRequest, text: Say): Phase[] {
  const { phase, approvalsNeeded } = request;
  const ended = phase === 'rejected' || phase === 'cancelled';
  const reached = way.indexOf(reachedStep(request));
  const steps = approvalsNeeded ? way : way.filter((step) => step !== 'approval');
  const shown = ended ? steps.filter((step) => way.indexOf(step) <= reached) : steps;
  const phases = shown.map((step): Phase => {
    const at = way.indexOf(step);
    const current = at === reached && phase !== 'completed' && !ended;
    const failed = current && request.stuck;
    const state = failed ? 'failed' : current ? 'current' : at <= reached ? 'done' : 'waiting';
    // Once it is submitted, “not submitted” is no longer what the first step says.
    const label = text(step === 'draft' && phase !== 'draft' ? 'request.created' : `request.phase.${step}`);
    return { id: step, label, state, detail: detailOf(request, step, text) };
  });
  if (!ended) return phases;
  const last = request.history.at(-1);
  return [
    ...phases,
    { id: phase, label: text(`request.phase.${phase}`), state: 'failed', detail: last && <Time at={last.at} /> },
  ];
}

function reachedStep({ phase, submittedAt, approvals, approvalsNeeded }: ServiceRequest): Step {
  if (phase !== 'rejected' && phase !== 'cancelled') return phase;
  if (!submittedAt) return 'draft';
  return approvalsNeeded && approvals.length ? 'approval' : 'submitted';
}

function detailOf(request: ServiceRequest, step: Step, text: Say) {
  const { createdAt, submittedAt, completedAt, approvals, approvalsNeeded, tasks } = request;
  if (step === 'draft') return <Time at={createdAt} />;
  if (step === 'submitted') return submittedAt && <Time at={submittedAt} />;
  if (step === 'completed') return completedAt && <Time at={completedAt} />;
  if (step === 'approval') {
    const given = approvals.filter(({ decision }) => decision === 'approved').length;
    return text('request.approvals-count', { given, needed: approvalsNeeded });
  }
  const done = tasks.filter(({ state }) => state === 'done').length;
  return tasks.length > 0 && text('request.approvals-count', { given: done, needed: tasks.length });
}
