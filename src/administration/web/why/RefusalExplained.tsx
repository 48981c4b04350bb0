import { Alert, Skeleton, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useIntl } from 'react-intl';
import { answerOf } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { explainRefusal } from '../../why/why.api.ts';

/** What a refusal means, whomever it was shown; nothing where it is none of the program's. */
export function RefusalExplained({ refusal }: { refusal: string }) {
  const text = useText();
  const spanish = useIntl().locale.startsWith('es');
  const { data, isPending } = useQuery(answerOf(explainRefusal, { query: { refusal } }));
  if (isPending) return <Skeleton height={64} mb="md" />;
  if (!data) return null;
  const shown = data.text && (spanish ? data.text.es : data.text.en);
  return (
    <Alert mb="md" icon={<IconInfoCircle aria-hidden />} title={shown ?? data.type}>
      <Text size="sm">
        {spanish ? data.meaning.es : data.meaning.en}{' '}
        {data.rules.length > 0 && text('why.rules', { rules: data.rules.join(', ') })}
      </Text>
    </Alert>
  );
}
