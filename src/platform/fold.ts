/**
 * A name as it is compared: without regard to case, Unicode form, surrounding or repeated blanks, and characters that are
 * never drawn, by which two names could look alike (R2.2). Done here and
 * nowhere else, because PostgreSQL 15 has no casefold and its lower() depends on the locale of the database. Accents stay:
 * “Peña” and “Pena” are two names.
 */
export function foldName(name: string): string {
  // Upper then lower case folds what lower case alone leaves apart: “ß” and “ss”, “ς” and “σ”.
  return name
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .trim();
}
