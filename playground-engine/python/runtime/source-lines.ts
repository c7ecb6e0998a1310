// The text of sources that run, by file name: what tracebacks quote. (linecache reads it too.)

/** Sources by the file name they were compiled under. */
export const sourceLines = new Map<string, string>();
const split = new Map<string, { source: string; lines: string[] }>();

/** A line of a source, without its end; undefined where it is not known. */
export function sourceLine(filename: string, line: number): string | undefined {
  const source = sourceLines.get(filename);
  if (source === undefined) return undefined;
  let s = split.get(filename);
  if (s?.source !== source) split.set(filename, (s = { source, lines: source.split(/\r\n|\r|\n/) }));
  return s.lines[line - 1];
}
