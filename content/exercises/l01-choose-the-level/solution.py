answers = {
    "ask SQLite for its version": "raw",
    "sum the orders of each month, with optional filters": "core",
    "change an order and its items by the rules of the shop": "orm",
    "import a million rows from a file": "core",
    "save a new user with an address": "orm",
}
