"""How surely spoken commands are recognised, and how seldom a short question is taken for one."""
