"""A demonstration city and station, and the guided tour through both. Not part of what is installed on a kiosk."""
