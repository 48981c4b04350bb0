import { refusals } from '../platform/refusals.ts';

export const { refuse: refusePlacement } = refusals({
  'tenant-needed': {
    status: 422,
    rules: ['R7.1'],
    en: 'Say for which tenant this is.',
    es: 'Indique para qué cliente es.',
  },
  'tenant-unknown': {
    status: 422,
    rules: ['R5.4', 'R7.1'],
    en: 'That tenant does not exist here.',
    es: 'Ese cliente no existe aquí.',
  },
});
