"""Tables of questions, one a row: Excel workbooks and CSV files."""
