"""Writing questions: the editor, its preview, and what a question said before."""
