answers = {
    "ask SQLite for its version": "orm",
    "sum the orders of each month, with optional filters": "orm",
    "change an order and its items by the rules of the shop": "orm",
    "import a million rows from a file": "orm",
    "save a new user with an address": "orm",
}
