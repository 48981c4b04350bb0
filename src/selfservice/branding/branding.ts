import { createHash } from 'node:crypto';
import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { optionsOf } from '../../tenancy/options/options.ts';
import { tenantRow } from '../../tenancy/tenants/tenants.ts';
import type { Organization } from './branding.api.ts';
import * as queries from './branding.queries.ts';

/** Self-service's part of a new tenant (R4.4): its name heads the pages, and a logo can. Done twice, it changes nothing. */
export async function makeBranding(tx: Tx, owner: number): Promise<void> {
  await queries.insertBranding(tx, owner);
}

/** R10.1; while multi-tenancy is off the product stands for everybody, and no organization is named (R1.3). */
export async function organizationOf(tx: Tx): Promise<Organization> {
  const row = await queries.findOrganization(tx);
  if (!row) return { name: (await optionsOf(tx)).productName, logo: null, formats: null };
  const formats = {
    timeZone: row.time_zone,
    currency: row.currency,
    dateFormat: row.date_format,
    timeFormat: row.time_format,
    decimalSymbol: row.decimal_symbol,
  } as NonNullable<Organization['formats']>;
  return { name: row.name, logo: row.logo || null, formats };
}

export async function logoOf(tx: Tx): Promise<{ picture: Buffer; media_type: string }> {
  return (await queries.findLogo(tx)) ?? refuse('not-found');
}

/** @param base64 a PNG, JPEG or WebP picture; what it is, its first bytes say. */
export async function setLogo(tx: Tx, slug: string, base64: string): Promise<void> {
  const tenant = await namedTenant(tx, slug);
  const bytes = Buffer.from(base64, 'base64');
  const mediaType = mediaTypeOf(bytes);
  if (!mediaType)
    return refuse('invalid', {
      count: 1,
      errors: [
        {
          pointer: '/picture',
          detail: { en: 'This must be a PNG, JPEG or WebP picture.', es: 'Debe ser una imagen PNG, JPEG o WebP.' },
        },
      ],
    });
  if (bytes.length > 200_000) return refuse('too-large');
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  if (!(await queries.setPicture(tx, tenant.owner_id, { bytes, mediaType, hash }))) refuse('read-only');
  await tx.record('tenant.logo-set', subjectOf(tenant), { mediaType, bytes: bytes.length });
  tx.changed('organization', tenant.owner_id);
}

export async function removeLogo(tx: Tx, slug: string): Promise<void> {
  const tenant = await namedTenant(tx, slug);
  if (!(await queries.setPicture(tx, tenant.owner_id, null))) refuse('read-only');
  await tx.record('tenant.logo-removed', subjectOf(tenant));
  tx.changed('organization', tenant.owner_id);
}

async function namedTenant(tx: Tx, slug: string) {
  if (tx.scope.tenancy === 'off') refuse('not-found');
  return tenantRow(tx, slug);
}

function subjectOf(tenant: { id: string; name: string; owner_id: number }) {
  return { kind: 'tenant', id: tenant.id, label: tenant.name, owner: tenant.owner_id };
}

/** Names and types that are sent along can lie; a picture that could hold a script (SVG) is none of these. */
function mediaTypeOf(bytes: Buffer): string | null {
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'image/png';
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  if (bytes.subarray(0, 4).toString('latin1') === 'RIFF' && bytes.subarray(8, 12).toString('latin1') === 'WEBP')
    return 'image/webp';
  return null;
}
