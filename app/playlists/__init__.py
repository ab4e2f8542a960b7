"""What an HLS playlist says of itself (RFC 8216). Nothing is fetched here: who calls brings it."""
