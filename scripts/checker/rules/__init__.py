"""What this study asks for besides what any bilingual site could use: structure, links, what stayed behind."""
