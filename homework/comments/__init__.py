"""Comments that teachers use again (评语库), and where they were used."""
