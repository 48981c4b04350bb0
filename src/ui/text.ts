import { useCallback } from 'react';
import { type PrimitiveType, useIntl } from 'react-intl';
import type english from './messages.en.json';

export type UiMessageId = keyof typeof english;
export type TextValues = Record<string, PrimitiveType>;

/** The texts of the parts themselves, such as “Load more”; what a page says comes in as a property. */
export function useUiText(): (id: UiMessageId, values?: TextValues) => string {
  const intl = useIntl();
  return useCallback((id, values) => intl.formatMessage({ id }, values) as string, [intl]);
}
