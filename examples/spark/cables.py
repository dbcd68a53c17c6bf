"""Reads cables on a Spark cluster: JSON Lines with `id` and `text` through `cable2json`, a process for each partition.

    cables.py TEXTS OUT --cable2json PATH [--partitions N]

Writes the JSON Lines to the folder OUT, prints the schema that they have, and names what was refused.
"""

import argparse
import shlex

from pyspark.sql import SparkSession, functions as f


def arguments():
    parser = argparse.ArgumentParser(description="Reads cables on a Spark cluster.")
    parser.add_argument("texts", help="JSON Lines with id and text; a file or a folder")
    parser.add_argument("out", help="the folder to write to, which must not be there yet")
    parser.add_argument("--cable2json", required=True, help="the program, at the same place on every worker")
    parser.add_argument("--partitions", type=int, default=8, help="how many pieces at least")
    return parser.parse_args()


def command(program):
    """The filter, as a worker runs it: Spark has the cores, so one job; that some texts are no cables is no failure."""
    return shlex.join(["sh", "-c", '"$0" --from jsonl --jobs 1 - || [ $? -eq 1 ]', program])


def main():
    options = arguments()
    spark = SparkSession.builder.appName("cablegram").getOrCreate()
    context = spark.sparkContext
    print(f"master: {context.master}, default parallelism: {context.defaultParallelism}")

    texts = context.textFile(options.texts, options.partitions)
    # Without checkCode a filter that died would look like one that had nothing to say.
    texts.pipe(command(options.cable2json), checkCode=True).saveAsTextFile(options.out)

    cables = spark.read.json(options.out)
    cables.printSchema()
    cables.groupBy("classification.level").count().orderBy(f.desc("count")).show()
    print(f"{cables.count()} cables in {cables.select(f.input_file_name()).distinct().count()} files")

    refused = spark.read.json(options.texts).select("id").exceptAll(cables.select("source.metadata.id"))
    print(f"{refused.count()} refused")
    refused.show(truncate=False)
    spark.stop()


if __name__ == "__main__":
    main()
