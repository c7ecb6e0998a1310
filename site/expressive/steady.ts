// What a run showed, without what differs from run to run: two builds of the same site are the same files.

/** Addresses of objects, in default reprs and tracebacks. */
const ADDRESS = /\b0x7f[0-9a-f]{10}\b/g;
/** In the engine's log, and at the end of pytest's report. */
const TIMES: readonly (readonly [RegExp, string])[] = [
  [/\[generated in \d[\d.e-]*s\]/g, "[generated in 0.00012s]"],
  [/\[cached since \d[\d.e-]*s ago\]/g, "[cached since 0.0015s ago]"],
  [/\bin \d+\.\d\ds\b/g, "in 0.05s"],
];

/** The same plain data with addresses numbered by appearance, and times that are always the same. */
export function steady<T>(shown: T): T {
  const addresses = new Map<string, string>();
  let text = JSON.stringify(shown).replace(ADDRESS, (address) => {
    const known = addresses.get(address);
    if (known !== undefined) return known;
    const its = `0x${(0x7f00_0000_1000 + 16 * (addresses.size + 1)).toString(16)}`;
    addresses.set(address, its);
    return its;
  });
  for (const [time, always] of TIMES) text = text.replace(time, always);
  return JSON.parse(text) as T;
}
