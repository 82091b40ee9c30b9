"""The text that the browser draws for a cell, made here again of whole columns, because that is what people look for and a saved picture shows."""
