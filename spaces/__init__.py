"""What each person sees: the personal learning space (网络学习空间) of every role."""
