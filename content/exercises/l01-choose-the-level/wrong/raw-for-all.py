answers = {
    "ask SQLite for its version": "raw",
    "sum the orders of each month, with optional filters": "raw",
    "change an order and its items by the rules of the shop": "raw",
    "import a million rows from a file": "raw",
    "save a new user with an address": "raw",
}
