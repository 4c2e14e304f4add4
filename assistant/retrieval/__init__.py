"""From a question to ranked paragraphs: candidates, fusion, late interaction, cross-encoder."""
