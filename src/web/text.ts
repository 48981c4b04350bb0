import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import type { TextValues } from '../ui/text.ts';
import type { MessageId } from './messages.ts';

export type Say = (id: MessageId, values?: TextValues) => string;

/** The texts of pages, in the language of the moment. */
export function useText(): Say {
  const intl = useIntl();
  return useCallback((id, values) => intl.formatMessage({ id }, values) as string, [intl]);
}
