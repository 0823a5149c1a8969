"""The teacher's pen on photographs of corrections (批改订正)."""
