import type { ExplainedRefusal } from './why.api.ts';

interface Words {
  passed: boolean;
  rules: string[];
  en: string;
  es: string;
}

const yes = (rules: string[], en: string, es: string): Words => ({ passed: true, rules, en, es });
const no = (rules: string[], en: string, es: string): Words => ({ passed: false, rules, en, es });

/** What each step of an explanation says, in ICU message format. */
export const stepWords = {
  'membership.active': yes(
    ['R5.1'],
    '{person} acts under a membership with the role “{role}”.',
    '{person} actúa con una pertenencia cuyo rol es «{role}».',
  ),
  'membership.suspended': no(
    ['R9.3'],
    'The tenant of the membership, or the person’s home tenant, is not active.',
    'El cliente de la pertenencia, o el de origen de la persona, no está activo.',
  ),
  'membership.unusable': no(
    ['R5.1', 'R5.8'],
    'Nobody can act under this membership now: it, its role or the person is inactive.',
    'Nadie puede actuar ahora con esta pertenencia: ella, su rol o la persona están inactivos.',
  ),
  'switch.off': yes(
    ['R1.3'],
    'Multi-tenancy is off: everybody reaches every record, within functions and scope.',
    'Multicliente está desactivado: todas las personas alcanzan todos los registros, dentro de sus funciones y su ámbito.',
  ),
  'switch.setup': yes(
    ['R1.4'],
    'Multi-tenancy is in setup: nothing is refused yet, and everybody reaches every record, within functions and scope.',
    'Multicliente está en preparación: todavía no se rechaza nada y todas las personas alcanzan todos los registros, dentro de sus funciones y su ámbito.',
  ),
  'switch.on': yes(
    ['R1.5'],
    'Multi-tenancy is on: the role’s reach decides.',
    'Multicliente está activado: decide el alcance del rol.',
  ),
  'function.given': yes(['R5.9'], 'The role has the function {function}.', 'El rol tiene la función {function}.'),
  'function.lacking': no(['R5.9'], 'The role lacks the function {function}.', 'El rol no tiene la función {function}.'),
  'hidden.tenants': no(
    ['R1.3', 'R1.4'],
    'No tenant is named to this person in this state of multi-tenancy, nor what is about tenants.',
    'En este estado de Multicliente no se nombra ningún cliente a esta persona, ni lo que trata de ellos.',
  ),
  'offering.unoffered': no(
    ['R4.1', 'R2.7'],
    'The offering is not there for this person now: what it does is the provider’s affair, or cannot be done in this state of multi-tenancy.',
    'La oferta no existe ahora para esta persona: lo que hace es asunto del proveedor o no se puede hacer en este estado de Multicliente.',
  ),
  'reach.all': yes(['R5.2', 'R5.3'], 'The role reads all tenants.', 'El rol lee todos los clientes.'),
  'reach.some': yes(
    ['R5.2', 'R5.3', 'R5.4'],
    'The role reads {count, plural, =0 {no tenant} one {one tenant} other {# tenants}} that you read, too ({reach}); the list holds their records.',
    'El rol lee {count, plural, =0 {ningún cliente} one {un cliente} other {# clientes}} que usted también lee ({reach}); la lista contiene sus registros.',
  ),
  'reach.optional': yes(
    ['R5.3', 'R6.1'],
    'Public records, and those that the tenants above share, stand in the list as well.',
    'También figuran en la lista los registros públicos y los que comparten los clientes de arriba.',
  ),
  'reach.inside': yes(
    ['R5.2', 'R5.3'],
    'The record belongs to {tenant}, which the role reads ({reach}).',
    'El registro pertenece a {tenant}, que el rol lee ({reach}).',
  ),
  'reach.public': yes(
    ['R5.3', 'R6.2'],
    'The record is public: everybody reads it who has the function.',
    'El registro es público: lo lee quien tenga la función.',
  ),
  'reach.above': yes(
    ['R5.3', 'R6.1'],
    'The record belongs to {tenant}, above a tenant that the role reads ({reach}); records of its kind are inherited.',
    'El registro pertenece a {tenant}, por encima de un cliente que el rol lee ({reach}); los registros de este tipo se heredan.',
  ),
  'reach.outside': no(
    ['R5.2', 'R5.3', 'R5.4'],
    'The record belongs to {tenant}, which is not among the tenants that the role reads ({reach}): for this person it does not exist.',
    'El registro pertenece a {tenant}, que no está entre los clientes que el rol lee ({reach}): para esta persona no existe.',
  ),
  'reach.unassigned': no(
    ['R1.8'],
    'The record belongs to no tenant yet; only roles of the provider that read all tenants see it.',
    'El registro no pertenece todavía a ningún cliente; solo lo ven los roles del proveedor que leen todos.',
  ),
  'reach.closed': no(
    ['R9.3'],
    'The record belongs to {tenant}, which is not active: only the provider reads it.',
    'El registro pertenece a {tenant}, que no está activo: solo lo lee el proveedor.',
  ),
  'scope.all': yes(
    ['R5.9'],
    'The role’s scope is all records in reach.',
    'El ámbito del rol son todos los registros a su alcance.',
  ),
  'scope.narrow': yes(
    ['R5.9'],
    'The role’s scope is {scope, select, groups {own records and those of the own groups} other {own records}}: the list holds no others.',
    'El ámbito del rol son los registros propios{scope, select, groups { y los de sus grupos} other {}}: la lista no contiene otros.',
  ),
  'scope.requester': yes(['R5.9'], 'It was requested by or for this person.', 'Se pidió por o para esta persona.'),
  'scope.watcher': yes(['R5.9'], 'This person watches it.', 'Esta persona lo sigue.'),
  'scope.group': yes(
    ['R5.9'],
    'It is assigned to one of this person’s groups.',
    'Está asignado a uno de los grupos de esta persona.',
  ),
  'scope.outside': no(
    ['R5.9', 'R5.4'],
    'The role’s scope is {scope, select, groups {own records and those of the own groups} other {own records}}, and this is none of them: for this person it does not exist.',
    'El ámbito del rol son los registros propios{scope, select, groups { y los de sus grupos} other {}}, y este no lo es: para esta persona no existe.',
  ),
  'write.all': yes(['R5.2'], 'The role writes all tenants.', 'El rol escribe en todos los clientes.'),
  'write.some': yes(
    ['R5.2', 'R7.1'],
    'The role writes, so that it can add; of which tenant the new record is follows from what it writes.',
    'El rol escribe, así que puede añadir; de qué cliente es el nuevo registro depende de dónde escribe.',
  ),
  'write.inside': yes(
    ['R5.2', 'R5.3'],
    'The role writes the tenant of the record.',
    'El rol escribe en el cliente del registro.',
  ),
  'write.public': yes(
    ['R5.3'],
    'The record is public, and the role may change public data.',
    'El registro es público y el rol puede modificar datos públicos.',
  ),
  'write.none': no(['R5.2'], 'The role writes nothing.', 'El rol no escribe nada.'),
  'write.outside': no(
    ['R5.2', 'R5.3'],
    'The role may read the record, but does not write the tenant that it belongs to.',
    'El rol puede leer el registro, pero no escribe en el cliente al que pertenece.',
  ),
  'write.public-refused': no(
    ['R5.3'],
    'The record is public: only people of the provider whose role may change public data can change it.',
    'El registro es público: solo lo modifican personas del proveedor cuyo rol puede modificar datos públicos.',
  ),
  'write.closed': no(
    ['R9.3'],
    'The tenant of the record is not active: its records cannot be changed.',
    'El cliente del registro no está activo: sus registros no se pueden modificar.',
  ),
  'write.provider': no(
    ['R2.7'],
    'Tenants are changed only by people of the provider who administer tenants.',
    'Solo cambian clientes las personas del proveedor que los administran.',
  ),
  'terms.waiting': no(
    ['R8.3', 'R8.6'],
    'The terms of usage that are in force there have not been accepted: until they are, nothing else is answered.',
    'No se han aceptado los términos de uso vigentes allí: hasta entonces no se responde a nada más.',
  ),
  'field.shown': yes(
    ['R5.4', 'R10.5'],
    'The field {field} is shown with the record.',
    'El campo {field} se muestra con el registro.',
  ),
  'field.hidden': no(
    ['R1.3', 'R5.4', 'R5.10'],
    'The record is shown, but not its field {field}: what it names is out of reach, or only the home tenant sees it.',
    'El registro se muestra, pero no su campo {field}: lo que nombra queda fuera del alcance o solo lo ve el cliente de origen.',
  ),
  'field.changed': yes(
    ['R10.4'],
    'The field {field} is changed by what was asked about.',
    'Lo que se pregunta es lo que modifica el campo {field}.',
  ),
  'field.fixed': no(
    ['R10.4'],
    'Nobody changes the field {field}: it is fixed, or follows from something else.',
    'Nadie modifica el campo {field}: es fijo o depende de otra cosa.',
  ),
  'field.elsewhere': no(
    ['R10.4'],
    'The field {field} is not changed by this; ask about the act that changes it.',
    'Esto no modifica el campo {field}; pregunte por la acción que lo modifica.',
  ),
  'record.offers': yes(['R10.4'], 'The record offers it as it is now.', 'El registro lo ofrece tal como está ahora.'),
  'record.refuses': no(
    ['R10.4', 'R5.5', 'R5.10'],
    'The record does not offer it as it is now: its state, who it is about, or what its people may do.',
    'El registro no lo ofrece tal como está ahora: por su estado, por de quién es o por lo que pueden hacer sus personas.',
  ),
  'unexplained.allowed': yes(
    ['R5.7'],
    'The database allows it, for a reason that is not listed here. Please report this.',
    'La base de datos lo permite por una razón que no figura aquí. Comuníquelo, por favor.',
  ),
  'unexplained.refused': no(
    ['R5.7'],
    'The database refuses it, for a reason that is not listed here. Please report this.',
    'La base de datos lo rechaza por una razón que no figura aquí. Comuníquelo, por favor.',
  ),
} satisfies Record<string, Words>;

