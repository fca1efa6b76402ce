skip-to-content = Zum Inhalt
published = Veröffentlicht
