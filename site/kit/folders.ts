// The folders of content/ whose pages stand in a list of their own, and what it says above them.
export const FOLDERS = {
  learn: {
    title: "The course",
    description: "All lessons on SQLAlchemy and Alembic, in order, each with programs that run in the page.",
    about:
      "Each lesson answers one question by programs that you run and change. They follow one another; a path takes a shorter way.",
  },
  wiki: {
    title: "The wiki",
    description: "A page a topic of SQLAlchemy and Alembic: what it is, how to use it, and where it hurts.",
    about:
      "A page a topic, to look things up: what it is, how to use it, the best resources, and where it hurts.",
  },
  "cheat-sheets": {
    title: "Cheat sheets",
    description: "SQLAlchemy and Alembic on one page each, to print.",
    about: "What one looks up most, on one page each. They print.",
  },
  about: {
    title: "About the playground",
    description: "What the playground runs, what it leaves out, and how fast it is.",
    about: "What runs here, what is left out, and how fast it is, measured.",
  },
} as const;