export type StepName = keyof typeof stepWords;

/** The reaches of roles (R5.2), as they stand in an explanation. */
export const reachWords: Record<string, { en: string; es: string }> = {
  all: { en: 'reach: all tenants', es: 'alcance: todos los clientes' },
  tenant: { en: 'reach: a named tenant', es: 'alcance: un cliente concreto' },
  group: { en: 'reach: a named group', es: 'alcance: un grupo concreto' },
  own: { en: 'reach: the own tenant', es: 'alcance: el propio cliente' },
  subtenants: {
    en: 'reach: the own tenant and those below',
    es: 'alcance: el propio cliente y los que están por debajo',
  },
  supertenants: {
    en: 'reach: the own tenant and those above',
    es: 'alcance: el propio cliente y los que están por encima',
  },
  related: {
    en: 'reach: the own tenant, those above and those below',
    es: 'alcance: el propio cliente, los de arriba y los de abajo',
  },
};

/** What decides a refusal, in general; the chain says it of one person and one record. */
export const meaningWords: Record<ExplainedRefusal['decidedBy'], { en: string; es: string }> = {
  'sign-in': {
    en: 'Nobody is signed in, or the sign-in was refused; why is told to nobody who is not.',
    es: 'Nadie ha iniciado sesión o se rechazó el inicio; a quien no la inició no se le dice por qué.',
  },
  person: {
    en: 'It is decided by who asked: their membership, and of its role the functions, the scope and the reach. What they may not read is answered like what is not there. Ask why for the person and the record.',
    es: 'Lo decide quién preguntó: su pertenencia y, del rol, las funciones, el ámbito y el alcance. Lo que no puede leer se responde como lo que no existe. Pregunte por qué con la persona y el registro.',
  },
  record: {
    en: 'It is decided by the records as they are, whoever asks: their state, what refers to them, or what has the same name.',
    es: 'Lo deciden los registros tal como están, pregunte quien pregunte: su estado, lo que se refiere a ellos o lo que tiene el mismo nombre.',
  },
  values: {
    en: 'It is decided by what was sent: a value is missing, too long, or names something that does not exist for whoever sent it.',
    es: 'Lo decide lo que se envió: un valor falta, es demasiado largo o nombra algo que no existe para quien lo envió.',
  },
  moment: {
    en: 'It is decided by the moment: somebody else was faster, or too much was asked for at once. Trying again can succeed.',
    es: 'Lo decide el momento: otra persona se adelantó o se pidió demasiado a la vez. Repetirlo puede funcionar.',
  },
  program: {
    en: 'Something went wrong in the program, not with what was asked. Its log tells more, by the number that was shown.',
    es: 'Falló algo en el programa, no en lo que se pidió. Su registro dice más, con el número que se mostró.',
  },
};
