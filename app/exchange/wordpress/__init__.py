"""WordPress exports (WXR), read and imported."""
