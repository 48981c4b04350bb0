import { constraintRefusals } from '../platform/database.errors.ts';
import { refusals } from '../platform/refusals.ts';

export const { refuse: refuseIdentity } = refusals({
  // One sentence for every reason there can be: strangers learn nothing (R5.10, T-10).
  'sign-in-refused': {
    status: 401,
    rules: ['R5.10'],
    en: 'User name and password do not match. If your organization gave you its own address or a user name of the form name@organization, use that.',
    es: 'El usuario y la contraseña no coinciden. Si su organización le dio una dirección propia o un usuario de la forma nombre@organización, utilícelo.',
  },
  'password-wrong': {
    status: 403,
    en: 'The present password is not right.',
    es: 'La contraseña actual no es correcta.',
  },
  'password.too-short': {
    status: 422,
    en: 'A password needs at least {least} characters. A sentence of several words is easy to remember.',
    es: 'La contraseña necesita al menos {least} caracteres. Una frase de varias palabras es fácil de recordar.',
  },
  'password.too-common': {
    status: 422,
    en: 'That password is among the first that anybody would try. Choose another, for example several unrelated words.',
    es: 'Esa contraseña es de las primeras que cualquiera probaría. Elija otra, por ejemplo varias palabras sin relación.',
  },
  'password.is-user-name': {
    status: 422,
    en: 'The password must not contain the user name.',
    es: 'La contraseña no debe contener el nombre de usuario.',
  },
  // The same for absent, expired, used, revoked and foreign (T-22, T-27).
  'link-not-usable': {
    status: 404,
    rules: ['R4.7'],
    en: 'This address cannot be used (any more). Please ask for a new one.',
    es: 'Esta dirección no se puede usar (o ya no). Solicite una nueva.',
  },
  'first-run.over': {
    status: 404,
    rules: ['R4.7'],
    en: 'This installation has its administrator already.',
    es: 'Esta instalación ya tiene su administrador.',
  },
  'session-needed': {
    status: 403,
    en: 'An API token cannot do this. Sign in with your user name.',
    es: 'Un token de la API no puede hacer esto. Inicie sesión con su usuario.',
  },
  'time-zone-unknown': {
    status: 422,
    en: 'There is no time zone “{timeZone}”.',
    es: 'No existe la zona horaria «{timeZone}».',
  },
  'person.user-name-taken': {
    status: 409,
    rules: ['R5.10'],
    en: 'Somebody here has that user name already.',
    es: 'Alguien de aquí ya tiene ese nombre de usuario.',
  },
  'person.user-name-form': {
    status: 422,
    en: 'A user name must not end like name@organization, and has no blanks.',
    es: 'El nombre de usuario no puede acabar como nombre@organización ni llevar espacios.',
  },
  'person.managed-elsewhere': {
    status: 403,
    rules: ['R5.10'],
    en: 'Profile and sign-in of this person are managed by their own organization.',
    es: 'El perfil y el acceso de esta persona los gestiona su propia organización.',
  },
  'person.greater-than-you': {
    status: 403,
    rules: ['R5.5'],
    en: 'This person may do more than you may, so you cannot manage their sign-in.',
    es: 'Esta persona puede hacer más que usted, así que no puede gestionar su acceso.',
  },
  'person.last-administrator': {
    status: 409,
    rules: ['R2.5'],
    en: 'This is the last administrator. Give somebody else that role first.',
    es: 'Es el último administrador. Dé antes ese rol a otra persona.',
  },
  'person.inactive': { status: 409, en: 'This person is not active.', es: 'Esta persona no está activa.' },
  'membership.exists': {
    status: 409,
    rules: ['R5.6'],
    en: 'The person has that role already.',
    es: 'La persona ya tiene ese rol.',
  },
  'role.name-taken': {
    status: 409,
    en: 'There is already a role of that name.',
    es: 'Ya existe un rol con ese nombre.',
  },
  'role.unknown': { status: 422, rules: ['R5.4'], en: 'That role does not exist here.', es: 'Ese rol no existe aquí.' },
  'role.inactive': { status: 409, rules: ['R5.8'], en: 'That role is not active.', es: 'Ese rol no está activo.' },
  'role.wider-than-yours': {
    status: 403,
    rules: ['R5.5'],
    en: 'The role allows more than you may do yourself.',
    es: 'El rol permite más de lo que usted puede hacer.',
  },
  'role.write-wider-than-read': {
    status: 422,
    rules: ['R5.2'],
    en: 'A role cannot write where it does not read.',
    es: 'Un rol no puede escribir donde no lee.',
  },
  'role.reach-incomplete': {
    status: 422,
    rules: ['R5.2'],
    en: 'A reach of a named tenant or group needs that tenant or group, and no other reach takes one.',
    es: 'Un alcance de cliente o grupo determinado necesita ese cliente o grupo, y ningún otro alcance lo lleva.',
  },
  'role.providers-only': {
    status: 403,
    rules: ['R5.11'],
    en: 'That role is for people of the service provider.',
    es: 'Ese rol es para personas del proveedor de servicios.',
  },
  'terms-not-accepted': {
    status: 403,
    rules: ['R8.3', 'R8.6'],
    en: 'Accept the terms of usage first: sign in with a browser, read them and accept them.',
    es: 'Acepte primero los términos de uso: inicie sesión con un navegador, léalos y acéptelos.',
  },
  'terms.changed': {
    status: 409,
    rules: ['R8.3'],
    en: 'The terms of usage have changed meanwhile. Please read them again.',
    es: 'Los términos de uso han cambiado entretanto. Vuelva a leerlos.',
  },
  'terms.not-asked': {
    status: 409,
    rules: ['R8.3'],
    en: 'No terms of usage are asked of you at present.',
    es: 'En este momento no se le piden términos de uso.',
  },
  'terms.empty': {
    status: 409,
    rules: ['R8.1'],
    en: 'There is no text to publish yet.',
    es: 'Todavía no hay ningún texto que publicar.',
  },
  'terms.nothing-new': {
    status: 409,
    rules: ['R8.1'],
    en: 'The draft is what is published already.',
    es: 'El borrador es lo que ya está publicado.',
  },
  'terms.name-taken': {
    status: 409,
    rules: ['R8.1'],
    en: 'There is already a statement of that name.',
    es: 'Ya existe una declaración con ese nombre.',
  },
  'role.stock-fixed': {
    status: 403,
    rules: ['R5.11'],
    en: 'The delivered roles cannot be changed. Add a role of your own.',
    es: 'Los roles suministrados no se pueden modificar. Añada un rol propio.',
  },
});

constraintRefusals({
  user_name_taken: 'person.user-name-taken',
  membership_twice: 'membership.exists',
  terms_name_taken: 'terms.name-taken',
  role_name_taken: 'role.name-taken',
  role_wider_than_own: 'role.wider-than-yours',
  role_inactive: 'role.inactive',
  role_is_the_providers: 'role.providers-only',
  stock_role_fixed: 'role.stock-fixed',
  write_wider_than_read: 'role.write-wider-than-read',
  read_reach_names_its_tenant: 'role.reach-incomplete',
  write_reach_names_its_tenant: 'role.reach-incomplete',
  read_reach_names_its_group: 'role.reach-incomplete',
  write_reach_names_its_group: 'role.reach-incomplete',
  last_administrator: 'person.last-administrator',
});
