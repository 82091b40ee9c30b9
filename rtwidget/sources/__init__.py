"""Where notifications and reads come from; `base` is the contract."""
