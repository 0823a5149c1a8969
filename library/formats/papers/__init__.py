"""Papers as teachers type them: numbered questions with choices and answers, read line by line."""
