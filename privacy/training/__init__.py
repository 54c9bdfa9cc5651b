"""What the tagger's weights are fitted from; never imported while serving."""
