"""The website of a meeting: pages from plain records, as HTML that needs no script and nothing from elsewhere."""
