/**
 * One line of CSV (RFC 4180). Spreadsheets run what begins like a formula, and a ticket's title is written by anybody: such
 * values get an apostrophe in front, which spreadsheets show as text.
 */
export function csvLine(values: readonly string[]): string {
  return `${values.map(field).join(',')}\r\n`;
}

function field(value: string): string {
  const plain = /^\s*[=+\-@\t\r＝＋－＠]/u.test(value) ? `'${value}` : value;
  return /[",\r\n;]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
