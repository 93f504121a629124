"""Word, OpenDocument, RTF, sheets and slides."""
