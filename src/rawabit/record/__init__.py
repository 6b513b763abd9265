"""Records: mentions and the words between them to events, statements, figures, ties and people, each with its evidence."""
