"""What each view shows, as HTML: a file a view; layout, terms and markup serve them all."""
