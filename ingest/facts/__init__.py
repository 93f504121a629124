"""What a paper says of itself: kind, area, dates, who speaks, what is promised."""
