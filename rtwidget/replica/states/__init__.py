"""The states that a table can be in, and what moves it from one to another."""
