import type { Pickable } from '../../ui/form/PickRecord.tsx';

/** The zones that this browser knows, named as everywhere: `Europe/Madrid`. */
export async function findTimeZones(text: string): Promise<readonly Pickable[]> {
  const wanted = text.toLocaleLowerCase().replaceAll(' ', '_');
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  return zones
    .filter((zone) => zone.toLocaleLowerCase().includes(wanted))
    .slice(0, 50)
    .map(timeZonePick);
}

export function timeZonePick(zone: string): Pickable {
  return { value: zone, label: zone.replaceAll('_', ' '), detail: offsetOf(zone) };
}

function offsetOf(zone: string): string | undefined {
  try {
    const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts();
    return parts.find((part) => part.type === 'timeZoneName')?.value;
  } catch {
    // A zone that the server knows and this browser does not.
    return undefined;
  }
}
