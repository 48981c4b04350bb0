import { refusals } from '../../platform/refusals.ts';

export const { refuse: refuseImport } = refusals({
  'import.structure': {
    status: 422,
    en: 'The file is not of the expected form (line {line}): {problem} Nothing was imported.',
    es: 'El fichero no tiene la forma esperada (línea {line}): {problem} No se ha importado nada.',
  },
  'import.multi-tenancy-off': {
    status: 409,
    rules: ['R1.3'],
    en: 'Locations become tenants, so multi-tenancy must be on: enable it with “npm run tenantry -- multitenancy enable”.',
    es: 'Las ubicaciones se convierten en clientes, así que Multicliente debe estar activo: actívelo con «npm run tenantry -- multitenancy enable».',
  },
  'import.tenant-unknown': {
    status: 422,
    en: 'There is no tenant “{tenant}” that you may write to.',
    es: 'No existe el cliente «{tenant}», o no puede escribir en él.',
  },
});
