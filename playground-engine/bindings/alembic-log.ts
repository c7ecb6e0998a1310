// Where Alembic's log lines go beside the program's own handlers: the conformance runner compares them.
export const alembicLog: { sink: ((line: string) => void) | undefined } = { sink: undefined };
