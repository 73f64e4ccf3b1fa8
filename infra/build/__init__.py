"""From the declarations and the code to what AWS gets: templates, zips and layers, linted and deployed."""
