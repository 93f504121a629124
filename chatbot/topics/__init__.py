"""What is asked of all passages: comparing papers, lines of enquiry, example questions."""
