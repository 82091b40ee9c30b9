"""The text that the browser draws for a cell, made of whole columns at once, because that is what people look for."""
