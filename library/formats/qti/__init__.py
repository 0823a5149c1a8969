"""QTI: items and content packages of IMS and 1EdTech, from 1.2 to 3.0."""
