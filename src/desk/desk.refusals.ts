import { constraintRefusals } from '../platform/database.errors.ts';
import { refusals } from '../platform/refusals.ts';

export const { refuse: refuseDesk } = refusals({
  'ticket.tenant-mismatch': {
    status: 409,
    rules: ['R10.2'],
    en: 'The people of this ticket belong to another tenant than the one that was shown. Nothing was saved.',
    es: 'Las personas de este ticket pertenecen a otro cliente que el que se mostraba. No se ha guardado nada.',
  },
  'ticket.not-possible': {
    status: 409,
    rules: ['R10.4'],
    en: 'That is not possible with {number} as it is now.',
    es: 'Eso no es posible con {number} tal como está ahora.',
  },
  'ticket.already-there': {
    status: 409,
    rules: ['R7.3'],
    en: '{number} already belongs to that tenant.',
    es: '{number} ya pertenece a ese cliente.',
  },
  'ticket.move-undecided': {
    status: 422,
    rules: ['R7.3'],
    en: 'That tenant’s tickets cannot refer to what stands in “{field}”: say what is to stand there. Nothing was changed.',
    es: 'Los tickets de ese cliente no pueden referirse a lo que figura en «{field}»: indique qué debe figurar. No se ha cambiado nada.',
  },
  'ticket.audience-refused': {
    status: 403,
    en: 'Your role does not allow internal comments.',
    es: 'Su rol no permite comentarios internos.',
  },
  'queue.is-default': {
    status: 409,
    en: 'New tickets go to this group. Choose another for them first.',
    es: 'Los tickets nuevos llegan a este grupo. Elija antes otro para ellos.',
  },
  'choice.name-taken': {
    status: 409,
    en: 'There is already one of that name there.',
    es: 'Ya existe uno con ese nombre allí.',
  },
  'choice.tenant-or-public': {
    status: 422,
    rules: ['R6.2', 'R7.2'],
    en: 'Public records belong to no tenant: say one or the other.',
    es: 'Los registros públicos no pertenecen a ningún cliente: indique lo uno o lo otro.',
  },
});

constraintRefusals({
  // Moved to another tenant while somebody else moved it, or wrote on it.
  ticket_alias_taken: 'version-stale',
  comments_ticket_unknown: 'version-stale',
  watchers_ticket_unknown: 'version-stale',
  ticket_changes_ticket_unknown: 'version-stale',
  category_name_taken: 'choice.name-taken',
  location_name_taken: 'choice.name-taken',
  assignment_group_name_taken: 'choice.name-taken',
});
