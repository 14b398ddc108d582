"""What this study asks for besides the structure, links, figures and currency of any bilingual site."""
