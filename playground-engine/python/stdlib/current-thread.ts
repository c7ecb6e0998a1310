// Which thread of the program runs now: threading says so as each begins and ends, what is bound to a thread asks.

export const MAIN_THREAD = 140000000000000;
/** The thread's identifier, as threading.get_ident() gives it. */
export const currentThread = { ident: MAIN_THREAD };
