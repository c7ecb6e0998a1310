// Lines of Python, indented where a line opens a block: `with … as batch_op:`. A blank line closes it.
//
// Only the first line of a text of several lines is indented, as Mako's printer does it, which writes Alembic's revisions.
const OPENS = /:[ \t]*(?:#.*)?$/;
const COMPOUND = /^\s*(if|try|elif|while|for|with|def|class|else|except|finally)/;
const CLOSES = /^\s*(else|elif|except|finally).*:/;

export class PythonLines {
  private out = "";
  private depth = 0;

  write(line: string): void {
    const blank = /^\s*$/.test(line) || /^\s*#/.test(line);
    if (!line.startsWith("#") && this.depth > 0 && (blank || CLOSES.test(line))) this.depth--;
    this.out += `${"    ".repeat(this.depth)}${line}\n`;
    if (OPENS.test(line) && COMPOUND.test(line)) this.depth++;
  }
  get text(): string {
    return this.out;
  }
}

/** The body of a function: each line four spaces in, but the first, which stands where the template has it. */
export function indented(text: string): string {
  return text.replace(/^/gm, "    ").trim().replace(/ +$/gm, "");
}
