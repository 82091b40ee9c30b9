"""HTTP connections of a project, and requests over them."""
