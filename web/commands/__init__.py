"""The commands of ``jixiao``, one file per group of related ones (命令)."""
