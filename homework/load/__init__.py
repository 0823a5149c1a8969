"""What homework may ask of a pupil's day (作业公示)."""
