// A float's text.

/** A float as CPython's repr writes it: shortest digits, `1e+16` from 16 digits on, `1e-05` below 0.0001. */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const [digits, exponent] = value.toExponential().split("e") as [string, string];
  const power = Number(exponent);
  if (power >= -4 && power < 16) {
    const text = power >= 0 ? value.toFixed(Math.max(0, digits.replace(/[-.]/g, "").length - 1 - power)) : "";
    if (power >= 0) return text.includes(".") ? text : text + ".0";
    const sign = value < 0 ? "-" : "";
    return `${sign}0.${"0".repeat(-power - 1)}${digits.replace(/[-.]/g, "")}`;
  }
  return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}
