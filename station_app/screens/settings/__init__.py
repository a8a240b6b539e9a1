"""The settings of this station (设置)."""
