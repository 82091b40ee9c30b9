"""What PostgREST keeps of the catalog: relations, the names it suggests, and the OpenAPI root made of them."""
