"""Packages (H5P, SCORM) played in a sandbox: in an origin of their own, which reaches nothing of ours."""
