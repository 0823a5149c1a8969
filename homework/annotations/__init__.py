"""What a teacher draws, stamps, writes and says on photographed work (批注)."""
