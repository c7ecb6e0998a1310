// Where Alembic's log lines go beside the program's own handlers: the conformance runner compares them.
export const alembicLog: { sink: ((line: string) => void) | undefined } = { sink: undefined };

/** Opens a file in the page's editor, for `alembic edit`; where nobody set it, there is no editor. */
export const alembicEditor: { open: ((path: string) => void) | undefined } = { open: undefined };
