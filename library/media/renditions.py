"""The media types of what stands in an asset's folder."""

TYPES = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".m4s": "video/iso.segment",
    ".mp4": "video/mp4",
    ".vtt": "text/vtt",
    ".jpg": "image/jpeg",
}
"""Stated here, because a machine's own table may say otherwise."""
