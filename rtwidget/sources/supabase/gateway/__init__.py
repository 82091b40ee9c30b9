"""What stands between us and a project, and what it says instead of an answer: proxies, certificates, gateways."""
