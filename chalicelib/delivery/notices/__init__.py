"""Notices of a dossier leave the portal: by e-mail, SMS and the app, once each, whatever fails."""
