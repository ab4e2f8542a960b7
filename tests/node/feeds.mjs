// Parses feeds as npm's parsers do. Each line in is {"parser", "text"}, each line out {"value"}, or
// {"error"} of what the parser cannot read.
import { createInterface } from "node:readline";
import { parseFeed } from "feedsmith";
import RssParser from "rss-parser";

const parsers = {
  feedsmith: async (text) => parseFeed(text),
  "rss-parser": (text) => new RssParser().parseString(text),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { parser, text } = JSON.parse(line);
  let answer;
  try {
    answer = { value: await parsers[parser](text) };
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
