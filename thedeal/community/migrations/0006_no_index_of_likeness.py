"""Drops the trigrams of each listing's words: no search reads them any more.

A word with a typing slip is mended from words held in memory (``vocabulary``); the index
only made each write of a listing slower.
"""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("community", "0005_safeguarding_policy_seen")]

    operations = [migrations.RemoveIndex(model_name="activity", name="activity_like")]
