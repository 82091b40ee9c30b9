"""How long tests wait for a condition: ten times and more what the slowest takes on a quiet machine.

A condition ends its wait when it holds, so a long patience costs nothing but the time of a test that fails.
"""

PATIENCE_S = 120.0
PATIENCE_MS = 1000 * PATIENCE_S
