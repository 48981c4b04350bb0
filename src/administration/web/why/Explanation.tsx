import { Alert, Stack } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useIntl } from 'react-intl';
import { useText } from '../../../web/text.ts';
import type { Step, WhyAnswer } from '../../why/why.api.ts';
import css from './Explanation.module.css';

/** Each membership's verdict, with what was looked at until it was decided. */
export function Explanation({ answer }: { answer: WhyAnswer }) {
  const text = useText();
  const { person, memberships } = answer;
  if (!memberships.length) return <p>{text('why.nobody', { person: person.name })}</p>;
  return (
    <Stack mt="md">
      {memberships.map(({ id, role, allowed, steps }) => (
        <Alert
          key={id}
          color={allowed ? 'green' : 'red'}
          icon={allowed ? <IconCheck aria-hidden /> : <IconX aria-hidden />}
          title={text(allowed ? 'why.yes' : 'why.no', { person: person.name, role })}
        >
          <ol className={css.steps}>
            {steps.map((step) => (
              <StepLine key={`${step.step} ${step.text.en}`} step={step} />
            ))}
          </ol>
        </Alert>
      ))}
    </Stack>
  );
}

function StepLine({ step }: { step: Step }) {
  const text = useText();
  const { locale } = useIntl();
  const words = locale.startsWith('es') ? step.text.es : step.text.en;
  return (
    <li className={css.step} data-passed={step.passed || undefined}>
      {step.passed ? (
        <IconCheck size={18} role="img" aria-label={text('why.passed')} />
      ) : (
        <IconX size={18} role="img" aria-label={text('why.decided')} />
      )}
      <span>
        {words} <span className={css.rules}>{text('why.rules', { rules: step.rules.join(', ') })}</span>
      </span>
    </li>
  );
}
