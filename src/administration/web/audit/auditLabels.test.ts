import { expect, test } from 'vitest';
import { messages as english } from '../../../web/messages.en.ts';
import { messages as spanish } from '../../../web/messages.es.ts';
import { filterKinds, kindLabel } from './auditLabels.tsx';

test('what the audit can be narrowed to is called differently, each by a word of its own, in both languages', () => {
  for (const messages of [english, spanish]) {
    const labels = filterKinds.map((kind) => messages[kindLabel(kind)]);
    expect(labels.filter((label, index) => labels.indexOf(label) !== index)).toEqual([]);
  }
});
