"""The pupil's workbook (作业本): work is done here, handed in, and looked at when it comes back.

It stands above assignments, submissions and marking, since one page shows all three.
"""
