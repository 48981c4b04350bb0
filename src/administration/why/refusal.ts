import { allRefusals, formatText, type RefusalDetails, refuse } from '../../platform/refusals.ts';
import type { ExplainedRefusal } from './why.api.ts';
import { meaningWords } from './why.words.ts';

/** R10.5: what a refusal means that somebody was shown: its type, its sentence, or its whole problem document. */
export function explainedRefusal(shown: string): ExplainedRefusal {
  const { type, details } = read(shown);
  const texts = allRefusals().get(type) ?? refuseUnknown();
  const decidedBy = decider(type, texts.status);
  return {
    type,
    status: texts.status,
    text: worded(texts, details),
    rules: [...(texts.rules ?? [])],
    decidedBy,
    meaning: meaningWords[decidedBy],
  };
}

function refuseUnknown(): never {
  return refuse('invalid', {
    count: 1,
    errors: [
      {
        pointer: '?refusal',
        detail: { en: 'This is no refusal of this program.', es: 'No es un rechazo de este programa.' },
      },
    ],
  });
}

function read(shown: string): { type: string; details: RefusalDetails } {
  const text = shown.trim();
  const document = text.startsWith('{') ? parsed(text) : { type: text };
  const type = String(document.type ?? '').replace(/^urn:tenantry:/, '');
  if (allRefusals().has(type)) return { type, details: document.details ?? {} };
  for (const [known, { en, es }] of allRefusals()) if (text === en || text === es) return { type: known, details: {} };
  return refuseUnknown();
}

function parsed(text: string): { type?: unknown; details?: RefusalDetails } {
  try {
    const { type, details } = JSON.parse(text);
    return { type, details: typeof details === 'object' && details !== null ? details : {} };
  } catch {
    return {};
  }
}

/** As it was shown, where its values were given along. */
function worded(texts: { en: string; es: string }, details: RefusalDetails): ExplainedRefusal['text'] {
  try {
    return { en: formatText(texts.en, 'en', details), es: formatText(texts.es, 'es', details) };
  } catch {
    return null;
  }
}

/** By what the status says of it (RFC 9110): the same for all endpoints. */
function decider(type: string, status: number): ExplainedRefusal['decidedBy'] {
  if (status === 401) return 'sign-in';
  if (status === 403 || status === 404) return 'person';
  if (type === 'busy' || [412, 428, 429, 503].includes(status)) return 'moment';
  if (status === 409) return 'record';
  return status >= 500 ? 'program' : 'values';
}
