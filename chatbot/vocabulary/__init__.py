"""Words and topics: the thesaurus, stems, spelling, expressions."""
