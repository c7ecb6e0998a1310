answers = {
    "ask SQLite for its version": "?",
    "sum the orders of each month, with optional filters": "?",
    "change an order and its items by the rules of the shop": "?",
    "import a million rows from a file": "?",
    "save a new user with an address": "?",
}
