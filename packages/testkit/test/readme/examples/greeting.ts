import { format } from "node:util";

const name: string = await Promise.resolve("world");
console.log("hello, %s", name);
console.log(format("%d line\nand another", 1));

// prints:
// hello, world
// 1 line
// and another
