"""The page of visits: from the request to the signed report."""
