import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

export interface TicketText {
  text: string;
  topic: string;
}

export const textsFile = new URL('../../samples/ticket-texts.csv.gz', import.meta.url);

/** Real, anonymised texts of tickets, with the topic that people gave them. */
export async function readTexts(): Promise<TicketText[]> {
  const rows: { Document: string; Topic_group: string }[] = parse(gunzipSync(await readFile(textsFile)), {
    columns: true,
  });
  return rows.map(({ Document, Topic_group }) => ({ text: Document, topic: Topic_group }));
}

/** Its first words, as people write titles. */
export function titleOf({ text }: TicketText): string {
  const words = text.split(' ').slice(0, 8).join(' ').slice(0, 200);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
