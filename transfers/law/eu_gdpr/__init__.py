"""GDPR, Chapter V (Regulation (EU) 2016/679, arts 44-50): one module per article, ``chapter_v`` as a whole."""
