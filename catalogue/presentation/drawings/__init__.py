"""What is drawn as SVG: bars on scales, timelines, pictures of methods, rooms and the map."""
