"""From a bare machine to one that runs the product: system packages through apt, Python packages into .venv."""
