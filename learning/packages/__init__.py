"""What learners do in packages (H5P, SCORM): where they stopped, and what the package reports of them.

A package runs in the browser, so all of this is its own word and nobody's evidence: it is kept to go on from
and to be shown to the learner, marked as unverified, and never becomes an attempt or feeds mastery.
"""
