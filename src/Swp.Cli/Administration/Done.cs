using System.Text.Json;
using System.Text.Json.Nodes;
using Swp.Cli.Invocation;
using Swp.Cli.Parsing;

namespace Swp.Cli.Administration;

/// <summary>Says what was done to a client.</summary>
internal static class Done
{
    public static void Print(CommandRun run, Target client, string result, string words, bool written = true)
    {
        if (run.Json)
        {
            run.Console.WriteLine(new JsonObject { ["client"] = client.ToString(), ["result"] = result, ["written"] = written }.ToJsonString(JsonSerializerOptions.Web));
        }

        run.Console.Say(words);
    }
}
