import { constraintRefusals } from '../platform/database.errors.ts';
import { refusals } from '../platform/refusals.ts';

export const { refuse: refuseCatalog } = refusals({
  'request.not-a-draft': {
    status: 409,
    rules: ['R4.3'],
    en: 'Only a draft can still be changed.',
    es: 'Solo se puede modificar un borrador.',
  },
  'request.too-many-queued': {
    status: 429,
    en: '{limit, plural, one {One request is} other {# requests are}} waiting to be fulfilled, and no more may. Try again when some are done.',
    es: '{limit, plural, one {Hay una solicitud} other {Hay # solicitudes}} en espera de cumplimiento, y no se admiten más. Pruebe de nuevo cuando se hayan cumplido algunas.',
  },
  'request.own-approval': {
    status: 403,
    rules: ['R4.3'],
    en: 'Nobody approves their own request.',
    es: 'Nadie aprueba su propia solicitud.',
  },
  'request.not-in-approval': {
    status: 409,
    rules: ['R4.3'],
    en: 'The request does not wait for approval.',
    es: 'La solicitud no está pendiente de aprobación.',
  },
  'request.decided-already': {
    status: 409,
    rules: ['R4.3'],
    en: 'You have decided this request already.',
    es: 'Ya ha decidido sobre esta solicitud.',
  },
  'request.too-late': {
    status: 409,
    rules: ['R4.4'],
    en: 'The request is being fulfilled or is finished.',
    es: 'La solicitud se está cumpliendo o ha terminado.',
  },
  'request.nothing-failed': {
    status: 409,
    rules: ['R4.4'],
    en: 'No part of the request has failed.',
    es: 'No ha fallado ninguna parte de la solicitud.',
  },
  'request.not-yours': {
    status: 403,
    rules: ['R4.3'],
    en: 'Only the requester may do this.',
    es: 'Solo puede hacerlo el solicitante.',
  },
  'request.needs-approval': {
    status: 409,
    rules: ['R4.3'],
    en: 'This needs an approval: request the offering “{offering}”.',
    es: 'Esto necesita aprobación: solicite la oferta «{offering}».',
  },
  'approval.too-few-people': {
    status: 409,
    rules: ['R4.3'],
    en: '{needed, plural, one {One other person has} other {# other people have}} to be able to approve, and there {present, plural, =0 {is none} one {is one} other {are #}} beside the requester.',
    es: '{needed, plural, one {Otra persona tiene} other {# personas más tienen}} que poder aprobar y, aparte del solicitante, {present, plural, =0 {no hay ninguna} one {hay una} other {hay #}}.',
  },
});

constraintRefusals({ approval_twice: 'request.decided-already' });
